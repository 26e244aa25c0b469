import type { EpochMs } from '../../platform/clock.ts'
import { LARGEST_PAGE, type RosClient, type RosEvent } from './client.ts'

const MOST_PAGES = 20
/** ROS writes times in whole seconds. */
export const RESOLUTION_MS = 1000

/**
 * A stack's events, newest first, until they are older than `since` or one is `last` (which is returned too). ROS's documents
 * do not say in which order they come: the first page shows it.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackevents
 */
export async function readEvents(
  client: RosClient,
  stackId: string,
  since: EpochMs,
  last: (event: RosEvent) => boolean = () => false,
): Promise<RosEvent[]> {
  const first = await client.events(stackId, 1, LARGEST_PAGE)
  const pages = Math.ceil(first.total / LARGEST_PAGE)
  const isOldestFirst = ascends(first.items)
  const events: RosEvent[] = []
  for (let read = 0; read < Math.min(pages, MOST_PAGES); read += 1) {
    const number = isOldestFirst ? pages - read : 1 + read
    const page = number === 1 ? first : await client.events(stackId, number, LARGEST_PAGE)
    for (const event of isOldestFirst ? [...page.items].reverse() : page.items) {
      if (timeOf(event) < since - RESOLUTION_MS) return events
      events.push(event)
      if (last(event)) return events
    }
  }
  return events
}

/** Changes whenever the stack has a new event, in whichever order they come. */
export async function eventsMark(client: RosClient, stackId: string): Promise<string> {
  const { items, total } = await client.events(stackId, 1, 1)
  return `${String(total)}:${items[0]?.EventId ?? ''}`
}

export function timeOf(event: RosEvent): EpochMs {
  return parseTime(event.CreateTime) ?? 0
}

/** ROS writes UTC, without a Z. */
export function parseTime(text: string | null | undefined): EpochMs | undefined {
  const time = Date.parse(`${(text ?? '').replace(/Z$/, '')}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** The stack is one of its own resources. */
export function isOfStackItself(event: RosEvent, stackId: string): boolean {
  return event.PhysicalResourceId === stackId
}

function ascends(events: readonly RosEvent[]): boolean {
  const [first] = events
  const last = events.at(-1)
  return first !== undefined && last !== undefined && timeOf(first) < timeOf(last)
}
