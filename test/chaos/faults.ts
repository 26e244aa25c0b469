/** The target of an effect of the bridge. */
export type EffectKind = 'cloud' | 'callback' | 'hand-off'

/** What can fail at an effect. */
export type FaultKind =
  /** The process is killed before the effect, or right after it. */
  | 'crash-before'
  | 'crash-after'
  /** The effect does not happen, and the caller gets an error. */
  | 'refused'
  /** The effect happens, but the caller gets an error. */
  | 'answer-lost'
  | 'throttled'
  /** The effect happens, and takes most of a minute. */
  | 'slow'
  /** The effect happens, but the caller never gets an answer. */
  | 'silent'
  /** The event is delivered once more at this moment. */
  | 'delivered-twice'

const ON_A_CALL: readonly FaultKind[] = [
  'crash-before',
  'crash-after',
  'refused',
  'answer-lost',
  'throttled',
  'slow',
  'silent',
  'delivered-twice',
]

/** A hand-off has no `silent`: its client times out after some seconds. */
export const FAULTS: Readonly<Record<EffectKind, readonly FaultKind[]>> = {
  cloud: ON_A_CALL,
  callback: ON_A_CALL,
  'hand-off': ON_A_CALL.filter((kind) => kind !== 'silent'),
}

/** A fault at an effect of a history; `at` counts effects from 0. */
export interface PlannedFault {
  readonly at: number
  readonly kind: FaultKind
}
