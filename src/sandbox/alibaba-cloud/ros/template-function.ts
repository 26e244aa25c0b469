import { isJsonObject, type JsonValue } from '../../../platform/json.ts'
import type { CalledFunction } from '../../called-functions.ts'

/** A value in a template that ROS computes at deployment: `Ref` or `Fn::…`. */
export type RosFunction = CalledFunction

/** https://www.alibabacloud.com/help/en/ros/user-guide/function-overview */
export function asRosFunction(value: JsonValue | undefined): RosFunction | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined
  const [entry, ...others] = Object.entries(value)
  if (entry === undefined || others.length > 0) return undefined
  const [name, argument] = entry
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined
}

/** As the value of a property it removes the property. */
const NO_VALUE = 'ALIYUN::NoValue'

/** `{ Ref: ALIYUN::NoValue }`. */
export function isNoValue(value: JsonValue | undefined): boolean {
  const called = asRosFunction(value)
  return called?.name === 'Ref' && called.argument === NO_VALUE
}
