export interface PollBounds {
  readonly minMs: number
  readonly maxMs: number
}

/** In the first minute polls are as frequent as the bounds allow, since seconds count there. */
const FIRST_MINUTE_MS = 60_000
/**
 * Seconds between polls, by the square root of the operation's age in seconds. Where an operation that has lasted for t may end
 * at any time with a probability that falls as 1/t, intervals that grow with the square root of t give the least
 * sum of calls and of seconds by which the end is seen late. The factor is chosen on published timings:
 * bench/polling/objective.ts has the weights, and bench/results.md shows what other factors cost.
 */
const GROWTH = 0.8

/** Waits are shortened by up to this share, so that none is longer than the schedule says. */
const JITTER = 0.1
const MOST_DOUBLINGS = 4

/**
 * Milliseconds until the next poll of an operation that has taken `elapsedMs`: it grows with the age, between the bounds.
 * Each throttled call doubles it, beyond the upper bound too, since the limit is the account's and not ours. Jitter keeps
 * operations that started together from polling together. `random` is a number in [0, 1).
 */
export function pollDelay(elapsedMs: number, throttles: number, bounds: PollBounds, random: number): number {
  const grown = elapsedMs < FIRST_MINUTE_MS ? 0 : GROWTH * Math.sqrt(elapsedMs / 1000) * 1000
  const even = Math.min(bounds.maxMs, Math.max(bounds.minMs, grown))
  return Math.round(even * (1 - JITTER * random) * 2 ** Math.min(throttles, MOST_DOUBLINGS))
}

/** Milliseconds until a failed call is retried: exponential, with jitter above half of the ceiling. `calls`: failed so far. */
export function retryDelay(calls: number, bounds: PollBounds, random: number): number {
  const ceiling = Math.min(bounds.maxMs, bounds.minMs * 2 ** Math.min(calls, 10))
  return Math.round(ceiling * (0.5 + random / 2))
}

const FIRST_DELIVERY_PAUSE_MS = 15_000
const LONGEST_DELIVERY_PAUSE_MS = 60_000
const DELIVERY_JITTER = 0.2

/** Milliseconds until the next delivery after `tries` deliveries that did not reach ROS, each of several attempts. */
export function deliveryDelay(tries: number, random: number): number {
  const even = Math.min(LONGEST_DELIVERY_PAUSE_MS, FIRST_DELIVERY_PAUSE_MS * 2 ** Math.min(tries - 1, 4))
  return Math.round(even * (1 + DELIVERY_JITTER * (2 * random - 1)))
}
