import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { FoundDrift } from '../drift.ts'
import type { Refusals } from '../properties/plan-policy.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type {
  Check,
  Condition,
  Explanation,
  Owner,
  Ownership,
  PlannedChange,
  StackEvent,
  StackRef,
  StackRequest,
  Surroundings,
  Watch,
} from '../provider.ts'
import type { PollRules } from './judge-poll.ts'

export type { Check, Diagnosis, Condition, Explanation, PlannedChange, StackEvent, StackRef, Watch }

/** The marks that the bridge wrote on a stack. */
export interface Marks {
  readonly ownership: Ownership
  /**
   * A Create took the stack over from another owner. ROS may not have the stack's id, so a Delete without an id must
   * not delete it.
   */
  readonly adopted: boolean
  /** This request started an operation on the stack, and a later one of ROS has since. */
  readonly isSuperseded?: boolean
  /** The `stackDigest` of the Create that made the stack, or took it over last, where the marks tell. */
  readonly stackDigest?: string | undefined
}

/** A call has started an operation. */
export interface Started {
  readonly outcome: 'started'
  /** Added to the marker that was read before the call. */
  readonly marker?: JsonObject
  /** Present where the operation is of another kind than the call. */
  readonly kind?: 'create'
}

/** An operation of this request that an earlier delivery started. */
export interface StartedBefore {
  readonly watch: Watch
  /** When it started, by the cloud's clock; `undefined` where the cloud does not tell. */
  readonly startTime?: EpochMs | undefined
  /** See `Found`. */
  readonly mayBeAnothers?: boolean
}

export type CreateAnswer =
  | (Started & { readonly stack: StackRef })
  /** The name is taken, or may be: `find` tells. `message`: the cloud's refusal, masked. */
  | { readonly outcome: 'taken'; readonly message: string }

export type UpdateAnswer =
  | Started
  /** Nothing had to change. */
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }

export type DeleteAnswer =
  | Started
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'refused'; readonly reason: string }

/** A stack that exists, and what was read of it. */
export interface Existing<Stack> {
  readonly stack: StackRef
  readonly before: Stack
}

export type PlanAnswer =
  | {
      readonly outcome: 'planned'
      readonly changes: readonly PlannedChange[]
      /** Something changes that is no resource, such as an output. Absent: the cloud does not tell, or nothing does. */
      readonly changesOther?: true
      /** Sentences on what the cloud does not foresee. */
      readonly notes?: readonly string[]
    }
  /** The cloud is at work on the plan: ask again. */
  | { readonly outcome: 'working'; readonly status: string }
  /** Another operation runs on the stack. */
  | { readonly outcome: 'busy'; readonly status: string }
  /** The cloud cannot plan this; the reason is a sentence. */
  | { readonly outcome: 'impossible'; readonly reason: string }

/**
 * `show`: for a person. `judge`: it decides whether `update` or `move` may follow. `mark`: what `move` alone changes; only where
 * `marksResources` is set.
 */
export type PlanPurpose = 'show' | 'judge' | 'mark'

export type DriftAnswer =
  | ({ readonly outcome: 'detected' } & FoundDrift)
  /** The cloud is at work on it: ask again with `detection`. */
  | { readonly outcome: 'working'; readonly status: string; readonly detection: JsonObject }
  /** Another operation runs on the stack. */
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }
  /** The cloud cannot detect drift here; the reason is a sentence. */
  | { readonly outcome: 'impossible'; readonly reason: string }

/** Does not wait. `detection`: what an earlier call gave; without it a new detection begins. */
export type DetectDrift<Stack> = (
  existing: Existing<Stack>,
  detection: JsonObject | undefined,
) => Promise<DriftAnswer>

/**
 * One service of one cloud, bound to one request: the part that differs between services. `ServiceSession` holds the part
 * that all of them share: recognising a repeated request, ownership, stale reads, the order of calls, masking.
 *
 * `Stack` is the service's type for the result of one read of a stack.
 */
