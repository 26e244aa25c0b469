import type { Clock, EpochMs } from '../platform/clock.ts'
import type { EndpointHost } from '../platform/endpoint-host.ts'
import type { JsonObject, JsonValue } from '../platform/json.ts'
import type { Logger } from '../platform/log.ts'
import type { Network } from '../platform/network.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { CloudError } from './call-error.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import type { DriftOutcome, DriftProgress } from './drift.ts'
import type { OperationTokens } from './http/operation-tokens.ts'
import type { Ownership } from './ownership.ts'
import type { PlanOutcome } from './plan.ts'
import type { BridgeProperties } from './properties/bridge-properties.ts'
import type { PropertyProblem } from './properties/property-problem.ts'

export { CloudError, unexplained } from './call-error.ts'
export type { DriftedResource, DriftOutcome, DriftProgress, DriftReport } from './drift.ts'
export type { Ownership } from './ownership.ts'
export type { PlannedChange, PlanOutcome, TakenOver } from './plan.ts'

/**
 * The one interface between the bridge and a foreign orchestrator.
 *
 * A provider knows one cloud's API. It knows nothing of ROS's answers, of waiting or of deadlines: it makes single calls
 * and judges what they return. Every method is safe to repeat with the same request id. A method throws a `CloudError`
 * where a call failed; it returns the answers that callers have to expect, such as "the name is taken", as values.
 */
export interface StackProvider {
  /** As `Provider` spells it in the properties of an `ALIYUN::ROS::CustomResource`, for example `AwsCloudFormation`. */
  readonly name: string
  /** Validates the properties and binds them to one request. Makes no call. */
  open(request: StackRequest, surroundings: Surroundings): Opened | Promise<Opened>
  /**
   * The part of valid properties that `open` needs with `follows`: where the stack is and how to reach it, without the
   * template and its parameters.
   */
  propertiesToFollow(properties: JsonObject): JsonObject
}

/** What ROS's request asks for. */
export type OperationKind = 'create' | 'update' | 'delete'

/** The owner that a stack is marked with: one logical resource of one ROS stack. */
export interface Owner {
  readonly rosStackId: string
  readonly rosStackName: string
  readonly logicalResourceId: string
  /** The ROS stack's region; not part of a mark. Absent where the event does not name it, and in continuations. */
  readonly rosRegionId?: string
}

export interface StackRequest {
  readonly kind: OperationKind
  readonly owner: Owner
  /** ROS's RequestId. It repeats when the same event is delivered again. */
  readonly requestId: string
  /** ROS sends it with Update and Delete. Absent where ROS has none, as after a failed Create. */
  readonly physicalResourceId?: string
  readonly properties: JsonObject
  readonly oldProperties?: JsonObject
  /** A hash of the event's properties. It distinguishes two requests that have the same `requestId`. */
  readonly fingerprint: string
  /**
   * A hash of the properties that describe the stack, without credentials: 8 hexadecimal digits. It tells the Delete of one
   * creation from that of another. Absent where the continuation is of a version before it.
   */
  readonly stackDigest?: string
  /** Only of a Create: it takes over a stack that exists, and makes none. */
  readonly move?: Move
  /**
   * The stack on which the request's operation has started already. The bridge only polls that operation to its end: it
   * passes the properties of `propertiesToFollow`, and calls neither `create` nor `update`.
   */
  readonly follows?: StackRef
}

/** A stack is moved from one owner to another. */
export interface Move {
  /** The owner that the stack's mark must name. A mark does not name the ROS stack's name, so that is empty. */
  readonly from: Owner
  /** Whether the stack may be changed as the properties ask for. Else nothing but its mark changes. */
  readonly mayChange: boolean
}

/** What a provider may use of the process it runs in. */
export interface Surroundings {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly network: Network
  /** A provider adds every secret that it learns here, before it logs or throws anything. */
  readonly secrets: Secrets
  readonly log: Logger
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The tokens that travel with the operation. Absent where nothing is handed off. */
  readonly tokens?: OperationTokens | undefined
  /** Hosts to which the operator lets properties send the environment's credentials. Absent: none. */
  readonly endpointHosts?: readonly EndpointHost[]
}

