import type { Clock, EpochMs } from '../platform/clock.ts'
import type { JsonObject, JsonValue } from '../platform/json.ts'
import type { Logger } from '../platform/log.ts'
import type { Network } from '../platform/network.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { BridgeProperties } from './properties/bridge-properties.ts'
import type { PropertyProblem } from './properties/property-problem.ts'

/**
 * The one interface between the bridge and a foreign orchestrator.
 *
 * A provider knows one cloud's API and nothing of ROS's answers, of waiting or of deadlines: it makes single calls and
 * judges what they return. Every method is safe to repeat with the same request id. A call that did not give an answer
 * throws a `CloudError`; everything that a cloud answers in the ordinary course is a value.
 */
export interface StackProvider {
  /** As `Provider` spells it in the properties of an `ALIYUN::ROS::CustomResource`, for example `AwsCloudFormation`. */
  readonly name: string
  /** Validates the properties and binds them to one request. Makes no call. */
  open(request: StackRequest, surroundings: Surroundings): Opened | Promise<Opened>
  /**
   * The part of valid properties that `open` needs with `follows`: where the stack is and how to reach it, without the
   * template and what goes into it.
   */
  propertiesToFollow(properties: JsonObject): JsonObject
}

/** What a request wants of the foreign stack. */
export type OperationKind = 'create' | 'update' | 'delete'

/** The owner that a stack is marked with: one logical resource of one ROS stack. */
export interface Owner {
  readonly rosStackId: string
  readonly rosStackName: string
  readonly logicalResourceId: string
  /** Where the ROS stack is; it marks nothing. Absent where the event does not say, and in continuations. */
  readonly rosRegionId?: string
}

export interface StackRequest {
  readonly kind: OperationKind
  readonly owner: Owner
  /** ROS's RequestId. It repeats when the same event is delivered again. */
  readonly requestId: string
  /** What ROS echoes on Update and Delete; absent where ROS has none (after a failed Create). */
  readonly physicalResourceId?: string
  readonly properties: JsonObject
  readonly oldProperties?: JsonObject
  /** Stands for the properties as the event gave them, where a request is told from another one of the same id. */
  readonly fingerprint: string
  /**
   * The request's operation on this stack has begun already, and is only to be followed to its end: the properties are
   * those of `propertiesToFollow`, and the session is not asked to create or update.
   */
  readonly follows?: StackRef
}

/** What a provider may use of the process it runs in. */
export interface Surroundings {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly network: Network
  /** Whatever a provider learns to be secret is added here before anything is logged or thrown. */
  readonly secrets: Secrets
  readonly log: Logger
  readonly environment: Readonly<Record<string, string | undefined>>
}

export type Opened =
  | { readonly ok: true; readonly session: StackSession; readonly bridge: BridgeProperties }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/** The cloud's own id and name of a stack. The id is what ROS keeps as the PhysicalResourceId. */
export interface StackRef {
  readonly id: string
  readonly name: string
}

/**
 * An operation that the cloud has accepted and that is to be followed to its end. Serializable.
 * `kind` is what was asked of the cloud, which may differ from the request: a Create that adopts a stack updates it.
 * `read`: nothing was asked, since nothing had to change; `describe` gives the settled stack's outputs as they are.
 */
export interface Watch {
  readonly kind: OperationKind | 'repair' | 'read'
  readonly stack: StackRef
  /** The provider's own proof material that a later status is this operation's and not an earlier one's. */
  readonly marker: JsonObject
}

/** Whose the marks on a stack are. `unmarked`: it bears none. `invisible`: this cloud shows no marks. */
export type Ownership =
  | { readonly mark: 'ours' }
  | { readonly mark: 'another'; readonly owner: string }
  | { readonly mark: 'unmarked' }
  | { readonly mark: 'invisible' }

/** What can be done with a stack as it stands, whatever the cloud calls it. */
export type Condition =
  /** No operation runs; it can be updated and deleted. */
  | 'settled'
  /** An operation runs; nothing can be asked of the stack until it ends. */
  | 'working'
  /** An operation that deletes the stack runs. */
  | 'deleting'
  /** A Create that did not succeed left it; it can only be deleted. */
  | 'failed-create'
  /** A deletion failed; it can be deleted again, not updated. */
  | 'delete-failed'
  /** It cannot be updated before it has been repaired. */
  | 'stuck'

export type Found =
  | { readonly found: false }
  /**
   * For a Create: this very request has made a stack before, which was deleted since. The event comes again, and too late:
   * ROS has had its answer, and whatever was made now would be nobody's.
   */
  | { readonly found: 'spent'; readonly stack: StackRef }
  | {
      readonly found: true
      readonly stack: StackRef
      /** The cloud's own word. */
      readonly status: string
      readonly condition: Condition
      readonly ownership: Ownership
      /** `id`: it is the very stack that ROS's PhysicalResourceId names. `name`: it has the name that was asked for. */
      readonly by: 'id' | 'name'
      /** Present where the cloud shows that this very request has begun its operation before: follow that. */
      readonly begun?: Watch
      /** When that was, by the cloud's clock, where the cloud tells it. */
      readonly begunAt?: EpochMs
      /** For `stuck`, `failed-create` and `delete-failed`: what an engineer can do about it. */
      readonly advice?: string
    }

