import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'

/**
 * Expands `Fn::ForEach` wherever it stands in a template. A collection is a list, or a parameter, of which the default is taken:
 * the sandbox expands a template before it knows the parameters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function withoutForEach(template: JsonObject): JsonObject {
  const parameters = template['Parameters'] ?? {}
  const expanded = expandedValue(template, isJsonObject(parameters) ? parameters : {})
  return isJsonObject(expanded) ? expanded : template
}

function expandedValue(value: JsonValue, parameters: JsonObject): JsonValue {
  if (isJsonList(value)) return value.map((item) => expandedValue(item, parameters))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).flatMap(([key, item]): [string, JsonValue][] => {
    if (!key.startsWith('Fn::ForEach::') || !isJsonList(item)) return [[key, expandedValue(item, parameters)]]
    const [identifier = '', collection = [], fragment = {}] = item
    return itemsOf(collection, parameters).flatMap((one) => {
      const made = expandedValue(replaced(fragment, asText(identifier), one), parameters)
      return isJsonObject(made) ? Object.entries(made) : []
    })
  })
  return Object.fromEntries(entries)
}

function itemsOf(collection: JsonValue, parameters: JsonObject): string[] {
  if (isJsonList(collection)) return collection.map(asText)
  const name = isJsonObject(collection) ? collection['Ref'] : undefined
  const parameter = name === undefined ? undefined : parameters[asText(name)]
  const text = parameter !== undefined && isJsonObject(parameter) ? parameter['Default'] : undefined
  return text === undefined || text === '' ? [] : asText(text).split(',')
}

/** `${Name}` and `&{Name}` stand for the item, in keys as well; a `Ref` to the name does, too. */
function replaced(value: JsonValue, name: string, item: string): JsonValue {
  if (typeof value === 'string')
    return value
      .replaceAll(`\${${name}}`, item)
      .replaceAll(`&{${name}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''))
  if (isJsonList(value)) return value.map((one) => replaced(one, name, item))
  if (!isJsonObject(value)) return value
  if (value['Ref'] === name) return item
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [asText(replaced(key, name, item)), replaced(one, name, item)]),
  )
}
