import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { Logger } from '../../../platform/log.ts'
import { CloudError } from '../../provider.ts'
import { LARGEST_PAGE, type RosClient, type RosEvent } from './client.ts'

const MOST_PAGES = 20
/** ROS writes times in whole seconds. */
export const RESOLUTION_MS = 1000

interface EventsEnd {
  /** Whether the event is the last one to read; it is returned too. */
  readonly last?: (event: RosEvent) => boolean
  /** Called where there are more pages than are read. */
  readonly onLimit?: () => void
}

/**
 * A stack's events, newest first, until they are older than `since` or one is `last`. ROS's documents do not say in which order
 * they come: the first page shows it.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackevents
 */
export async function readEvents(
  client: RosClient,
  stackId: string,
  since: EpochMs,
  { last = () => false, onLimit = () => undefined }: EventsEnd = {},
): Promise<RosEvent[]> {
  const first = await client.events(stackId, 1, LARGEST_PAGE)
  const pages = Math.ceil(first.total / LARGEST_PAGE)
  const isOldestFirst = ascends(first.items, stackId)
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
  if (pages > MOST_PAGES) onLimit()
  return events
}

/** A position in a stack's events. It lets `eventsSince` find the events that came later. */
export interface EventsMark extends JsonObject {
  readonly total: number
  /** The EventId of the event that is listed first; empty where there is none. */
  readonly first: string
}

export async function eventsMark(client: RosClient, stackId: string): Promise<EventsMark> {
  const { items, total } = await client.events(stackId, 1, 1)
  return { total, first: items[0]?.EventId ?? '' }
}

/** The events after `mark`, in no order. Times cannot tell them apart, since ROS writes whole seconds. */
export async function eventsSince(
  client: RosClient,
  stackId: string,
  mark: EventsMark,
): Promise<readonly RosEvent[]> {
  const first = await client.events(stackId, 1, LARGEST_PAGE)
  const pages = Math.min(Math.ceil(first.total / LARGEST_PAGE), MOST_PAGES)
  const events = [...first.items]
  for (let page = 2; page <= pages; page += 1)
    events.push(...(await client.events(stackId, page, LARGEST_PAGE)).items)
  // If the first event is still the first one, the list is oldest first and new events are at its end.
  const isOldestFirst = first.items[0]?.EventId === mark.first
  return isOldestFirst ? events.slice(mark.total) : events.slice(0, Math.max(0, first.total - mark.total))
}

/** When the event was recorded, in whole seconds; 0 where its time cannot be read. */
export function timeOf(event: RosEvent): EpochMs {
  return parseTime(event.CreateTime) ?? 0
}

/** ROS writes UTC, without a Z. */
export function parseTime(text: string | null | undefined): EpochMs | undefined {
  const time = Date.parse(`${(text ?? '').replace(/Z$/, '')}Z`)
  return Number.isNaN(time) ? undefined : time
}

/**
 * The result of reading events; `undefined` where the credentials may not read them, and the caller has to do without.
 */
export async function ifReadable<T>(log: Logger, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!isLasting(error)) throw error
    log.warn({ err: error }, 'the events of the stack cannot be read')
    return undefined
  }
}

/** A retry would not help. */
export function isLasting(error: unknown): error is CloudError {
  return error instanceof CloudError && error.kind !== 'throttled' && error.kind !== 'unavailable'
}

/** Events name the stack itself as one of its resources. */
export function isOfStackItself(event: RosEvent, stackId: string): boolean {
  return event.PhysicalResourceId === stackId
}

function ascends(events: readonly RosEvent[], stackId: string): boolean {
  const [first] = events
  const last = events.at(-1)
  if (first === undefined || last === undefined) return false
  if (timeOf(first) !== timeOf(last)) return timeOf(first) < timeOf(last)
  // All events are of one second: the first event of every stack is its own creation.
  return isOfStackItself(first, stackId) && (first.Status ?? '').endsWith('CREATE_IN_PROGRESS')
}
