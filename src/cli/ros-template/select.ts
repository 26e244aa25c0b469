import { asText, isJsonList, isJsonObject, type JsonValue } from '../../platform/json.ts'

/**
 * What `Fn::Select` picks: an item by its index, which counts from the end if negative; a part by `start:stop`; all by `*`;
 * a value of a map by its name. A text with commas counts as a list. `undefined` where there is none.
 * https://www.alibabacloud.com/help/en/ros/user-guide/functions
 */
export function selected(index: JsonValue, from: JsonValue): JsonValue | undefined {
  const key = asText(index)
  if (isJsonObject(from)) return Object.hasOwn(from, key) ? from[key] : undefined
  const items = isJsonList(from) ? from : asText(from).split(',')
  if (key === '*') return items
  const [, start, stop] = /^(-?\d*):(-?\d*)$/.exec(key) ?? []
  if (start !== undefined && stop !== undefined)
    return items.slice(start === '' ? 0 : Number(start), stop === '' ? undefined : Number(stop))
  return /^-?\d+$/.test(key) ? items.at(Number(key)) : undefined
}
