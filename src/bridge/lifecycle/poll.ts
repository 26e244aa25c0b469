import type { Observation } from '../../providers/provider.ts'
import type { Failure, Observe, Operation } from '../operation.ts'
import type { Moment } from './action.ts'
import { rebase } from './rebase.ts'
import { afterDeletion, answer, goTo, goToLater, scheduleNextPoll, succeeded } from './transitions.ts'

/** The step observe: polls until the cloud's operation has ended. */

type FailedObservation = Extract<Observation, { phase: 'failed' }>

/** Also of a stack that is missing: reads may lag behind its creation. */
const POLLS_TO_CONFIRM_A_FAILURE = 3
/** No status: the stack is gone. */
const GONE: Failure = {}

/** The operation after a poll: its end, the next poll by the schedule, or the explanation of a failure. */
export function afterPoll(
  operation: Operation,
  step: Observe,
  observation: Observation,
  moment: Moment,
): Operation {
  switch (observation.phase) {
    case 'working': {
      const watch = { ...step.watch, marker: observation.marker ?? step.watch.marker }
      const polled = { ...step, watch, status: observation.status, consecutiveFailedPolls: 0 }
      return scheduleNextPoll(rebase(operation, observation.startTime, moment.now), polled, moment)
    }
    case 'succeeded':
      return afterSuccess(operation, step, observation, moment)
    case 'gone':
      return step.watch.kind === 'delete'
        ? afterDeletion(operation, step.then, moment)
        : afterMissingStack(operation, step, moment)
    case 'failed':
      return afterFailedPoll(operation, step, observation, moment)
  }
}

/** A repair and a deletion are not what ROS asked for: the bridge decides again what follows. */
function afterSuccess(
  operation: Operation,
  step: Observe,
  observation: Extract<Observation, { phase: 'succeeded' }>,
  moment: Moment,
): Operation {
  switch (step.watch.kind) {
    case 'repair':
      return goTo(operation, moment.now, { at: 'find' })
    case 'delete':
      return afterDeletion(operation, step.then, moment)
    case 'create':
    case 'update':
    case 'read':
      return answer(operation, moment.now, succeeded(operation, step.watch.stack, observation))
  }
}

/** A stack that is being created or updated may be missing for a moment, since reads lag: poll again before believing it. */
function afterMissingStack(operation: Operation, step: Observe, moment: Moment): Operation {
  const consecutiveFailedPolls = step.consecutiveFailedPolls + 1
  return consecutiveFailedPolls >= POLLS_TO_CONFIRM_A_FAILURE
    ? goTo(operation, moment.now, { at: 'explain', observe: step, failure: GONE })
    : scheduleNextPoll(operation, { ...step, consecutiveFailedPolls }, moment)
}

function afterFailedPoll(
  operation: Operation,
  step: Observe,
  observation: FailedObservation,
  moment: Moment,
): Operation {
  const consecutiveFailedPolls = step.consecutiveFailedPolls + 1
  const polled = { ...step, status: observation.status }
  return observation.final || consecutiveFailedPolls >= POLLS_TO_CONFIRM_A_FAILURE
    ? afterFailedOperation(operation, polled, observation, moment)
    : scheduleNextPoll(operation, { ...polled, consecutiveFailedPolls }, moment)
}

function afterFailedOperation(
  operation: Operation,
  step: Observe,
  observation: FailedObservation,
  moment: Moment,
): Operation {
  const { stack, kind } = step.watch
  const attempt = step.attempt + 1
  if (kind === 'delete' && attempt < operation.policy.deleteAttempts)
    return goToLater(operation, { at: 'delete', stack, attempt, then: step.then }, moment)
  return goTo(operation, moment.now, { at: 'explain', observe: step, failure: failureOf(observation) })
}

export function failureOf({ status, statusReason, advice }: FailedObservation): Failure {
  return { status, statusReason, advice }
}
