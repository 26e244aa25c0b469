import type { EpochMs } from '../../../platform/clock.ts'
import type { StackEvent } from '../../provider.ts'
import type { RosClient, RosEvent } from './client.ts'
import { readEvents, timeOf } from './events.ts'

/** The events of a stack for people who watch it, oldest first. */
export async function watchedEvents(
  client: RosClient,
  stackId: string,
  since: EpochMs,
): Promise<StackEvent[]> {
  const events = await readEvents(client, stackId, since)
  return events.reverse().map(inView)
}

function inView(event: RosEvent): StackEvent {
  const reason = event.StatusReason ?? ''
  return {
    id: event.EventId,
    at: timeOf(event),
    resource: event.LogicalResourceId ?? '?',
    type: event.ResourceType ?? '?',
    status: event.Status ?? '?',
    ...(reason === '' || reason === 'state changed' ? {} : { reason }),
  }
}
