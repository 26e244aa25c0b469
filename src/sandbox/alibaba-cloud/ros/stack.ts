import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import type { Template } from './template.ts'

export interface SandboxRosStack {
  readonly id: string
  readonly name: string
  readonly accountId: string
  readonly region: string
  status: string
  statusReason: string
  readonly createdAt: EpochMs
  updatedAt?: EpochMs
  /** The template and parameters of the last operation. */
  design: Design
  tags: ReadonlyMap<string, string>
  readonly resources: Map<string, SandboxRosResource>
  /** Oldest first. */
  readonly events: SandboxRosEvent[]
  outputs: ReadonlyMap<string, JsonValue>
  readonly disableRollback: boolean
  deletionProtection: 'Enabled' | 'Disabled'
  timeoutInMinutes: number
  readonly parentId: string | undefined
  /** The stored request parameters, each from the last request that had it. */
  readonly settings: Map<string, string>
  operation: StackOperation | undefined
  /** The call to another service that caused the last operation to fail. */
  failedCall: FailedCall | undefined
}

export interface FailedCall {
  readonly logicalId: string
  readonly type: string
  readonly message: string
}

export interface Design {
  readonly body: string
  readonly template: Template
  readonly parameters: ReadonlyMap<string, JsonValue>
}

/** `action`: as in the status, for example `CREATE`. */
export interface StackOperation {
  readonly action: string
  /** The reason to stop; set by a cancellation, a deletion or the timeout. */
  stop: string | undefined
}

export interface SandboxRosResource {
  readonly logicalId: string
  readonly type: string
  /** What its ids are made from. */
  seed: string
  physicalId: string
  status: string
  statusReason: string
  properties: JsonObject
  attributes: ReadonlyMap<string, JsonValue>
  /** As the latest detection of drift has found it. */
  driftStatus?: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED'
}

export interface SandboxRosEvent {
  readonly id: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly at: EpochMs
  readonly status: string
  readonly reason: string
}

export const STACK_TYPE = 'ALIYUN::ROS::Stack'

export function isDeleted({ status }: SandboxRosStack): boolean {
  return status === 'DELETE_COMPLETE'
}

export function isSameDesign(one: Design, other: Design): boolean {
  return (
    one.body === other.body && JSON.stringify([...one.parameters]) === JSON.stringify([...other.parameters])
  )
}

export function isSameTags(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value)
}
