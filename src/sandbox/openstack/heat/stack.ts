import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { NO_ENVIRONMENT, type HeatEnvironment } from './environment.ts'
import { isMet } from './functions.ts'
import { parameterValues, typedValue } from './parameters.ts'
import { checkTemplate } from './template-checks.ts'
import { parseTemplate, type Template } from './template.ts'

export type Action = 'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'CHECK' | 'SUSPEND' | 'RESUME'

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
  /** Those that a replacement has taken the place of, or that one was to replace; they stand until the clean-up. Oldest first. */
  readonly superseded: SandboxHeatResource[]
  /** Nested stacks that were deleted, or kept by their deletion policy: Heat shows each by its id, as a real one did. */
  readonly formerNested: SandboxHeatStack[]
  /** Oldest first. */
  readonly events: SandboxHeatEvent[]
  /** The current operation. A superseded operation finds another object here and ends. */
  traversal: object
}

/** The template, files and environment of a stack. */
export interface Design {
  readonly source: JsonValue
  readonly files: JsonObject
  readonly environment: HeatEnvironment
  readonly template: Template
  readonly parameters: ReadonlyMap<string, JsonValue>
}

export interface SandboxHeatResource {
  readonly name: string
  readonly type: string
  /** The type, or the file of a nested template, that the environment gives for `type`. */
  mapped: string
  /** What its ids are made from. A replacement has another. */
  seed: string
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  status: string
  reason: string
  physicalId: string
  /** What `get_resource` gives. */
  reference: JsonValue
  properties: JsonObject
  metadata: JsonObject
  attributes: ReadonlyMap<string, JsonValue>
  nested: SandboxHeatStack | undefined
  /** The next operation makes the resource again, even without a change. */
  failed: boolean
  /** The latest one that the resource was made for. */
  design: Design
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

export function designOf(source: JsonValue, files: JsonObject, environment: HeatEnvironment): Design {
  const template = parseTemplate(source, files, environment)
  const parameters = parameterValues(template.parameters, environment)
  checkTemplate(template, files, ({ condition }) => isEnabled(template, parameters, condition))
  return { source, files, environment, template, parameters }
}

/** A condition knows parameters, and no resources. */
function isEnabled(
  { parameters: definitions, conditions }: Template,
  parameters: ReadonlyMap<string, JsonValue>,
  condition: JsonValue | undefined,
): boolean {
  const none = () => null
  const parameter = (one: string) => {
    const [value, definition] = [parameters.get(one), definitions.get(one)]
    return value === undefined || definition === undefined ? null : typedValue(value, definition)
  }
  const scope = { parameter, conditions, resource: none, attribute: none, file: none, note: none }
  return condition === undefined || isMet(condition, scope)
}

export const EMPTY: Design = designOf({ heat_template_version: '2018-08-31' }, {}, NO_ENVIRONMENT)

/** The stack and its nested stacks, to a depth of `depth` levels. */
export function withNested(stack: SandboxHeatStack, depth: number): SandboxHeatStack[] {
  const nested = existingResources(stack).flatMap((resource) => resource.nested ?? [])
  return [stack, ...(depth > 0 ? nested.flatMap((inner) => withNested(inner, depth - 1)) : [])]
}

/** With those that are replaced. */
export function existingResources({ resources, superseded }: SandboxHeatStack): SandboxHeatResource[] {
  return [...resources.values(), ...superseded]
}

/** The nested stacks within it that were deleted or kept, and those within these. */
export function formerWithin(stack: SandboxHeatStack): SandboxHeatStack[] {
  const live = existingResources(stack).flatMap((resource) => resource.nested ?? [])
  const former = stack.formerNested.flatMap((one) => withNested(one, 10))
  return [...former, ...[...live, ...stack.formerNested].flatMap(formerWithin)]
}

/** Of a stack without a parent: 0. */
export function depthOf({ parent }: SandboxHeatStack): number {
  return parent === undefined ? 0 : depthOf(parent) + 1
}

export function isDeleted(stack: SandboxHeatStack): boolean {
  return stack.action === 'DELETE' && stack.state === 'COMPLETE'
}
