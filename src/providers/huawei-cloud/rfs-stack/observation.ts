import type { EpochMs } from '../../../platform/clock.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import type { Observation, Watch } from '../../provider.ts'
import type { RfsStack } from './client.ts'
import type { Marker } from './marker.ts'
import { adviceFor, isOfDeletion, phaseOf } from './status.ts'

/** What one look at the stack says of the operation that is watched. */
export type Judgement =
  | { readonly judged: true; readonly observation: Exclude<Observation, { phase: 'succeeded' }> }
  /** It has succeeded, and the outputs are to be read. */
  | { readonly judged: 'succeeded'; readonly status: string }
  /** The status can be the one from before: whether the operation has begun has to be seen otherwise. */
  | { readonly judged: false; readonly status: string }

export function judge(watch: Watch, marker: Marker, stack: RfsStack, secrets: Secrets): Judgement {
  const { status } = stack
  const phase = phaseOf(status, watch.kind, marker.deploys)
  if (phase === 'working') {
    const begunAt = beginningOf(stack, watch)
    const observation = {
      phase,
      status,
      // What a creation has not begun yet, it has not been seen at.
      marker: status === 'CREATION_COMPLETE' ? marker : { ...marker, seen: true },
      ...(begunAt === undefined ? {} : { begunAt }),
    }
    return { judged: true, observation }
  }
  if (!isFresh(watch.kind, marker, stack)) return { judged: false, status }
  return phase === 'succeeded'
    ? { judged: 'succeeded', status }
    : { judged: true, observation: failure(watch.kind, stack, secrets) }
}

/** The stack's creation is known to the second; a deployment's beginning is not. */
export function beginningOf({ create_time }: RfsStack, { kind }: Watch): EpochMs | undefined {
  const time = Date.parse(create_time ?? '')
  return kind === 'create' && !Number.isNaN(time) ? time : undefined
}

/** Whether a settled status can be this operation's end, and not what the stack was like before it. */
function isFresh(kind: Watch['kind'], marker: Marker, stack: RfsStack): boolean {
  switch (kind) {
    // A stack that was just created has no before; nothing was begun where nothing had to change.
    case 'create':
    case 'read':
      return true
    case 'update':
    case 'repair':
      return marker.seen === true || (stack.update_time ?? undefined) !== marker.updateTime
    case 'delete':
      return (
        marker.seen === true ||
        (isOfDeletion(stack.status) && (stack.update_time ?? undefined) !== marker.updateTime)
      )
  }
}

function failure(
  kind: Watch['kind'],
  { status, status_message, enable_auto_rollback }: RfsStack,
  secrets: Secrets,
): Extract<Observation, { phase: 'failed' }> {
  const statusReason = status_message ?? ''
  // After a failed Create there is nothing to be done: ROS deletes what is left.
  const advice = kind === 'create' ? undefined : adviceFor(status)
  return {
    phase: 'failed',
    status,
    final: !(status === 'DEPLOYMENT_FAILED' && enable_auto_rollback === true),
    ...(statusReason === '' ? {} : { statusReason: secrets.mask(statusReason) }),
    ...(advice === undefined ? {} : { advice }),
  }
}
