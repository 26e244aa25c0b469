import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import type { Template } from './template.ts'

export interface SandboxStack {
  readonly id: string
  readonly name: string
  status: string
  statusReason: string | undefined
  readonly createdAt: EpochMs
  updatedAt?: EpochMs
  deletedAt?: EpochMs
  /** The template and parameters of the last operation. */
  design: Design
  tags: ReadonlyMap<string, string>
  readonly resources: Map<string, SandboxResource>
  /** What replacements have taken the place of; it stands until the clean-up. Oldest first. */
  readonly superseded: SandboxResource[]
  /** Oldest first. */
  readonly events: SandboxEvent[]
  outputs: ReadonlyMap<string, { readonly value: string; readonly exportName: string | undefined }>
  onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'
  options: StackOptions
  terminationProtection: boolean
  roleArn: string | undefined
  readonly timeoutMinutes: number | undefined
  readonly parentId: string | undefined
  /** The action that each request token was used for. */
  readonly tokens: Map<string, string>
  operation: StackOperation | undefined
  /** All operations, oldest first; an automatic rollback is one of its own. */
  readonly operations: OperationRecord[]
  /** The change set that was executed last. */
  changeSetId?: string
  /** What early validation refused, oldest first; also for a change set. */
  readonly validations: SandboxValidation[]
  /** The target of a rollback that failed, for ContinueUpdateRollback. */
  rolledBackTo?: Design
  /** As the latest detection has found it. */
  drift?: { readonly status: 'IN_SYNC' | 'DRIFTED' | 'UNKNOWN'; readonly checkedAt: EpochMs }
}

/** What a stack keeps of its last operation besides the template. */
export interface StackOptions {
  readonly notificationArns: readonly string[]
  readonly capabilities: readonly string[]
  readonly rollbackTriggers: readonly { readonly Arn: string; readonly Type: string }[]
  readonly monitoringMinutes: number | undefined
  readonly deploymentMode: string | undefined
  /** What keeps a failed creation: a stack kept by OnFailure cannot be updated. */
  readonly keptBy: 'OnFailure' | 'DisableRollback' | undefined
}

export interface Design {
  readonly body: string
  readonly template: Template
  readonly parameters: ReadonlyMap<string, string>
}

export interface StackOperation {
  readonly token: string | undefined
  /** The part that runs now: the operation itself, then its rollback. */
  record: OperationRecord
  /** The reason to stop; set by CancelUpdateStack, a failed output or a timeout. */
  stop: string | undefined
  /** A rollback also removes what it made with the policy `Retain`. */
  retainExceptOnCreate?: boolean | undefined
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEntry.html */
export interface OperationRecord {
  readonly id: string
  readonly type: OperationType
  readonly token: string | undefined
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED'
}

export type OperationType =
  'CREATE_STACK' | 'UPDATE_STACK' | 'DELETE_STACK' | 'CONTINUE_ROLLBACK' | 'ROLLBACK' | 'CREATE_CHANGESET'

/** A failed check of a template, before anything was provisioned. */
export interface SandboxValidation {
  readonly id: string
  readonly operation: OperationRecord
  readonly at: EpochMs
  readonly name: string
  readonly logicalId: string
  readonly type: string
  readonly reason: string
  /** A JSON pointer into the template. */
  readonly path: string
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/hooks-concepts.html */
export interface HookResult {
  readonly type: string
  readonly mode: 'FAIL' | 'WARN'
  readonly reason: string
}

export interface SandboxResource {
  readonly logicalId: string
  readonly type: string
  /** What its ids are made from. A replacement has another. */
  seed: string
  physicalId: string
  status: string
  statusReason: string | undefined
  properties: JsonObject
  /** Those of the latest attempt to make or change it. */
  requestedProperties?: JsonObject
  attributes: ReadonlyMap<string, JsonValue>
  changedAt: EpochMs
  /** As the latest detection of drift has found it. */
  driftStatus?: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED' | 'UNKNOWN'
}

export interface SandboxEvent {
  readonly id: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly at: EpochMs
  readonly status: string
  readonly reason: string | undefined
  readonly operation: OperationRecord
  /** JSON; absent for the stack itself. */
  readonly properties?: string
  readonly hook?: HookResult
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack'

export function isSameDesign(one: Design, other: Design): boolean {
  const pairs = (design: Design) => JSON.stringify([...design.parameters].sort())
  const shape = ({ template }: Design) =>
    JSON.stringify(
      [template.resources, template.outputs, template.conditions, template.mappings].map((part) => [...part]),
    )
  return pairs(one) === pairs(other) && shape(one) === shape(other)
}

export function isSameTags(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
}

export function isSameOptions(one: StackOptions, other: StackOptions): boolean {
  const shown = ({ notificationArns, rollbackTriggers, monitoringMinutes }: StackOptions) =>
    JSON.stringify([notificationArns, rollbackTriggers, monitoringMinutes])
  return shown(one) === shown(other)
}
