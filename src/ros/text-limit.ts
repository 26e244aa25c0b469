import { isJsonList, isJsonObject, SourceNumber, type JsonValue } from '../platform/json.ts'
import { ROS_LIMITS } from '../platform/limits/ros.ts'

/**
 * Characters of one text in the properties: ROS takes templates of 524,288 bytes, so it can send no longer one.
 * https://www.alibabacloud.com/help/en/ros/product-overview/limits
 */
export const LONGEST_TEXT = ROS_LIMITS.template.most
/** Characters of a name that are quoted. */
const LONGEST_QUOTE = 64

/**
 * The place of a text or a name in `value` that is too long: it is not searched for secrets. `undefined` if there is
 * none.
 */
export function placeOfLongText(value: JsonValue, path: string): string | undefined {
  const steps = stepsToLongText(value)
  return steps === undefined ? undefined : [path, ...steps].join('.')
}

/** Made on the way back from what was found, since there can be a million values. */
function stepsToLongText(value: JsonValue): readonly string[] | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? [] : undefined
  if (value instanceof SourceNumber) return value.text.length > LONGEST_TEXT ? [] : undefined
  if (isJsonList(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const steps = stepsToLongText(value[index] ?? null)
      if (steps !== undefined) return [String(index), ...steps]
    }
  } else if (isJsonObject(value)) {
    for (const name of Object.keys(value)) {
      const steps = name.length > LONGEST_TEXT ? [] : stepsToLongText(value[name] ?? null)
      if (steps !== undefined) return [name.slice(0, LONGEST_QUOTE), ...steps]
    }
  }
  return undefined
}
