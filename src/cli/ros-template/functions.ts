import {
  asText,
  isJsonList,
  isJsonObject,
  parseJson,
  writeJson,
  type JsonObject,
  type JsonValue,
} from '../../platform/json.ts'
import { asRosFunction, isNoValue } from '../validate/ros-functions.ts'
import { pathTo } from '../validate/finding.ts'
import { selected } from './select.ts'
import { VARIABLE } from './references.ts'
import { TemplateError } from './template.ts'

/** What the functions of a template refer to. Each throws `TemplateError` for a name that it does not have. */
export interface Scope {
  /** A parameter, a pseudo parameter, or a resource's physical id. */
  ref(name: string, path: string): JsonValue
  attribute(resource: string, attribute: string, path: string): JsonValue
  condition(name: string, path: string): boolean
  readonly mappings: JsonObject
  readonly region: string
}

/**
 * Computes the functions of a value. `undefined`: it is `ALIYUN::NoValue`, and is left out of a list or map. Throws
 * `TemplateError` with the place of what cannot be computed.
 * https://www.alibabacloud.com/help/en/ros/user-guide/function-overview
 */
export function evaluate(value: JsonValue, path: string, scope: Scope): JsonValue | undefined {
  if (isNoValue(value)) return undefined
  if (isJsonList(value))
    return value.flatMap((item, index) => {
      const computed = evaluate(item, pathTo(path, index), scope)
      return computed === undefined ? [] : [computed]
    })
  if (!isJsonObject(value)) return value
  const called = asRosFunction(value)
  if (called !== undefined) return call(called.name, called.argument, path, scope)
  const entries = Object.entries(value).flatMap(([name, item]): [string, JsonValue][] => {
    const computed = evaluate(item, pathTo(path, name), scope)
    return computed === undefined ? [] : [[name, computed]]
  })
  return Object.fromEntries(entries)
}

/** The truth of a condition: a function, or the name of a condition. Throws `TemplateError`. */
export function isMet(value: JsonValue, path: string, scope: Scope): boolean {
  if (typeof value === 'string') return scope.condition(value, path)
  if (typeof value === 'boolean') return value
  const called = asRosFunction(value)
  const condition = isJsonObject(value) ? value['Condition'] : undefined
  if (called === undefined && typeof condition === 'string') return scope.condition(condition, path)
  if (called === undefined || !isLogical(called.name))
    throw new TemplateError(path, `must be the name of a condition, or one of ${LOGICAL.join(', ')}`)
  return logical(called.name, called.argument, path, scope)
}

const LOGICAL = ['Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Contains', 'Fn::EachMemberIn'] as const
type Logical = (typeof LOGICAL)[number]

function isLogical(name: string): name is Logical {
  return LOGICAL.some((one) => one === name)
}

function logical(name: Logical, argument: JsonValue, path: string, scope: Scope): boolean {
  switch (name) {
    case 'Fn::Equals': {
      const [one, other] = listOf(argument, name, path).map((item) => required(item, path, scope))
      return one !== undefined && other !== undefined && asText(one) === asText(other)
    }
    case 'Fn::And':
      return listOf(argument, name, path).every((item) => isMet(item, path, scope))
    case 'Fn::Or':
      return listOf(argument, name, path).some((item) => isMet(item, path, scope))
    case 'Fn::Not': {
      const [negated = false] = isJsonList(argument) ? argument : [argument]
      return !isMet(negated, path, scope)
    }
    case 'Fn::Contains': {
      const [members = [], member = null] = listOf(required(argument, path, scope), name, path)
      return listOf(members, name, path).map(asText).includes(asText(member))
    }
    case 'Fn::EachMemberIn': {
      const [members = [], others = []] = listOf(required(argument, path, scope), name, path)
      const known = listOf(others, name, path).map(asText)
      return listOf(members, name, path).every((member) => known.includes(asText(member)))
    }
  }
}

type Play = (argument: JsonValue, path: string, scope: Scope) => JsonValue | undefined

/** Those that take their argument as it is written. */
const LAZY: Readonly<Record<string, Play>> = {
  Ref: (argument, path, scope) => scope.ref(textOf(argument, 'Ref', path), path),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substitute,
  'Fn::If': (argument, path, scope) => {
    const [condition = false, then = null, otherwise = null] = listOf(argument, 'Fn::If', path)
    return evaluate(isMet(condition, path, scope) ? then : otherwise, path, scope)
  },
}

