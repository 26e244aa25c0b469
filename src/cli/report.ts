import type { JsonObject } from '../platform/json.ts'
import type {
  Evidence,
  FailedResource,
  HistoryEntry,
  MissingRight,
} from '../providers/diagnosis/diagnosis.ts'
import type { Check, CloudError, DriftedResource, PlannedChange, StackEvent } from '../providers/provider.ts'

/** What a command reports, for every renderer. `--json` prints these objects: docs/cli.md lists them. */
export type Report =
  | { readonly type: 'section'; readonly title: string }
  | {
      readonly type: 'event'
      readonly requestType: string
      readonly resource: string
      readonly resourceType: string
      readonly stackResources?: number
    }
  | OperationReport
  /** The embedded clouds get the events of earlier commands again. */
  | { readonly type: 'rebuilding'; readonly events: number }
  | ({ readonly type: 'asked'; readonly action: string } & OfStack)
  | StatusReport
  | StackEventReport
  | {
      readonly type: 'watching'
      readonly stackId: string
      readonly name: string
      readonly status: string
    }
  | SettledReport
  | ({ readonly type: 'check' } & Check)
  | TroubleReport
  | AnswerReport
  | ResourceReport
  | StackReport
  | PlannedStackReport
  | DiagnosisReport
  | DriftedStackReport
  /** One invocation of the function, where an event takes several. */
  | {
      readonly type: 'call'
      readonly number: number
      readonly elapsedMs: number
      readonly billedMs: number
      readonly ended: string
    }
  | SandboxServiceReport
  /** What an embedded cloud says of itself, for example what it invents. `cloud`: as `--ports` names it. */
  | { readonly type: 'sandbox-note'; readonly cloud: string; readonly note: string }
  | { readonly type: 'written'; readonly path: string; readonly what: string }
  /** Commands that the user can run next. */
  | { readonly type: 'next'; readonly steps: readonly NextStep[] }
  /** What `acceptance` is going to do. */
  | { readonly type: 'acceptance-plan'; readonly run: string; readonly lines: readonly string[] }
  | ScenarioReport
  /** `acceptance` has deleted a stack; with `problem`, it may still be there. */
  | { readonly type: 'cleaned'; readonly stack: string; readonly problem?: string }
  | { readonly type: 'calls-left-out'; readonly count: number }
  | { readonly type: 'figures'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly type: 'summary'; readonly rows: readonly SummaryRow[] }

/** Which stack a report is about. */
interface OfStack {
  /** The logical id of the custom resource; `null` for a stack that no event is about. */
  readonly customResource: string | null
  /** `null` while it is not known. */
  readonly stackId: string | null
  readonly elapsedMs: number
}

/** A new status of a foreign stack. */
export interface StatusReport extends OfStack {
  readonly type: 'status'
  readonly status: string
}

export type StackEventReport = {
  readonly type: 'stack-event'
  readonly stackName: string
  readonly resourceType: string
} & OfStack &
  Omit<StackEvent, 'type'>

/** The begin of an operation on a ROS template's stack. */
export interface OperationReport {
  readonly type: 'operation'
  readonly action: 'create' | 'update' | 'delete' | 'roll back'
  readonly stackName: string
  readonly stackId: string
  /** How many resources of the template it is about. */
  readonly resources: number
  readonly elapsedMs: number
}

/** A call to a cloud that failed, or a POST to the sandbox's ResponseURL that is not a valid answer. */
export interface TroubleReport extends OfStack {
  readonly type: 'trouble'
  readonly kind: CloudError['kind'] | 'invalid-answer'
  readonly message: string
}

/** No operation runs on the stack. `gone`: it was deleted while it was followed; `absent`: there was none. */
export interface SettledReport {
  readonly type: 'settled'
  readonly outcome: 'succeeded' | 'failed' | 'gone' | 'absent'
  readonly status: string | null
  readonly stackId: string | null
  readonly elapsedMs: number
}

/** The address of one of the sandbox's services, and how to connect to it. */
export interface SandboxServiceReport {
  readonly type: 'sandbox-service'
  readonly service: string
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
  readonly properties: JsonObject
  /** How to use `environment` and `properties`. */
  readonly hint: string
}

export interface AnswerReport {
  readonly type: 'answer'
  readonly resource: string
  readonly status: 'SUCCESS' | 'FAILED'
  readonly reason?: string
  /** FAILED, and no operation was started on the foreign stack. */
  readonly refused?: boolean
  readonly physicalResourceId?: string
  readonly data?: JsonObject
  /** Violations of ROS's documented rules; absent where the answer is not checked. */
  readonly violations?: readonly string[]
  readonly elapsedMs: number
}

