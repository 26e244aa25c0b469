import {
  asText,
  isJsonList,
  isJsonObject,
  parseJson,
  writeJson,
  type JsonValue,
} from '../../../platform/json.ts'

/** What these functions know of the template and the stack. */
export interface FunctionSurroundings {
  readonly mapping: (name: string) => JsonValue | undefined
  readonly region: string
}

/** A function was given what it cannot compute. The message names the function and quotes no value but names and indexes. */
export class FunctionError extends TypeError {
  override readonly name = 'FunctionError'
}

/** `undefined`: the list or map has no such item, and no default is given. */
type ValueFunction = (
  argument: JsonValue,
  around: FunctionSurroundings,
  name: string,
) => JsonValue | undefined

/**
 * The functions that compute a value from values alone: neither from the resources of a stack nor from its conditions. The
 * argument is computed before. Throw `FunctionError`. Each has a page below
 * https://www.alibabacloud.com/help/en/ros/user-guide/function-overview
 */
export const VALUE_FUNCTIONS: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
  [
    'Fn::Join',
    (argument, _, name) => {
      const [separator = '', items = []] = listOf(name, argument)
      return listOf(name, items).map(asText).join(asText(separator))
    },
  ],
  [
    'Fn::Split',
    (argument, _, name) => {
      const [separator = '', text = ''] = listOf(name, argument)
      return isJsonList(text) ? text : asText(text).split(asText(separator))
    },
  ],
  [
    'Fn::Select',
    (argument, _, name) => {
      const [index = 0, from = [], otherwise] = listOf(name, argument)
      return selected(name, index, from) ?? otherwise
    },
  ],
  [
    'Fn::FindInMap',
    (argument, { mapping }, name) => {
      const [map = '', ...keys] = listOf(name, argument).map(asText)
      const found = keys.reduce<JsonValue | undefined>(
        (inner, key) => (isJsonObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
        mapping(map),
      )
      if (found === undefined) throw new FunctionError(`finds no ${[map, ...keys].join('.')} in Mappings`)
      return found
    },
  ],
  [
    'Fn::Equals',
    (argument, _, name) => {
      const [one = null, other = null] = listOf(name, argument)
      return asText(one) === asText(other)
    },
  ],
  [
    'Fn::Contains',
    (argument, _, name) => {
      const [members = [], member = null] = listOf(name, argument)
      return listOf(name, members).map(asText).includes(asText(member))
    },
  ],
  [
    'Fn::EachMemberIn',
    (argument, _, name) => {
      const [members = [], others = []] = listOf(name, argument)
      const known = listOf(name, others).map(asText)
      return listOf(name, members).every((member) => known.includes(asText(member)))
    },
  ],
  ['Fn::Base64Encode', (argument) => Buffer.from(asText(argument)).toString('base64')],
  ['Fn::Base64Decode', (argument) => Buffer.from(asText(argument), 'base64').toString()],
  ['Fn::Str', (argument) => asText(argument)],
  [
    'Fn::Replace',
    (argument, _, name) => {
      const [replacements = {}, text = ''] = listOf(name, argument)
      if (!isJsonObject(replacements)) throw new FunctionError(`gives ${name} no map`)
      return Object.entries(replacements).reduce(
        (made, [from, to]) => made.replaceAll(from, () => asText(to)),
        asText(text),
      )
    },
  ],
  [
    'Fn::Length',
    (argument) =>
      isJsonList(argument)
        ? argument.length
        : (isJsonObject(argument) ? Object.keys(argument) : asText(argument)).length,
  ],
  ['Fn::ListMerge', (argument, _, name) => listOf(name, argument).flatMap((list) => listOf(name, list))],
  [
    'Fn::GetJsonValue',
    (argument, _, name) => {
      const [key = '', json = ''] = listOf(name, argument)
      const parsed = parseJson(Buffer.from(typeof json === 'string' ? json : writeJson(json)))
      const value = parsed.ok && isJsonObject(parsed.value) ? parsed.value[asText(key)] : undefined
      if (value === undefined) throw new FunctionError(`finds no ${asText(key)} in the JSON`)
      return value
    },
  ],
  [
    'Fn::GetAZs',
    (argument, { region }) =>
      ['a', 'b', 'c'].map((zone) => `${asText(argument) === '' ? region : asText(argument)}-${zone}`),
  ],
])

/**
 * An item by its index, which counts from the end if negative; a part by `start:stop:step`; all by `*`; a value of a map by its
 * name. https://www.alibabacloud.com/help/en/ros/user-guide/function-select
 */
function selected(name: string, index: JsonValue, from: JsonValue): JsonValue | undefined {
  const key = asText(index)
  if (isJsonObject(from)) return Object.hasOwn(from, key) ? from[key] : undefined
  const items = listOf(name, from)
  if (key === '*') return items
  const part = /^(-?\d{1,9})?:(-?\d{1,9})?(?::(-?\d{1,9})?)?$/.exec(key)
  if (part !== null) return sliced(items, part.slice(1).map(numberIn))
  return /^-?\d{1,9}$/.test(key) ? items.at(Number(key)) : undefined
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** As Python's slices; a step of 0 selects nothing. */
function sliced(
  items: readonly JsonValue[],
  [start, stop, step = 1]: readonly (number | undefined)[],
): readonly JsonValue[] {
  const [low, high] = step > 0 ? [0, items.length] : [-1, items.length - 1]
  const place = (at: number) => Math.min(Math.max(at < 0 ? at + items.length : at, low), high)
  const first = start === undefined ? (step > 0 ? low : high) : place(start)
  const last = stop === undefined ? (step > 0 ? high : low) : place(stop)
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((last - first) / step))
  return Array.from({ length: count }, (_, index) => items[first + index * step] ?? null)
}

/** Throws `FunctionError` for what is no list. */
export function listOf(name: string, value: JsonValue): readonly JsonValue[] {
  if (!isJsonList(value)) throw new FunctionError(`gives ${name} no list`)
  return value
}
