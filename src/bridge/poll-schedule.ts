export interface PollBounds {
  readonly minMs: number
  readonly maxMs: number
}

/**
 * The share of an operation's age that passes until its next poll, and the age up to which that share holds. In the first
 * minute polls are as frequent as the bounds allow, since seconds count there. Until ten minutes they become rare quickly;
 * the calls that this saves allow more frequent polls of long operations, whose end is then seen within a few percent of
 * their time. Found by search over simulated stacks: bench/results.md shows what other shares would cost.
 */
function ageOf(elapsedMs: number): { readonly share: number; readonly untilMs: number } {
  if (elapsedMs < 60_000) return { share: 0, untilMs: 60_000 }
  if (elapsedMs < 600_000) return { share: 0.25, untilMs: 600_000 }
  return { share: 0.02, untilMs: Infinity }
}

/** Waits are shortened by up to this share, so that none is longer than the schedule says. */
const JITTER = 0.1
const MOST_DOUBLINGS = 4

/**
 * Milliseconds until the next poll of an operation that has taken `elapsedMs`: a share of that which depends on its age,
 * between the bounds. Each throttled call doubles it, beyond the upper bound too, since the limit is the account's and
 * not ours. Jitter keeps operations that started together from polling together. `random` is a number in [0, 1).
 */
export function pollDelay(elapsedMs: number, throttles: number, bounds: PollBounds, random: number): number {
  const { share, untilMs } = ageOf(elapsedMs)
  // No wait reaches far into the next age: the first poll there starts that age's rhythm.
  const even = Math.min(
    bounds.maxMs,
    Math.max(bounds.minMs, Math.min(elapsedMs * share, untilMs - elapsedMs)),
  )
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
