import { isReadOnlyId } from '../../providers/identifiers/read-only-id.ts'
import type { Explanation, Found, OperationKind, StackRef, Unread } from '../../providers/provider.ts'
import type { Busy, Failure, Observe, Policy } from '../operation.ts'
import type { CallFailure } from './action.ts'
import { missingForTakeOver } from './take-over.ts'

/**
 * The reasons of FAILED answers. The cause comes first and what may be lost comes last: ROS's limit cuts a reason at its
 * end.
 */

type FoundStack = Extract<Found, { found: true }>

/** The reason of an operation that failed, from its status and the stack's events. */
export function explained(observe: Observe, failure: Failure, explanation: Explanation): string {
  return failure.status === undefined
    ? deletedMeanwhile(observe, explanation)
    : operationFailed(observe, failure, explanation)
}

function operationFailed(observe: Observe, failure: Failure, explanation: Explanation): string {
  const { stack } = observe.watch
  const unread = explanation.cause === undefined ? explanation.unread : undefined
  const statusReason = failure.statusReason === '' ? undefined : failure.statusReason
  const cause = explanation.cause ?? statusReason
  return sentences(
    cause ?? (unread === undefined ? 'the cloud gives no reason' : notRead('reason', unread)),
    cause === undefined || unread === undefined ? undefined : notRead('events', unread),
    failure.advice,
    `${gerund(observe.watch.kind)} stack ${stack.name} failed` +
      (failure.status === undefined ? '' : `; its status is ${failure.status}`),
    ...diagnosable(observe.watch),
  )
}

/** The cloud may have given a reason, and the bridge does not know it. */
function notRead(what: 'reason' | 'events', { why, message }: Unread): string {
  const subject = what === 'reason' ? "The cloud's reason" : "The stack's events, which may say more,"
  const because = `${subject} could not be read: ${NOT_READ[why]}`
  return message === undefined ? because : `${because}: ${message}`
}

const NOT_READ: Readonly<Record<Unread['why'], string>> = {
  throttled: 'the cloud throttles the call',
  unavailable: 'the cloud did not answer',
  denied: 'the credentials may not read the events',
  rejected: 'the cloud refuses the call',
  unreadable: 'the answer is not in a form that the bridge knows',
  'too-long': 'there are more events than the bridge reads',
  'out-of-time': 'the time was over',
}

function deletedMeanwhile(observe: Observe, explanation: Explanation): string {
  return sentences(
    explanation.cause ?? `Stack ${observe.watch.stack.name} was deleted while the bridge waited for it`,
    explanation.cause === undefined && explanation.unread !== undefined
      ? notRead('events', explanation.unread)
      : undefined,
    `${gerund(observe.watch.kind)} stack ${observe.watch.stack.name} failed; the stack has been deleted`,
    ...diagnosable(observe.watch),
  )
}

/** A wait that is over. */
export interface Wait {
  readonly ms: number
  /** What ended it where it was not ROS's Timeout, without a full stop. */
  readonly endedBy: string | undefined
  /** What the cloud said last, where that was a failure or a refusal: it explains the wait, so it comes first. */
  readonly latestMessage: string | undefined
}

/** The time is over while an operation that the cloud has accepted runs. */
export function timedOut(observe: Observe, explanation: Explanation, wait: Wait): string {
  const { stack } = observe.watch
  return sentences(
    wait.latestMessage,
    `${endOf(wait)} while ${gerund(observe.watch.kind).toLowerCase()} stack ${stack.name}` +
      (observe.status === undefined ? '' : `; its status is ${observe.status}`),
    explanation.cause,
    explanation.latestEvent === undefined ? undefined : `Latest event: ${explanation.latestEvent}`,
    ...diagnosable(observe.watch),
  )
}

/**
 * The time is over before the cloud has accepted an operation. `busy`: another request's operation that had to end
 * first.
 */
export function timedOutEarly(kind: OperationKind, wait: Wait, busy: Busy | undefined): string {
  return sentences(
    wait.latestMessage,
    `${endOf(wait)} before the stack could be ${participle(kind)}`,
    busy === undefined ? undefined : `Another operation on it had not ended; its status was ${busy.status}`,
  )
}

/** `planning`: what the cloud said of the plan of the update, where it was at work on one. */
export function timedOutInUpdate(kind: OperationKind, wait: Wait, planning: string | undefined): string {
  return sentences(
    timedOutEarly(kind, wait, undefined),
    planning === undefined ? undefined : `The cloud was still at work on its plan: ${planning}`,
  )
}

/** The cloud refuses the name of a Create for longer than it takes to release a name. `message`: its refusal. */
export function nameTaken(message: string): string {
  return sentences(message, 'The cloud shows no stack of that name', 'The stack could not be created')
}

/** A call failed for longer than calls of its kind are repeated. */
export function callFailed(kind: OperationKind, failure: CallFailure): string {
  return sentences(failure.message, `The stack could not be ${participle(kind)}`)
}

/** The cloud refuses polls of an operation that it has accepted. */
export function pollRefused(observe: Observe, failure: CallFailure): string {
  return sentences(
    failure.message,
    `The bridge can no longer see stack ${observe.watch.stack.name}` +
      (observe.status === undefined ? '' : `, whose last known status is ${observe.status}`),
    ...diagnosable(observe.watch),
  )
}

