import type {
  CreateOutcome,
  DeleteOutcome,
  DriftProgress,
  Found,
  StackRef,
  UpdateOutcome,
} from '../../providers/provider.ts'
import { failed, type DeleteStep, type Operation } from '../operation.ts'
import type { Moment } from './action.ts'
import { judgeFound } from './judge-found.ts'
import { rebase } from './rebase.ts'
import * as reasons from './reasons.ts'
import {
  afterDeletion,
  answer,
  goTo,
  goToByAge,
  goToLater,
  shortened,
  startPolling,
  waitForBusy,
} from './transitions.ts'

/** The steps before the cloud has accepted an operation: find, create, update, delete. */

export function afterFind(operation: Operation, found: Found, moment: Moment): Operation {
  if (found.found === false && found.mayAppear === true && operation.givenUp === undefined) {
    const again = searchAgain(operation, moment)
    if (again !== undefined) return again
  }
  const next = judgeFound(operation, found)
  switch (next.next) {
    case 'answer':
      return answer(operation, moment.now, next.verdict)
    case 'watch': {
      const startTime = found.found === true ? found.startTime : undefined
      const repeated = { ...operation, isRepeated: true }
      return startPolling(rebase(repeated, startTime, moment.now), next.watch, moment)
    }
    case 'do':
      return next.step.at === 'create'
        ? createAgain(operation, moment)
        : goTo({ ...operation, nameTaken: undefined }, moment.now, next.step)
    case 'wait':
      return waitForBusy({ ...operation, nameTaken: undefined }, next.status, moment)
  }
}

/**
 * A name that was taken, but whose stack is not found, is being released: another Create at once would be refused
 * again. If the name stays taken, the answer is the cloud's refusal. Only the time between refusals counts, since a
 * call that hangs does not show whether the name is taken.
 */
function createAgain(operation: Operation, moment: Moment): Operation {
  const { nameTaken } = operation
  if (nameTaken !== undefined && nameTaken.latest - nameTaken.since >= LONGEST_TAKEN_NAME_MS)
    return answer(operation, moment.now, failed(reasons.nameTaken(nameTaken.message)))
  return goToLater(operation, { at: 'create' }, moment)
}

/** How long the cloud may refuse a name without showing the stack that has it. */
const LONGEST_TAKEN_NAME_MS = 60_000

/** In shortest waits between polls: 30 s where nothing else is set. */
const SEARCH_LASTS_POLLS = 10

/**
 * A Delete without an id that finds no stack searches again, since ROS may have sent it while the Create was under way.
 * `undefined` if it has searched for long enough. The pauses double.
 */
function searchAgain(operation: Operation, { now }: Moment): Operation | undefined {
  const { step, policy } = operation
  const missingSince = (step.at === 'find' ? step.missingSince : undefined) ?? now
  const searched = now - missingSince
  const remainingMs = policy.pollMinMs * SEARCH_LASTS_POLLS - searched
  if (remainingMs <= 0) return undefined
  const notBefore = now + Math.min(remainingMs, Math.max(policy.pollMinMs, searched))
  return { ...operation, failedCalls: undefined, step: { at: 'find', missingSince }, notBefore }
}

/** A taken name is looked up, since the stack that has it may be of an earlier delivery of this request. */
export function afterCreate(operation: Operation, outcome: CreateOutcome, moment: Moment): Operation {
  switch (outcome.outcome) {
    case 'started':
      return startPolling(operation, outcome.watch, moment)
    case 'taken': {
      const nameTaken = {
        since: operation.nameTaken?.since ?? moment.now,
        latest: moment.now,
        message: shortened(outcome.message),
      }
      return { ...goTo(operation, moment.now, { at: 'find' }), nameTaken }
    }
    case 'busy':
      return waitForBusy({ ...operation, nameTaken: undefined }, outcome.status, moment, 'create')
    case 'replayed-after-delete':
      return answer(operation, moment.now, failed(reasons.replayedAfterDelete(outcome.stack)))
  }
}

/** `stack`: the one that the update is of. */
export function afterUpdate(
  operation: Operation,
  stack: StackRef,
  outcome: UpdateOutcome,
  moment: Moment,
): Operation {
  switch (outcome.outcome) {
    case 'started':
    case 'unchanged':
      return startPolling(operation, outcome.watch, moment)
    case 'busy':
      return waitForBusy(operation, outcome.status, moment)
    case 'missing':
      if (operation.policy.moves === true && operation.kind === 'create')
        return answer(operation, moment.now, failed(reasons.nothingToTakeOver()))
      // The Create was to take over the stack. The stack is gone, so it can create a new one.
      return operation.kind === 'create'
        ? goToLater(operation, { at: 'create' }, moment)
        : answer(operation, moment.now, failed(reasons.missing(operation.physicalResourceId)))
    case 'superseded':
      return answer(operation, moment.now, failed(reasons.superseded(stack)))
    case 'planning':
      return afterPlanning({ ...operation, failedCalls: undefined }, stack, outcome, moment)
    case 'drift-known':
      return goTo({ ...operation, drift: outcome.drift }, moment.now, { at: 'update', stack })
    case 'refused':
      return answer(
        operation,
        moment.now,
        failed(reasons.updateRefused(stack, outcome.reason, operation.kind)),
      )
  }
}

/** A detection of drift can take minutes, a plan takes seconds. */
function afterPlanning(
  operation: Operation,
  stack: StackRef,
  { drift, status }: { readonly drift?: DriftProgress; readonly status: string },
  moment: Moment,
): Operation {
  const step = { at: 'update', stack, planning: status } as const
  if (drift?.at !== 'detecting') return goToLater(operation, step, moment)
  return goToByAge({ ...operation, drift }, step, drift.since, moment)
}

/** A stack that is missing counts as deleted. */
export function afterDelete(
  operation: Operation,
  step: DeleteStep,
  outcome: DeleteOutcome,
  moment: Moment,
): Operation {
  switch (outcome.outcome) {
    case 'started':
      return startPolling(operation, outcome.watch, moment, step)
    case 'busy':
      return waitForBusy(operation, outcome.status, moment)
    case 'missing':
      return afterDeletion(operation, step.then, moment)
    case 'refused':
      return answer(operation, moment.now, failed(reasons.deleteRefused(step.stack, outcome.reason)))
  }
}
