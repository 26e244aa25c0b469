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

/**
 * When to stop waiting. ROS does not put its `Timeout` into the event, so `timeoutMs` comes from the properties or from
 * the settings; `functionEndsAt` is when the process will be killed.
 */
export function deadlines(from: {
  readonly receivedAt: EpochMs
  readonly timeoutMs: number
  readonly functionEndsAt: EpochMs | undefined
}): Deadlines {
  const end = Math.min(from.receivedAt + from.timeoutMs, from.functionEndsAt ?? Number.POSITIVE_INFINITY)
  const span = Math.max(0, end - from.receivedAt)
  const margin = Math.min(LARGEST_MARGIN_MS, span * MARGIN_SHARE)
  return { deadline: end - margin, answerBy: end - margin * DELIVERY_SHARE, end }
}
