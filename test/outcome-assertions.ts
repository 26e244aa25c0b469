import { expect } from 'vitest'
import type { JsonObject } from '../src/platform/json.ts'
import type { Outcome } from '../src/sandbox/ros/ros.ts'

/** The outputs of an answer that must be a SUCCESS and correct by ROS's documents. */
export function succeeded(outcome: Outcome): JsonObject {
  expect(outcome.violations).toEqual([])
  // The reason says more than a wrong status.
  if (outcome.answer?.status === 'FAILED') expect(outcome.answer.reason).toBe('SUCCESS')
  expect(outcome.answer).toMatchObject({ status: 'SUCCESS' })
  return outcome.answer?.data ?? {}
}

/** The reason of an answer that must be a FAILED and correct by ROS's documents. */
export function refused(outcome: Outcome): string {
  expect(outcome.violations).toEqual([])
  expect(outcome.answer).toMatchObject({ status: 'FAILED' })
  return outcome.answer?.reason ?? ''
}
