import { isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'

/** The `properties` of a JSON Schema; empty where it has none. */
export function propertiesOf(schema: JsonObject): JsonObject {
  return mapOf(schema['properties'])
}

/** Empty where the value is no map. */
export function mapOf(value: JsonValue | undefined): JsonObject {
  return isMap(value) ? value : {}
}

export function isMap(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && isJsonObject(value)
}

export function mapValues(
  map: JsonObject,
  change: (value: JsonValue, name: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]))
}

export function without(map: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name))
}
