import type { Explanation, Watch } from '../../provider.ts'
import { DEEPEST_NESTING, type HeatClient, type NameAndId } from './client.ts'
import type { HeatEvent } from './response-schemas.ts'
import { isOfStackItself, readEvents } from './events.ts'

export const FAILED = [
  ...['CREATE_FAILED', 'UPDATE_FAILED', 'DELETE_FAILED', 'ROLLBACK_FAILED', 'ADOPT_FAILED'],
  ...['CHECK_FAILED', 'SUSPEND_FAILED', 'RESUME_FAILED', 'SNAPSHOT_FAILED', 'RESTORE_FAILED'],
]
/** The reason of a resource that was stopped because another one had failed. */
export const CANCELLED = /\baborted\b|\bcancell?ed\b/i
export const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Explains why an operation failed: the first resource that failed and Heat's message for it, through nested stacks.
 * The operation's events are those after the event of its start; no clock decides.
 */
export async function explainOperation(
  client: HeatClient,
  stack: NameAndId,
  kind: Watch['kind'],
): Promise<Explanation> {
  const reading = { isCut: false }
  const events = await eventsOf(client, stack, kind, () => {
    reading.isCut = true
  })
  const [latest] = events
  const cause = await causeIn(client, stack, events, { path: '', depth: DEEPEST_NESTING })
  return {
    ...(cause === undefined ? {} : { cause }),
    ...(cause === undefined && reading.isCut ? { unread: { why: 'too-long' } } : {}),
    ...(latest === undefined ? {} : { latestEvent: inWords(latest, '') }),
  }
}

/** Newest first. */
async function eventsOf(
  client: HeatClient,
  stack: NameAndId,
  kind: Watch['kind'],
  onLimit: () => void,
): Promise<readonly HeatEvent[]> {
  const start = `${kind.toUpperCase()}_IN_PROGRESS`
  return readEvents(
    client,
    stack,
    (event) => isOfStackItself(event, stack.id) && event.resource_status === start,
    { onLimit },
  )
}

interface Nesting {
  /** The names of the nested stacks around the stack, each with a slash. */
  readonly path: string
  /** How many levels of nested stacks are read below the stack. */
  readonly depth: number
}

async function causeIn(
  client: HeatClient,
  stack: NameAndId,
  newestFirst: readonly HeatEvent[],
  { path, depth }: Nesting,
): Promise<string | undefined> {
  const failed = newestFirst.filter(isFailure).reverse()
  const ofResources = failed.filter((event) => !isOfStackItself(event, stack.id))
  const first = ofResources.find((event) => !CANCELLED.test(messageOf(event)))
  if (first === undefined) return stackCause(failed, stack) ?? inWordsOf(ofResources[0], path)
  const inner = depth > 0 ? await causeInNested(client, first, { path, depth: depth - 1 }) : undefined
  if (inner !== undefined) return inner
  // Lists omit the type.
  const whole = await client.event(stack, first)
  return inWords(whole ?? first, path)
}

/** A nested stack can be read on its own, even after a rollback has deleted it. */
async function causeInNested(
  client: HeatClient,
  event: HeatEvent,
  { path, depth }: Nesting,
): Promise<string | undefined> {
  const id = event.physical_resource_id ?? ''
  const nested = UUID.test(id) ? await client.locate(id) : undefined
  if (nested === undefined) return undefined
  const [action = ''] = (event.resource_status ?? '').split('_')
  const startStatus = `${action}_IN_PROGRESS`
  const events = await readEvents(client, nested, () => false)
  const start = events.findIndex(
    (inner) => isOfStackItself(inner, nested.id) && inner.resource_status === startStatus,
  )
  const own = start === -1 ? events : events.slice(0, start)
  return causeIn(client, nested, own, { path: `${path}${event.resource_name ?? '?'}/`, depth })
}

/** The stack's own reason where no resource failed: a timeout. */
function stackCause(failed: readonly HeatEvent[], { id }: NameAndId): string | undefined {
  const own = failed.find((event) => isOfStackItself(event, id) && messageOf(event) !== '')
  return own === undefined ? undefined : messageOf(own)
}

function isFailure({ resource_status }: HeatEvent): boolean {
  return FAILED.includes(resource_status ?? '')
}

function messageOf({ resource_status_reason }: HeatEvent): string {
  return resource_status_reason ?? ''
}

function inWordsOf(event: HeatEvent | undefined, path: string): string | undefined {
  return event === undefined ? undefined : inWords(event, path)
}

function inWords(event: HeatEvent, path: string): string {
  const { resource_name, resource_type, resource_status } = event
  const type = resource_type === undefined || resource_type === null ? '' : ` (${resource_type})`
  const status = resource_status ?? ''
  const message = messageOf(event)
  const text = message === '' || message === 'state changed' ? status : message
  return `${path}${resource_name ?? '?'}${type}: ${text}`
}
