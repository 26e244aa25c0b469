import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import type { StackSpec } from './acceptance-cloud.ts'

/**
 * Resources of the kind that CloudFormation and ROS have alike: a handle, which costs nothing and needs no other service, and
 * for a failure a wait condition that nobody signals. The handle's logical id depends on the value, since both clouds refuse
 * an update that changes no resource; a new wait condition needs a new handle. `Timeout`: of the wait condition, seconds.
 */
export function waitConditions(
  prefix: string,
  { value, fails = false, failsAfterSeconds = 1 }: StackSpec,
  Timeout: JsonValue = failsAfterSeconds,
): JsonObject {
  const handle = { Type: `${prefix}::WaitConditionHandle` }
  const id = createHash('sha256').update(value).digest('hex').slice(0, 8)
  if (!fails) return { [`Handle${id}`]: handle }
  const Properties = { Handle: { Ref: 'GateHandle' }, Timeout, Count: 1 }
  return { GateHandle: handle, Gate: { Type: `${prefix}::WaitCondition`, Properties } }
}