/** Those whose argument is computed first. */
const EAGER: Readonly<Record<string, Play>> = {
  'Fn::Join': (argument, path) => {
    const [separator = '', items = []] = listOf(argument, 'Fn::Join', path)
    return listOf(items, 'Fn::Join', path).map(asText).join(asText(separator))
  },
  'Fn::Split': (argument, path) => {
    const [separator = '', text = ''] = listOf(argument, 'Fn::Split', path)
    return isJsonList(text) ? text : asText(text).split(asText(separator))
  },
  'Fn::Select': (argument, path) => {
    const [index = 0, from = [], otherwise] = listOf(argument, 'Fn::Select', path)
    const value = selected(index, from) ?? otherwise
    if (value === undefined)
      throw new TemplateError(path, `selects ${asText(index)}, which the value does not have`)
    return value
  },
  'Fn::FindInMap': (argument, path, { mappings }) => {
    const names = listOf(argument, 'Fn::FindInMap', path).map(asText)
    const found = names.reduce<JsonValue | undefined>(
      (map, name) => (isJsonObject(map) && Object.hasOwn(map, name) ? map[name] : undefined),
      mappings,
    )
    if (found === undefined) throw new TemplateError(path, `finds no ${names.join('.')} in Mappings`)
    return found
  },
  'Fn::Base64Encode': (argument) => Buffer.from(asText(argument)).toString('base64'),
  'Fn::Base64Decode': (argument) => Buffer.from(asText(argument), 'base64').toString(),
  'Fn::Str': (argument) => asText(argument),
  'Fn::Replace': (argument, path) => {
    const [replacements = {}, text = ''] = listOf(argument, 'Fn::Replace', path)
    if (!isJsonObject(replacements)) throw new TemplateError(path, 'Fn::Replace takes a map and a text')
    return Object.entries(replacements).reduce(
      (result, [from, to]) => result.replaceAll(from, () => asText(to)),
      asText(text),
    )
  },
  'Fn::Length': (argument) =>
    isJsonList(argument)
      ? argument.length
      : isJsonObject(argument)
        ? Object.keys(argument).length
        : asText(argument).length,
  'Fn::ListMerge': (argument, path) =>
    listOf(argument, 'Fn::ListMerge', path).flatMap((list) => listOf(list, 'Fn::ListMerge', path)),
  'Fn::GetJsonValue': (argument, path) => {
    const [key = '', json = ''] = listOf(argument, 'Fn::GetJsonValue', path)
    const parsed = parseJson(Buffer.from(typeof json === 'string' ? json : writeJson(json)))
    const value = parsed.ok && isJsonObject(parsed.value) ? parsed.value[asText(key)] : undefined
    if (value === undefined) throw new TemplateError(path, `finds no ${asText(key)} in the JSON`)
    return value
  },
  'Fn::GetAZs': (argument, _, { region }) =>
    ['a', 'b', 'c'].map((zone) => `${asText(argument) === '' ? region : asText(argument)}-${zone}`),
}

export const PLAYED_FUNCTIONS: readonly string[] = [...Object.keys(LAZY), ...Object.keys(EAGER), ...LOGICAL]

function call(name: string, argument: JsonValue, path: string, scope: Scope): JsonValue | undefined {
  const lazy = LAZY[name]
  if (lazy !== undefined) return lazy(argument, path, scope)
  const eager = EAGER[name]
  if (eager !== undefined) return eager(required(argument, path, scope), path, scope)
  if (isLogical(name)) return logical(name, argument, path, scope)
  throw new TemplateError(
    path,
    `calls ${name}, which is not played locally; these functions are: ${PLAYED_FUNCTIONS.join(', ')}`,
  )
}

function getAttribute(argument: JsonValue, path: string, scope: Scope): JsonValue {
  const [resource, attribute] = isJsonList(argument)
    ? argument.map((part) => required(part, path, scope)).map(asText)
    : atFirstDot(asText(argument))
  if (resource === undefined || attribute === undefined)
    throw new TemplateError(path, 'must be Fn::GetAtt with a resource and an attribute')
  return scope.attribute(resource, attribute, path)
}

function substitute(argument: JsonValue, path: string, scope: Scope): string {
  const [template = '', variables = {}] = isJsonList(argument) ? argument : [argument]
  const own = required(variables, path, scope)
  return textOf(template, 'Fn::Sub', path).replaceAll(VARIABLE, (whole, variable: string) => {
    const name = variable.trim()
    if (name.startsWith('!')) return whole.replace('!', '')
    const value = isJsonObject(own) && Object.hasOwn(own, name) ? own[name] : undefined
    if (value !== undefined) return asText(value)
    const [resource = '', attribute] = atFirstDot(name)
    return asText(
      attribute === undefined ? scope.ref(name, path) : scope.attribute(resource, attribute, path),
    )
  })
}

/** `A.b.c` is the attribute `b.c` of `A`. Names such as `ALIYUN::Region` have no dot. */
function atFirstDot(text: string): readonly string[] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}

function required(value: JsonValue, path: string, scope: Scope): JsonValue {
  return evaluate(value, path, scope) ?? null
}

function listOf(value: JsonValue, name: string, path: string): readonly JsonValue[] {
  if (!isJsonList(value)) throw new TemplateError(path, `gives ${name} no list`)
  return value
}

function textOf(value: JsonValue, name: string, path: string): string {
  if (typeof value !== 'string') throw new TemplateError(path, `gives ${name} no text`)
  return value
}
