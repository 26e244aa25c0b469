import * as v from 'valibot'
import { isJsonObject, SourceNumber, type JsonObject } from '../../platform/json.ts'
import { namesWithSameBeginning, nearest } from '../../platform/nearest-name.ts'
import type { PropertyProblem } from './property-problem.ts'

/**
 * Building blocks for properties as ROS templates give them: ROS keeps JSON types, but a value that passed through a
 * ROS parameter of type String arrives as text, so `"600"` serves for 600 and `"true"` for true.
 */
export function integer(min: number, max: number) {
  const rule = `must be a whole number from ${String(min)} to ${String(max)}`
  const range = [
    v.minValue<number, number, string>(min, rule),
    v.maxValue<number, number, string>(max, rule),
  ] as const
  return v.union(
    [
      v.pipe(v.number(), v.integer(rule), ...range),
      v.pipe(v.instance(SourceNumber), v.transform(Number), v.integer(rule), ...range),
      v.pipe(v.string(), v.regex(/^\d{1,15}$/, rule), v.transform(Number), ...range),
    ],
    rule,
  )
}

/** A number as it was written, so that `8.0` arrives as `8.0`. */
export const number = v.union([v.number(), v.instance(SourceNumber)], 'must be a number')

export const flag = v.union(
  [
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', 'True', 'False']),
      v.transform((text) => text.toLowerCase() === 'true'),
    ),
  ],
  'must be true or false',
)

const EMPTY = 'must not be empty'

export const text = v.pipe(v.string('must be a string'), v.nonEmpty(EMPTY))

/** Any JSON value; the schema does not check its content. */
export const map = v.record(v.string(), v.unknown(), 'must be a map')

/**
 * Describes a schema's issues: the path, what is wrong and what would be right. It omits the values, which may be
 * secrets. `schema` provides the names that an unknown property may be a misspelling of.
 */
export function problemsOf(
  issues: readonly v.BaseIssue<unknown>[],
  schema?: v.GenericSchema<unknown, unknown>,
): PropertyProblem[] {
  const all = issues.map((issue) => describe(issue, schema))
  const empty = new Set(all.filter(({ problem }) => problem === EMPTY).map(({ path }) => path))
  // Further problems of an empty text add nothing.
  const problems = all.filter(({ path, problem }) => problem === EMPTY || !empty.has(path))
  return [...new Map(problems.map((found) => [`${found.path} ${found.problem}`, found])).values()]
}

/** The properties that a schema names, at every depth at which it is an object. */
export function knownProperties(
  properties: JsonObject,
  schema: v.GenericSchema<unknown, unknown>,
): JsonObject {
  return pick(properties, schema)
}

function pick(properties: JsonObject, schema: unknown): JsonObject {
  const entries = entriesOf(unwrap(schema)) ?? {}
  const picked: Record<string, JsonObject[string]> = {}
  for (const [name, entry] of Object.entries(entries)) {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (value === undefined) continue
    const isNested = entriesOf(unwrap(entry)) !== undefined && isJsonObject(value)
    picked[name] = isNested ? pick(value, entry) : value
  }
  return picked
}

