import { randomUUID } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import { ownValue } from '../../platform/own-value.ts'
import { isReadOnlyId } from '../../providers/identifiers/read-only-id.ts'
import { TemplateError } from '../ros-template/template.ts'
import { hasSealedFolder } from '../sealed-folder.ts'
import { UsageError } from '../usage-error.ts'
import { desiredStack, type DesiredStack, type Existing, type StackRequest } from './desired-stack.ts'
import { openStateFolder } from './state-folder.ts'
import type { StackResource, StackState } from './stack-state.ts'
import { inventedId, type StackName } from './stand-in.ts'

/** The next event of one custom resource of a template, or why there is none. */
export type PlannedEvent =
  | { readonly event: JsonObject }
  | ({ readonly problem: string } & NamedResource)
  /** The template no longer has it: ROS deletes the stack of this id. `keptBecause`: why that stack stays. */
  | ({ readonly deletes: string; readonly keptBecause?: string } & NamedResource)

export interface NamedResource {
  readonly resource: string
  readonly resourceType: string
}

/** The state that `up` has left; `undefined`: there is none. Throws `UsageError` where another process works on the stack. */
export async function readState(folder: string, stackName: string): Promise<StackState | undefined> {
  if (!(await hasSealedFolder(folder, stackName))) return undefined
  const state = await openStateFolder(folder, stackName, systemClock)
  try {
    return await state.read()
  } finally {
    await state.release()
  }
}

/**
 * The events that an `up` of the template would send. `id`: the PhysicalResourceId of the only resource that is asked for.
 * Throws `UsageError` and `TemplateError`.
 */
export function plannedEvents(
  request: StackRequest,
  stackName: string,
  state: StackState | undefined,
  id: string | undefined,
): { readonly events: readonly PlannedEvent[]; readonly hidden: readonly string[] } {
  const stack = state ?? { stackId: '', stackName }
  const desired = desiredStack(request, stack)
  const existing = { ...standIns(desired, stack), ...state?.resources }
  const events = [...desired.resources].flatMap(([name, { type }]): PlannedEvent[] =>
    eventFor({ name, type }, desired, existing, { ...stack, id }),
  )
  if (id !== undefined && events.length !== 1)
    throw new UsageError(
      '--id is of one resource; give --resource with the name of a resource that needs no other',
    )
  const gone = request.only === undefined ? removed(desired, state) : []
  return { events: [...events, ...gone], hidden: [...desired.hidden, ...(state?.hidden ?? [])] }
}

/** What a local ROS does not make has invented attributes, also before an `up`. */
function standIns({ resources }: DesiredStack, stack: StackName): Existing {
  return Object.fromEntries(
    [...resources].map(([name, { type }]): [string, StackResource] => {
      const standIn = { type, properties: {}, served: false, data: {}, retained: false, dependsOn: [] }
      return [name, { ...standIn, physicalResourceId: inventedId(name, standIn, stack) }]
    }),
  )
}

function eventFor(
  { name, type }: { readonly name: string; readonly type: string },
  desired: DesiredStack,
  existing: Existing,
  stack: { readonly stackId: string; readonly stackName: string; readonly id: string | undefined },
): PlannedEvent[] {
  const of = { resource: name, resourceType: type }
  const found = ownValue(existing, name)
  const current = found?.served === true ? found : undefined
  try {
    const { properties, served } = desired.resource(name, withoutUnmade(existing, desired))
    if (!served) return []
    const id = stack.id ?? current?.physicalResourceId
    return [
      {
        event: {
          RequestType: id === undefined ? 'Create' : 'Update',
          RequestId: randomUUID().toUpperCase(),
          StackId: stack.stackId,
          StackName: stack.stackName,
          LogicalResourceId: name,
          ResourceType: type,
          ResourceProperties: properties,
          ...(current === undefined ? {} : { OldResourceProperties: current.properties }),
          ...(id === undefined ? {} : { PhysicalResourceId: id }),
        },
      },
    ]
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    // A resource of Alibaba Cloud has no event, whatever it refers to.
    return isCustom(desired.resources.get(name)?.properties) ? [{ ...of, problem: `${error.message}.` }] : []
  }
}

/** A custom resource that is not made yet has no outputs, so that nothing may be invented for it. */
function withoutUnmade(existing: Existing, desired: DesiredStack): Existing {
  return Object.fromEntries(
    Object.entries(existing).filter(
      ([name, { served }]) => served || !isCustom(desired.resources.get(name)?.properties),
    ),
  )
}

function isCustom(properties: JsonObject | undefined): boolean {
  return properties !== undefined && isJsonObject(properties) && properties['ServiceToken'] !== undefined
}

function removed(desired: DesiredStack, state: StackState | undefined): PlannedEvent[] {
  return Object.entries(state?.resources ?? {}).flatMap(([name, resource]) => {
    if (!resource.served || desired.all.has(name)) return []
    const why = keptBecause(resource)
    return [
      {
        resource: name,
        resourceType: resource.type,
        deletes: resource.physicalResourceId ?? '',
        ...(why === undefined ? {} : { keptBecause: why }),
      },
    ]
  })
}

/** A sentence on why the stack of a resource stays when the resource is deleted; `undefined`: it is deleted. */
export function keptBecause({
  retained,
  properties,
  physicalResourceId = '',
}: Pick<StackResource, 'retained' | 'properties' | 'physicalResourceId'>): string | undefined {
  if (isReadOnlyId(physicalResourceId)) return 'The resource only reads the stack.'
  if (retained) return 'The DeletionPolicy of the resource is Retain.'
  return properties['OnDelete'] === 'retain' ? 'The property OnDelete of the resource is retain.' : undefined
}
