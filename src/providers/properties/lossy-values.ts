import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from './property-problem.ts'

/** Names that the schemas drop silently, since they change the prototype of an object. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype']
/** The depth to which schemas check objects; deeper values, as in a template, are passed on unchanged. */
const DEEPEST_SCHEMA = 3
/** With the flag `u` it matches only a surrogate without its other half. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** Finds values that would not reach the cloud unchanged. They are refused instead of being changed silently. */
export function lossyValues(properties: JsonObject): PropertyProblem[] {
  return [...problemsIn(properties, [])]
}

function* problemsIn(value: JsonValue, path: readonly string[]): Generator<PropertyProblem> {
  const problem = problemWith(value)
  if (problem !== undefined) yield { path: path.join('.'), problem }
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

function problemWith(value: JsonValue): string | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
      ? undefined
      : 'must be given in quotes: so large a number loses digits'
  return typeof value === 'string' && LONE_SURROGATE.test(value)
    ? 'must be valid Unicode, but holds one half of a surrogate pair'
    : undefined
}
