import type { EpochMs } from '../../../platform/clock.ts'
import type { StackRef, Watch } from '../../provider.ts'
import type { Failure, PollRules } from '../../session/judge-poll.ts'
import type { RfsClient, RfsStack } from './client.ts'
import { readMarker } from './marker.ts'
import { outputsOf } from './outputs.ts'
import { parseStackId, type RfsStackId } from './stack-id.ts'
import { adviceFor, isOfDeletion, phaseOf } from './status.ts'

export function pollRules(client: RfsClient): PollRules<RfsStack> {
  return {
    statusOf: ({ status }) => status,
    phaseOf: ({ status }, { kind, marker }) => phaseOf(status, kind, readMarker(marker).deploys),
    startTimeOf,
    isFresh,
    // A deployment's own events show whether it has started; a deletion has none.
    staleRule: ({ kind }) => (kind === 'delete' ? { reason: NOT_STARTED } : 'wait'),
    outputsOf: async (_stack, watch) => outputsOf(await client.outputs(placeOf(watch.stack))),
    failureOf,
  }
}

const NOT_STARTED = 'RFS accepted the deletion and did not begin it'

export function placeOf(stack: StackRef): RfsStackId {
  const place = parseStackId(stack.id)
  if (place === undefined) throw new TypeError(`${stack.id} is not the id of an RFS stack`)
  return place
}

/** RFS gives the time of a stack's creation, in whole seconds, but not of a deployment's start. */
function startTimeOf({ create_time }: RfsStack, kind: Watch['kind']): EpochMs | undefined {
  const time = Date.parse(create_time ?? '')
  return kind === 'create' && !Number.isNaN(time) ? time : undefined
}

function isFresh(stack: RfsStack, { kind, marker: written }: Watch): boolean {
  // A stack that was just created has no earlier status, and a `read` has started no operation.
  if (kind === 'create' || kind === 'read') return true
  const { seen, updateTime } = readMarker(written)
  const isChanged = (stack.update_time ?? undefined) !== updateTime
  return seen === true || (isChanged && (kind !== 'delete' || isOfDeletion(stack.status)))
}

function failureOf({ status, status_message, enable_auto_rollback }: RfsStack, { kind }: Watch): Failure {
  // No advice after a failed Create: ROS deletes the stack.
  const advice = kind === 'create' ? undefined : adviceFor(status)
  return {
    final: !(status === 'DEPLOYMENT_FAILED' && enable_auto_rollback === true),
    statusReason: status_message ?? '',
    ...(advice === undefined ? {} : { advice }),
  }
}
