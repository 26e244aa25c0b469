import { isJsonList, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { mapOf, mapValues, propertiesOf, without } from './json-maps.ts'

/** A `Mode` that is absent, empty or null counts as managed. */
const IS_MANAGED: JsonObject = { properties: { Mode: { enum: ['managed', '', null] } } }

/**
 * The schema of a resource's properties, in which what is required depends on `Mode`: a read-only resource may name its stack by
 * `StackId` alone, and what makes a stack is not required of it. `properties` of the schema must have `Mode` and `StackId`.
 */
export function requiredByMode(schema: JsonObject): JsonObject {
  const required = requiredOf(schema)
  const properties = propertiesOf(schema)
  const inner = Object.fromEntries(
    required.flatMap((name) => {
      const names = requiredOf(mapOf(properties[name]))
      return names.length === 0 ? [] : [[name, { required: names }]]
    }),
  )
  return {
    ...without(schema, 'required'),
    properties: mapValues(properties, (property, name) =>
      name in inner ? without(mapOf(property), 'required') : property,
    ),
    if: IS_MANAGED,
    then: { required, ...(Object.keys(inner).length === 0 ? {} : { properties: inner }) },
    else: { anyOf: [{ required: ['StackId'] }, { required }] },
  }
}

function requiredOf({ required }: { readonly [name: string]: JsonValue | undefined }): string[] {
  return required !== undefined && isJsonList(required)
    ? required.filter((name) => typeof name === 'string')
    : []
}
