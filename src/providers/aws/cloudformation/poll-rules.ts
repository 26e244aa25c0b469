import type { StackRequest, Watch } from '../../provider.ts'
import type { Failure, PollRules, SettledOutputs } from '../../session/judge-poll.ts'
import { readMarker, type Marker } from './marker.ts'
import { ownershipOf } from './ownership.ts'
import type { PolledStack } from './polled-stack.ts'
import type { StackHistory } from './stack-history.ts'
import { adviceFor, meaningOf, phaseOf } from './status.ts'

export function pollRules(history: StackHistory, request: StackRequest): PollRules<PolledStack> {
  return {
    statusOf,
    phaseOf: (stack, { kind }) =>
      stack.operationFailed === true || isTakenAway(stack, kind, request)
        ? 'failed'
        : phaseOf(statusOf(stack), kind),
    // Only an event with the operation's own token dates its start: DeletionTime can be that of an earlier rollback.
    startTimeOf: () => undefined,
    isFresh: (stack, watch) => isFresh(stack, watch, history),
    // A refused deletion may leave no trace on the stack; an update always does.
    staleRule: ({ kind }) => (kind === 'delete' ? 'believe' : 'wait'),
    outputsOf,
    failureOf: (stack, { kind }) =>
      isTakenAway(stack, kind, request) ? { statusReason: TAKEN_AWAY, final: true } : failureOf(stack),
  }
}

/**
 * A Create has taken the stack over, and another one at the same time: the mark that was written last is the other's. Neither
 * could see the other before it wrote.
 */
function isTakenAway(
  stack: PolledStack,
  kind: Watch['kind'],
  { kind: requestKind, owner }: StackRequest,
): boolean {
  const isUpdated = requestKind === 'create' && kind === 'update'
  return (
    isUpdated &&
    phaseOf(statusOf(stack), kind) === 'succeeded' &&
    ownershipOf(stack, owner).mark === 'another'
  )
}

const TAKEN_AWAY = 'Another resource has taken the stack over at the same time'

function statusOf({ StackStatus }: PolledStack): string {
  return StackStatus ?? ''
}

/** The start of the operation is not enough: the stack must show its end. */
async function isFresh(stack: PolledStack, watch: Watch, history: StackHistory): Promise<boolean> {
  // A stack that was just created has no earlier status, and a `read` has started no operation.
  if (watch.kind === 'create' || watch.kind === 'read') return true
  if (stack.operationFailed === true) return true
  const marker = readMarker(watch.marker)
  if (hasMoved(stack, watch.kind, marker)) return true
  if (await history.showsItsEnd(watch, marker, stack)) return true
  return watch.kind !== 'update' && marker.seen === true
}

/** LastUpdatedTime proves an update of this process, unless the time before is not known. */
export function hasMoved({ LastUpdatedTime }: PolledStack, kind: Watch['kind'], marker: Marker): boolean {
  return (
    kind === 'update' &&
    marker.repeated !== true &&
    (LastUpdatedTime?.getTime() ?? 0) > (marker.updatedAt ?? 0)
  )
}

function outputsOf({ Outputs = [] }: PolledStack): SettledOutputs {
  const outputs = Outputs.flatMap(({ OutputKey, OutputValue }): [string, string][] =>
    OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
  )
  return { outputs: Object.fromEntries(outputs) }
}

function failureOf(stack: PolledStack): Failure {
  // The stack is as it was: what it says is of an earlier operation.
  if (stack.operationFailed === true) return { final: true }
  const status = statusOf(stack)
  // No advice after a failed Create: ROS deletes the stack.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  return {
    final: true,
    ...(stack.StackStatusReason === undefined ? {} : { statusReason: stack.StackStatusReason }),
    ...(advice === undefined ? {} : { advice }),
  }
}
