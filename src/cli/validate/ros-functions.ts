import { isJsonList, isJsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction, type RosFunction } from '../../sandbox/alibaba-cloud/ros/template-function.ts'
import { pathTo } from './finding.ts'

export {
  asRosFunction,
  isNoValue,
  type RosFunction,
} from '../../sandbox/alibaba-cloud/ros/template-function.ts'

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
