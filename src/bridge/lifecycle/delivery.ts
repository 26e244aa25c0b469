import type { Operation } from '../operation.ts'
import { deliveryDelay } from '../poll-schedule.ts'
import type { DeliveryResult, Moment } from './action.ts'
import { endWith, refuseResult } from './transitions.ts'

/** The step answer. While ROS cannot be reached, the answer is delivered again until ROS stops waiting. */
export function afterDelivery(
  operation: Operation,
  delivery: DeliveryResult,
  { now, random }: Moment,
): Operation {
  const { step } = operation
  if (step.at !== 'answer') return refuseResult(operation, { of: 'deliver', delivery })
  if (delivery !== 'unreachable') return endWith(operation, step.verdict, delivery === 'accepted', now)
  const tries = step.tries + 1
  const notBefore = now + deliveryDelay(tries, random)
  return notBefore >= operation.end
    ? endWith(operation, step.verdict, false, now)
    : { ...operation, notBefore, step: { ...step, tries } }
}
