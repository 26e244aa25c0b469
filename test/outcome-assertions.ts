import { expect } from 'vitest'
import type { JsonObject } from '../src/platform/json.ts'
import type { Outcome } from '../src/sandbox/ros/ros.ts'

/** The outputs of an answer that has to be a SUCCESS against which ROS's documents have nothing. */
export function succeeded(outcome: Outcome): JsonObject {
  expect(outcome.violations).toEqual([])
  // The reason tells more than a status that differs.
  if (outcome.answer?.status === 'FAILED') expect(outcome.answer.reason).toBe('SUCCESS')
  expect(outcome.answer).toMatchObject({ status: 'SUCCESS' })
  return outcome.answer?.data ?? {}
}

/** The reason of an answer that has to be a FAILED against which ROS's documents have nothing. */
export function refused(outcome: Outcome): string {
  expect(outcome.violations).toEqual([])
  expect(outcome.answer).toMatchObject({ status: 'FAILED' })
  return outcome.answer?.reason ?? ''
}