/** The state of one resource of a ROS template that is run locally. */
export interface ResourceReport {
  readonly type: 'resource'
  readonly resource: string
  readonly resourceType: string
  readonly status: string
  readonly physicalResourceId: string | null
  /** How many resources the foreign template has, as far as it can be read. */
  readonly stackResources?: number
  readonly reason?: string
  /** It failed, and no operation was started on the foreign stack. */
  readonly refused?: boolean
  /** A local ROS stands in for it. */
  readonly standIn?: boolean
  /** Its stack stays after its deletion. */
  readonly kept?: boolean
  /** What a local ROS does otherwise than a real one. */
  readonly note?: string
  readonly elapsedMs: number
}

/** The end of an operation on a ROS template's stack. */
export interface StackReport {
  readonly type: 'stack'
  readonly stackName: string
  readonly stackId: string
  readonly status: string
  readonly reason?: string
  readonly outputs: JsonObject
  readonly elapsedMs: number
}

/** One scenario that `acceptance` has run. */
export interface ScenarioReport {
  readonly type: 'scenario'
  /** The cloud, or the way to it. */
  readonly subject: string
  readonly scenario: string
  readonly title: string
  readonly result: 'passed' | 'failed' | 'not run'
  readonly detail?: string
  readonly elapsedMs: number
}

/** What a Create or Update of one custom resource would do. */
export type PlannedStackReport = {
  readonly type: 'plan'
  readonly resource: string
  readonly resourceType: string
} & (
  | {
      readonly outcome: 'planned'
      readonly operation: 'create' | 'update'
      /** Of the stack that exists. */
      readonly stackName: string | null
      readonly stackId: string | null
      readonly changes: readonly PlannedChange[]
      /** Something changes that is no resource, such as an output, as far as the cloud tells. */
      readonly changesOther?: true
      readonly notes: readonly string[]
      readonly takeOver?: TakeOverReport
    }
  /** The template no longer has the resource: ROS would delete the whole stack. */
  | { readonly outcome: 'deleted'; readonly stackId: string }
  /** The template no longer has the resource, and its stack stays. The reason is a sentence. */
  | { readonly outcome: 'kept'; readonly stackId: string; readonly reason: string }
  | { readonly outcome: 'impossible'; readonly reason: string; readonly takeOver?: TakeOverReport }
)

/** A stack that exists, and that a Create would take over. */
export interface TakeOverReport {
  readonly stackName: string
  readonly stackId: string
  /** Whose mark the stack has. `invisible`: the cloud shows no marks. */
  readonly mark: 'ours' | 'another' | 'unmarked' | 'invisible'
  /** In words; `null` unless the mark is another's. */
  readonly owner: string | null
  /** What is missing for it, without full stops; empty: it is allowed. */
  readonly missing: readonly string[]
  /** What is touched when the mark is written; `null` where it is not written. */
  readonly touches: string | null
}

/** What has changed in one stack outside of it. */
export type DriftedStackReport = {
  readonly type: 'drift'
  readonly resource: string
  readonly resourceType: string
} & (
  | {
      readonly outcome: 'detected'
      readonly stackName: string
      readonly stackId: string
      readonly drifted: readonly DriftedResource[]
      /** False where the cloud failed to check a resource that it can check. */
      readonly isWhole: boolean
      readonly notes: readonly string[]
    }
  | { readonly outcome: 'impossible'; readonly reason: string }
)

/** What the cloud tells of a stack's failure. */
export type DiagnosisReport = {
  readonly type: 'diagnosis'
  readonly resource: string
  readonly resourceType: string
} & (
  | {
      readonly outcome: 'read'
      readonly stackName: string
      readonly stackId: string
      /** `null`: the cloud does not show it. */
      readonly status: string | null
      readonly isAtWork: boolean
      /** The likely cause first; empty where no operation has failed. */
      readonly failures: readonly DiagnosedFailure[]
      readonly next: readonly NextAction[]
      readonly missing: readonly MissingRight[]
      readonly notes: readonly string[]
    }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'impossible'; readonly reason: string }
)

/** Times are in ISO 8601, UTC; `null` if the cloud's text is not a time. */
export interface DiagnosedFailure extends Omit<FailedResource, 'history' | 'evidence'> {
  readonly history: readonly (Omit<HistoryEntry, 'at'> & { readonly at: string | null })[]
  readonly evidence: readonly (Omit<Evidence, 'at'> & { readonly at?: string | null })[]
}

/** What an engineer can do about a cause. */
export interface NextAction {
  readonly cause: string
  readonly action: string
  /** The vendor's page on it. */
  readonly see?: string
}

export interface NextStep {
  /** As a shell takes it. */
  readonly command: string
  readonly why: string
}

export interface SummaryRow {
  readonly step: string
  readonly answer: string
  readonly asExpected: boolean
  readonly seconds: number
}

export interface Renderer {
  report(report: Report): void
  /** Prints what is held back, and removes the spinner. */
  close(): void
}
