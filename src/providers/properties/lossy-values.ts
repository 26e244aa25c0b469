import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from './property-problem.ts'

/** Names that the schemas drop silently, since they change the prototype of an object. */
export const RESERVED_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype']
/** The depth to which schemas check objects; deeper values, as in a template, are passed on unchanged. */
const DEEPEST_SCHEMA = 3
/** With the flag `u` it matches only a surrogate without its other half. */
const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * Finds values that would not reach the cloud unchanged. They are refused instead of being changed silently. Numbers are
 * not among them: `parseJson` keeps their source text.
 */
export function lossyValues(properties: JsonObject): PropertyProblem[] {
  return [...problemsIn(properties, [])]
}

function* problemsIn(value: JsonValue, path: readonly string[]): Generator<PropertyProblem> {
  if (typeof value === 'string' && LONE_SURROGATE.test(value))
    yield {
      path: path.join('.'),
      problem: 'must be valid Unicode, but holds one half of a surrogate pair',
    }
  if (isJsonList(value))
    for (const [index, item] of value.entries()) yield* problemsIn(item, [...path, String(index)])
  else if (isJsonObject(value))
    for (const [name, item] of Object.entries(value)) {
      const here = [...path, name]
      if (here.length <= DEEPEST_SCHEMA && RESERVED_NAMES.includes(name))
        yield { path: here.join('.'), problem: 'has a name that cannot be used here' }
      yield* problemsIn(item, here)
    }
}
