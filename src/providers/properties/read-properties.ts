import * as v from 'valibot'
import { isJsonObject, SourceNumber, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from './property-problem.ts'
import { entriesOf, isSchema, noMap, problemsOf, unwrap } from './property-schema.ts'

export type ReadProperties<Properties> =
  | { readonly ok: true; readonly properties: Properties }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/**
 * Reads properties by their schema. A ROS parameter is made optional by `Default: ''`, and `ALIYUN::NoValue` may arrive as
 * null: so an optional property counts as absent where it is null or an empty text that its own rule does not take, and so
 * does an item of a map that is null.
 */
export function readProperties<Properties>(
  schema: v.GenericSchema<unknown, Properties>,
  given: JsonObject,
): ReadProperties<Properties> {
  const present = withoutEmpty(given, schema)
  const parsed = v.safeParse(schema, present)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, schema) }
  const misread = misreadAsMaps(present, parsed.output, [])
  return misread.length > 0 ? { ok: false, problems: misread } : { ok: true, properties: parsed.output }
}

function withoutEmpty(given: JsonObject, schema: unknown): JsonObject {
  const shape = shapeOf(schema)
  if (shape === undefined) return given
  const kept = Object.entries(given).flatMap(([name, value]): [string, JsonValue][] => {
    const entry = shape.entryOf(name)
    if (entry === undefined) return [[name, value]]
    if (shape.isAbsent(value, entry)) return []
    return [[name, isJsonObject(value) ? withoutEmpty(value, entry) : value]]
  })
  return Object.fromEntries(kept)
}

/** What a schema says about the values of a map. */
interface MapShape {
  entryOf(name: string): unknown
  isAbsent(value: JsonValue, entry: unknown): boolean
}

function shapeOf(schema: unknown): MapShape | undefined {
  for (const one of alternativesOf(unwrap(schema))) {
    const entries = entriesOf(one)
    if (entries !== undefined)
      return {
        entryOf: (name) => (Object.hasOwn(entries, name) ? entries[name] : undefined),
        isAbsent: (value, entry) =>
          (value === null || value === '') && isOptional(entry) && !accepts(entry, value),
      }
    if (typeof one === 'object' && one !== null && 'type' in one && one.type === 'record' && 'value' in one) {
      const { value: item } = one
      return {
        entryOf: () => item,
        isAbsent: (value) => value === null && !accepts(item, null),
      }
    }
  }
  return undefined
}

/** A schema itself, or the options of a union. */
function alternativesOf(schema: unknown): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null || !('options' in schema)) return [schema]
  return Array.isArray(schema.options) ? schema.options.map(unwrap) : [schema]
}

function isOptional(schema: unknown): boolean {
  return isSchema(schema) && ['optional', 'exact_optional', 'nullish'].includes(schema.type)
}

function accepts(schema: unknown, value: unknown): boolean {
  return isSchema(schema) && v.safeParse(schema, value).success
}

/** Numbers and lists that a schema has read as maps: to valibot both are objects. An empty list loses nothing so. */
function misreadAsMaps(given: unknown, read: unknown, path: readonly (string | number)[]): PropertyProblem[] {
  if (given instanceof SourceNumber) return isJsonObject(read) ? [noMap(path, given)] : []
  if (Array.isArray(given)) {
    if (!Array.isArray(read)) return isJsonObject(read) && given.length > 0 ? [noMap(path, given)] : []
    return given.flatMap((item: unknown, index) => misreadAsMaps(item, read[index], [...path, index]))
  }
  if (!isJsonObject(given) || !isJsonObject(read)) return []
  const values = new Map<string, unknown>(Object.entries(read))
  return Object.entries(given).flatMap(([name, value]) =>
    misreadAsMaps(value, values.get(name), [...path, name]),
  )
}
