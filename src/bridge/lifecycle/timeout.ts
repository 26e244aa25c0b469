import type { EpochMs } from '../../platform/clock.ts'
import type { Explanation, Observation } from '../../providers/provider.ts'
import { failed, NOTHING_LEFT, type Observe, type Operation } from '../operation.ts'
import { failureOf } from './poll.ts'
import * as reasons from './reasons.ts'
import { answer, goTo, succeeded, waitOf } from './transitions.ts'

/** The steps after the deadline: final-poll, explain-timeout, stop. */

/** The stack may have settled since the last poll: then that is the true answer. */
export function afterFinalPoll(
  operation: Operation,
  step: Observe,
  observation: Observation,
  now: EpochMs,
): Operation {
  const { kind, stack } = step.watch
  switch (observation.phase) {
    case 'succeeded':
      if (kind !== 'repair' && kind !== 'delete')
        return answer(operation, now, succeeded(operation, stack, observation))
      break
    case 'gone':
      if (kind === 'delete' && step.then === 'answer') return answer(operation, now, NOTHING_LEFT)
      break
    case 'failed':
      if (observation.final) {
        const observe = { ...step, status: observation.status }
        return goTo(operation, now, { at: 'explain', observe, failure: failureOf(observation) })
      }
      break
    case 'working':
      break
  }
  const status = observation.phase === 'gone' ? step.status : observation.status
  return goTo(operation, now, { at: 'explain-timeout', observe: { ...step, status } })
}

/**
 * By `OnTimeout`: answers FAILED, or first stops what the cloud does. Only a create and an update can be stopped.
 */
export function afterTimeoutExplained(
  operation: Operation,
  step: Observe,
  explanation: Explanation,
  now: EpochMs,
): Operation {
  const reason = reasons.timedOut(step, explanation, waitOf(operation, now))
  const canStop = step.watch.kind === 'create' || step.watch.kind === 'update'
  return operation.policy.onTimeout === 'leave' || !canStop
    ? answer(operation, now, failed(reason))
    : goTo(operation, now, { at: 'stop', observe: step, reason })
}

/** Only a stack that this request created is deleted. */
export function stopBy(operation: Operation, { watch }: Observe): 'cancel' | 'delete' {
  return operation.policy.onTimeout === 'delete' && watch.kind === 'create' ? 'delete' : 'cancel'
}