export type Opened =
  | { readonly ok: true; readonly session: StackSession; readonly bridge: BridgeProperties }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/** A stack's id and name. ROS keeps the id as the PhysicalResourceId. */
export interface StackRef {
  readonly id: string
  readonly name: string
}

/**
 * An operation that the cloud has accepted and that the bridge polls to its end. Serializable.
 * `kind` is the operation that the cloud runs. It may differ from the request's: a Create that adopts a stack updates it.
 * `read`: nothing had to change, so no operation runs, and `describe` returns the outputs of the settled stack.
 */
export interface Watch {
  readonly kind: OperationKind | 'repair' | 'read'
  readonly stack: StackRef
  /** Lets the provider prove that a later status belongs to this operation and not to an earlier one. */
  readonly marker: JsonObject
}

/** What the bridge can do with a stack in its current status. */
export type Condition =
  /** No operation runs; it can be updated and deleted. */
  | 'settled'
  /** An operation runs; the stack accepts no other one until it ends. */
  | 'working'
  /** An operation that deletes the stack runs. */
  | 'deleting'
  /** A failed Create left the stack; it can only be deleted. */
  | 'failed-create'
  /** A deletion failed; it can be deleted again, not updated. */
  | 'delete-failed'
  /** It needs a repair before an update. */
  | 'stuck'

export type Found =
  | {
      readonly found: false
      /**
       * Only the name was looked for, on behalf of a Delete: a Create that is still under way may make the stack, or the cloud
       * may show it late.
       */
      readonly mayAppear?: boolean
    }
  /**
   * Only for a Create: an earlier delivery of this request created a stack, and that stack was deleted since. ROS already
   * has an answer to this request, so a stack that is created now would have no owner.
   */
  | { readonly found: 'replayed-after-delete'; readonly stack: StackRef }
  /**
   * Not for a Create: ROS has sent later requests since this one, as the stack's marks tell. It is delivered late once more
   * and must not act.
   */
  | { readonly found: 'superseded'; readonly stack: StackRef }
  | {
      readonly found: true
      readonly stack: StackRef
      /** The cloud's name for the status. */
      readonly status: string
      readonly condition: Condition
      readonly ownership: Ownership
      /** `id`: ROS's PhysicalResourceId names this stack. `name`: it has the name that the properties ask for. */
      readonly by: 'id' | 'name'
      /** The operation that an earlier delivery of this request started: poll it, and start no other. */
      readonly started?: Watch
      /**
       * The cloud does not tell whose operation runs, only that this request was about to start one. It is not this
       * request's where the request was found busy before.
       */
      readonly mayBeAnothers?: boolean
      /** When that operation started, by the cloud's clock; absent where the cloud does not tell. */
      readonly startTime?: EpochMs
      /** Only for a Delete without an id: a Create with other properties has made the stack. */
      readonly isOfAnotherCreation?: boolean
      /** For `stuck`, `failed-create` and `delete-failed`: what an engineer can do about it. */
      readonly advice?: string
    }

export type CreateOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  /** Another stack has the name; `find` returns it. `message`: the cloud's refusal, masked. */
  | { readonly outcome: 'taken'; readonly message: string }
  /** Another operation runs: wait for its end and ask again. */
  | { readonly outcome: 'busy'; readonly status: string }
  /** As in `Found`. */
  | { readonly outcome: 'replayed-after-delete'; readonly stack: StackRef }

/** A stack that is only read, with any owner. */
export interface ForeignStackState {
  /** `describe` of it returns the stack's outputs, once it has settled. */
  readonly watch: Watch
  /** The cloud's name for the status. */
  readonly status: string
  readonly condition: Condition
  /** What of the asked-for is not there, in words: only a part of the stack exists. */
  readonly lacks?: string
}

