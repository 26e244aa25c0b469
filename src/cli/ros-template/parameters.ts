import {
  asText,
  isJsonList,
  parseJson,
  SourceNumber,
  type JsonObject,
  type JsonValue,
} from '../../platform/json.ts'
import { isTrue, TemplateError } from './template.ts'
import { pathTo } from '../validate/finding.ts'

export type ParameterValues = ReadonlyMap<string, JsonValue>

/**
 * The values of a template's parameters: the given one or else the `Default`, checked by the parameter's type and rules. Throws
 * `TemplateError`; the message quotes no value of a `NoEcho` parameter.
 * https://www.alibabacloud.com/help/en/ros/user-guide/parameters
 */
export function parameterValues(
  definitions: ReadonlyMap<string, JsonObject>,
  given: ParameterValues,
): ParameterValues {
  const unknown = [...given.keys()].find((name) => !definitions.has(name))
  if (unknown !== undefined)
    throw new TemplateError(
      'Parameters',
      `has no ${unknown}; its parameters are: ${definitions.size === 0 ? 'none' : [...definitions.keys()].join(', ')}`,
    )
  const missing = [...definitions].filter(
    ([name, definition]) => !given.has(name) && definition['Default'] === undefined,
  )
  if (missing.length > 0) {
    const names = missing.map(([name]) => name)
    throw new TemplateError(
      'Parameters',
      `without a value: ${names.join(', ')}; give --parameter ${names[0] ?? ''}=… or --parameters with a file`,
    )
  }
  return new Map(
    [...definitions].map(([name, definition]): [string, JsonValue] => {
      const value = typedValue(given.get(name) ?? definition['Default'] ?? '', definition, name)
      checkRules(value, definition, name)
      return [name, value]
    }),
  )
}

/** The values of the parameters with `NoEcho`, as text. */
export function hiddenValues(
  definitions: ReadonlyMap<string, JsonObject>,
  values: ParameterValues,
): readonly string[] {
  return [...values].flatMap(([name, value]) =>
    isTrue(definitions.get(name)?.['NoEcho']) ? [asText(value)] : [],
  )
}

/** Text, as the command line has it, becomes a value of the parameter's type. */
function typedValue(value: JsonValue, { Type }: JsonObject, name: string): JsonValue {
  switch (Type) {
    case 'Number':
      return numberOf(value, name)
    case 'Boolean':
      return booleanOf(value, name)
    case 'CommaDelimitedList':
      return isJsonList(value)
        ? value
        : asText(value) === ''
          ? []
          : asText(value)
              .split(',')
              .map((one) => one.trim())
    case 'Json':
      return jsonOf(value, name)
    default:
      // String, and the types of Alibaba Cloud's own values, which are all strings.
      if (typeof Type !== 'string') throw ofParameter(name, 'must have a Type, which is a string')
      if (value !== null && typeof value === 'object' && !(value instanceof SourceNumber))
        throw ofParameter(name, `must be a text, since its Type is ${Type}`)
      return asText(value ?? '')
  }
}

function numberOf(value: JsonValue, name: string): JsonValue {
  const number = typeof value === 'string' ? parsed(value) : value
  if (typeof number === 'number' || number instanceof SourceNumber) return number
  throw ofParameter(name, 'must be a number')
}

function booleanOf(value: JsonValue, name: string): boolean {
  const text = asText(value).toLowerCase()
  if (text === 'true' || text === 'false') return text === 'true'
  throw ofParameter(name, 'must be true or false')
}

function jsonOf(value: JsonValue, name: string): JsonValue {
  if (typeof value !== 'string') return value
  const json = parsed(value)
  if (json === undefined) throw ofParameter(name, 'must be JSON')
  return json
}

function parsed(text: string): JsonValue | undefined {
  const json = parseJson(Buffer.from(text))
  return json.ok ? json.value : undefined
}

function checkRules(value: JsonValue, definition: JsonObject, name: string): void {
  const { AllowedValues, MinLength, MaxLength, MinValue, MaxValue, AllowedPattern } = definition
  const text = asText(value)
  const length = isJsonList(value) ? value.length : text.length
  if (AllowedValues !== undefined && isJsonList(AllowedValues)) {
    const allowed = AllowedValues.map(asText)
    const items = isJsonList(value) ? value.map(asText) : [text]
    if (items.some((item) => !allowed.includes(item)))
      throw ofParameter(name, `must be one of ${allowed.join(', ')}`)
  }
  if (MinLength !== undefined && length < Number(MinLength))
    throw ofParameter(name, `must have a length of at least ${asText(MinLength)}`)
  if (MaxLength !== undefined && length > Number(MaxLength))
    throw ofParameter(name, `must have a length of at most ${asText(MaxLength)}`)
  if (MinValue !== undefined && Number(text) < Number(MinValue))
    throw ofParameter(name, `must be at least ${asText(MinValue)}`)
  if (MaxValue !== undefined && Number(text) > Number(MaxValue))
    throw ofParameter(name, `must be at most ${asText(MaxValue)}`)
  if (AllowedPattern !== undefined && !patternOf(asText(AllowedPattern), name).test(text))
    throw ofParameter(name, `must match AllowedPattern ${asText(AllowedPattern)}`)
}

/** ROS matches the pattern at the beginning of the value, as Python's `re.match` does. */
function patternOf(pattern: string, name: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})`)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw ofParameter(
      name,
      'has an AllowedPattern that is not a regular expression of JavaScript, and is not supported locally',
    )
  }
}

function ofParameter(name: string, problem: string): TemplateError {
  return new TemplateError(pathTo('Parameters', name), problem)
}
