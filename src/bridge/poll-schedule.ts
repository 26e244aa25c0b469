export interface PollBounds {
  readonly minMs: number
  readonly maxMs: number
}

/** A stack that has taken a minute is looked at again 3 s later: late by 5 % of its time at most. */
const SHARE_OF_ELAPSED = 0.05
const JITTER = 0.2
const MOST_DOUBLINGS = 4

/**
 * Milliseconds until the next look: quick at first, then in proportion to how long the stack has taken, between the
 * bounds. Each throttled call doubles it, beyond the upper bound too, since the limit is the account's and not ours.
 * Jitter keeps stacks that were started together from polling together. `dice` is a number in [0, 1).
 */
export function pollDelay(elapsedMs: number, throttles: number, bounds: PollBounds, dice: number): number {
  const even = Math.min(bounds.maxMs, Math.max(bounds.minMs, elapsedMs * SHARE_OF_ELAPSED))
  const jittered = even * (1 + JITTER * (2 * dice - 1))
  return Math.round(jittered * 2 ** Math.min(throttles, MOST_DOUBLINGS))
}

/** Milliseconds until a call that gave no answer is made again: exponential, with full jitter above a floor. */
export function retryDelay(calls: number, bounds: PollBounds, dice: number): number {
  const ceiling = Math.min(bounds.maxMs, bounds.minMs * 2 ** Math.min(calls, 10))
  return Math.round(ceiling * (0.5 + dice / 2))
}

const FIRST_DELIVERY_PAUSE_MS = 15_000
const LONGEST_DELIVERY_PAUSE_MS = 60_000

/** Milliseconds until ROS, out of reach `tries` times so far, is tried again: each try has been several attempts. */
export function deliveryDelay(tries: number, dice: number): number {
  const even = Math.min(LONGEST_DELIVERY_PAUSE_MS, FIRST_DELIVERY_PAUSE_MS * 2 ** Math.min(tries - 1, 4))
  return Math.round(even * (1 + JITTER * (2 * dice - 1)))
}
