import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type {
  Check,
  Condition,
  Explanation,
  Ownership,
  StackEvent,
  StackRef,
  StackRequest,
  Surroundings,
  Watch,
} from '../provider.ts'
import type { PollRules } from './judge-poll.ts'

export type { Check, Condition, Explanation, StackEvent, StackRef, Watch }

/** The marks that the bridge wrote on a stack. */
export interface Marks {
  readonly ownership: Ownership
  /**
   * A Create took the stack over from somebody else. ROS may never have learned the stack's id, so a Delete that has no
   * id must not delete it.
   */
  readonly adopted: boolean
}

/** The answer to a call that starts an operation. */
export interface Started {
  readonly outcome: 'started'
  /** Added to the marker that was read before the call. */
  readonly marker?: JsonObject
  /** Where the operation is of another kind than the call. */
  readonly kind?: 'create'
}

/** An operation of this request that an earlier delivery started. */
export interface StartedBefore {
  readonly watch: Watch
  /** When, by the cloud's clock, where the cloud tells. */
  readonly startedAt?: EpochMs | undefined
}

export type CreateAnswer =
  | (Started & { readonly stack: StackRef })
  /** The name is taken, or whether it is cannot be told: `find` tells. */
  | { readonly outcome: 'taken' }

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

/**
 * One service of one cloud, bound to one request: what differs between services. `ServiceSession` holds what all of them
 * share: recognising a repeated request, ownership, fresh reads, the order of calls, masking.
 *
 * `Stack` is the service's own picture of a stack, as one read gives it.
 */
export interface StackService<Stack> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  /** Whether ROS's id names the stack, or the properties do. */
  readonly by: 'id' | 'name'
  /**
   * How a repeated write is kept harmless. `token`: the cloud itself recognises it. `mark`: the stack shows it, so the
   * marks are read again right before an update.
   */
  readonly repeatsAreKnownBy: 'token' | 'mark'

  /** The stack that is asked for; `undefined` only where the cloud says that it does not exist. */
  find(): Promise<Stack | undefined>
  /** The very stack, and no later one of the same name; for a poll, with what `watch` needs to be judged. */
  read(stack: StackRef, watch?: Watch): Promise<Stack | undefined>
  /** The same with outputs; absent where `read` gives them, or `outputsOf` reads them. */
  readonly readWithOutputs?: (stack: StackRef, watch: Watch) => Promise<Stack | undefined>
  refOf(stack: Stack): StackRef | Promise<StackRef>
  conditionOf(stack: Stack): Condition | 'deleted'
  marksOf(stack: Stack): Marks
  adviceFor(stack: Stack): string | undefined

  /** This request's operation, where the cloud shows that an earlier delivery started it. */
  startedBefore(stack: Stack, ref: StackRef): StartedBefore | undefined | Promise<StartedBefore | undefined>
  /** The deleted stack that this very Create made; absent where the cloud keeps no trace of deleted stacks. */
  readonly madeAndDeleted?: () => Promise<StackRef | undefined>

  /** Proof material, read before the write. `before` is absent for a Create. */
  markerFor(operation: string, before: Stack | undefined): JsonObject | Promise<JsonObject>
  create(): Promise<CreateAnswer>
  update(stack: StackRef, before: Stack): Promise<UpdateAnswer>
  /** Why the stack must not be deleted: its protection is on. */
  protectionOf(stack: Stack): string | undefined
  delete(stack: StackRef, before: Stack, attempt: number): Promise<DeleteAnswer>
  readonly repair?: (stack: StackRef) => Promise<Started>

  readonly poll: PollRules<Stack>
  /** What a poll teaches beyond what `judgePoll` says; `isStale`: it saw a status from before. */
  readonly markerAfterPoll?: (stack: Stack, watch: Watch, isStale: boolean) => Promise<JsonObject | undefined>
  explain(watch: Watch): Promise<Explanation>
  cancel(watch: Watch): Promise<string>
  events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]>
  readonly checks?: () => AsyncIterable<Check>
}
