import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { parameterValues, parseTemplate, type Template } from './template.ts'

export type Action = 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK'

export interface SandboxHeatStack {
  readonly id: string
  readonly name: string
  readonly parent: SandboxHeatStack | undefined
  action: Action
  state: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'
  reason: string
  readonly createdAt: EpochMs
  updatedAt: EpochMs | undefined
  design: Design
  tags: readonly string[]
  disableRollback: boolean
  timeoutMins: number | undefined
  readonly resources: Map<string, SandboxHeatResource>
  /** Oldest first. */
  readonly events: SandboxHeatEvent[]
  /** The current operation. A superseded operation finds another object here and ends. */
  traversal: object
}

/** The template, files and parameters of a stack. */
export interface Design {
  readonly source: JsonValue
  readonly files: JsonObject
  readonly given: JsonObject
  readonly template: Template
  readonly parameters: ReadonlyMap<string, JsonValue>
}

export interface SandboxHeatResource {
  readonly name: string
  readonly type: string
  physicalId: string
  properties: JsonObject
  attributes: ReadonlyMap<string, JsonValue>
  nested: SandboxHeatStack | undefined
  /** The next operation makes the resource again, even without a change. */
  failed: boolean
}

export interface SandboxHeatEvent {
  readonly id: string
  readonly at: EpochMs
  readonly resource: string
  readonly type: string
  readonly physicalId: string
  readonly status: string
  readonly reason: string
}

export function designOf(source: JsonValue, files: JsonObject, given: JsonObject): Design {
  const template = parseTemplate(source, files)
  return { source, files, given, template, parameters: parameterValues(template, given) }
}

export const EMPTY: Design = designOf({ heat_template_version: '2018-08-31' }, {}, {})

/** The stack and its nested stacks, to a depth of `depth` levels. */
export function withNested(stack: SandboxHeatStack, depth: number): SandboxHeatStack[] {
  const nested = [...stack.resources.values()].flatMap((resource) => resource.nested ?? [])
  return [stack, ...(depth > 0 ? nested.flatMap((inner) => withNested(inner, depth - 1)) : [])]
}

export function isDeleted(stack: SandboxHeatStack): boolean {
  return stack.action === 'DELETE' && stack.state === 'COMPLETE'
}
