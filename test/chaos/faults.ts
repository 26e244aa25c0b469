/** What an effect of the bridge is done to. */
export type EffectKind = 'cloud' | 'callback' | 'hand-over'

/** What can go wrong with it. */
export type FaultKind =
  /** The process dies before the effect, or right after it. */
  | 'crash-before'
  | 'crash-after'
  /** It is not done, and the caller is told. */
  | 'refused'
  /** It is done, and the caller is told that it was not. */
  | 'answer-lost'
  | 'throttled'
  /** It is done, and takes most of a minute. */
  | 'slow'
  /** It is done, and no answer ever comes. */
  | 'silent'
  /** Function Compute, or whoever sends the event, delivers it once more at this moment. */
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

/** A hand-over is never silent for ever: its client gives up after some seconds. */
export const FAULTS: Readonly<Record<EffectKind, readonly FaultKind[]>> = {
  cloud: ON_A_CALL,
  callback: ON_A_CALL,
  'hand-over': ON_A_CALL.filter((kind) => kind !== 'silent'),
}

/** At which effect of a history, counted from 0, what goes wrong. */
export interface PlannedFault {
  readonly at: number
  readonly kind: FaultKind
}
