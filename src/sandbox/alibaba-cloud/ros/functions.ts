import { asText, isJsonList, isJsonObject, type JsonValue } from '../../../platform/json.ts'
import type { Place } from '../../called-functions.ts'
import { namedInText, VARIABLE } from './references.ts'
import { asRosFunction, isNoValue } from './template-function.ts'
import { FunctionError, VALUE_FUNCTIONS } from './value-functions.ts'

/**
 * What the functions of a template refer to, and what they give where ROS's reference does not say it. Each may throw; `place`
 * is that of the function.
 */
export interface Scope {
  /** A parameter, a local, a pseudo parameter, or a resource's physical id. */
  ref(name: string, place: Place): JsonValue
  attribute(resource: string, attribute: string, place: Place): JsonValue
  condition(name: string, place: Place): boolean
  mapping(name: string): JsonValue | undefined
  readonly region: string
  /** For a function that is not computed here. */
  otherFunction(name: string, place: Place): JsonValue
  /** For a `Fn::Select` without a default that finds nothing. */
  notSelected(index: string, place: Place): JsonValue
  /** The error for what is given to a function, and cannot be. */
  problem(text: string, place: Place): Error
}

/**
 * Computes the functions of a value. `undefined`: it is `ALIYUN::NoValue`, and is left out of a list or map.
 * https://www.alibabacloud.com/help/en/ros/user-guide/function-overview
 */
export function evaluate(value: JsonValue, scope: Scope, place: Place = []): JsonValue | undefined {
  if (isNoValue(value)) return undefined
  if (isJsonList(value))
    return value.flatMap((item: JsonValue, index) => {
      const computed = evaluate(item, scope, [...place, index])
      return computed === undefined ? [] : [computed]
    })
  if (!isJsonObject(value)) return value
  const called = asRosFunction(value)
  if (called !== undefined) return call(called.name, called.argument, scope, place)
  const entries = Object.entries(value).flatMap(([name, item]): [string, JsonValue][] => {
    const computed = evaluate(item, scope, [...place, name])
    return computed === undefined ? [] : [[name, computed]]
  })
  return Object.fromEntries(entries)
}

/**
 * The truth of a condition: its name, or one of the functions that a condition may be.
 * https://www.alibabacloud.com/help/en/ros/user-guide/conditions
 */
export function isMet(value: JsonValue, scope: Scope, place: Place = []): boolean {
  if (typeof value === 'string') return scope.condition(value, place)
  if (typeof value === 'boolean') return value
  const called = asRosFunction(value)
  // As ros-cdk-core 1.12.0 writes the name of a condition.
  const condition = isJsonObject(value) ? value['Condition'] : undefined
  if (called === undefined && typeof condition === 'string') return scope.condition(condition, place)
  if (called === undefined || !isLogical(called.name))
    throw scope.problem(`must be the name of a condition, or one of ${LOGICAL.join(', ')}`, place)
  return logical(called.name, called.argument, scope, place)
}

const LOGICAL = ['Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Contains', 'Fn::EachMemberIn'] as const
type Logical = (typeof LOGICAL)[number]

function isLogical(name: string): name is Logical {
  return LOGICAL.some((one) => one === name)
}

function logical(name: Logical, argument: JsonValue, scope: Scope, place: Place): boolean {
  switch (name) {
    case 'Fn::And':
      return listOf(argument, name, scope, place).every((item) => isMet(item, scope, place))
    case 'Fn::Or':
      return listOf(argument, name, scope, place).some((item) => isMet(item, scope, place))
    case 'Fn::Not': {
      const [negated = false] = isJsonList(argument) ? argument : [argument]
      return !isMet(negated, scope, place)
    }
    default:
      return computed(name, argument, scope, place) === true
  }
}

type Lazy = (argument: JsonValue, scope: Scope, place: Place) => JsonValue | undefined

/** Those that take their argument as it is written. */
const LAZY: ReadonlyMap<string, Lazy> = new Map<string, Lazy>([
  ['Ref', (argument, scope, place) => scope.ref(textOf(argument, 'Ref', scope, place), place)],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Sub', substitute],
  [
    'Fn::If',
    (argument, scope, place) => {
      const [condition = false, then = null, otherwise = null] = listOf(argument, 'Fn::If', scope, place)
      return evaluate(isMet(condition, scope, place) ? then : otherwise, scope, place)
    },
  ],
])

/** The names of the functions that are computed here. */
export const COMPUTED_FUNCTIONS: readonly string[] = [
  ...new Set([...LAZY.keys(), ...VALUE_FUNCTIONS.keys(), ...LOGICAL]),
]

function call(name: string, argument: JsonValue, scope: Scope, place: Place): JsonValue | undefined {
  const lazy = LAZY.get(name)
  if (lazy !== undefined) return lazy(argument, scope, place)
  if (isLogical(name)) return logical(name, argument, scope, place)
  return computed(name, argument, scope, place) ?? scope.otherFunction(name, place)
}

/** What a function gives that needs neither resources nor conditions; `undefined` for any other. */
function computed(name: string, argument: JsonValue, scope: Scope, place: Place): JsonValue | undefined {
  const compute = VALUE_FUNCTIONS.get(name)
  if (compute === undefined) return undefined
  const { region } = scope
  const given = required(argument, scope, place)
  try {
    const value = compute(given, { mapping: (map) => scope.mapping(map), region }, name)
    if (value !== undefined) return value
  } catch (error) {
    throw error instanceof FunctionError ? scope.problem(error.message, place) : error
  }
  const [index = null] = listOf(given, name, scope, place)
  return scope.notSelected(asText(index), place)
}

function getAttribute(argument: JsonValue, scope: Scope, place: Place): JsonValue {
  const { name, attribute } = isJsonList(argument)
    ? namedInList(argument.map((part: JsonValue) => required(part, scope, place)))
    : namedInText(asText(argument))
  if (name === undefined || attribute === undefined)
    throw scope.problem('must be Fn::GetAtt with a resource and an attribute', place)
  return scope.attribute(name, attribute, place)
}

function namedInList(parts: readonly JsonValue[]) {
  const [name, attribute] = parts.map(asText)
  return { name, attribute }
}

function substitute(argument: JsonValue, scope: Scope, place: Place): string {
  const [template = '', variables = {}] = isJsonList(argument) ? argument : [argument]
  const own = required(variables, scope, place)
  return textOf(template, 'Fn::Sub', scope, place).replaceAll(VARIABLE, (whole, variable: string) => {
    const given = variable.trim()
    if (given.startsWith('!')) return whole.replace('!', '')
    const value = isJsonObject(own) && Object.hasOwn(own, given) ? own[given] : undefined
    if (value !== undefined) return asText(value)
    const { name, attribute } = namedInText(given)
    return asText(attribute === undefined ? scope.ref(name, place) : scope.attribute(name, attribute, place))
  })
}

function required(value: JsonValue, scope: Scope, place: Place): JsonValue {
  return evaluate(value, scope, place) ?? null
}

function listOf(value: JsonValue, name: string, scope: Scope, place: Place): readonly JsonValue[] {
  if (!isJsonList(value)) throw scope.problem(`gives ${name} no list`, place)
  return value
}

function textOf(value: JsonValue, name: string, scope: Scope, place: Place): string {
  if (typeof value !== 'string') throw scope.problem(`gives ${name} no text`, place)
  return value
}