function describe(
  issue: v.BaseIssue<unknown>,
  schema: v.GenericSchema<unknown, unknown> | undefined,
): PropertyProblem {
  const keys = (issue.path ?? []).map((item) => item.key)
  const misread = (issue.path ?? []).findIndex(isReadAsMap)
  if (misread !== -1) return noMap(keys.slice(0, misread), issue.path?.[misread]?.input)
  const path = pathOf(keys)
  if (issue.expected === 'never') {
    const name = nameOf(keys.at(-1))
    const known = Object.keys(entriesAt(schema, keys.slice(0, -1)) ?? {})
    const near = nearest(name, known)
    const meant = near === undefined ? namesWithSameBeginning(name, known) : [near]
    const hint = meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`
    return { path, problem: `is not a known property${hint}` }
  }
  if (issue.received === 'undefined') {
    const entry = entriesAt(schema, keys.slice(0, -1))?.[nameOf(keys.at(-1))]
    return { path, problem: `is missing; it ${ruleOfMissing(issue, entry)}` }
  }
  const rule = ruleOf(issue)
  return { path, problem: `${rule}${kindOf(issue, rule)}` }
}

/** To valibot each object is a map, so also a `SourceNumber` and a list: an issue then names what is inside of it. */
function isReadAsMap({ type, input }: v.IssuePathItem): boolean {
  return type === 'object' && (input instanceof SourceNumber || Array.isArray(input))
}

/** The problem with a value that is read as a map and is none. */
export function noMap(keys: readonly unknown[], given: unknown): PropertyProblem {
  return {
    path: pathOf(keys),
    problem: `must be a map, but is ${Array.isArray(given) ? 'a list' : 'a number'}`,
  }
}

/** For a missing key, the map's issue does not say what would be right; the key's own schema does. */
function ruleOfMissing(issue: v.BaseIssue<unknown>, entry: unknown): string {
  const [own] = isSchema(entry) ? (v.safeParse(entry, undefined).issues ?? []) : []
  return ruleOf(own ?? issue)
}

export function isSchema(value: unknown): value is v.GenericSchema<unknown, unknown> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'
}

/** Our own messages say what would be right; valibot's messages quote the value, which may be a secret. */
function ruleOf(issue: v.BaseIssue<unknown>): string {
  const isOwn = issue.message.startsWith('must ')
  if (isOwn) return issue.message
  switch (issue.type) {
    case 'strict_object':
    case 'object':
    case 'record':
      return 'must be a map'
    case 'array':
      return 'must be a list'
    case 'picklist':
    case 'literal':
      return `must be one of ${(issue.expected ?? '').replaceAll(/[()"]/g, '').replaceAll(' | ', ', ')}`
    default:
      return `must be ${(issue.expected ?? 'something else').replaceAll(/[()]/g, '').replaceAll(' | ', ' or ')}`
  }
}

function kindOf({ input, type, kind }: v.BaseIssue<unknown>, rule: string): string {
  // The type is right, but the value is not.
  if (kind === 'validation') return ''
  if (type === 'picklist' && typeof input === 'string') return ''
  if (input === null) return ', but is null'
  if (Array.isArray(input)) return ', but is a list'
  if (input instanceof SourceNumber) return rule.includes('number') ? '' : ', but is a number'
  switch (typeof input) {
    case 'object':
      return ', but is a map'
    case 'string':
      return ''
    case 'undefined':
      return ''
    default:
      return rule.includes('number') && typeof input === 'number' ? '' : `, but is a ${typeof input}`
  }
}

function nameOf(key: unknown): string {
  return typeof key === 'string' || typeof key === 'number' ? String(key) : ''
}

/** A longer name is not a property's, and would leave no room for the rest of the reason. */
const LONGEST_NAME = 100

function shortNameOf(key: unknown): string {
  const name = nameOf(key)
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`
}

/** A path such as `Stack.Tags[0].Key`. Long names are shortened. */
export function pathOf(keys: readonly unknown[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${String(key)}]`
    return path === '' ? shortNameOf(key) : `${path}.${shortNameOf(key)}`
  }, '')
}

/** The property names of a schema at a path; empty where it has no fixed names there. */
function entriesAt(schema: unknown, keys: readonly unknown[]): Record<string, unknown> | undefined {
  const entries = entriesOf(unwrap(schema))
  const [first, ...rest] = keys
  return first === undefined || entries === undefined ? entries : entriesAt(entries[nameOf(first)], rest)
}

/** The schema inside of `optional`, `nullish` and pipes. */
export function unwrap(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if ('wrapped' in schema) return unwrap(schema.wrapped)
  if ('pipe' in schema && Array.isArray(schema.pipe)) {
    const pipe: readonly unknown[] = schema.pipe
    const [first] = pipe
    return first === schema ? schema : unwrapPipe(first)
  }
  return schema
}

function unwrapPipe(schema: unknown): unknown {
  return typeof schema === 'object' && schema !== null && 'wrapped' in schema
    ? unwrap(schema.wrapped)
    : schema
}

/** The schemas of an object's properties by name; `undefined` for a schema of anything else. */
export function entriesOf(schema: unknown): Record<string, unknown> | undefined {
  if (typeof schema !== 'object' || schema === null || !('entries' in schema)) return undefined
  const { entries } = schema
  return typeof entries === 'object' && entries !== null ? { ...entries } : undefined
}
