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
  /** The operation that counts; one that was superseded sees another here and ends. */
  traversal: object
}

/** What a stack was made from. */
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
  /** It has to be made anew, even where nothing has changed. */
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

/** The stack and its nested stacks, so many levels deep. */
export function withNested(stack: SandboxHeatStack, depth: number): SandboxHeatStack[] {
  const nested = [...stack.resources.values()].flatMap((resource) => resource.nested ?? [])
  return [stack, ...(depth > 0 ? nested.flatMap((inner) => withNested(inner, depth - 1)) : [])]
}

export function isGone(stack: SandboxHeatStack): boolean {
  return stack.action === 'DELETE' && stack.state === 'COMPLETE'
}
