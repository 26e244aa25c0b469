import type { EpochMs } from '../../../platform/clock.ts'
import type { StackEvent, StackRef } from '../../provider.ts'
import type { RfsClient, RfsEvent } from './client.ts'
import { placeOf } from './poll-rules.ts'

/** RFS's events have no fractions of a second. */
const RESOLUTION_MS = 1000

/** The events of a stack for people who watch it, oldest first. */
export async function watchedEvents(
  client: RfsClient,
  stack: StackRef,
  since: EpochMs,
): Promise<StackEvent[]> {
  const isOlder = ({ time }: RfsEvent) => Date.parse(time) < since - RESOLUTION_MS
  const events = await client.events(placeOf(stack), undefined, isOlder)
  return events
    .filter((event) => !isOlder(event))
    .reverse()
    .map((event) => inView(event, stack))
}

/** RFS's events have no ids. */
function inView(event: RfsEvent, stack: StackRef): StackEvent {
  return {
    id: JSON.stringify([event.time, event.event_type, event.resource_name, event.event_message]),
    at: Date.parse(event.time),
    resource: event.resource_name ?? stack.name,
    type: event.resource_type ?? 'RFS stack',
    status: event.event_type,
    ...(event.event_message === undefined || event.event_message === null
      ? {}
      : { reason: event.event_message }),
  }
}
