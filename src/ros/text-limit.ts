import { isJsonList, isJsonObject, type JsonValue } from '../platform/json.ts'

/**
 * Characters of one text in the properties: ROS takes templates of 524,288 bytes, so it can send no longer one.
 * https://www.alibabacloud.com/help/en/ros/product-overview/limits
 */
export const LONGEST_TEXT = 524_288
/** Characters of a name that are quoted. */
const LONGEST_QUOTE = 64

/** Where a text or a name in `value` is too long, of which nothing is searched; `undefined` where none is. */
export function placeOfLongText(value: JsonValue, path: string): string | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? path : undefined
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) {
      const found = placeOfLongText(item, `${path}.${String(index)}`)
      if (found !== undefined) return found
    }
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const place = `${path}.${name.slice(0, LONGEST_QUOTE)}`
      const found = name.length > LONGEST_TEXT ? place : placeOfLongText(item, place)
      if (found !== undefined) return found
    }
  }
  return undefined
}
