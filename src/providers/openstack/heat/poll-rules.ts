import type { EpochMs } from '../../../platform/clock.ts'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Watch } from '../../provider.ts'
import type { Failure, Phase, PollRules, SettledOutputs, StaleRule } from '../../session/judge-poll.ts'
import type { HeatClient } from './client.ts'
import { ifReadable, isOfStackItself, readEvents } from './events.ts'
import type { HeatEvent, HeatStack } from './response-schemas.ts'
import { readMarker, type Marker } from './marker.ts'
import { adviceFor, isOfDeletion, mayRollBack, phaseOf } from './status.ts'

const OVERTAKEN = 'Another update took the place of this one before it had ended'

export function pollRules(client: Pick<HeatClient, 'events'>, log: Logger): PollRules<HeatStack> {
  return {
    statusOf: ({ stack_status }) => stack_status,
    phaseOf: phaseOfOperation,
    // A stack at work may still show the time of an earlier operation, so polls take no start time from it.
    startTimeOf: () => undefined,
    isFresh: (stack, watch) =>
      watch.kind === 'delete' ? showsDeletion(stack, watch, client, log) : isFresh(stack, watch),
    staleRule,
    outputsOf,
    failureOf,
  }
}

/** When the operation started, for a stack that shows that it did. Heat writes UTC, with a Z or without. */
export function startTimeOf(stack: HeatStack, kind: Watch['kind']): EpochMs | undefined {
  const written = kind === 'create' ? stack.creation_time : stack.updated_time
  const time = Date.parse(`${(written ?? '').replace(/Z$/, '')}Z`)
  return Number.isNaN(time) || kind === 'delete' ? undefined : time
}

function phaseOfOperation(stack: HeatStack, watch: Watch): Phase {
  const phase = phaseOf(stack.stack_status, watch.kind)
  return phase === 'succeeded' && isOvertaken(stack, watch) ? 'failed' : phase
}

/** Whether a settled status is the end of the watched Create or Update. */
function isFresh(stack: HeatStack, { kind, marker: written }: Watch): boolean {
  if (kind !== 'update') return true
  const marker = readMarker(written)
  // An earlier time is that of a read from before the marker was made.
  return bearsTag(marker, stack) || (stack.updated_time ?? '') > (marker.updatedTime ?? '')
}

/** A DELETE_FAILED is this deletion's unless the stack was in it before: then the deletion has to show otherwise. */
async function showsDeletion(
  { id, stack_name: name, stack_status }: HeatStack,
  { marker }: Watch,
  client: Pick<HeatClient, 'events'>,
  log: Logger,
): Promise<boolean> {
  if (!isOfDeletion(stack_status)) return false
  const { failedBefore, seen } = readMarker(marker)
  if (failedBefore === undefined || seen === true) return true
  if (failedBefore.event === undefined) return false
  const isKnown = (event: HeatEvent) => event.id === failedBefore.event
  const events = await ifReadable(log, () => readEvents(client, { name, id }, isKnown))
  return (
    events !== undefined &&
    hasFailedAnew(
      events.filter((event) => !isKnown(event)),
      id,
    )
  )
}

/** The event of the earlier failure may be recorded late, so the start of a deletion has to come before its failure. */
function hasFailedAnew(newestFirst: readonly HeatEvent[], stackId: string): boolean {
  const statuses = newestFirst
    .filter((event) => isOfStackItself(event, stackId))
    .map(({ resource_status }) => resource_status)
  const failure = statuses.indexOf('DELETE_FAILED')
  return failure !== -1 && statuses.indexOf('DELETE_IN_PROGRESS') > failure
}

/**
 * Heat records an operation before it accepts it; older engines some seconds later. A stack that was in DELETE_FAILED
 * before, and is still, has failed again: the credentials may not read the events that would show it.
 */
function staleRule({ kind, marker }: Watch): StaleRule {
  if (kind === 'delete' && readMarker(marker).failedBefore !== undefined) return 'believe'
  return { reason: `Heat accepted the ${kind === 'delete' ? 'deletion' : 'update'} and did not begin it` }
}

/** A PUT by somebody else replaces the tags, and Heat accepts it even while an update runs. */
function isOvertaken(stack: HeatStack, watch: Watch): boolean {
  if (watch.kind !== 'update' || !isFresh(stack, watch)) return false
  const marker = readMarker(watch.marker)
  return marker.showsTags === true && !bearsTag(marker, stack)
}

function bearsTag({ requestTag }: Marker, { tags }: HeatStack): boolean {
  return requestTag !== undefined && tags?.includes(requestTag) === true
}

function failureOf(stack: HeatStack, watch: Watch): Failure {
  const status = stack.stack_status
  if (phaseOf(status, watch.kind) === 'succeeded') return { statusReason: OVERTAKEN, final: true }
  // No advice after a failed Create: ROS deletes the stack.
  const advice = watch.kind === 'create' ? undefined : adviceFor(status, stack.stack_name)
  return {
    final: !(mayRollBack(status) && stack.disable_rollback === false),
    statusReason: stack.stack_status_reason ?? '',
    ...(advice === undefined ? {} : { advice }),
  }
}

function outputsOf(stack: HeatStack): SettledOutputs {
  const outputs = new Map<string, JsonValue>()
  const failed = new Map<string, string>()
  for (const { output_key, output_value, output_error } of stack.outputs ?? []) {
    if (output_error !== undefined && output_error !== null)
      failed.set(output_key, typeof output_error === 'string' ? output_error : JSON.stringify(output_error))
    else outputs.set(output_key, isJsonValue(output_value) ? output_value : null)
  }
  return {
    outputs: Object.fromEntries(outputs),
    ...(failed.size === 0 ? {} : { failedOutputs: Object.fromEntries(failed) }),
  }
}