export type UpdateOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  /** The stack is already as asked for. */
  | { readonly outcome: 'unchanged'; readonly watch: Watch }
  /** Another operation runs: wait for its end and ask again. */
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }
  /** As in `Found`. */
  | { readonly outcome: 'superseded' }
  /** The cloud is at work on the plan that decides whether the update is made: ask again. */
  | {
      readonly outcome: 'planning'
      readonly status: string
      /** Present where the cloud detects drift: `update` gets it again. */
      readonly drift?: Extract<DriftProgress, { at: 'detecting' }>
    }
  /** What the Update was to learn of drift is known: `update` gets it, and makes the update. */
  | { readonly outcome: 'drift-known'; readonly drift: Extract<DriftProgress, { at: 'known' }> }
  /** The properties refuse what the update would do; nothing was touched. */
  | { readonly outcome: 'refused'; readonly reason: string }

export type DeleteOutcome =
  | { readonly outcome: 'started'; readonly watch: Watch }
  | { readonly outcome: 'busy'; readonly status: string }
  | { readonly outcome: 'missing' }
  /** For example termination protection. */
  | { readonly outcome: 'refused'; readonly reason: string }

export type Outputs = Readonly<Record<string, JsonValue>>

/** The result of one poll, judged for the watched operation. */
export type Observation =
  | {
      readonly phase: 'working'
      readonly status: string
      /** Replaces the watch's marker at the next poll; absent where the poll learned nothing new. */
      readonly marker?: JsonObject
      /**
       * When the operation started, by the cloud's clock; absent where the cloud does not tell. It is earlier than this
       * delivery where an earlier one started the operation.
       */
      readonly startTime?: EpochMs
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
      /** False where this cloud may show the failure shortly before it rolls back: poll again to confirm it. */
      readonly final: boolean
      readonly advice?: string
    }
  | { readonly phase: 'gone' }

/** Why an operation failed, or how far it is. It comes from the stack's events, so all fields may be absent. */
export interface Explanation {
  /** The first resource that failed and the cloud's message for it, through nested stacks; then other causes, if any. */
  readonly cause?: string
  /** The newest event, in words. */
  readonly latestEvent?: string
  /** Set where the cause may exist, and could not be read. */
  readonly unread?: Unread
}

/** Why the cause of a failure could not be read. */
export interface Unread {
  /** `too-long`: the stack has more events than the bridge reads. `out-of-time`: the answer was due. */
  readonly why: CloudError['kind'] | 'unreadable' | 'too-long' | 'out-of-time'
  /** What the cloud said to the call, where it failed. */
  readonly message?: string
}

/** What a provider needs to know of one call of `update`. */
export interface UpdateCall {
  /** When the bridge stops waiting for the call. */
  readonly until?: EpochMs
  /** What an earlier call learned of drift. */
  readonly drift?: DriftProgress | undefined
  /**
   * From this time on, a detection of drift that has not ended counts as failed. Absent: only the provider's own limit
   * applies.
   */
  readonly detectUntil?: EpochMs
}

