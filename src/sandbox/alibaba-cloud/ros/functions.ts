import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import { VARIABLE } from './template.ts'
import { listOf, VALUE_FUNCTIONS } from './value-functions.ts'

/** Resolves the references of a template. `undefined`: the name is unknown. */
export interface Scope {
  /** A parameter, a local, a pseudo parameter, or a resource's physical id. */
  ref(name: string): JsonValue | undefined
  attribute(logicalId: string, attribute: string): JsonValue | undefined
  readonly conditions: ReadonlyMap<string, JsonValue>
  readonly mappings: ReadonlyMap<string, JsonValue>
  readonly region: string
  readonly note: NoteSink
}

/** Resolves the functions of a value. https://www.alibabacloud.com/help/en/ros/user-guide/functions */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  if (isJsonList(value))
    return value.filter((item) => !isNoValue(item)).map((item: JsonValue) => resolve(item, scope))
  if (!isJsonObject(value)) return value
  const [call, ...others] = Object.entries(value)
  return call === undefined || others.length > 0
    ? resolveMap(value, scope)
    : (apply(call[0], call[1], scope) ?? resolveMap(value, scope))
}

function resolveMap(value: JsonObject, scope: Scope): JsonObject {
  const entries = Object.entries(value).filter(([, item]) => !isNoValue(item))
  return Object.fromEntries(entries.map(([name, item]) => [name, resolve(item, scope)]))
}

function isNoValue(value: JsonValue): boolean {
  return isJsonObject(value) && value['Ref'] === 'ALIYUN::NoValue'
}

/** The truth of a condition: its name, or a function. */
export function isMet(condition: JsonValue, scope: Scope): boolean {
  if (typeof condition !== 'string') return resolve(condition, scope) === true
  const definition = scope.conditions.get(condition)
  if (definition === undefined) throw new TypeError(`The condition "${condition}" is not defined.`)
  return isMet(definition, scope)
}

type Function_ = (argument: JsonValue, scope: Scope, name: string) => JsonValue

/** Those that take their argument as it is written. */
const LAZY: ReadonlyMap<string, Function_> = new Map<string, Function_>([
  ['Ref', (argument, scope) => known(scope.ref(asText(argument)), asText(argument))],
  [
    'Fn::GetAtt',
    (argument, scope, name) => {
      const [logicalId = '', attribute = ''] = listOf(name, resolve(argument, scope)).map(asText)
      return known(scope.attribute(logicalId, attribute), `${logicalId}.${attribute}`)
    },
  ],
  ['Fn::Sub', substitute],
  [
    'Fn::If',
    (argument, scope, name) => {
      const [condition = '', yes = null, no = null] = listOf(name, argument)
      return resolve(isMet(condition, scope) ? yes : no, scope)
    },
  ],
  ['Fn::And', (argument, scope, name) => listOf(name, argument).every((one) => isMet(one, scope))],
  ['Fn::Or', (argument, scope, name) => listOf(name, argument).some((one) => isMet(one, scope))],
  ['Fn::Not', (argument, scope) => !isMet(isJsonList(argument) ? (argument[0] ?? false) : argument, scope)],
])

/** `undefined`: the name is no function. */
function apply(name: string, argument: JsonValue, scope: Scope): JsonValue | undefined {
  const lazy = LAZY.get(name)
  if (lazy !== undefined) return lazy(argument, scope, name)
  const computed = VALUE_FUNCTIONS.get(name)
  if (computed !== undefined) {
    const mapping = (map: string) => scope.mappings.get(map)
    // What Fn::Select does not find is an empty text.
    return computed(resolve(argument, scope), { mapping, region: scope.region }, name) ?? ''
  }
  if (!name.startsWith('Fn::')) return undefined
  scope.note(
    `the sandbox does not compute ${name}: its value is invented. ROS refuses a function that it does not have`,
  )
  return `invented-by-${name.slice('Fn::'.length).toLowerCase()}`
}

function substitute(argument: JsonValue, scope: Scope): string {
  const [text = '', variables = {}] = isJsonList(argument) ? argument : [argument]
  const own = isJsonObject(variables) ? resolveMap(variables, scope) : {}
  return asText(text).replaceAll(VARIABLE, (whole, name: string) => {
    if (name.startsWith('!')) return whole.replace('!', '')
    const value = Object.hasOwn(own, name) ? own[name] : undefined
    if (value !== undefined) return asText(value)
    const [logicalId = '', ...attribute] = name.split('.')
    const found = attribute.length === 0 ? scope.ref(name) : scope.attribute(logicalId, attribute.join('.'))
    return asText(known(found, name))
  })
}

function known(value: JsonValue | undefined, reference: string): JsonValue {
  if (value === undefined) throw new TypeError(`The specified reference "${reference}" is incorrect.`)
  return value
}
