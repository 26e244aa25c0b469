import type { EpochMs } from '../platform/clock.ts'
import type {
  DriftProgress,
  DriftReport,
  OperationKind,
  Outputs,
  StackRef,
  Watch,
} from '../providers/provider.ts'

/**
 * The state of one request from its event to its answer, as plain JSON: all that a process needs to continue it where an
 * earlier process stopped. It holds no properties and no credentials. `nextAction` reads it, `absorb` replaces it
 * (lifecycle.ts); continuation/ writes it to the next invocation and reads it there, in the form of earlier versions too.
 */
export interface Operation {
  readonly version: 2
  readonly kind: OperationKind
  readonly physicalResourceId?: string | undefined
  readonly policy: Policy
  /** When the event arrived or, where an earlier delivery started the operation, when that was. */
  readonly startedAt: EpochMs
  /** From here on the bridge stops waiting and prepares the answer. */
  readonly deadline: EpochMs
  /** From here on the bridge only delivers the answer. */
  readonly answerBy: EpochMs
  /** ROS stops waiting: no delivery attempt starts after this. */
  readonly end: EpochMs
  /** No call is made before this. */
  readonly notBefore: EpochMs
  /** Calls in a row that failed; absent after a call that succeeded. */
  readonly failedCalls?: FailedCalls | undefined
  /** Absent if the name is free, or if the stack that has it was found. It explains why a Create starts nothing. */
  readonly nameTaken?: NameTaken | undefined
  /** What the Update knows of drift; absent where it does not look for it, or has not begun. */
  readonly drift?: DriftProgress | undefined
  /**
   * An earlier delivery of the event started the operation that is polled, so later requests may have been served
   * since.
   */
  readonly isRepeated?: boolean | undefined
  /** Plus one for each throttled call, minus one for each call that succeeded; lengthens the time between polls. */
  readonly throttles: number
  /** How often the operation has been handed off to another invocation. */
  readonly hops: number
  /** Why the operation cannot be completed: the bridge starts nothing more, polls once and answers. No full stop. */
  readonly givenUp?: string | undefined
  readonly step: Step
}

/** What the properties and the settings fix for the whole operation. */
export interface Policy {
  readonly onExisting: 'own' | 'never' | 'any'
  /** Whether the operator lets a Create take over a stack of another owner or none; the settings of the running process decide. */
  readonly mayAdoptUnmarked?: boolean | undefined
  /** A Create takes over the stack that exists, from the owner that the properties name, and makes none. */
  readonly moves?: boolean | undefined
  readonly onTimeout: 'leave' | 'cancel' | 'delete'
  readonly deleteAttempts: number
  /** Whether the properties allow the repair of a stack that cannot be updated as it is. */
  readonly repair: boolean
  /** Whether the answer tells what is known of drift; absent in continuations of 0.1.0. */
  readonly reportsDrift?: boolean | undefined
  readonly pollMinMs: number
  readonly pollMaxMs: number
}

export interface FailedCalls {
  readonly count: number
  readonly since: EpochMs
  /** Of the last ones in a row, and when the first of these failed; absent in continuations of 0.1.0. */
  readonly kind?: 'outage' | 'lasting' | 'unexplained' | undefined
  readonly kindSince?: EpochMs | undefined
  /** What the last of them said, masked; absent where the bridge cut each short, and in continuations of 0.1.0. */
  readonly message?: string | undefined
}

/** The cloud refuses the name of a Create, and shows no stack of that name. */
export interface NameTaken {
  /** When the cloud refused the name for the last time. */
  readonly latest: EpochMs
  readonly since: EpochMs
  /** The cloud's refusal, masked. */
  readonly message: string
}

/**
 * Where the operation is. In order: find or write, observe, explain a failure, answer, end. At the deadline: final-poll,
 * explain-timeout, stop (where `OnTimeout` asks for it), answer, end.
 */
export type Step = Find | WriteStep | Observe | EndingStep | Answer | End

/** Read the stack to decide what to do. `busy`: another request's operation that has to end first. */
export interface Find {
  readonly at: 'find'
  readonly busy?: Busy | undefined
  /** Since when a Delete without an id has found no stack: it looks for a while, since a cloud may show one late. */
  readonly missingSince?: EpochMs | undefined
}

/**
 * Ask the cloud to change the stack. Until the result is absorbed, it is not known whether the cloud has done it. A
 * retry makes the same request again, which providers recognise.
 */
export type WriteStep =
  /** `busy`: another request's operation was running when the cloud was asked last. */
  | { readonly at: 'create'; readonly busy?: Busy | undefined }
  /** `planning`: what the cloud said last of the plan that it is at work on, by which the update is judged. */
  | { readonly at: 'update'; readonly stack: StackRef; readonly planning?: string | undefined }
  | DeleteStep
  | { readonly at: 'repair'; readonly stack: StackRef }

