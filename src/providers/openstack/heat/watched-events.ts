import type { EpochMs } from '../../../platform/clock.ts'
import type { StackEvent } from '../../provider.ts'
import { DEEPEST_NESTING, nameAndIdIn, type HeatClient, type NameAndId } from './client.ts'
import type { HeatEvent } from './response-schemas.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'

/** Heat's events have no fractions of a second. */
const RESOLUTION_MS = 1000

/** The events of a stack and its nested stacks, oldest first, for display. */
export async function watchedEvents(
  client: HeatClient,
  stack: NameAndId,
  since: EpochMs,
): Promise<StackEvent[]> {
  const isOlder = (event: HeatEvent) => timeOf(event) < since - RESOLUTION_MS
  const [events, resources] = await Promise.all([
    readEvents(client, stack, isOlder, { nestedDepth: DEEPEST_NESTING }),
    client.resources(stack),
  ])
  const recent = events.filter((event) => !isOlder(event)).reverse()
  // Events have no types, and deleted resources have none either.
  const types = new Map(
    resources.map((resource) => [
      keyOf(stackOf(resource.links), resource.resource_name),
      resource.resource_type,
    ]),
  )
  const wrappers = new Map(
    [...recent, ...resources].flatMap((item): [string, Wrapper][] => {
      const outer = stackOf(item.links)
      const inner = item.physical_resource_id ?? ''
      const name = item.resource_name ?? '?'
      return outer === undefined || inner === outer ? [] : [[inner, { name, stack: outer }]]
    }),
  )
  return recent.map((event) => {
    const own = stackOf(event.links) ?? stack.id
    const name = event.resource_name ?? '?'
    const isStack = isOfStackItself(event, own)
    const reason = event.resource_status_reason ?? ''
    return {
      id: event.id,
      at: timeOf(event),
      resource: isStack
        ? (pathTo(own, stack.id, wrappers) ?? name)
        : join(pathTo(own, stack.id, wrappers), name),
      type: isStack ? 'OS::Heat::Stack' : (types.get(keyOf(own, name)) ?? '?'),
      status: event.resource_status ?? '?',
      ...(reason === '' || reason === 'state changed' ? {} : { reason }),
    }
  })
}

/** The resource of a nested stack. */
interface Wrapper {
  readonly name: string
  readonly stack: string
}

/** The path of names from the outermost stack to this one; `undefined` for the outermost. */
function pathTo(
  stack: string,
  root: string,
  wrappers: ReadonlyMap<string, Wrapper>,
  depth = DEEPEST_NESTING,
): string | undefined {
  const wrapper = stack === root || depth === 0 ? undefined : wrappers.get(stack)
  return wrapper === undefined
    ? undefined
    : join(pathTo(wrapper.stack, root, wrappers, depth - 1), wrapper.name)
}

function join(path: string | undefined, name: string): string {
  return path === undefined ? name : `${path}/${name}`
}

function stackOf(links: HeatEvent['links']): string | undefined {
  const href = links.find(({ rel }) => rel === 'stack')?.href
  return href === undefined ? undefined : nameAndIdIn(href)?.id
}

function keyOf(stack: string | undefined, resource: string): string {
  return JSON.stringify([stack, resource])
}