/** The cloud refuses the first read of a read-only resource. */
export function readRefused({ watch }: Observe, failure: CallFailure): string {
  return sentences(
    failure.message,
    `Stack ${watch.stack.name} could not be read`,
    failure.kind === 'denied'
      ? 'Allow the call: docs/read-and-retain.md names the rights of Mode read-only'
      : undefined,
  )
}

/** A Create found a stack that another owner, or no owner, has marked. */
export function anotherOwnersStack(found: FoundStack, policy: Policy): string {
  const owner =
    found.ownership.mark === 'another'
      ? `belongs to ${found.ownership.owner}`
      : 'does not have the mark of this ROS resource'
  return sentences(
    `A stack named ${found.stack.name} exists already and ${owner}`,
    adviceAgainst(found, policy),
    `Stack id: ${found.stack.id}`,
  )
}

function adviceAgainst({ ownership }: FoundStack, policy: Policy): string {
  if (policy.moves === true)
    return `It is not taken over: ${missingForTakeOver(policy, ownership).join(', and ')}`
  return ownership.mark === 'another' ? 'Choose another name' : adviceForUnmarked(policy)
}

/** A Create that moves a stack makes none. */
export function nothingToTakeOver(): string {
  return sentences(
    'There is no stack of that name to take over, and no stack was made',
    'To make one, remove TakeOverFrom from the properties',
  )
}

function adviceForUnmarked({ onExisting, mayAdoptUnmarked = false }: Policy): string {
  const allowance = "the operator of the bridge sets STACKBRIDGE_ALLOW_ADOPTION to 'true'"
  if (onExisting === 'any')
    return `Choose another name: OnExisting 'any' takes the stack over only if ${allowance}`
  const advice = "Choose another name, or set OnExisting to 'any' to take the stack over for good"
  return mayAdoptUnmarked ? advice : `${advice}, which works only if ${allowance}`
}

/** The event was delivered again after the stack that it created had been deleted. */
export function replayedAfterDelete(stack: StackRef): string {
  return sentences(
    `This Create made stack ${stack.name} before, and the stack was deleted since then: no new stack was made`,
    `Stack id: ${stack.id}`,
  )
}

/** The event was delivered again after ROS had sent a later one. */
export function superseded(stack: StackRef): string {
  return sentences(
    `This request came late: a later request of ROS has changed stack ${stack.name} already. Nothing was touched`,
    `Stack id: ${stack.id}`,
  )
}

/** A Delete without an id that does not belong to the creation of the stack that stands. */
export function ofAnotherCreation(stack: StackRef): string {
  return sentences(
    `A Create with other properties has made stack ${stack.name}, and this Delete has no stack id: it may be a late Delete of ` +
      'an earlier creation, so nothing was touched',
    'To delete the stack, delete it by hand, and then delete the ROS resource again',
    `Stack id: ${stack.id}`,
  )
}

export function existsAlready(found: FoundStack): string {
  return sentences(
    `A stack named ${found.stack.name} exists already, of an earlier Create of this ROS resource, and OnExisting is 'never'`,
    `Stack id: ${found.stack.id}`,
  )
}

export function notTheOwner(found: FoundStack): string {
  const owner = found.ownership.mark === 'another' ? found.ownership.owner : 'nobody'
  return sentences(
    `Stack ${found.stack.name} now has the mark of ${owner}: it was not touched`,
    `Stack id: ${found.stack.id}`,
  )
}

export function unusable(found: FoundStack): string {
  return sentences(
    `Stack ${found.stack.name} cannot be updated: its status is ${found.status}`,
    found.advice,
    `Stack id: ${found.stack.id}`,
  )
}

/** The stack of an Update was deleted by somebody else. */
export function missing(id: string | undefined): string {
  return sentences(
    'The stack no longer exists: it was deleted by somebody else, and ROS cannot replace a PhysicalResourceId',
    'Remove the resource from the ROS template and add it again under another name',
    id === undefined ? undefined : `Stack id: ${id}`,
  )
}

export function updateRefused(stack: StackRef, reason: string, kind: OperationKind): string {
  const what = kind === 'create' ? 'The take-over of' : 'The Update of'
  return sentences(
    `${what} stack ${stack.name} is refused, and nothing was touched: ${reason}`,
    `Stack id: ${stack.id}`,
  )
}

export function deleteRefused(stack: StackRef, reason: string): string {
  return sentences(reason, `Stack ${stack.name} was not deleted`, `Stack id: ${stack.id}`)
}

export const DIAGNOSE_BY_ID = 'For more, run: stackbridge diagnose with this id'

/**
 * The end of the reason of an operation that began: it names the command that reads what does not fit into a reason. The id
 * of a read-only resource names no stack.
 */
function diagnosable({ kind, stack: { id } }: Observe['watch']): string[] {
  if (isReadOnlyId(id)) return []
  const more = kind === 'read' ? [] : [DIAGNOSE_BY_ID]
  return [`Stack id: ${id}`, ...more]
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => (/[.!?…。！]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

function gerund(kind: Observe['watch']['kind']): string {
  switch (kind) {
    case 'create':
      return 'Creating'
    case 'update':
      return 'Updating'
    case 'delete':
      return 'Deleting'
    case 'repair':
      return 'Repairing'
    case 'read':
      return 'Reading'
  }
}

function participle(kind: OperationKind): string {
  switch (kind) {
    case 'create':
      return 'created'
    case 'update':
      return 'updated'
    case 'delete':
      return 'deleted'
  }
}

function endOf({ endedBy, ms }: Wait): string {
  return `${endedBy ?? 'Timed out'} after ${String(Math.round(ms / 1000))} s`
}
