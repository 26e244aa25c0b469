import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { EMPTY_TEMPLATE, type RfsResourceDefinition, type RfsTemplate } from './template.ts'

export type RfsStatus =
  | 'CREATION_COMPLETE'
  | 'DEPLOYMENT_IN_PROGRESS'
  | 'DEPLOYMENT_COMPLETE'
  | 'DEPLOYMENT_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'DELETION_IN_PROGRESS'
  | 'DELETION_FAILED'

/** The template and variables of a stack. */
export interface RfsDesign {
  readonly template: RfsTemplate
  readonly variables: ReadonlyMap<string, JsonValue>
}

export interface SandboxRfsStack {
  readonly id: string
  readonly name: string
  description: string
  status: RfsStatus
  statusMessage: string
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  deletionProtection: boolean
  autoRollback: boolean
  agencies: JsonValue
  design: RfsDesign
  /** The target of a rollback. */
  stable: RfsDesign
  readonly resources: Map<string, SandboxRfsResource>
  /** Oldest first. */
  readonly events: SandboxRfsEvent[]
  /** A request is accepted and does not show in the status yet. */
  queued: boolean
}

export interface SandboxRfsResource {
  readonly name: string
  readonly type: string
  properties: JsonObject
  readonly id: string
  /** The next operation makes the resource again, even without a change. */
  tainted: boolean
}

export interface SandboxRfsEvent {
  readonly deploymentId: string
  readonly at: EpochMs
  readonly type: string
  readonly message: string
  readonly resource?: Pick<SandboxRfsResource, 'name' | 'type'>
}

/** The argument of an embedded resource whose change makes another resource. */
export const CREATE_ONLY = 'replaced_by'

export const EMPTY_DESIGN: RfsDesign = { template: EMPTY_TEMPLATE, variables: new Map() }

/** The name of a resource in Terraform. */
export function addressOf({ type, name }: Pick<RfsResourceDefinition, 'type' | 'name'>): string {
  return `${type}.${name}`
}
