import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { FunctionError, VALUE_FUNCTIONS } from '../../sandbox/alibaba-cloud/ros/value-functions.ts'
import { asRosFunction, isNoValue } from '../validate/ros-functions.ts'
import { pathTo } from '../validate/finding.ts'
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
    case 'Fn::And':
      return listOf(argument, name, path).every((item) => isMet(item, path, scope))
    case 'Fn::Or':
      return listOf(argument, name, path).some((item) => isMet(item, path, scope))
    case 'Fn::Not': {
      const [negated = false] = isJsonList(argument) ? argument : [argument]
      return !isMet(negated, path, scope)
    }
    default:
      return computed(name, argument, path, scope) === true
  }
}

/** What a function gives that needs neither resources nor conditions; `undefined` for any other. */
function computed(name: string, argument: JsonValue, path: string, scope: Scope): JsonValue | undefined {
  const compute = VALUE_FUNCTIONS.get(name)
  if (compute === undefined) return undefined
  const { mappings, region } = scope
  const given = required(argument, path, scope)
  const mapping = (map: string) => (Object.hasOwn(mappings, map) ? mappings[map] : undefined)
  try {
    const value = compute(given, { mapping, region }, name)
    if (value !== undefined) return value
  } catch (error) {
    throw error instanceof FunctionError ? new TemplateError(path, error.message) : error
  }
  // ROS would give an empty text, which is seldom what is meant.
  const [index = null] = listOf(given, name, path)
  throw new TemplateError(path, `selects ${asText(index)}, which the value does not have`)
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

export const PLAYED_FUNCTIONS: readonly string[] = [
  ...new Set([...Object.keys(LAZY), ...VALUE_FUNCTIONS.keys(), ...LOGICAL]),
]

function call(name: string, argument: JsonValue, path: string, scope: Scope): JsonValue | undefined {
  const lazy = LAZY[name]
  if (lazy !== undefined) return lazy(argument, path, scope)
  if (isLogical(name)) return logical(name, argument, path, scope)
  const value = computed(name, argument, path, scope)
  if (value !== undefined) return value
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
