import type { EpochMs } from '../../platform/clock.ts'
import type { Operation } from '../operation.ts'

const CLOCK_SKEW_MS = 5000
const TIME_FOR_A_POLL_MS = 15_000

/**
 * Sets the times of a repeated event to those of its first delivery. An event has no date, and ROS counts its Timeout
 * from the first delivery. The cloud shows about when that was: when the operation started (`startTime`, by its clock).
 * If that Timeout is over, enough time is kept for one poll and an answer.
 */
export function rebase(operation: Operation, startTime: EpochMs | undefined, now: EpochMs): Operation {
  if (startTime === undefined || startTime > operation.startedAt - CLOCK_SKEW_MS) return operation
  const late = operation.startedAt - startTime
  return {
    ...operation,
    startedAt: startTime,
    deadline: operation.deadline - late,
    answerBy: Math.min(operation.answerBy, Math.max(operation.answerBy - late, now + TIME_FOR_A_POLL_MS)),
    end: Math.min(operation.end, Math.max(operation.end - late, now + 2 * TIME_FOR_A_POLL_MS)),
  }
}
