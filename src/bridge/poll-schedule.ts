export interface PollBounds {
  readonly minMs: number
  readonly maxMs: number
}

/**
 * The age of a stack, and which share of the time that it has taken is waited until the next look. In its first minute
 * it is looked at as often as the bounds allow, since seconds count there. Until ten minutes the looks grow rare quickly;
 * the calls that this saves pay for seeing the end of a long stack within a percent of its time. Found by search over
 * simulated stacks: bench/results.md shows what other shares would cost.
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
 * Milliseconds until the next look at a stack that has taken `elapsedMs`: a share of that which depends on its age,
 * between the bounds. Each throttled call doubles it, beyond the upper bound too, since the limit is the account's and
 * not ours. Jitter keeps stacks that were started together from polling together. `dice` is a number in [0, 1).
 */
export function pollDelay(elapsedMs: number, throttles: number, bounds: PollBounds, dice: number): number {
  const { share, untilMs } = ageOf(elapsedMs)
  // No wait of one age reaches far into the next: the first look there begins its rhythm.
  const even = Math.min(
    bounds.maxMs,
    Math.max(bounds.minMs, Math.min(elapsedMs * share, untilMs - elapsedMs)),
  )
  return Math.round(even * (1 - JITTER * dice) * 2 ** Math.min(throttles, MOST_DOUBLINGS))
}

/** Milliseconds until a call that gave no answer is made again: exponential, with full jitter above a floor. */
export function retryDelay(calls: number, bounds: PollBounds, dice: number): number {
  const ceiling = Math.min(bounds.maxMs, bounds.minMs * 2 ** Math.min(calls, 10))
  return Math.round(ceiling * (0.5 + dice / 2))
}

const FIRST_DELIVERY_PAUSE_MS = 15_000
const LONGEST_DELIVERY_PAUSE_MS = 60_000
const DELIVERY_JITTER = 0.2

/** Milliseconds until ROS, out of reach `tries` times so far, is tried again: each try has been several attempts. */
export function deliveryDelay(tries: number, dice: number): number {
  const even = Math.min(LONGEST_DELIVERY_PAUSE_MS, FIRST_DELIVERY_PAUSE_MS * 2 ** Math.min(tries - 1, 4))
  return Math.round(even * (1 + DELIVERY_JITTER * (2 * dice - 1)))
}
