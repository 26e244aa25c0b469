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
  /** Oldest first. */
  readonly events: SandboxEvent[]
  outputs: ReadonlyMap<string, { readonly value: string; readonly exportName: string | undefined }>
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'
  terminationProtection: boolean
  roleArn: string | undefined
  readonly timeoutMinutes: number | undefined
  readonly parentId: string | undefined
  /** The action that each request token was used for. */
  readonly tokens: Map<string, string>
  operation: StackOperation | undefined
  /** The target of a rollback that failed, for ContinueUpdateRollback. */
  rolledBackTo?: Design
}

export interface Design {
  readonly body: string
  readonly template: Template
  readonly parameters: ReadonlyMap<string, string>
}

export interface StackOperation {
  readonly token: string | undefined
  /** The reason to stop; set by CancelUpdateStack, a failed output or a timeout. */
  stop: string | undefined
}

export interface SandboxResource {
  readonly logicalId: string
  readonly type: string
  physicalId: string
  status: string
  statusReason: string | undefined
  properties: JsonObject
  attributes: ReadonlyMap<string, JsonValue>
  changedAt: EpochMs
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
  readonly token: string | undefined
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack'

export function isSameDesign(one: Design, other: Design): boolean {
  const pairs = (design: Design) => JSON.stringify([...design.parameters].sort())
  const shape = ({ template }: Design) =>
    JSON.stringify([[...template.resources], [...template.outputs], [...template.conditions]])
  return pairs(one) === pairs(other) && shape(one) === shape(other)
}

export function isSameTags(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
}
