import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import type { ResourceShape } from '../../template-shape.ts'
import { badRequest } from '../fault.ts'
import { propertiesOf } from './stack-scope.ts'
import { designOf, type Design, type SandboxHeatResource, type SandboxHeatStack } from './stack.ts'

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
export function previewedResources(name: string, design: Design, parent?: string): JsonValue[] {
  return [...design.template.resources].map(([resource, definition]) => {
    const nested = nestedDesign(design, definition, definition.properties)
    if (nested !== undefined) return previewedResources(`${name}-${resource}`, nested, resource)
    return described(
      { name: resource, type: definition.type, physicalId: '' },
      { id: 'None', name },
      parent === undefined ? {} : { parent_resource: parent },
    )
  })
}

export interface ResourceChanges {
  readonly unchanged: JsonValue[]
  readonly updated: JsonValue[]
  readonly replaced: JsonValue[]
  readonly added: JsonValue[]
  readonly deleted: JsonValue[]
}

/** Throws the fault that Heat answers where it looks into nested stacks and one is added that has nested stacks itself. */
export function resourceChanges(
  stack: SandboxHeatStack,
  next: Design,
  showsNested: boolean,
): ResourceChanges {
  const preview = new UpdatePreview(showsNested)
  preview.add(stack, next, undefined)
  return preview.changes
}

class UpdatePreview {
  readonly changes: ResourceChanges = { unchanged: [], updated: [], replaced: [], added: [], deleted: [] }
  readonly #showsNested: boolean

  constructor(showsNested: boolean) {
    this.#showsNested = showsNested
  }

  /** `parent`: the resource that the stack belongs to; `undefined` for the outermost stack. */
  add(stack: SandboxHeatStack, next: Design, parent: string | undefined): void {
    for (const [name, definition] of next.template.resources) {
      const standing = stack.resources.get(name)
      if (standing === undefined) this.#addNew(stack, next, { name, definition, parent })
      else this.#addStanding(stack, next, definition, standing, parent)
    }
    for (const resource of stack.resources.values())
      if (!next.template.resources.has(resource.name)) this.#addDeleted(stack, resource, parent)
  }

  #addNew(stack: SandboxHeatStack, next: Design, { name, definition, parent }: NewResource): void {
    this.changes.added.push(described(unmade(name, definition), computed(stack, parent), markOf(parent)))
    const nested = nestedDesign(next, definition, definition.properties)
    if (!this.#showsNested || nested === undefined) return
    for (const [inner, innerDefinition] of nested.template.resources) {
      // The text is that of a Heat of release 19.
      if (innerDefinition.type in nested.files)
        throw badRequest(
          'The server could not comply with the request since it is either malformed or otherwise incorrect.',
        )
      const place = { id: 'None', name: `${stack.name}-${name}` }
      this.changes.added.push(described(unmade(inner, innerDefinition), place, markOf(name)))
    }
  }

  #addStanding(
    stack: SandboxHeatStack,
    next: Design,
    definition: ResourceShape,
    standing: SandboxHeatResource,
    parent: string | undefined,
  ): void {
    const known = knownProperties(stack, next, definition)
    const nested = nestedDesign(next, definition, known ?? {})
    if (standing.nested !== undefined && nested !== undefined) {
      this.changes.updated.push(
        described(standing, stack, { ...markOf(parent), ...nestedIdOf(standing.nested) }),
      )
      if (this.#showsNested) this.add(standing.nested, nested, standing.name)
      return
    }
    const isSame = !standing.failed && JSON.stringify(known) === JSON.stringify(standing.properties)
    const isOther =
      standing.failed ||
      standing.type !== definition.type ||
      isReplaced(standing.type, standing.properties, known ?? {})
    if (!isSame && !isOther) {
      this.changes.updated.push(described(standing, stack, markOf(parent)))
      return
    }
    const shown = described(unmade(standing.name, definition), computed(stack, parent), markOf(parent))
    if (isSame) this.changes.unchanged.push(shown)
    else this.changes.replaced.push(shown)
  }

  #addDeleted(stack: SandboxHeatStack, resource: SandboxHeatResource, parent: string | undefined): void {
    const { nested, name } = resource
    const identity = nested === undefined ? {} : nestedIdOf(nested)
    this.changes.deleted.push(described(resource, stack, { ...markOf(parent), ...identity }))
    if (!this.#showsNested || nested === undefined) return
    for (const inner of nested.resources.values()) this.#addDeleted(nested, inner, name)
  }
}

interface NewResource {
  readonly name: string
  readonly definition: ResourceShape
  readonly parent: string | undefined
}

function markOf(parent: string | undefined): JsonObject {
  return parent === undefined ? {} : { parent_resource: parent }
}

/** Where Heat places what it has only computed: of a nested stack it has no id then. */
function computed({ id, name }: SandboxHeatStack, parent: string | undefined) {
  return { id: parent === undefined ? id : 'None', name }
}

function unmade(name: string, { type }: ResourceShape) {
  return { name, type, physicalId: '' }
}

function nestedIdOf({ name, id }: SandboxHeatStack): JsonObject {
  return { nested_stack_id: { stack_name: name, stack_id: id } }
}

/** `undefined`: they depend on a resource that does not exist yet. */
function knownProperties(
  stack: SandboxHeatStack,
  design: Design,
  definition: ResourceShape,
): JsonObject | undefined {
  try {
    return propertiesOf({ ...stack, design }, definition)
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('is incorrect.')) return undefined
    throw error
  }
}

function nestedDesign(design: Design, { type }: ResourceShape, properties: JsonObject): Design | undefined {
  const source = design.files[type]
  return source === undefined ? undefined : designOf(source, design.files, properties)
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
