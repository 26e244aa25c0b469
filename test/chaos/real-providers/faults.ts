/** What can happen to one effect: a request to a cloud, a callback to ROS, or a hand-off to Function Compute. */
export type FaultKind =
  /** The process is killed before the request is sent. Function Compute tries again after a second. */
  | 'killed-before'
  /** The request is applied, and the process is killed before it hears so. */
  | 'killed-after'
  /** The same, and Function Compute waits a minute before it tries again. */
  | 'killed-after-retried-late'
  /**
   * The cloud has accepted the request, but nothing shows of it for 10 s. The process is killed, and so is every later try of
   * this event at its first effect, so that only the failure destination can answer.
   */
  | 'killed-for-good-shown-late'
  /** The request is applied, and the connection breaks before its answer. */
  | 'answer-lost'
  /** The same, and the cloud answers 503 to everything for the next 12 s. */
  | 'answer-lost-then-503'
  /** The request is applied, and a gateway answers 504 in the cloud's place. */
  | 'answer-lost-to-gateway'
  /** The request is applied, and a proxy that inspects answers refuses to pass this one on, with 403. */
  | 'answer-blocked'
  /** The request is applied, and its answer ends in the middle of the body. */
  | 'answer-cut'
  /** The request is applied and never answered. */
  | 'silent'
  /** Function Compute delivers the event again at this moment. */
  | 'again-now'
  | 'again-after-20-s'
  | 'again-after-60-s'
  /** The connection breaks before the request is applied, which happens later all the same. */
  | 'applied-after-3-s'
  | 'applied-after-20-s'
  /** A gateway or another service answers 404, which says nothing about the stack. */
  | 'unrelated-404'
  /** The cloud answers 503 to this and to everything for the next 30 s. */
  | '503-for-30-s'
  /** For 8 s after the request was applied, each read that was made before shows what it showed then. */
  | 'stale-reads'

export type EffectKind = 'read' | 'write' | 'callback' | 'hand-off'

export interface Effect {
  /** The request, and how often it was sent in this history: `UpdateStack#1`. */
  readonly name: string
  readonly kind: EffectKind
  /** Simulated milliseconds since the scenario began. */
  readonly at: number
  /** Number of the process. */
  readonly process: number
  status?: number
  fault?: FaultKind
}

export interface PlannedFault {
  readonly kind: FaultKind
  /** An effect's name. */
  readonly at: string
}

const ANYWHERE: readonly FaultKind[] = ['killed-before', 'killed-after', 'again-now', 'again-after-20-s']
const CLOUD: readonly FaultKind[] = ['unrelated-404', '503-for-30-s']
const WRITE: readonly FaultKind[] = [
  'killed-after-retried-late',
  'killed-for-good-shown-late',
  'answer-lost',
  'answer-lost-then-503',
  'answer-lost-to-gateway',
  'answer-blocked',
  'answer-cut',
  'silent',
  'applied-after-3-s',
  'applied-after-20-s',
  'stale-reads',
]

/** The faults that each kind of effect can have. */
export const FAULTS: Readonly<Record<EffectKind, readonly FaultKind[]>> = {
  read: [...ANYWHERE, ...CLOUD],
  write: [...ANYWHERE, ...CLOUD, ...WRITE],
  callback: [...ANYWHERE, 'again-after-60-s', 'killed-after-retried-late', 'answer-lost', 'silent'],
  'hand-off': [...ANYWHERE, 'answer-lost', 'silent'],
}

export const FAULT_KINDS: readonly FaultKind[] = [...new Set(Object.values(FAULTS).flat())]
