import type { Stack } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Watch } from '../../provider.ts'
import type { Failure, PollRules, SettledOutputs } from '../../session/judge-poll.ts'
import { readMarker } from './marker.ts'
import type { StackHistory } from './stack-history.ts'
import { adviceFor, meaningOf, phaseOf } from './status.ts'

export function pollRules(history: StackHistory): PollRules<Stack> {
  return {
    statusOf,
    phaseOf: (stack, { kind }) => phaseOf(statusOf(stack), kind),
    startTimeOf,
    isFresh: (stack, watch) => isFresh(stack, watch, history),
    // A refused deletion may leave no trace on the stack; an update always does.
    staleRule: ({ kind }) => (kind === 'delete' ? 'believe' : 'wait'),
    outputsOf,
    failureOf,
  }
}

function statusOf({ StackStatus }: Stack): string {
  return StackStatus ?? ''
}

function startTimeOf(stack: Stack, kind: Watch['kind']): EpochMs | undefined {
  switch (kind) {
    case 'create':
      return stack.CreationTime?.getTime()
    case 'update':
      return stack.LastUpdatedTime?.getTime()
    case 'delete':
      return stack.DeletionTime?.getTime()
    case 'repair':
    case 'read':
      return undefined
  }
}

/** The start of the operation is not enough: the stack must show its end. */
async function isFresh(stack: Stack, watch: Watch, history: StackHistory): Promise<boolean> {
  // A stack that was just created has no earlier status, and a `read` has started no operation.
  if (watch.kind === 'create' || watch.kind === 'read') return true
  const marker = readMarker(watch.marker)
  if (watch.kind === 'update' && marker.repeated !== true)
    return (stack.LastUpdatedTime?.getTime() ?? 0) > (marker.updatedAt ?? 0)
  if (await history.showsItsEnd(watch, marker, stack)) return true
  return watch.kind !== 'update' && marker.seen === true
}

function outputsOf({ Outputs = [] }: Stack): SettledOutputs {
  const outputs = Outputs.flatMap(({ OutputKey, OutputValue }): [string, string][] =>
    OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
  )
  return { outputs: Object.fromEntries(outputs) }
}

function failureOf(stack: Stack): Failure {
  const status = statusOf(stack)
  // No advice after a failed Create: ROS deletes the stack.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  return {
    final: true,
    ...(stack.StackStatusReason === undefined ? {} : { statusReason: stack.StackStatusReason }),
    ...(advice === undefined ? {} : { advice }),
  }
}
