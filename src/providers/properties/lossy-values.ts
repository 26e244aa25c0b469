import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from './property-problem.ts'

/** Names that the schemas leave out in silence, since an object that has them is not what it seems. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype']
/** How deep schemas look: what is deeper, as in a template, is carried as it is. */
const DEEPEST_SCHEMA = 3
/** With the flag `u`, only one that has lost its other half. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** What would not reach the cloud as it was written: it is refused, rather than changed in silence. */
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
