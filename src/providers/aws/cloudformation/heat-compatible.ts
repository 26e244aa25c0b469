import type { Stack } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import { parseStackArn } from './arn.ts'

/** Heat's CloudFormation-compatible API: how its stacks are told from those of AWS, and what it lacks. */

/** The API answers each question for events of such a stack with HTTP 500. */
export function isOfHeat(stackId: string): boolean {
  return parseStackArn(stackId)?.partition === 'openstack'
}

/** Only a new LastUpdatedTime shows that Heat made an update, and it counts whole seconds. */
export function wasUpdatedThisSecond({ LastUpdatedTime }: Stack, now: EpochMs): boolean {
  return LastUpdatedTime !== undefined && Math.abs(now - LastUpdatedTime.getTime()) <= 1000
}

/** https://docs.openstack.org/api-ref/orchestration/v1/: only the native API previews. */
export const NO_CHANGE_SETS =
  "Heat's CloudFormation-compatible API has no change sets: Custom::HeatStack, by Heat's own API, can plan."

/** https://docs.openstack.org/heat/latest/api/heat.api.cfn.v1.stacks.html lists its actions. */
export const NO_DRIFT =
  "Heat's CloudFormation-compatible API detects no drift: Custom::HeatStack, by Heat's own API, can check."

export const NO_MARKS =
  "Heat's CloudFormation-compatible API shows no tags: whose the stack is cannot be told, and it cannot be moved"