export interface DeleteStep {
  readonly at: 'delete'
  readonly stack: StackRef
  readonly attempt: number
  readonly then: AfterDelete
}

/** What follows a successful deletion: the answer, or a new Create in place of a failed one. */
export type AfterDelete = 'answer' | 'create'

/** Poll an operation that the cloud has accepted. */
export interface Observe {
  readonly at: 'observe'
  readonly watch: Watch
  readonly since: EpochMs
  readonly status?: string | undefined
  /** Polls in a row that showed a failure which this cloud may still roll back. */
  readonly consecutiveFailedPolls: number
  readonly attempt: number
  readonly then: AfterDelete
}

export type EndingStep =
  /** The operation failed: read the cause from the stack's events. */
  | { readonly at: 'explain'; readonly observe: Observe; readonly failure: Failure }
  /** The deadline has come: poll once more, since the stack may have settled. */
  | { readonly at: 'final-poll'; readonly observe: Observe }
  | { readonly at: 'explain-timeout'; readonly observe: Observe }
  | { readonly at: 'stop'; readonly observe: Observe; readonly reason: string }

/** Deliver the verdict to ROS. `tries`: deliveries that could not reach ROS. */
export interface Answer {
  readonly at: 'answer'
  readonly verdict: Verdict
  readonly tries: number
}

export interface End {
  readonly at: 'end'
  readonly delivered: boolean
  readonly verdict: Verdict
}

export interface Busy {
  readonly status: string
  readonly since: EpochMs
}

/** How an operation failed; all fields are undefined where the stack was gone. */
export interface Failure {
  readonly status?: string | undefined
  readonly statusReason?: string | undefined
  readonly advice?: string | undefined
}

export type Verdict =
  | {
      readonly status: 'SUCCESS'
      /** Absent where there is no stack: a Delete that found none. */
      readonly stack?: StackRef | undefined
      readonly outputs: Outputs
      readonly failedOutputs: Readonly<Record<string, string>>
      /** Of an operation that an earlier delivery started. */
      readonly isRepeated?: boolean | undefined
      /** Present where the properties ask for it. */
      readonly drift?: DriftReport | undefined
    }
  | { readonly status: 'FAILED'; readonly reason: string }

/**
 * The state of a new request, before its first action. A Create tries to create at once; all other requests find the
 * stack first.
 */
export function startOperation(
  start: Pick<
    Operation,
    'kind' | 'physicalResourceId' | 'policy' | 'startedAt' | 'deadline' | 'answerBy' | 'end'
  >,
): Operation {
  return {
    version: 2,
    ...start,
    notBefore: start.startedAt,
    throttles: 0,
    hops: 0,
    step: start.kind === 'create' && start.policy.moves !== true ? { at: 'create' } : { at: 'find' },
  }
}

/**
 * The same operation, which now starts nothing more: it polls once and answers. `reason` says why, without a full stop.
 * A write whose result is unknown becomes a read.
 */
export function giveUp(operation: Operation, reason: string, now: EpochMs): Operation {
  if (operation.givenUp !== undefined) return operation
  const { step } = operation
  return {
    ...operation,
    givenUp: reason,
    notBefore: Math.min(operation.notBefore, now),
    step: isWrite(step) ? { at: 'find' } : step,
  }
}

export function isWrite(step: Step): step is WriteStep {
  return step.at === 'create' || step.at === 'update' || step.at === 'delete' || step.at === 'repair'
}

/** Whether an invocation that is given this operation can begin something in the cloud. */
export function canAct({ kind, step }: Operation): boolean {
  if (step.at === 'observe')
    return step.then === 'create' || step.watch.kind === 'repair' || kind === 'delete'
  return step.at === 'find' || step.at === 'stop' || isWrite(step)
}

/** The stack that the step is about; none before it is known, and where only the answer is left. */
export function followedStack({ step }: Operation): StackRef | undefined {
  switch (step.at) {
    case 'observe':
      return step.watch.stack
    case 'explain':
    case 'final-poll':
    case 'explain-timeout':
    case 'stop':
      return step.observe.watch.stack
    case 'delete':
    case 'update':
    case 'repair':
      return step.stack
    case 'find':
    case 'create':
    case 'answer':
    case 'end':
      return undefined
  }
}

/** The verdict FAILED. `reason`: for the user, masked. */
export function failed(reason: string): Verdict {
  return { status: 'FAILED', reason }
}

/**
 * SUCCESS without a stack. A Delete to which ROS gave no id gets the same answer, whether there was a stack to delete or
 * not.
 */
export const NOTHING_LEFT: Verdict = { status: 'SUCCESS', outputs: {}, failedOutputs: {} }
