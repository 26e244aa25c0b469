import type { PlacedEvent, StackEvents } from '../../../diagnosis/nested-failures.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import type { HeatClient, NameAndId } from '../client.ts'
import { isOfStackItself, readEvents, timeOf } from '../events.ts'
import { CANCELLED, FAILED, UUID } from '../reason.ts'
import type { HeatEvent } from '../response-schemas.ts'

export type HeatClassifiedEvent = PlacedEvent<NameAndId, HeatEvent>

const BEGIN = /^(?:CREATE|UPDATE|DELETE|ADOPT|CHECK|SUSPEND|RESUME|SNAPSHOT|RESTORE)_IN_PROGRESS$/

/** How Heat shows the events of stacks. A nested stack can be read on its own, even after a rollback has deleted it. */
export function heatEvents(client: HeatClient, readings: Readings): StackEvents<NameAndId, HeatEvent> {
  return {
    placeName: ({ name }) => name,
    stackType: 'OS::Heat::Stack',
    read: (place, isEnough) =>
      readings.tried<readonly HeatEvent[]>(
        { action: 'events:index of Heat', tells: "the stack's events", otherwise: [] },
        () =>
          readEvents(client, place, isEnough, {
            onLimit: () => {
              readings.note('The stack has more events than are read: the first ones may be missing.')
            },
          }),
      ),
    isOwn: (event, { id }) => isOfStackItself(event, id),
    isBegin: ({ resource_status }) => BEGIN.test(resource_status ?? ''),
    isFailure: ({ resource_status }) => FAILED.includes(resource_status ?? ''),
    isCancelled: ({ resource_status_reason }) => CANCELLED.test(resource_status_reason ?? ''),
    nameOf: ({ resource_name }) => resource_name ?? '?',
    // Other resources have ids of the same form.
    nested: ({ physical_resource_id: id }) =>
      UUID.test(id ?? '')
        ? readings.tried<NameAndId | undefined>(
            { action: 'stacks:lookup of Heat', tells: 'the nested stacks', otherwise: undefined },
            () => client.locate(id ?? ''),
          )
        : Promise.resolve(undefined),
    describe: (event) => {
      const reason = event.resource_status_reason ?? ''
      return {
        type: event.resource_type ?? '?',
        physicalId: event.physical_resource_id ?? undefined,
        at: timeOf(event),
        status: event.resource_status ?? '?',
        ...(reason === 'state changed' ? {} : { reason }),
      }
    },
  }
}
