import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import type { Observation } from '../../provider.ts'
import type { RosStack } from './client.ts'
import { adviceFor, mayRollBack, meaningOf } from './status.ts'

/** A settled stack, as its operation's end. */
export function settled(stack: RosStack, phase: 'succeeded' | 'failed', secrets: Secrets): Observation {
  const status = stack.Status
  if (phase === 'succeeded') return { phase, status, outputs: outputsOf(stack) }
  // After a failed Create there is nothing to be done: ROS deletes what is left.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  const reason = stack.StatusReason ?? ''
  return {
    phase,
    status,
    final: !mayRollBack(status) || (status === 'CREATE_FAILED' && stack.DisableRollback === true),
    ...(isOfSuccess(reason) ? {} : { statusReason: secrets.mask(reason) }),
    ...(advice === undefined ? {} : { advice }),
  }
}

/** Of a rollback ROS says that it completed successfully, which explains no failure. */
function isOfSuccess(reason: string): boolean {
  return reason === '' || /completed successfully\.?$/.test(reason)
}

function outputsOf({ Outputs }: RosStack): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    (Outputs ?? []).map(({ OutputKey, OutputValue }): [string, JsonValue] => [
      OutputKey,
      isJsonValue(OutputValue) ? OutputValue : null,
    ]),
  )
}
