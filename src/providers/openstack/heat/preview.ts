import type { PlannedChange } from '../../provider.ts'
import type { ChangedResource, PreviewedResource, ResourceChanges } from './response-schemas.ts'

/** The resources that a creation would make. `name`: of the stack, which the names of nested ones begin with. */
export function plannedCreation(resources: readonly PreviewedResource[], name: string): PlannedChange[] {
  return resources.flatMap((resource) =>
    'resource_name' in resource
      ? [{ action: 'add' as const, resource: pathInNew(resource, name), type: resource.resource_type }]
      : plannedCreation(resource, name),
  )
}

/** Only the direct parent has its name in the answer; those above it are in the name of the nested stack. */
function pathInNew(
  { resource_name, parent_resource, stack_name }: Exclude<PreviewedResource, readonly PreviewedResource[]>,
  name: string,
): string {
  if (parent_resource === undefined || parent_resource === null) return resource_name
  const nested = stack_name ?? ''
  const above = nested.startsWith(`${name}-`)
    ? nested.slice(name.length + 1, -parent_resource.length - 1)
    : ''
  return [above, parent_resource, resource_name].filter((part) => part !== '').join('/')
}

/** What Heat answers to a preview of an update. `nested`: whether `changes` hold what happens in nested stacks. */
export interface UpdatePreview {
  readonly changes: ResourceChanges
  readonly nested: boolean
}

export interface PlannedUpdate {
  readonly changes: readonly PlannedChange[]
  /** Whether one of them is also listed for an update that changes nothing. */
  readonly hasDoubtful: boolean
}

/**
 * What an update would do. Heat calls each nested stack updated, so one in which nothing changes is left out.
 *
 * Heat compares the properties that a resource has with those of the new template, in which it does not resolve references to
 * other resources: a property with one counts as changed. `idle`, the preview of an update that changes nothing, tells which
 * resources that concerns. Whether these are replaced is not known.
 */
export function plannedUpdate({ changes, nested }: UpdatePreview, idle: UpdatePreview): PlannedUpdate {
  const stacks = new NestedStacks(Object.values(changes).flat())
  const doubtful = doubtfulIn(idle)
  const listed = (resources: readonly ChangedResource[], action: PlannedChange['action']): PlannedChange[] =>
    resources.map((resource) => changeOf(resource, action, stacks))
  const updated = changes.updated.flatMap((resource) => {
    if (isRemoteStack(resource)) return listed([resource], 'unknown')
    if (!isNestedStack(resource)) return listed([resource], 'change')
    if (!nested) return listed([resource], 'unknown')
    return stacks.holdsChange(resource) ? listed([resource], 'change') : []
  })
  const replaced = listed(changes.replaced, 'replace').map((change): PlannedChange =>
    doubtful.replaced.has(change.resource) ? { ...change, action: 'change', mayReplace: true } : change,
  )
  const hasDoubtful = [...updated, ...replaced].some(
    ({ action, resource }) => action === 'change' && doubtful.all.has(resource),
  )
  return {
    changes: [...listed(changes.added, 'add'), ...updated, ...replaced, ...listed(changes.deleted, 'remove')],
    hasDoubtful,
  }
}

/** The paths of resources that Heat lists though nothing changes. */
function doubtfulIn({ changes }: UpdatePreview) {
  const stacks = new NestedStacks(Object.values(changes).flat())
  const paths = (resources: readonly ChangedResource[]): string[] =>
    resources.filter((resource) => !isNestedStack(resource)).map((resource) => stacks.pathOf(resource))
  const replaced = new Set(paths(changes.replaced))
  return { replaced, all: new Set([...replaced, ...paths(changes.updated)]) }
}

function changeOf(
  resource: ChangedResource,
  action: PlannedChange['action'],
  stacks: NestedStacks,
): PlannedChange {
  const physicalId = resource.physical_resource_id ?? ''
  return {
    action,
    resource: stacks.pathOf(resource),
    type: resource.resource_type,
    ...(physicalId === '' ? {} : { physicalId }),
  }
}

function isNestedStack({ nested_stack_id }: ChangedResource): boolean {
  return nested_stack_id !== undefined && nested_stack_id !== null
}

/** A stack of its own, perhaps in another region: Heat always updates it, and its preview does not look inside. */
function isRemoteStack({ resource_type }: ChangedResource): boolean {
  return resource_type === 'OS::Heat::Stack'
}

/** Which nested stack a changed resource is in. */
class NestedStacks {
  readonly #byStackId = new Map<string, ChangedResource>()
  readonly #byName = new Map<string, ChangedResource>()
  readonly #holding = new Set<ChangedResource>()

  constructor(resources: readonly ChangedResource[]) {
    for (const resource of resources) {
      const id = resource.nested_stack_id?.stack_id
      if (id === undefined) continue
      this.#byStackId.set(id, resource)
      if (!this.#byName.has(resource.resource_name)) this.#byName.set(resource.resource_name, resource)
    }
    for (const resource of resources)
      if (!isNestedStack(resource)) for (const stack of this.#around(resource)) this.#holding.add(stack)
  }

  pathOf(resource: ChangedResource): string {
    const around = this.#around(resource)
    const outermost = around.at(-1) ?? resource
    const above = this.#parentOf(outermost) === undefined ? (outermost.parent_resource ?? '') : ''
    const names = [resource, ...around].map(({ resource_name }) => resource_name)
    return [...(above === '' ? [] : [above]), ...names.reverse()].join('/')
  }

  /** Whether a resource changes that is no nested stack itself, at any depth. */
  holdsChange(stack: ChangedResource): boolean {
    return this.#holding.has(stack)
  }

  /** The nested stacks that a resource is in, the innermost first; each once, whatever Heat answers. */
  #around(resource: ChangedResource): ChangedResource[] {
    const around = new Set<ChangedResource>()
    for (let parent = this.#parentOf(resource); parent !== undefined; parent = this.#parentOf(parent)) {
      if (parent === resource || around.has(parent)) break
      around.add(parent)
    }
    return [...around]
  }

  /** Heat gives a resource that is new or replaced no stack id, only the name of the parent. */
  #parentOf({ stack_identity, parent_resource }: ChangedResource): ChangedResource | undefined {
    return this.#byStackId.get(stack_identity.stack_id) ?? this.#byName.get(parent_resource ?? '')
  }
}
