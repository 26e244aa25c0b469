import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'

/** Resolves the references of a template. `undefined`: the name is unknown. */
export interface Scope {
  /** A parameter, a pseudo parameter, or a resource's physical id. */
  ref(name: string): JsonValue | undefined
  attribute(logicalId: string, attribute: string): JsonValue | undefined
}

/** Resolves the functions that the sandbox supports. https://www.alibabacloud.com/help/en/ros/user-guide/functions */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  if (isJsonList(value)) return value.map((item: JsonValue) => resolve(item, scope))
  if (!isJsonObject(value)) return value
  const [call, ...others] = Object.entries(value)
  return call === undefined || others.length > 0
    ? resolveMap(value, scope)
    : (apply(call[0], call[1], scope) ?? resolveMap(value, scope))
}

function resolveMap(value: JsonObject, scope: Scope): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item, scope)]))
}

/** `undefined`: the name is no function. */
function apply(name: string, argument: JsonValue, scope: Scope): JsonValue | undefined {
  switch (name) {
    case 'Ref':
      return known(scope.ref(asText(argument)), asText(argument))
    case 'Fn::GetAtt': {
      const [logicalId = '', attribute = ''] = listOf(name, argument).map(asText)
      return known(scope.attribute(logicalId, attribute), `${logicalId}.${attribute}`)
    }
    case 'Fn::Join': {
      const [separator = '', items = []] = listOf(name, resolve(argument, scope))
      return listOf(name, items).map(asText).join(asText(separator))
    }
    case 'Fn::Sub':
      return asText(argument).replaceAll(/\$\{([^{}]+)\}/g, (_whole, reference: string) =>
        asText(known(scope.ref(reference), reference)),
      )
    default:
      if (name.startsWith('Fn::')) throw new TypeError(`The sandbox does not support the function ${name}.`)
      return undefined
  }
}

function known(value: JsonValue | undefined, reference: string): JsonValue {
  if (value === undefined) throw new TypeError(`The specified reference "${reference}" is incorrect.`)
  return value
}

function listOf(name: string, value: JsonValue): readonly JsonValue[] {
  if (!isJsonList(value)) throw new TypeError(`${name} requires a list.`)
  return value
}
