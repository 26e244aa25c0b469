import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import type { HeatContext } from './heat-context.ts'
import { nestedDesign, nestedOf } from './nested-stack.ts'
import { propertiesOf } from './stack-scope.ts'
import type { Design, SandboxHeatResource, SandboxHeatStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/**
 * What a creation or an update would do to each resource, as a Heat of release 19 (Debian 12) answers.
 * https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack and #preview-stack-update
 */

/** Whether a change of properties replaces the resource: those that its type does not allow to be updated. */
export function isReplaced(type: string, before: JsonObject, after: JsonObject): boolean {
  const differs = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name])
  switch (type) {
    case 'OS::Heat::RandomString':
      return [...Object.keys(before), ...Object.keys(after)].some(differs)
    case 'OS::Heat::TestResource':
      return differs('update_replace_value')
    default:
      return false
  }
}

/** The resources of each nested stack are a list of their own, in the place of the resource. */
export function previewedResources(
  stack: SandboxHeatStack,
  design: Design,
  context: HeatContext,
  parent?: string,
): JsonValue[] {
  return [...design.template.resources].map(([name, definition]) => {
    const known = knownProperties(stack, design, definition, context) ?? definition.properties
    const nested = designOfNested(design, name, definition, known)
    if (nested !== undefined) {
      const child = { ...stack, name: `${stack.name}-${name}`, design: nested }
      return previewedResources(child, nested, context, name)
    }
    return described(
      { name, type: definition.type, physicalId: '' },
      { id: 'None', name: stack.name },
      parent === undefined ? {} : { parent_resource: parent },
    )
  })
}

/** How deep the preview of an update goes. */
export interface Preview {
  readonly showsNested: boolean
  readonly context: HeatContext
}

export interface ResourceChanges {
  readonly unchanged: JsonValue[]
  readonly updated: JsonValue[]
  readonly replaced: JsonValue[]
  readonly added: JsonValue[]
  readonly deleted: JsonValue[]
}

/** `undefined`: Heat fails at it, as where nested stacks are looked into and one is added or removed. */
export function resourceChanges(
  stack: SandboxHeatStack,
  next: Design,
  preview: Preview,
): ResourceChanges | undefined {
  const changes: ResourceChanges = { unchanged: [], updated: [], replaced: [], added: [], deleted: [] }
  return addChanges(changes, stack, next, preview, undefined) ? changes : undefined
}

function addChanges(
  changes: ResourceChanges,
  stack: SandboxHeatStack,
  next: Design,
  preview: Preview,
  parent: string | undefined,
): boolean {
  const { showsNested, context } = preview
  const mark = parent === undefined ? {} : { parent_resource: parent }
  const computed = { id: parent === undefined ? stack.id : 'None', name: stack.name }
  for (const [name, definition] of next.template.resources) {
    const standing = stack.resources.get(name)
    const known = knownProperties(stack, next, definition, context)
    if (standing === undefined) {
      if (showsNested && definition.mapped in next.files) return false
      changes.added.push(described({ name, type: definition.type, physicalId: '' }, computed, mark))
      continue
    }
    const unmade = { name, type: definition.type, physicalId: '' }
    const nested = designOfNested(next, name, definition, known ?? {})
    if (standing.nested !== undefined && nested !== undefined) {
      const identity = { nested_stack_id: { stack_name: standing.nested.name, stack_id: standing.nested.id } }
      changes.updated.push(described(standing, stack, { ...mark, ...identity }))
      if (showsNested && !addChanges(changes, standing.nested, nested, preview, name)) return false
    } else if (!standing.failed && JSON.stringify(known) === JSON.stringify(standing.properties))
      changes.unchanged.push(described(unmade, computed, mark))
    else if (
      standing.failed ||
      standing.type !== definition.type ||
      isReplaced(standing.mapped, standing.properties, known ?? {})
    )
      changes.replaced.push(described(unmade, computed, mark))
    else changes.updated.push(described(standing, stack, mark))
  }
  const gone = [...stack.resources.values()].filter(({ name }) => !next.template.resources.has(name))
  if (showsNested && gone.some(({ nested }) => nested !== undefined)) return false
  changes.deleted.push(...gone.map((resource) => described(resource, stack, mark)))
  return true
}

/** `undefined`: they depend on a resource that does not exist yet. */
function knownProperties(
  stack: SandboxHeatStack,
  design: Design,
  definition: ResourceDefinition,
  context: HeatContext,
): JsonObject | undefined {
  try {
    return propertiesOf({ ...stack, design }, definition, context)
  } catch (error) {
    if (error instanceof ResourceFailure && error.message.endsWith('is incorrect.')) return undefined
    throw error
  }
}

function designOfNested(
  design: Design,
  name: string,
  definition: ResourceDefinition,
  properties: JsonObject,
): Design | undefined {
  const nested = nestedOf(design, definition, properties)
  return nested === undefined
    ? undefined
    : nestedDesign(nested.source, design.files, nested.environment, name)
}

function described(
  { name, type, physicalId }: Pick<SandboxHeatResource, 'name' | 'type' | 'physicalId'>,
  stack: { readonly id: string; readonly name: string },
  more: JsonObject,
): JsonObject {
  return {
    resource_name: name,
    resource_type: type,
    physical_resource_id: physicalId,
    resource_status: 'COMPLETE',
    stack_name: stack.name,
    stack_identity: { stack_name: stack.name, stack_id: stack.id, path: '' },
    resource_identity: { stack_name: stack.name, stack_id: stack.id, path: `/resources/${name}` },
    ...more,
  }
}
