import { isJsonList, isJsonObject, type JsonValue } from '../../platform/json.ts'
import { pathTo } from './finding.ts'

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

/** Whether a function can give `ALIYUN::NoValue`. */
export function mayBeNoValue({ name }: RosFunction): boolean {
  return name === 'Fn::If'
}

/** A copy of `value` in which `replace` gave a value for each function; `undefined` removes it. */
export function replaceFunctions(
  value: JsonValue,
  path: string,
  replace: (called: RosFunction, path: string) => JsonValue | undefined,
): JsonValue | undefined {
  const called = asRosFunction(value)
  if (called !== undefined) return replace(called, path)
  if (isJsonList(value))
    return value.flatMap((item, index) => replaceFunctions(item, pathTo(path, index), replace) ?? [])
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).flatMap(([name, item]): [string, JsonValue][] => {
    const replaced = replaceFunctions(item, pathTo(path, name), replace)
    return replaced === undefined ? [] : [[name, replaced]]
  })
  return Object.fromEntries(entries)
}
