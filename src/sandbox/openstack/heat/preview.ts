import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import { badRequest, HeatFault } from '../fault.ts'
import type { HeatContext } from './heat-context.ts'
import { nestedDesign, nestedOf } from './nested-stack.ts'
import { changeOf } from './resource-change.ts'
import { propertiesOf, unresolvedPropertiesOf } from './stack-scope.ts'
import type { Design, SandboxHeatResource, SandboxHeatStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/**
 * What a creation or an update would do to each resource, as a Heat of release 19 (Debian 12) answers.
 * https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack and #preview-stack-update
 */

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

/** Throws the fault that Heat answers where it looks into nested stacks and one is added that has nested stacks itself. */
export function resourceChanges(stack: SandboxHeatStack, next: Design, preview: Preview): ResourceChanges {
  const update = new UpdatePreview(preview)
  update.add(stack, next, undefined)
  return update.changes
}

class UpdatePreview {
  readonly changes: ResourceChanges = { unchanged: [], updated: [], replaced: [], added: [], deleted: [] }
  readonly #showsNested: boolean
  readonly #context: HeatContext

  constructor({ showsNested, context }: Preview) {
    this.#showsNested = showsNested
    this.#context = context
  }

  /** `parent`: the resource that the stack belongs to; `undefined` for the outermost stack. */
  add(stack: SandboxHeatStack, next: Design, parent: string | undefined): void {
    for (const [name, definition] of next.template.resources) {
      const existing = stack.resources.get(name)
      if (existing === undefined) this.#addNew(stack, next, { name, definition, parent })
      else this.#addExisting(stack, next, { definition, existing, parent })
    }
    for (const resource of stack.resources.values())
      if (!next.template.resources.has(resource.name)) this.#addDeleted(stack, resource, parent)
  }

  #addNew(stack: SandboxHeatStack, next: Design, { name, definition, parent }: NewResource): void {
    this.changes.added.push(described(unmade(name, definition), computed(stack, parent), markOf(parent)))
    const known = knownProperties(stack, next, definition, this.#context) ?? definition.properties
    const nested = designOfNested(next, name, definition, known)
    if (this.#showsNested) this.#addNewWithin(stack, name, nested)
  }

  /** `name`: of the resource that the nested stack belongs to. */
  #addNewWithin(stack: SandboxHeatStack, name: string, nested: Design | undefined): void {
    for (const [inner, innerDefinition] of nested?.template.resources ?? []) {
      // The text is that of a Heat of release 19.
      if (nested !== undefined && innerDefinition.mapped in nested.files)
        throw badRequest(
          'The server could not comply with the request since it is either malformed or otherwise incorrect.',
        )
      const place = { id: 'None', name: `${stack.name}-${name}` }
      this.changes.added.push(described(unmade(inner, innerDefinition), place, markOf(name)))
    }
  }

  #addExisting(
    stack: SandboxHeatStack,
    next: Design,
    { definition, existing, parent }: ExistingResource,
  ): void {
    // Heat resolves the new properties in a stack whose resources do not exist: a Heat of release 19 calls a resource replaced
    // whose immutable property refers to another one, though nothing changes.
    const known = unresolvedPropertiesOf({ ...stack, design: next }, definition, this.#context)
    const nested = designOfNested(next, existing.name, definition, known)
    const change = changeOf(stack, existing, definition, known)
    if (change.kind === 'refused') throw new HeatFault(400, 'NotSupported', change.reason)
    if (change.kind === 'in-place') {
      const identity = existing.nested === undefined ? {} : nestedIdOf(existing.nested)
      this.changes.updated.push(described(existing, stack, { ...markOf(parent), ...identity }))
      if (this.#showsNested && existing.nested !== undefined && nested !== undefined)
        this.add(existing.nested, nested, existing.name)
      return
    }
    const shown = described(unmade(existing.name, definition), computed(stack, parent), markOf(parent))
    if (change.kind === 'none') {
      this.changes.unchanged.push(shown)
      return
    }
    this.changes.replaced.push(shown)
    if (!this.#showsNested) return
    this.#addDeletedWithin(existing)
    this.#addNewWithin(stack, existing.name, nested)
  }

  #addDeleted(stack: SandboxHeatStack, resource: SandboxHeatResource, parent: string | undefined): void {
    const { nested } = resource
    const identity = nested === undefined ? {} : nestedIdOf(nested)
    this.changes.deleted.push(described(resource, stack, { ...markOf(parent), ...identity }))
    if (this.#showsNested) this.#addDeletedWithin(resource)
  }

  #addDeletedWithin({ nested, name }: SandboxHeatResource): void {
    if (nested === undefined) return
    for (const inner of nested.resources.values()) this.#addDeleted(nested, inner, name)
  }
}

interface ExistingResource {
  readonly definition: ResourceDefinition
  readonly existing: SandboxHeatResource
  readonly parent: string | undefined
}

interface NewResource {
  readonly name: string
  readonly definition: ResourceDefinition
  readonly parent: string | undefined
}

function markOf(parent: string | undefined): JsonObject {
  return parent === undefined ? {} : { parent_resource: parent }
}

/** Where Heat places what it has only computed: of a nested stack it has no id then. */
function computed({ id, name }: SandboxHeatStack, parent: string | undefined) {
  return { id: parent === undefined ? id : 'None', name }
}

function unmade(name: string, { type }: ResourceDefinition) {
  return { name, type, physicalId: '' }
}

function nestedIdOf({ name, id }: SandboxHeatStack): JsonObject {
  return { nested_stack_id: { stack_name: name, stack_id: id } }
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
