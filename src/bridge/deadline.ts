import type { EpochMs } from '../platform/clock.ts'

/** Time kept back for the final poll, the events, and more than one attempt at the delivery. */
const LARGEST_MARGIN_MS = 30_000
const MARGIN_SHARE = 0.2
/** The part of the margin that is for the delivery alone. */
const DELIVERY_SHARE = 0.5

export interface Deadlines {
  readonly deadline: EpochMs
  readonly answerBy: EpochMs
  /** No delivery attempt starts after this. */
  readonly end: EpochMs
}

/** When to stop waiting and when to answer, so that the answer arrives before `end`. `from`: when the wait began. */
export function deadlines({ from, end }: { readonly from: EpochMs; readonly end: EpochMs }): Deadlines {
  const margin = Math.min(LARGEST_MARGIN_MS, Math.max(0, end - from) * MARGIN_SHARE)
  return { deadline: end - margin, answerBy: end - margin * DELIVERY_SHARE, end }
}

/** The time that one invocation of the function has, independent of ROS's Timeout. */
export interface Lease extends Deadlines {
  /** Before this the invocation sleeps through waits; from then on it hands the operation off instead. */
  readonly handOffFrom: EpochMs
  /** Whose time limit it is: the words after "Timed out by". By default the function's own. */
  readonly endsBy?: string | undefined
}

/** `endsAt`: when the process is killed. `inlineUntil`: until when waiting in place costs less than handing off. */
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
  return { ...times, handOffFrom: Math.min(inlineUntil, times.deadline), endsBy }
}
