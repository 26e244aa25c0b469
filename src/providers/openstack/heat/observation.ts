import type { EpochMs } from '../../../platform/clock.ts'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import type { Observation, Watch } from '../../provider.ts'
import type { HeatStack } from './client.ts'
import { readMarker, type Marker } from './marker.ts'
import { adviceFor, isOfDeletion, mayRollBack, phaseOf } from './status.ts'

/** Heat writes an operation down before it accepts it; older engines some seconds later. */
const PATIENCE_WITH_STALE_STATUS_MS = 60_000
const OVERTAKEN = 'Another update took the place of this one before it had ended'

/** What the stack as it was read now says of the operation that is watched; `undefined`: there was no stack to read. */
export function judge(
  watch: Watch,
  stack: HeatStack | undefined,
  now: EpochMs,
  secrets: Secrets,
): Observation {
  if (stack === undefined) return { phase: 'gone' }
  const status = stack.stack_status
  const phase = phaseOf(status, watch.kind)
  switch (phase) {
    case 'gone':
      return { phase }
    case 'working':
      return { phase, status }
    case 'succeeded':
    case 'failed': {
      const marker = readMarker(watch.marker)
      if (!isFresh(watch.kind, marker, stack)) return stale(watch.kind, marker, status, now)
      if (phase === 'failed') return failure(watch.kind, stack, secrets)
      return watch.kind === 'update' && isOvertaken(marker, stack)
        ? { phase: 'failed', status, statusReason: OVERTAKEN, final: true }
        : { phase, status, ...outputsOf(stack, secrets) }
    }
  }
}

/** Whether a settled status can be this operation's end, and not what the stack was like before it. */
function isFresh(kind: Watch['kind'], marker: Marker, stack: HeatStack): boolean {
  switch (kind) {
    case 'create':
    case 'read':
    case 'repair':
      return true
    case 'update':
      return bearsTag(marker, stack) || (stack.updated_time ?? undefined) !== marker.updatedTime
    case 'delete':
      return isOfDeletion(stack.stack_status)
  }
}

/** The status is from before; for a while that may be so. */
function stale(kind: Watch['kind'], { startedAt }: Marker, status: string, now: EpochMs): Observation {
  if (now - startedAt < PATIENCE_WITH_STALE_STATUS_MS)
    return { phase: 'working', status: `${status} (from before)` }
  const what = kind === 'delete' ? 'deletion' : 'update'
  return {
    phase: 'failed',
    status,
    statusReason: `Heat accepted the ${what} and did not begin it`,
    final: true,
  }
}

/** A PUT by somebody else replaces the tags, and while an update runs Heat accepts the next one. */
function isOvertaken(marker: Marker, stack: HeatStack): boolean {
  return marker.showsTags === true && !bearsTag(marker, stack)
}

function bearsTag({ requestTag }: Marker, { tags }: HeatStack): boolean {
  return requestTag !== undefined && tags?.includes(requestTag) === true
}

function failure(kind: Watch['kind'], stack: HeatStack, secrets: Secrets): Observation {
  const status = stack.stack_status
  const statusReason = stack.stack_status_reason ?? ''
  // After a failed Create there is nothing to be done: ROS deletes what is left.
  const advice = kind === 'create' ? undefined : adviceFor(status, stack.stack_name)
  return {
    phase: 'failed',
    status,
    final: !(mayRollBack(status) && stack.disable_rollback === false),
    ...(statusReason === '' ? {} : { statusReason: secrets.mask(statusReason) }),
    ...(advice === undefined ? {} : { advice }),
  }
}

function outputsOf(stack: HeatStack, secrets: Secrets) {
  const outputs = new Map<string, JsonValue>()
  const failed = new Map<string, string>()
  for (const { output_key, output_value, output_error } of stack.outputs ?? []) {
    if (output_error !== undefined && output_error !== null) {
      const message = typeof output_error === 'string' ? output_error : JSON.stringify(output_error)
      failed.set(output_key, secrets.mask(message))
    } else {
      outputs.set(output_key, isJsonValue(output_value) ? output_value : null)
    }
  }
  return {
    outputs: Object.fromEntries(outputs),
    ...(failed.size === 0 ? {} : { failedOutputs: Object.fromEntries(failed) }),
  }
}
