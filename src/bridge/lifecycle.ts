import type { EpochMs } from '../platform/clock.ts'
import type { Explanation, Observation } from '../providers/provider.ts'
import type { Action, ActionResult, CloudAnswer, Moment } from './lifecycle/action.ts'
import { afterFailure, fewerThrottles, resetFailures } from './lifecycle/call-failure.ts'
import { afterDelivery } from './lifecycle/delivery.ts'
import { afterPoll } from './lifecycle/poll.ts'
import * as reasons from './lifecycle/reasons.ts'
import { afterCreate, afterDelete, afterFind, afterUpdate } from './lifecycle/start.ts'
import { afterFinalPoll, afterTimeoutExplained, stopBy } from './lifecycle/timeout.ts'
import { answer, refuseResult, startPolling } from './lifecycle/transitions.ts'
import { failed, type Operation } from './operation.ts'

export type { Action, ActionResult, DeliveryResult, Moment } from './lifecycle/action.ts'
export { expire, verdictAtOnce } from './lifecycle/expiry.ts'

/**
 * The bridge's rules as two pure functions over `Operation`. `nextAction` says what to do; run-operation.ts does it;
 * `absorb` takes the result and gives the next state.
 *
 * A process may die between the two. The next process then does the same action again: every method of `StackSession` is
 * safe to repeat with the same request id.
 *
 * Example: a Create whose process dies after the cloud has accepted `CreateStack`.
 * 1. The state that knew of the stack died with the process. Function Compute delivers the same event again, with the same
 *    RequestId (the stand-alone server reads it from its journal), and `startOperation` gives `{ at: 'create' }` again.
 * 2. `nextAction` gives `create`, and the provider sends `CreateStack` with the same token. A cloud that knows tokens
 *    returns the stack of the first call: `started`. Any other says that the name is taken: `taken`, then `find` shows
 *    who owns the stack and, as `started`, that an earlier delivery of this request started its operation.
 * 3. Both ways lead to `{ at: 'observe' }`: there is one stack, and it is polled to its end. `rebase` counts the Timeout
 *    from when the stack's operation started, since ROS does so too.
 * 4. Where each delivery dies, the failure destination calls `serveEvent` with `givenUp`. `giveUp` turns the unfinished
 *    `create` into `find`: the stack is read, polled once and the answer says what is true. Nothing is started.
 */
export function nextAction(operation: Operation, now: EpochMs): Action {
  const { step } = operation
  if (now < operation.notBefore && step.at !== 'end') return { do: 'wait', until: operation.notBefore }
  switch (step.at) {
    case 'find':
    case 'create':
      return { do: step.at }
    case 'update':
      return { do: 'update', stack: step.stack, drift: operation.drift, detectUntil: halfTimeOf(operation) }
    case 'repair':
      return { do: 'repair', stack: step.stack }
    case 'delete':
      return { do: 'delete', stack: step.stack, attempt: step.attempt }
    case 'observe':
      return { do: 'describe', watch: step.watch }
    case 'final-poll':
      return { do: 'describe', watch: step.observe.watch }
    case 'explain':
    case 'explain-timeout':
      return { do: 'explain', watch: step.observe.watch }
    case 'stop':
      return { do: 'stop', watch: step.observe.watch, by: stopBy(operation, step.observe) }
    case 'answer':
      return { do: 'deliver', verdict: step.verdict }
    case 'end':
      return { do: 'end', verdict: step.verdict, delivered: step.delivered }
  }
}

/** The rest of the time is for the update itself. */
function halfTimeOf({ startedAt, deadline }: Operation): EpochMs {
  return startedAt + (deadline - startedAt) / 2
}

/** The operation after the result of its action. Throws only where `result` is of another step's action: a defect. */
export function absorb(operation: Operation, result: ActionResult, moment: Moment): Operation {
  switch (result.of) {
    case 'wait':
      return operation
    case 'failure':
      return afterFailure(operation, result.failure, moment)
    case 'deliver':
      return afterDelivery(operation, result.delivery, moment)
    case 'find':
      // The read after an unanswered write does not end that failure: the write may fail again.
      return afterFind(fewerThrottles(operation), result.found, moment)
    default:
      return absorbAnswer(resetFailures(operation), result, moment)
  }
}

function absorbAnswer(
  operation: Operation,
  result: Exclude<CloudAnswer, { of: 'find' }>,
  moment: Moment,
): Operation {
  const { step } = operation
  switch (result.of) {
    case 'create':
      return afterCreate(operation, result.outcome, moment)
    case 'update':
      return step.at === 'update'
        ? afterUpdate(operation, step.stack, result.outcome, moment)
        : refuseResult(operation, result)
    case 'delete':
      return step.at === 'delete'
        ? afterDelete(operation, step, result.outcome, moment)
        : refuseResult(operation, result)
    case 'repair':
      return startPolling(operation, result.watch, moment)
    case 'describe':
      return afterDescribe(operation, result.observation, moment)
    case 'explain':
      return afterExplain(operation, result.explanation, moment)
    case 'stop':
      return step.at === 'stop'
        ? answer(operation, moment.now, failed(`${step.reason} ${result.message}`))
        : refuseResult(operation, result)
  }
}

function afterDescribe(operation: Operation, observation: Observation, moment: Moment): Operation {
  const { step } = operation
  if (step.at === 'observe') return afterPoll(operation, step, observation, moment)
  if (step.at === 'final-poll') return afterFinalPoll(operation, step.observe, observation, moment.now)
  return refuseResult(operation, { of: 'describe', observation })
}

function afterExplain(operation: Operation, explanation: Explanation, { now }: Moment): Operation {
  const { step } = operation
  if (step.at === 'explain')
    return answer(operation, now, failed(reasons.explained(step.observe, step.failure, explanation)))
  if (step.at === 'explain-timeout') return afterTimeoutExplained(operation, step.observe, explanation, now)
  return refuseResult(operation, { of: 'explain', explanation })
}