export type CreateOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  /** The name is taken: `find` tells by whom. */
  | { readonly outcome: 'taken' }
  /** See `Found`. */
  | { readonly outcome: 'spent'; readonly stack: StackRef }

export type UpdateOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  /** The stack is already as asked for. */
  | { readonly outcome: 'unchanged'; readonly watch: Watch }
  /** Another operation runs: wait for its end and ask again. */
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }

export type DeleteOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }
  /** For example termination protection. */
  | { readonly outcome: 'refused'; readonly reason: string }

export type Outputs = Readonly<Record<string, JsonValue>>

/** What a poll of the foreign stack told, judged for the operation under way. */
export type Observation =
  | {
      readonly phase: 'working'
      readonly status: string
      /** What this look has taught about the operation, to be shown at the next one; absent where nothing has. */
      readonly marker?: JsonObject
      /** When the operation began, by the cloud's clock, where the cloud tells it: perhaps for an earlier delivery. */
      readonly begunAt?: EpochMs
    }
  | {
      readonly phase: 'succeeded'
      readonly status: string
      readonly outputs: Outputs
      /** Outputs that the cloud could not compute, with its reason for each. */
      readonly failedOutputs?: Readonly<Record<string, string>>
    }
  | {
      readonly phase: 'failed'
      readonly status: string
      readonly statusReason?: string
      /** False where this cloud shows the failure shortly before it rolls back: look again before believing it. */
      readonly final: boolean
      readonly advice?: string
    }
  | { readonly phase: 'gone' }

/** Why an operation failed, or where it stands: from the stack's events, so it may be empty. */
export interface Explanation {
  /** The first resource that failed and the cloud's message for it, through nested stacks. */
  readonly cause?: string
  /** The newest event, in words. */
  readonly latestEvent?: string
}

/** A provider bound to one request: its credentials, region, stack name and properties. */
export interface StackSession {
  /** Milliseconds; where the cloud's own limit for this operation is known (it does not bind the bridge). */
  readonly cloudTimeoutMs?: number
  /**
   * Refuses what would need another stack (another name, region, account) than the PhysicalResourceId names.
   * Called before anything is touched; makes no call.
   */
  readonly identityProblems: readonly PropertyProblem[]
  /** How often `delete` may be asked, each time by stronger means: 1 unless the properties allow more. */
  readonly deleteAttempts: number
  /** The stack that the PhysicalResourceId names; without one, the stack of the name that is asked for. */
  find(): Promise<Found>
  create(): Promise<CreateOutcome>
  /** Also marks the stack as the owner's. */
  update(stack: StackRef): Promise<UpdateOutcome>
  /** `attempt` counts from 0. */
  delete(stack: StackRef, attempt: number): Promise<DeleteOutcome>
  /** Present where the properties allow a repair of a `stuck` stack. */
  readonly repair?: (stack: StackRef) => Promise<Watch>
  describe(watch: Watch): Promise<Observation>
  explain(watch: Watch): Promise<Explanation>
  /** Asks the cloud to stop the operation; says in words what was done, for the reason of the answer. */
  cancel(watch: Watch): Promise<string>
  /** The stack's resource events since `since`, oldest first: for people who watch, never for a decision. */
  events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]>
  /**
   * Whether the cloud grants what the bridge needs, found out by calls that change nothing: each result as soon as it is
   * known, and none that would only repeat an earlier one's trouble. For `stackbridge doctor`; it does not throw `CloudError`.
   */
  readonly checks?: () => AsyncIterable<Check>
  /** Ends connections and timers. */
  close(): void
}

/** One thing that the bridge needs of a cloud, and what was found. Holds no secret. */
export interface Check {
  /** In the cloud's own words where it has some, for example `DescribeStacks`. */
  readonly name: string
  /**
   * `degraded`: the bridge works without it, less well. `unknown`: no call that changes nothing could tell.
   */
  readonly result: 'ok' | 'degraded' | 'missing' | 'unknown'
  /** What was found and, where it is not as it should be, what would mend it. */
  readonly detail: string
}

export interface StackEvent {
  readonly id: string
  readonly at: EpochMs
  /** Logical id of the resource; for nested stacks with the path to it, for example `Network/Vpc`. */
  readonly resource: string
  readonly type: string
  readonly status: string
  readonly reason?: string
}

/**
 * A call that gave no answer to build on.
 * `throttled` and `unavailable` pass: ask again later. `denied` (credentials, permissions) and `rejected` (the cloud
 * will not do what was asked) do not. The message is for the user and holds no secret.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  constructor(
    readonly kind: 'throttled' | 'unavailable' | 'denied' | 'rejected',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What the bridge may know of the clouds: that a resource type has a provider, and how to load it. */
export interface ProviderRegistry {
  /**
   * The provider for a resource type such as `Custom::AwsCloudFormationStack`; for `ALIYUN::ROS::CustomResource`, which
   * names no cloud, the one that the property `Provider` names.
   */
  resolve(resourceType: string, provider: unknown): Resolved
}

export type Resolved =
  | { readonly ok: true; readonly name: string; load(): Promise<StackProvider> }
  /** In words, with what would be right. */
  | { readonly ok: false; readonly problem: string }
