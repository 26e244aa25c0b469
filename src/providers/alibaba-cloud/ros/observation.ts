import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Failure } from '../../session/stack-service.ts'
import type { RosStack } from './client.ts'
import { adviceFor, mayRollBack, meaningOf } from './status.ts'

/** A stack in which an operation failed. */
export function failureOf(stack: RosStack): Failure {
  const status = stack.Status
  // After a failed Create there is nothing to be done: ROS deletes the rest.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  const reason = stack.StatusReason ?? ''
  return {
    final: !mayRollBack(status) || (status === 'CREATE_FAILED' && stack.DisableRollback === true),
    ...(isOfSuccess(reason) ? {} : { statusReason: reason }),
    ...(advice === undefined ? {} : { advice }),
  }
}

/** Of a rollback ROS says that it completed successfully, which explains no failure. */
function isOfSuccess(reason: string): boolean {
  return reason === '' || /completed successfully\.?$/.test(reason)
}

export function outputsOf({ Outputs }: RosStack): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    (Outputs ?? []).map(({ OutputKey, OutputValue }): [string, JsonValue] => [
      OutputKey,
      isJsonValue(OutputValue) ? OutputValue : null,
    ]),
  )
}
