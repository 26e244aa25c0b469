import type { EpochMs } from '../../platform/clock.ts'
import { failed, isWrite, NOTHING_LEFT, type Answer, type Operation, type Verdict } from '../operation.ts'
import * as reasons from './reasons.ts'
import { answer, busyIn, endWith, goTo, waitOf } from './transitions.ts'

/**
 * Moves an operation whose time is over to its answer. Returns any other operation unchanged, but with its wait limited
 * to the deadline. Called before each action.
 */
export function expire(operation: Operation, now: EpochMs): Operation {
  const { step } = operation
  if (step.at === 'end') return operation
  if (step.at === 'answer') return expireAnswer(operation, step, now)
  if (now >= operation.answerBy) return answer(operation, now, verdictAtOnce(operation, now))
  const isDeadlineOver = now >= operation.deadline
  if (!isDeadlineOver && operation.givenUp === undefined) return limitWait(operation)
  if (step.at === 'observe') return goTo(operation, now, { at: 'final-poll', observe: step })
  // Given up before the deadline: one read may find the operation of an earlier delivery.
  if (step.at === 'find' && step.busy === undefined && !isDeadlineOver) return operation
  if (step.at === 'find' || isWrite(step)) return answer(operation, now, verdictAtOnce(operation, now))
  return operation
}

/** Each verdict gets one delivery, however late. */
function expireAnswer(operation: Operation, step: Answer, now: EpochMs): Operation {
  return now < operation.end || step.tries === 0 ? operation : endWith(operation, step.verdict, false, now)
}

function limitWait(operation: Operation): Operation {
  return operation.notBefore <= operation.deadline
    ? operation
    : { ...operation, notBefore: operation.deadline }
}

/** The verdict of an operation that has to be answered now, from what is known. */
export function verdictAtOnce(operation: Operation, now: EpochMs): Verdict {
  const { step } = operation
  const wait = waitOf(operation, now)
  switch (step.at) {
    case 'find':
      return step.missingSince !== undefined && operation.failedCalls === undefined
        ? NOTHING_LEFT
        : failed(reasons.timedOutEarly(operation.kind, wait, step.busy))
    case 'update':
      return failed(reasons.timedOutInUpdate(operation.kind, wait, step.planning))
    case 'create':
    case 'delete':
    case 'repair':
      return failed(reasons.timedOutEarly(operation.kind, wait, busyIn(step)))
    case 'observe':
      return failed(reasons.timedOut(step, {}, wait))
    case 'final-poll':
    case 'explain-timeout':
      return failed(reasons.timedOut(step.observe, {}, wait))
    case 'explain':
      return failed(
        reasons.explained(step.observe, step.failure, {
          unread: {
            why: 'out-of-time',
            ...(wait.latestMessage === undefined ? {} : { message: wait.latestMessage }),
          },
        }),
      )
    case 'stop':
      return failed(step.reason)
    case 'answer':
    case 'end':
      return step.verdict
  }
}
