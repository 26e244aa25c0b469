import { readPages } from '../../../platform/read-pages.ts'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Logger } from '../../../platform/log.ts'
import { CloudError } from '../../provider.ts'
import type { HeatClient, NameAndId } from './client.ts'
import type { HeatEvent } from './response-schemas.ts'

const PAGE = 200
const MOST_PAGES = 20

interface EventsExtent {
  /** The depth to which nested stacks are included; without it, only the stack's own events. */
  readonly nestedDepth?: number
  /** Called where there are more pages than are read. */
  readonly onLimit?: () => void
}

/** A stack's events, newest first, read until one is `last` (which is returned too) or there are no more. */
export async function readEvents(
  client: Pick<HeatClient, 'events'>,
  stack: NameAndId,
  last: (event: HeatEvent) => boolean,
  { nestedDepth, onLimit = () => undefined }: EventsExtent = {},
): Promise<readonly HeatEvent[]> {
  const { items: events, cut } = await readPages(
    async (marker) => {
      const items = await client.events(stack, {
        limit: PAGE,
        ...(marker === undefined ? {} : { marker }),
        ...(nestedDepth === undefined ? {} : { nestedDepth }),
      })
      const end = items.findIndex(last)
      if (end !== -1) return { items: items.slice(0, end + 1), next: undefined }
      return { items, next: items.length < PAGE ? undefined : items.at(-1)?.id }
    },
    { most: MOST_PAGES },
  )
  if (cut !== undefined) onLimit()
  return events
}

/** When the event was recorded, in whole seconds; 0 where its time cannot be read. */
export function timeOf(event: HeatEvent): EpochMs {
  const time = Date.parse(event.event_time)
  return Number.isNaN(time) ? 0 : time
}

/** Events name the stack itself as one of its resources. */
export function isOfStackItself(event: HeatEvent, stackId: string): boolean {
  return event.physical_resource_id === stackId
}

/** The result of reading events; `undefined` where the credentials may not read them, and the caller has to do without. */
export async function ifReadable<T>(log: Logger, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind === 'unavailable' || error.kind === 'throttled')
      throw error
    log.warn({ err: error }, 'the events of the stack cannot be read')
    return undefined
  }
}
