import type { StackEvent as AwsStackEvent } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Explanation } from '../../provider.ts'
import type { Calls } from './calls.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'

const FAILED = [
  ...['CREATE_FAILED', 'UPDATE_FAILED', 'DELETE_FAILED', 'IMPORT_FAILED', 'ROLLBACK_FAILED'],
  ...['UPDATE_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_FAILED'],
]
/** Statuses in which the stack itself says why it rolls back: a timeout, an alarm, a cancelled update. */
const TURNING_BACK = ['ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS']
/** The reason of a resource that was stopped because another one had failed. */
const CANCELLED = /^resource \w+ cancell?ed/i
/** The stack's summary of failed resources, which does not name the cause. */
const SUMMARY = /^(\[[^\]]*\] *)?the following resource\(s\) failed/i
const DEEPEST_NESTING = 5
/** The clocks of the process and of the cloud may differ. */
const SKEW_MS = 10_000

/**
 * Explains why an operation failed: the first resource that failed and the cloud's message for it, through nested
 * stacks. The operation's events are those with its token; where the cloud's events have no tokens, those since its
 * start.
 */
export async function explainOperation(
  client: Calls,
  stackId: string,
  token: string,
  startedAt: EpochMs,
): Promise<Explanation> {
  const isOwn = ({ ClientRequestToken }: AwsStackEvent) => ClientRequestToken === token
  const isStart = (event: AwsStackEvent) => isOwn(event) && isOfStackItself(event) && isBeginning(event)
  const reading = { isCut: false }
  const cut = () => {
    reading.isCut = true
  }
  const latestOnes = await readEvents(client, stackId, startedAt - SKEW_MS, undefined, cut)
  // An earlier delivery may have started the operation, long before `startedAt`.
  const recent = latestOnes.some(isStart) ? latestOnes : await readEvents(client, stackId, 0, isStart, cut)
  const own = recent.filter(isOwn)
  const events = [...(own.length > 0 ? own : latestOnes)].reverse()
  const since = events[0] === undefined ? startedAt - SKEW_MS : timeOf(events[0])
  const cause = await causeIn(client, events, since, '', DEEPEST_NESTING)
  const latest = events.findLast((event) => !isOfStackItself(event)) ?? events.at(-1)
  return {
    ...(cause === undefined ? {} : { cause }),
    ...(cause === undefined && reading.isCut ? { unread: { why: 'too-long' } } : {}),
    ...(latest === undefined ? {} : { latestEvent: inWords(latest, '') }),
  }
}

/** `events`: oldest first. */
async function causeIn(
  client: Calls,
  events: readonly AwsStackEvent[],
  since: EpochMs,
  path: string,
  depth: number,
): Promise<string | undefined> {
  const failed = events.filter((event) => isFailure(event) && !isOfStackItself(event))
  const first = failed.find((event) => !CANCELLED.test(messageOf(event)))
  if (first === undefined)
    return stackCause(events) ?? (failed[0] === undefined ? undefined : inWords(failed[0], path))
  const nested = nestedStack(first)
  if (nested !== undefined && depth > 0) {
    const inner = [...(await readEvents(client, nested, since))].reverse()
    const cause = await causeIn(client, inner, since, `${path}${first.LogicalResourceId ?? ''}/`, depth - 1)
    if (cause !== undefined) return cause
  }
  return inWords(first, path)
}

function stackCause(events: readonly AwsStackEvent[]): string | undefined {
  const turning = events.find(
    (event) =>
      isOfStackItself(event) &&
      (TURNING_BACK.includes(event.ResourceStatus ?? '') || isFailure(event)) &&
      messageOf(event) !== '' &&
      !/^user initiated$/i.test(messageOf(event)) &&
      !SUMMARY.test(messageOf(event)),
  )
  return turning === undefined ? undefined : messageOf(turning)
}

function nestedStack(event: AwsStackEvent): string | undefined {
  const id = event.PhysicalResourceId
  return event.ResourceType === 'AWS::CloudFormation::Stack' && id?.startsWith('arn:') === true
    ? id
    : undefined
}

/** Whether the stack itself begins what it was asked for, and not a rollback or a cleanup. */
function isBeginning({ ResourceStatus }: AwsStackEvent): boolean {
  return /^(?:CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(ResourceStatus ?? '')
}

function isFailure({ ResourceStatus, HookStatus }: AwsStackEvent): boolean {
  return (
    FAILED.includes(ResourceStatus ?? '') ||
    HookStatus === 'HOOK_COMPLETE_FAILED' ||
    HookStatus === 'HOOK_FAILED'
  )
}

function messageOf({ ResourceStatusReason, HookStatusReason }: AwsStackEvent): string {
  return ResourceStatusReason ?? HookStatusReason ?? ''
}

function inWords(event: AwsStackEvent, path: string): string {
  const message = messageOf(event) === '' ? (event.ResourceStatus ?? '') : messageOf(event)
  return `${path}${event.LogicalResourceId ?? '?'} (${event.ResourceType ?? '?'}): ${message}`
}
