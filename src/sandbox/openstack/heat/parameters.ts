import { ownValue } from '../../../platform/own-value.ts'
import {
  asText,
  isJsonList,
  isJsonObject,
  parseJson,
  writeJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { HeatFault } from '../fault.ts'
import type { HeatEnvironment } from './environment.ts'

export interface ParameterDefinition {
  readonly type: string
  readonly defaultValue: JsonValue | undefined
  readonly hidden: boolean
  readonly constraints: readonly JsonObject[]
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#parameters-section */
export function parameterOf(definition: JsonObject): ParameterDefinition {
  const { type, default: defaultValue, hidden, constraints = [] } = definition
  return {
    type: typeof type === 'string' ? type : 'string',
    defaultValue,
    hidden: hidden === true,
    constraints: isJsonList(constraints) ? constraints.filter(isJsonObject) : [],
  }
}

/** The value of each parameter as it was given. Refuses unknown, missing and invalid ones, as Heat does. */
export function parameterValues(
  definitions: ReadonlyMap<string, ParameterDefinition>,
  { parameters: given, parameterDefaults, optional }: HeatEnvironment,
): ReadonlyMap<string, JsonValue> {
  for (const name of Object.keys(given))
    if (!definitions.has(name) && !optional.includes(name))
      throw new HeatFault(400, 'UnknownUserParameter', `The Parameter (${name}) was not defined in template.`)
  return new Map(
    [...definitions].map(([name, definition]) => {
      const value = ownValue(given, name) ?? ownValue(parameterDefaults, name) ?? definition.defaultValue
      if (value === undefined)
        throw new HeatFault(400, 'UserParameterMissing', `The Parameter (${name}) was not provided.`)
      const problem = problemWith(value, definition)
      if (problem !== undefined)
        throw new HeatFault(400, 'StackValidationFailed', `Parameter '${name}' is invalid: ${problem}`)
      return [name, value]
    }),
  )
}

/** What `get_param` gives: a value of the parameter's type. heat/engine/parameters.py */
export function typedValue(value: JsonValue, { type }: ParameterDefinition): JsonValue {
  switch (type) {
    case 'number':
      return typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    case 'boolean':
      return typeof value === 'string' ? TRUE.includes(value.trim().toLowerCase()) : value
    case 'comma_delimited_list':
      return typeof value === 'string' ? listIn(value) : value
    case 'json':
      return typeof value === 'string' ? (jsonIn(value) ?? value) : value
    default:
      return value
  }
}

/** oslo_utils.strutils.bool_from_string */
const TRUE = ['1', 't', 'true', 'on', 'y', 'yes']
const FALSE = ['0', 'f', 'false', 'off', 'n', 'no']

function problemWith(value: JsonValue, definition: ParameterDefinition): string | undefined {
  return problemOfType(value, definition.type) ?? problemOfConstraints(value, definition)
}

function problemOfType(value: JsonValue, type: string): string | undefined {
  switch (type) {
    case 'number':
      return Number.isNaN(Number(value))
        ? `could not convert string to float: '${writeJson(value)}'`
        : undefined
    case 'boolean': {
      const text = asText(value).trim().toLowerCase()
      return TRUE.includes(text) || FALSE.includes(text)
        ? undefined
        : `Unrecognized value '${asText(value)}', acceptable values are: ${[...FALSE, ...TRUE]
            .sort()
            .map((one) => `'${one}'`)
            .join(', ')}`
    }
    case 'json':
      return typeof value === 'string' && value !== '' && jsonIn(value) === undefined
        ? 'Value must be valid JSON'
        : undefined
    default:
      return undefined
  }
}

/** The texts are Heat's: heat/engine/constraints.py. Custom constraints ask other services, and are not checked. */
function problemOfConstraints(given: JsonValue, definition: ParameterDefinition): string | undefined {
  const value = typedValue(given, definition)
  for (const { allowed_values: allowed, allowed_pattern: pattern, length, range } of definition.constraints) {
    if (allowed !== undefined && isJsonList(allowed) && !isAllowed(value, allowed))
      return `${writeJson(value)} is not an allowed value [${allowed.map(writeJson).join(', ')}]`
    if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`).test(asText(value)))
      return `"${asText(value)}" does not match pattern "${pattern}"`
    const size = isJsonList(value)
      ? value.length
      : isJsonObject(value)
        ? Object.keys(value).length
        : asText(value).length
    if (isJsonObject(length ?? null) && !isWithin(size, length))
      return `length (${String(size)}) is out of range ${limits(length)}`
    if (isJsonObject(range ?? null) && !isWithin(Number(value), range))
      return `${asText(value)} is out of range ${limits(range)}`
  }
  return undefined
}

function isAllowed(value: JsonValue, allowed: readonly JsonValue[]): boolean {
  const values = isJsonList(value) ? value : [value]
  return values.every((one) => allowed.some((other) => asText(other) === asText(one)))
}

function isWithin(size: number, limit: JsonValue | undefined): boolean {
  const { min, max } = limit !== undefined && isJsonObject(limit) ? limit : {}
  return (min === undefined || size >= Number(min)) && (max === undefined || size <= Number(max))
}

function limits(limit: JsonValue | undefined): string {
  const { min, max } = limit !== undefined && isJsonObject(limit) ? limit : {}
  const shown = (one: JsonValue | undefined) => (one === undefined ? 'None' : asText(one))
  return `(min: ${shown(min)}, max: ${shown(max)})`
}

function listIn(text: string): string[] {
  return text === '' ? [] : text.split(',')
}

function jsonIn(text: string): JsonValue | undefined {
  const parsed = parseJson(Buffer.from(text))
  return parsed.ok ? parsed.value : undefined
}
