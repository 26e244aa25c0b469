import type { Diagnosis, Evidence } from '../../diagnosis/diagnosis.ts'
import { failedResources, type ClassifiedEvent } from '../../diagnosis/failures.ts'
import { Readings } from '../../diagnosis/readings.ts'
import type { RfsEvent, RfsStack, StackPlace } from './client.ts'
import type { SessionSetup } from './session-setup.ts'
import { formatStackId } from './stack-id.ts'
import { isInProgress } from './status.ts'

/** The largest number of lines of the log that are shown. */
const MOST_LINES = 40

/**
 * What RFS tells of the latest failure of the setup's stack: the events of its resources, Terraform's errors and the log. Reads
 * only. https://support.huaweicloud.com/intl/en-us/api-aos/ListStackEvents.html
 */
export async function diagnoseRfs(setup: SessionSetup): Promise<Diagnosis | undefined> {
  const { client, region, stack: asked } = setup
  const readings = new Readings()
  const project = asked.by === 'id' ? asked.id.project : await client.projectId()
  const place: StackPlace = asked.by === 'id' ? asked.id : { project, name: asked.name }
  const unseen = { stack_id: place.id ?? '', stack_name: place.name, status: undefined }
  type Shown = Pick<RfsStack, 'stack_id' | 'stack_name'> & { readonly status: string | undefined }
  const shown = await readings.tried<Shown | undefined>(
    { action: 'RFS GetStackMetadata', tells: "the stack's status", otherwise: unseen },
    () => client.metadata(place),
  )
  if (shown === undefined) return undefined
  const newestFirst = await readings.tried<readonly RfsEvent[]>(
    { action: 'RFS ListStackEvents', tells: "the stack's events", otherwise: [] },
    () =>
      client.events(place, undefined, afterFailure(), () => {
        readings.note('The stack has more events than are read: the first ones may be missing.')
      }),
  )
  const events = latestFailure([...newestFirst].reverse(), readings)
  const classifiedEvents = classifiedEventsIn(events, shown.stack_name)
  const first = classifiedEvents.find(({ failure }) => failure === 'cause')?.path
  const { stack_id: id, stack_name: name, status } = shown
  return {
    stack: { id: formatStackId({ region, project, name, id }), name },
    status,
    isAtWork: status !== undefined && isInProgress(status),
    failures: failedResources(classifiedEvents, (path) => (path === first ? logOf(events) : [])),
    missing: readings.missing,
    notes: readings.notes,
  }
}

function isFailure({ event_type }: RfsEvent): boolean {
  return event_type === 'ERROR' || event_type.endsWith('_FAILED')
}

/** RFS's events do not say to which deployment they belong; the summary of a success ends the one before. */
function isSuccess({ event_type, event_message }: RfsEvent): boolean {
  return event_type === 'SUMMARY' && /^(?:Apply|Destroy) complete!/.test(event_message ?? '')
}

/** Newest first: the success before the failure ends the search. */
function afterFailure(): (event: RfsEvent) => boolean {
  let hasFailed = false
  return (event) => {
    hasFailed ||= isFailure(event)
    return hasFailed && isSuccess(event)
  }
}

/** Those between the success before the latest failure and the one after it. */
function latestFailure(oldestFirst: readonly RfsEvent[], readings: Readings): readonly RfsEvent[] {
  const last = oldestFirst.findLastIndex(isFailure)
  if (last === -1) return []
  const begin = oldestFirst.findLastIndex((event, index) => index < last && isSuccess(event)) + 1
  const after = oldestFirst.findIndex((event, index) => index > last && isSuccess(event))
  if (after === -1) return oldestFirst.slice(begin)
  readings.note('A later operation has succeeded since: this is the failure before it.')
  return oldestFirst.slice(begin, after)
}

function classifiedEventsIn(events: readonly RfsEvent[], stackName: string): ClassifiedEvent[] {
  const failed = events.filter((event) => isFailure(event) && hasResource(event))
  return events.flatMap((event): ClassifiedEvent[] => {
    const of = hasResource(event) ? event : failed.find((one) => names(event, one))
    if (of === undefined && event.event_type !== 'ERROR') return []
    const { event_type: status, event_message: reason, time } = event
    return [
      {
        path: of === undefined ? stackName : pathOf(of),
        type: of === undefined ? 'RFS stack' : (of.resource_type ?? '?'),
        at: Date.parse(time),
        status,
        ...(reason === undefined || reason === null ? {} : { reason: reason.trim() }),
        failure: !isFailure(event) ? 'none' : of === undefined && failed.length > 0 ? 'consequence' : 'cause',
      },
    ]
  })
}

function hasResource({ resource_name }: RfsEvent): boolean {
  return resource_name !== undefined && resource_name !== null && resource_name !== ''
}

/** Terraform tells the reason in an error of its own, whose text names the resource. */
function names({ event_type, event_message }: RfsEvent, { resource_type, resource_name }: RfsEvent): boolean {
  const address = `${resource_type ?? ''}.${resource_name ?? ''}`
  return event_type === 'ERROR' && (event_message ?? '').includes(address)
}

function pathOf({ resource_name, resource_key }: RfsEvent): string {
  const key =
    resource_key === undefined || resource_key === null || resource_key === '' ? '' : `[${resource_key}]`
  return `${resource_name ?? '?'}${key}`
}

function logOf(events: readonly RfsEvent[]): Evidence[] {
  return events
    .filter(({ event_type }) => event_type === 'LOG' || event_type === 'SUMMARY')
    .slice(-MOST_LINES)
    .map(({ event_message, time }) => ({
      source: 'RFS event log',
      at: Date.parse(time),
      text: (event_message ?? '').trim(),
    }))
}
