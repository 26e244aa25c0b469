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

/**
 * What an update would do. Heat calls each nested stack updated, so one in which nothing changes is left out. `nested`: whether
 * `changes` hold what happens in nested stacks; else that is not known.
 */
export function plannedUpdate({
  changes,
  nested,
}: {
  readonly changes: ResourceChanges
  readonly nested: boolean
}): PlannedChange[] {
  const stacks = new NestedStacks(Object.values(changes).flat())
  const listed = (resources: readonly ChangedResource[], action: PlannedChange['action']): PlannedChange[] =>
    resources.map((resource) => changeOf(resource, action, stacks))
  const updated = changes.updated.flatMap((resource) => {
    if (!isNestedStack(resource)) return listed([resource], 'change')
    if (!nested) return listed([resource], 'unknown')
    return stacks.holdsChange(resource) ? listed([resource], 'change') : []
  })
  return [
    ...listed(changes.added, 'add'),
    ...updated,
    ...listed(changes.replaced, 'replace'),
    ...listed(changes.deleted, 'remove'),
  ]
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

/** Which nested stack a changed resource is in. */
class NestedStacks {
  readonly #resources: readonly ChangedResource[]
  readonly #byStackId: ReadonlyMap<string, ChangedResource>

  constructor(resources: readonly ChangedResource[]) {
    this.#resources = resources
    this.#byStackId = new Map(
      resources.flatMap((resource) => {
        const id = resource.nested_stack_id?.stack_id
        return id === undefined ? [] : [[id, resource] as const]
      }),
    )
  }

  pathOf(resource: ChangedResource): string {
    const parent = this.#parentOf(resource)
    const { parent_resource, resource_name } = resource
    if (parent !== undefined) return `${this.pathOf(parent)}/${resource_name}`
    return parent_resource === undefined || parent_resource === null
      ? resource_name
      : `${parent_resource}/${resource_name}`
  }

  /** Whether a resource changes that is no nested stack itself, at any depth. */
  holdsChange(stack: ChangedResource): boolean {
    return this.#resources.some(
      (resource) =>
        this.#parentOf(resource) === stack && (!isNestedStack(resource) || this.holdsChange(resource)),
    )
  }

  /** Heat gives a resource that is new or replaced no stack id, only the name of the parent. */
  #parentOf({ stack_identity, parent_resource }: ChangedResource): ChangedResource | undefined {
    return (
      this.#byStackId.get(stack_identity.stack_id) ??
      [...this.#byStackId.values()].find(({ resource_name }) => resource_name === parent_resource)
    )
  }
}
