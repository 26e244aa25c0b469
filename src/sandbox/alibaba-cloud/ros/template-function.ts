import { isJsonObject, type JsonValue } from '../../../platform/json.ts'

/** A value in a template that ROS computes at deployment. */
export interface RosFunction {
  /** `Ref` or `Fn::…`. */
  readonly name: string
  readonly argument: JsonValue
}

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

export function isNoValue(value: JsonValue | undefined): boolean {
  const called = asRosFunction(value)
  return called?.name === 'Ref' && called.argument === NO_VALUE
}

/** Where a part of a value is: the names in maps and the indexes in lists that lead to it. */
export type Place = readonly (string | number)[]
