import type { EpochMs } from '../../../platform/clock.ts'
import type { StackRef, StackRequest, Watch } from '../../provider.ts'
import { requestDigest } from '../../recognition/mark-digest.ts'
import { isSuperseded } from '../../recognition/recent-requests.ts'
import type { Failure, PollRules } from '../../session/judge-poll.ts'
import type { RfsClient, RfsStack } from './client.ts'
import { readMarker } from './marker.ts'
import { readMarks, recentIn } from './marks.ts'
import { outputsOf } from './outputs.ts'
import { parseStackId, type RfsStackId } from './stack-id.ts'
import { adviceFor, isOfDeletion, phaseOf } from './status.ts'

export function pollRules(client: RfsClient, request: StackRequest): PollRules<RfsStack> {
  return {
    statusOf: ({ status }) => status,
    phaseOf: (stack, { kind, marker }) => {
      const phase = phaseOf(stack.status, kind, readMarker(marker).deploys)
      return phase === 'succeeded' && kind === 'update' && isOvertaken(stack, request) ? 'failed' : phase
    },
    startTimeOf,
    isFresh,
    // A deployment's own events show whether it has started; a deletion has none.
    staleRule: ({ kind }) => (kind === 'delete' ? { reason: NOT_STARTED } : 'wait'),
    outputsOf: async (_stack, watch) => outputsOf(await client.outputs(placeOf(watch.stack))),
    failureOf: (stack, watch) =>
      phaseOf(stack.status, watch.kind, readMarker(watch.marker).deploys) === 'succeeded'
        ? { statusReason: OVERTAKEN, final: true }
        : failureOf(stack, watch),
  }
}

const OVERTAKEN = 'Another update took the place of this one before it had ended'

/** A later request has changed the stack: its outputs are not those of this one. */
function isOvertaken({ description }: RfsStack, request: StackRequest): boolean {
  return isSuperseded(recentIn(readMarks(description ?? '')), requestDigest(request, 'update'))
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
  // An earlier time is that of a read from before the marker was made.
  const isLater = (stack.update_time ?? '') > (updateTime ?? '')
  // Each read is compared, since one may be older than the read that has seen the deletion at work.
  return (seen === true || isLater) && (kind !== 'delete' || isOfDeletion(stack.status))
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
