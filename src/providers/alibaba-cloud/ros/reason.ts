import type { EpochMs } from '../../../platform/clock.ts'
import type { Explanation, Watch } from '../../provider.ts'
import type { RosClient, RosEvent, RosStack } from './client.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'

export const FAILED = ['CREATE_FAILED', 'UPDATE_FAILED', 'DELETE_FAILED', 'CHECK_FAILED', 'IMPORT_FAILED']
/** The reason of a resource that was stopped because another one had failed. */
export const CANCELLED = /\baborted\b|\bcancell?ed\b/i
export const NESTED_TYPES = ['ALIYUN::ROS::Stack']
const DEEPEST_NESTING = 5
/** The clocks of the process and of the cloud may differ. */
const SKEW_MS = 10_000

/**
 * Explains why an operation failed: the first resource that failed and the cloud's message for it, through nested
 * stacks; where the events do not show it, the stack's own reason for the failed call.
 */
export async function explainOperation(
  client: RosClient,
  stackId: string,
  kind: Watch['kind'],
  startedAt: EpochMs,
): Promise<Explanation> {
  const start = startOf(kind)
  const isStart = (event: RosEvent) => isOfStackItself(event, stackId) && event.Status === start
  // An earlier delivery may have started the operation. The event of its start separates its events from older ones.
  const reading = { isCut: false }
  const events = await readEvents(client, stackId, startedAt - LONGEST_OPERATION_MS, {
    last: isStart,
    onLimit: () => {
      reading.isCut = true
    },
  })
  const own = events.some(isStart) ? events : events.filter((event) => timeOf(event) >= startedAt - SKEW_MS)
  const cause =
    (await causeIn(client, stackId, own, { path: '', depth: DEEPEST_NESTING })) ??
    (await explainByStack(client, stackId)).cause
  const latest = own.find((event) => !isOfStackItself(event, stackId)) ?? own[0]
  return {
    ...(cause === undefined ? {} : { cause }),
    ...(cause === undefined && reading.isCut ? { unread: { why: 'too-long' } } : {}),
    ...(latest === undefined ? {} : { latestEvent: inWords(latest, '') }),
  }
}

/** Explains a failure by the stack's own reason, where its events do not. */
export async function explainByStack(client: RosClient, stackId: string): Promise<Explanation> {
  const cause = causeInStack(await client.stack(stackId, { outputs: false }))
  return cause === undefined ? {} : { cause }
}

/** TimeoutInMinutes is a day at most. */
const LONGEST_OPERATION_MS = 86_400_000

function startOf(kind: Watch['kind']): string {
  switch (kind) {
    case 'create':
    case 'repair':
      return 'CREATE_IN_PROGRESS'
    case 'update':
    case 'read':
      return 'UPDATE_IN_PROGRESS'
    case 'delete':
      return 'DELETE_IN_PROGRESS'
  }
}

interface Nesting {
  /** The logical ids of the nested stacks around the stack, each with a slash. */
  readonly path: string
  /** How many levels of nested stacks are read below the stack. */
  readonly depth: number
}

async function causeIn(
  client: RosClient,
  stackId: string,
  newestFirst: readonly RosEvent[],
  { path, depth }: Nesting,
): Promise<string | undefined> {
  const failed = newestFirst
    .filter((event) => FAILED.includes(event.Status ?? '') && !isOfStackItself(event, stackId))
    .reverse()
  const first = failed.find((event) => !CANCELLED.test(event.StatusReason ?? ''))
  if (first === undefined) return failed[0] === undefined ? undefined : inWords(failed[0], path)
  const nested = first.PhysicalResourceId ?? ''
  if (depth > 0 && NESTED_TYPES.includes(first.ResourceType ?? '') && nested !== '') {
    const start = (first.Status ?? '').replace('FAILED', 'IN_PROGRESS')
    const inner = await readEvents(client, nested, 0, {
      last: (event) => isOfStackItself(event, nested) && event.Status === start,
    })
    const innerPath = `${path}${first.LogicalResourceId ?? '?'}/`
    const cause = await causeIn(client, nested, inner, { path: innerPath, depth: depth - 1 })
    if (cause !== undefined) return cause
  }
  return inWords(first, path)
}

/** The part of the reason about a failed call to another service; for a failed rollback, why ROS rolled back. */
function causeInStack(stack: RosStack | undefined): string | undefined {
  const { Action, Code, Message, LogicalResourceId, ResourceType } = stack?.OperationInfo ?? {}
  if (Message !== undefined && Message !== null) {
    const where = `${LogicalResourceId ?? '?'} (${ResourceType ?? '?'})`
    const what = [Action, Code].filter((part) => part !== undefined && part !== null).join(': ')
    return `${where}: ${what === '' ? '' : `${what}: `}${Message}`
  }
  return stack?.RollbackFailedRootReason ?? undefined
}

function inWords(event: RosEvent, path: string): string {
  const reason = event.StatusReason ?? ''
  const text = reason === '' || reason === 'state changed' ? (event.Status ?? '') : reason
  return `${path}${event.LogicalResourceId ?? '?'} (${event.ResourceType ?? '?'}): ${text}`
}