/** A provider bound to one request: its credentials, region, stack name and properties. */
export interface StackSession {
  /** The cloud's own limit for this operation, in milliseconds, where it is known. The bridge's deadline may be earlier. */
  readonly cloudTimeoutMs?: number
  /**
   * Properties that mean another stack (another name, region, account) than the PhysicalResourceId names. The bridge
   * refuses the request for any of them, before it calls the cloud.
   */
  readonly identityProblems: readonly PropertyProblem[]
  /** How often the bridge may call `delete`, each time with stronger means: 1 unless the properties allow more. */
  readonly deleteAttempts: number
  /** Finds the stack that the PhysicalResourceId names; without one, the stack with the name that the properties give. */
  find(): Promise<Found>
  /** Creates the stack, with the owner's mark. */
  create(): Promise<CreateOutcome>
  /** Also marks the stack as the owner's. A Create that moves the stack changes nothing else, unless it may. */
  update(stack: StackRef, about?: UpdateCall): Promise<UpdateOutcome>
  /** `attempt` counts from 0. */
  delete(stack: StackRef, attempt: number): Promise<DeleteOutcome>
  /** Present where the properties allow a repair of a `stuck` stack. */
  readonly repair?: (stack: StackRef) => Promise<Watch>
  /** Reads the stack once, and judges it for the watched operation. */
  describe(watch: Watch): Promise<Observation>
  /** Reads the stack's events: why the watched operation failed, or how far it is. */
  explain(watch: Watch): Promise<Explanation>
  /** Asks the cloud to stop the operation. Returns in words what was done, for the answer's reason. */
  cancel(watch: Watch): Promise<string>
  /** The stack's resource events since `since`, oldest first. They are only shown to people; no decision depends on them. */
  events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]>
  /**
   * Checks whether the cloud allows what the bridge needs, by calls that change nothing. Yields each result as soon as it is
   * known, and skips checks that would only repeat an earlier failure. For `stackbridge doctor`; throws no `CloudError`.
   */
  readonly checks?: () => AsyncIterable<Check>
  /**
   * All that the cloud tells of the failure of the stack's latest operation that failed. `undefined`: there is no such stack.
   * For `stackbridge diagnose`, whose sessions only read: it changes nothing and is not part of the function.
   */
  readonly diagnose?: () => Promise<Diagnosis | undefined>
  /**
   * What the request's Create or Update would do to the stack's resources, as the cloud foresees it. Changes no stack. Waits
   * until the cloud has the plan, and removes what the cloud keeps for it, also where `signal` ends the wait: then it rejects
   * with the signal's reason.
   */
  plan(signal?: AbortSignal): Promise<PlanOutcome>
  /**
   * What has changed in the stack's resources outside of it. Waits until the cloud knows; `signal` ends the wait, not the
   * cloud's detection, and rejects with the signal's reason.
   */
  drift(signal?: AbortSignal): Promise<DriftOutcome>
  /** True where the answer tells what the Update learned of drift. */
  readonly reportsDrift?: boolean
  /** Reads the stack with any owner; `undefined` where there is none. Absent where the service has no mode `read-only`. */
  readonly readState?: () => Promise<ForeignStackState | undefined>
  /** Ends connections and timers. */
  close(): void
}

/** The result of checking one thing that the bridge needs of a cloud. Holds no secret. */
export interface Check {
  /** The cloud's name for it where it has one, for example `DescribeStacks`. */
  readonly name: string
  /** `degraded`: the bridge works without it, but less well. `unknown`: only a call that changes something could tell. */
  readonly result: 'ok' | 'degraded' | 'missing' | 'unknown'
  /** What was found and, unless the result is `ok`, how to correct it. */
  readonly detail: string
}

/** An event of a resource, as people see it. */
export interface StackEvent {
  /** Different for each event of the stack. */
  readonly id: string
  readonly at: EpochMs
  /** Logical id of the resource; in a nested stack with its path, for example `Network/Vpc`. */
  readonly resource: string
  readonly type: string
  readonly status: string
  readonly reason?: string
}

/** All that the bridge knows of the clouds: which provider serves a resource type, and how to load it. */
export interface ProviderRegistry {
  /**
   * The provider for a resource type such as `Custom::AwsCloudFormationStack`; for `ALIYUN::ROS::CustomResource`, which
   * names no cloud, the one that the property `Provider` names.
   */
  resolve(resourceType: string, provider: unknown): Resolved
  /** The provider whose read-only resource has this PhysicalResourceId; `undefined` for any other id. */
  readonly readerOf?: (physicalResourceId: string) => Resolved | undefined
  /** The names of the providers that write PhysicalResourceIds of this form; empty for any other id. */
  writersOf(physicalResourceId: string): readonly string[]
  /** Whether the id begins like the ids that providers write. The ids that ROS makes up do not. */
  isWritten(physicalResourceId: string): boolean
}

export type Resolved =
  | { readonly ok: true; readonly name: string; load(): Promise<StackProvider> }
  /** What is wrong and what would be right. */
  | { readonly ok: false; readonly problem: string }