export interface StackService<Stack> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  /** `id`: ROS's id names the stack. `name`: the properties name it. */
  readonly by: 'id' | 'name'
  /**
   * What makes a repeated write harmless. `token`: the cloud recognises it by its request token. `mark`: the stack's marks
   * show that it was made, so they are read again right before an update.
   */
  readonly repeatsAreKnownBy: 'token' | 'mark'

  /** Finds the request's stack; `undefined` only where the cloud says that it does not exist. */
  find(): Promise<Stack | undefined>
  /** Reads this stack, never a later one of the same name; for a poll, with what is needed to judge `watch`. */
  read(stack: StackRef, watch?: Watch): Promise<Stack | undefined>
  /** Like `read`, with outputs; absent where `read` returns them, or `outputsOf` reads them. */
  readonly readWithOutputs?: (stack: StackRef, watch: Watch) => Promise<Stack | undefined>
  refOf(stack: Stack): StackRef | Promise<StackRef>
  conditionOf(stack: Stack): Condition | 'deleted'
  /** `owner`: whose mark counts as ours; absent: the request's owner. */
  marksOf(stack: Stack, owner?: Owner): Marks
  /**
   * Whether the creation of the stack has succeeded once, as far as its status and marks show. Absent: the condition and the
   * status tell it.
   */
  readonly wasCreated?: (stack: Stack) => boolean
  adviceFor(stack: Stack): string | undefined

  /** The operation that an earlier delivery of this request started, where the cloud shows it. */
  startedBefore(stack: Stack, ref: StackRef): StartedBefore | undefined | Promise<StartedBefore | undefined>
  /** The deleted stack that an earlier delivery of this Create made; absent where the cloud does not show deleted stacks. */
  readonly madeAndDeleted?: () => Promise<StackRef | undefined>

  /**
   * Whether an earlier delivery of this Delete, which has no id, has deleted an earlier stack of the name than `existing`;
   * absent where the cloud does not show it.
   */
  readonly hasDeleted?: (existing: StackRef) => Promise<boolean>

  /** Makes the watch's marker before the write. `before` is absent for a Create. */
  markerFor(operation: string, before: Stack | undefined): JsonObject | Promise<JsonObject>
  /**
   * What `update` of `existing`, or without it `create`, would do to the stack's resources. Does not wait. A repeated call of
   * the same request finds the plan that the first has asked for.
   */
  plan(existing: Existing<Stack> | undefined, purpose: PlanPurpose): Promise<PlanAnswer>
  /**
   * Removes what `plan` has made in the cloud. `working`: the cloud cannot remove it yet. Absent where `plan` makes nothing.
   */
  readonly discardPlan?: (stack: StackRef, purpose: PlanPurpose) => Promise<'gone' | 'working'>
  /** What has changed in the stack's resources outside of it; or the sentence why the service cannot detect it. */
  readonly detectDrift: DetectDrift<Stack> | { readonly impossible: string }
  create(): Promise<CreateAnswer>
  update(stack: StackRef, before: Stack): Promise<UpdateAnswer>
  /** Marks the stack as the request's owner's, and changes nothing else. Absent where the cloud cannot. */
  readonly move?: (stack: StackRef, before: Stack) => Promise<UpdateAnswer>
  /**
   * What the properties ask for otherwise than the stack has it, beside what `plan` shows: names of properties, or phrases.
   * Absent: `plan` shows all that the cloud tells.
   */
  readonly deviations?: (stack: Stack) => readonly string[]
  /** The cloud gives the mark to the stack's resources, and plans what that changes in them. */
  readonly marksResources?: true
  /** A sentence: what is touched when a Create writes its mark on a stack that exists, with the vendor's document. */
  readonly markTouches?: string
  /** What an Update does about drift, which it then looks for first. Absent: it does not. */
  readonly onDrift?: 'report' | 'refuse'
  /** What an Update must not do. Then `plan` comes before `update`, which does what was planned. Absent: an Update may do anything. */
  readonly refuses?: Refusals
  /** Why the stack must not be deleted, where its protection is on. */
  protectionOf(stack: Stack): string | undefined
  delete(stack: StackRef, before: Stack, attempt: number): Promise<DeleteAnswer>
  readonly repair?: (stack: StackRef) => Promise<Started>

  readonly poll: PollRules<Stack>
  /** The marker where a poll learned more than `judgePoll` records. `isStale`: the poll saw the old status. */
  readonly markerAfterPoll?: (stack: Stack, watch: Watch, isStale: boolean) => Promise<JsonObject | undefined>
  explain(watch: Watch): Promise<Explanation>
  cancel(watch: Watch): Promise<string>
  events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]>
  readonly checks?: () => AsyncIterable<Check>
  readonly diagnose?: () => Promise<Diagnosis | undefined>
}
