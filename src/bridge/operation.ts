import type { EpochMs } from '../platform/clock.ts'
import type { OperationKind, Outputs, StackRef, Watch } from '../providers/provider.ts'

/**
 * One request's journey from the event to its answer, as plain JSON: what a process must know to go on with it,
 * wherever the process before it stopped. It holds no properties and no credentials.
 */
export interface Operation {
  readonly version: 1
  readonly kind: OperationKind
  readonly physicalResourceId?: string | undefined
  readonly policy: Policy
  /** When the event arrived, or, for one that was delivered before, when its operation began. */
  readonly startedAt: EpochMs
  /** From here on nothing is waited for: the answer is prepared. */
  readonly deadline: EpochMs
  /** The last moment at which an answer is still of use: nothing but delivering it is tried near here. */
  readonly answerBy: EpochMs
  /** ROS stops waiting: no attempt at delivering begins after this. */
  readonly end: EpochMs
  /** No call is made before this. */
  readonly notBefore: EpochMs
  /** How many calls in a row gave no answer, and since when; reset by any answer. */
  readonly silence?: { readonly calls: number; readonly since: EpochMs } | undefined
  /** Grows with each throttled call and shrinks with each answered one; lengthens the polls. */
  readonly throttles: number
  /** How often this operation has been handed to another invocation of the function. */
  readonly hops: number
  /** Why the operation cannot be seen to its end: nothing is begun any more, one look is taken, and ROS is answered. */
  readonly givenUp?: string | undefined
  readonly step: Step
}

export interface Policy {
  readonly onExisting: 'own' | 'never' | 'any'
  readonly onTimeout: 'leave' | 'cancel' | 'delete'
  readonly deleteAttempts: number
  /** Whether the properties allow a repair of a stack that cannot be updated as it stands. */
  readonly repair: boolean
  readonly pollMinMs: number
  readonly pollMaxMs: number
}

export type Step =
  /** `busy`: the operation of another request that has to end first. */
  | { readonly at: 'find'; readonly busy?: Busy | undefined }
  | { readonly at: 'create' }
  | { readonly at: 'update'; readonly stack: StackRef }
  /** `then`: what the deletion is for, the answer or a clear way for a new Create. */
  | {
      readonly at: 'delete'
      readonly stack: StackRef
      readonly attempt: number
      readonly then: 'answer' | 'create'
    }
  | { readonly at: 'repair'; readonly stack: StackRef }
  | Observe
  /** The operation has ended badly: the events are read for the cause before the answer is written. */
  | { readonly at: 'explain'; readonly observe: Observe; readonly failure: Failure }
  /** The deadline has come: one last look, then the events, then what `OnTimeout` asks for. */
  | { readonly at: 'last-look'; readonly observe: Observe }
  | { readonly at: 'explain-timeout'; readonly observe: Observe }
  | { readonly at: 'stop'; readonly observe: Observe; readonly reason: string }
  /** `tries`: how often ROS could not be reached with it. */
  | { readonly at: 'answer'; readonly verdict: Verdict; readonly tries: number }
  | { readonly at: 'end'; readonly delivered: boolean; readonly verdict: Verdict }

export interface Busy {
  readonly status: string
  readonly since: EpochMs
}

export interface Observe {
  readonly at: 'observe'
  readonly watch: Watch
  readonly since: EpochMs
  readonly status?: string | undefined
  /** How many looks in a row showed a failure that this cloud may yet take back. */
  readonly doubts: number
  readonly attempt: number
  readonly then: 'answer' | 'create'
}

/** How an operation ended badly; all fields are undefined where the stack was gone. */
export interface Failure {
  readonly status?: string | undefined
  readonly statusReason?: string | undefined
  readonly advice?: string | undefined
}

/** A `CloudError` as plain data. */
export interface CallFailure {
  readonly kind: 'throttled' | 'unavailable' | 'denied' | 'rejected'
  readonly message: string
}

export type Verdict =
  | {
      readonly status: 'SUCCESS'
      /** Absent where there is no stack: a Delete that found none. */
      readonly stack?: StackRef | undefined
      readonly outputs: Outputs
      readonly failedOutputs: Readonly<Record<string, string>>
    }
  | { readonly status: 'FAILED'; readonly reason: string }

export function startOperation(
  start: Pick<
    Operation,
    'kind' | 'physicalResourceId' | 'policy' | 'startedAt' | 'deadline' | 'answerBy' | 'end'
  >,
): Operation {
  return {
    version: 1,
    ...start,
    notBefore: start.startedAt,
    throttles: 0,
    hops: 0,
    step: start.kind === 'create' ? { at: 'create' } : { at: 'find' },
  }
}

/** The same operation, with nothing left to do but to look once and to answer; `reason` says why, without a full stop. */
export function giveUp(operation: Operation, reason: string, now: EpochMs): Operation {
  if (operation.givenUp !== undefined) return operation
  const { step } = operation
  // Whether it was done is not known: looking is the way to know.
  const isInDoubt =
    step.at === 'create' || step.at === 'update' || step.at === 'delete' || step.at === 'repair'
  return {
    ...operation,
    givenUp: reason,
    notBefore: Math.min(operation.notBefore, now),
    step: isInDoubt ? { at: 'find' } : step,
  }
}
