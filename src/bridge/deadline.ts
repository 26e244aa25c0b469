import type { EpochMs } from '../platform/clock.ts'

/** Time kept back for a last look, the events, and an answer that has to be tried more than once. */
const LARGEST_MARGIN_MS = 30_000
const MARGIN_SHARE = 0.2
/** The part of the margin in which nothing but the delivery itself is tried. */
const DELIVERY_SHARE = 0.5

export interface Deadlines {
  readonly deadline: EpochMs
  readonly answerBy: EpochMs
  /** No attempt at delivering begins after this. */
  readonly end: EpochMs
}

/** When to stop waiting, so that an answer still gets to whoever waits from `from` to `end`. */
export function deadlines({ from, end }: { readonly from: EpochMs; readonly end: EpochMs }): Deadlines {
  const margin = Math.min(LARGEST_MARGIN_MS, Math.max(0, end - from) * MARGIN_SHARE)
  return { deadline: end - margin, answerBy: end - margin * DELIVERY_SHARE, end }
}

/** The time that one call of the function has, whatever ROS's is. */
export interface Lease extends Deadlines {
  /** Until then waits are slept through; from then on the operation is handed over instead. */
  readonly handOverFrom: EpochMs
  /** Whose time limit it is, to follow "Timed out by"; the function's own where it is not given. */
  readonly endsBy?: string | undefined
}

/** `endsAt`: when the process is killed; `inlineUntil`: how long it is worth to wait in place. */
export function leaseOf({
  from,
  endsAt,
  inlineUntil,
  endsBy,
}: {
  readonly from: EpochMs
  readonly endsAt: EpochMs
  readonly inlineUntil: EpochMs
  readonly endsBy?: string | undefined
}): Lease {
  const times = deadlines({ from, end: endsAt })
  return { ...times, handOverFrom: Math.min(inlineUntil, times.deadline), endsBy }
}
