import type {
  CreateOutcome,
  DeleteOutcome,
  Found,
  StackRef,
  UpdateOutcome,
} from '../../providers/provider.ts'
import { failed, type DeleteStep, type Operation } from '../operation.ts'
import type { Moment } from './action.ts'
import { judgeFound } from './judge-found.ts'
import { rebase } from './rebase.ts'
import * as reasons from './reasons.ts'
import { afterDeletion, answer, goTo, goToLater, startPolling, waitForBusy } from './transitions.ts'

/** The steps before the cloud has accepted an operation: find, create, update, delete. */

export function afterFind(operation: Operation, found: Found, moment: Moment): Operation {
  if (found.found === false && found.mayAppear === true && operation.givenUp === undefined) {
    const again = lookAgain(operation, moment)
    if (again !== undefined) return again
  }
  const next = judgeFound(operation, found)
  switch (next.next) {
    case 'answer':
      return answer(operation, moment.now, next.verdict)
    case 'watch': {
      const startTime = found.found === true ? found.startTime : undefined
      return startPolling(rebase(operation, startTime, moment.now), next.watch, moment)
    }
    case 'do':
      // A name that was taken and then not found is being released: a Create at once would only meet it again.
      return next.step.at === 'create'
        ? goToLater(operation, next.step, moment)
        : goTo(operation, moment.now, next.step)
    case 'wait': {
      const since = operation.step.at === 'find' ? operation.step.busy?.since : undefined
      return waitForBusy(operation, { status: next.status, since: since ?? moment.now }, moment)
    }
  }
}

/** In shortest waits between polls: 30 s where nothing else is set. */
const SEARCH_LASTS_POLLS = 10

/**
 * A Delete without an id that finds no stack: ROS may have sent it while the Create was under way. `undefined` where it has
 * searched for long enough. The pauses double.
 */
function lookAgain(operation: Operation, { now }: Moment): Operation | undefined {
  const { step, policy } = operation
  const missingSince = (step.at === 'find' ? step.missingSince : undefined) ?? now
  const searched = now - missingSince
  const left = policy.pollMinMs * SEARCH_LASTS_POLLS - searched
  if (left <= 0) return undefined
  const notBefore = now + Math.min(left, Math.max(policy.pollMinMs, searched))
  return { ...operation, failedCalls: undefined, step: { at: 'find', missingSince }, notBefore }
}

export function afterCreate(operation: Operation, outcome: CreateOutcome, moment: Moment): Operation {
  switch (outcome.outcome) {
    case 'started':
      return startPolling(operation, outcome.watch, moment)
    case 'taken':
      return { ...goTo(operation, moment.now, { at: 'find' }), nameTaken: true }
    case 'replayed-after-delete':
      return answer(operation, moment.now, failed(reasons.replayedAfterDelete(outcome.stack)))
  }
}

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
      return waitForBusy(operation, { status: outcome.status, since: moment.now }, moment)
    case 'missing':
      // A Create only wanted to adopt the stack: now that it is gone, nothing stops a new one.
      return operation.kind === 'create'
        ? goToLater(operation, { at: 'create' }, moment)
        : answer(operation, moment.now, failed(reasons.missing(operation.physicalResourceId)))
    case 'superseded':
      return answer(operation, moment.now, failed(reasons.superseded(stack)))
    case 'planning':
      return goToLater({ ...operation, failedCalls: undefined }, { at: 'update', stack }, moment)
    case 'refused':
      return answer(operation, moment.now, failed(reasons.updateRefused(stack, outcome.reason)))
  }
}

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
      return waitForBusy(operation, { status: outcome.status, since: moment.now }, moment)
    case 'missing':
      return afterDeletion(operation, step.then, moment)
    case 'refused':
      return answer(operation, moment.now, failed(reasons.deleteRefused(step.stack, outcome.reason)))
  }
}
