import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'

/** Resolves the references of a template. Each method throws for an unknown name. */
export interface Scope {
  parameter(name: string): JsonValue
  resource(name: string): JsonValue
  attribute(name: string, attribute: string): JsonValue
  file(name: string): JsonValue
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#intrinsic-functions */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  if (isJsonList(value)) return value.map((item) => resolve(item, scope))
  if (!isJsonObject(value)) return value
  const [entry, ...others] = Object.entries(value)
  if (entry !== undefined && others.length === 0) {
    const called = call(entry[0], entry[1], scope)
    if (called !== undefined) return called
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope)]))
}

function call(name: string, argument: JsonValue, scope: Scope): JsonValue | undefined {
  switch (name) {
    case 'get_param': {
      const [parameter, ...path] = listOf(argument)
      return pick(scope.parameter(asText(parameter ?? '')), path)
    }
    case 'get_resource':
      return scope.resource(asText(argument))
    case 'get_attr': {
      const [resource, attribute, ...path] = listOf(argument)
      return pick(scope.attribute(asText(resource ?? ''), asText(attribute ?? '')), path)
    }
    case 'get_file':
      return scope.file(asText(argument))
    case 'str_replace': {
      const { template, params } = mapOf(argument)
      const pairs = Object.entries(mapOf(params ?? {}))
      return pairs.reduce(
        (text, [key, item]) => text.replaceAll(key, asText(resolve(item, scope))),
        asText(resolve(template ?? '', scope)),
      )
    }
    case 'list_join': {
      const [separator, items] = listOf(argument)
      return listOf(resolve(items ?? [], scope))
        .map(asText)
        .join(asText(separator ?? ''))
    }
    default:
      return undefined
  }
}

function pick(value: JsonValue, path: readonly JsonValue[]): JsonValue {
  return path.reduce<JsonValue>((inner, key) => {
    if (isJsonList(inner)) return inner[Number(key)] ?? null
    return isJsonObject(inner) ? (inner[asText(key)] ?? null) : null
  }, value)
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isJsonList(value) ? value : [value]
}

function mapOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {}
}
