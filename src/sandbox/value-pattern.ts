import { ownValue } from '../platform/own-value.ts'
import { createHash } from 'node:crypto'
import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'

/**
 * The form of a value that an embedded cloud makes up: a text with placeholders in braces, or a list or map of such texts.
 * `{hex:17}`, `{digits:12}`, `{lower:12}` (a-z0-9) and `{upper:12}` (A-Z0-9) are so many characters, `{octet}` a number from
 * 1 to 254, `{uuid}` a UUID. They are the same wherever they stand in one resource, unless a third part tells them apart:
 * `{hex:17:acl}`. `{$Name}` is the property `Name` of the resource, and `{$Name|text}` the text where there is no such
 * property. Any other name is one of the scope.
 */
export type ValuePattern = JsonValue

export interface PatternScope {
  /** Values made from another seed are others. */
  readonly seed: string
  readonly properties: JsonObject
  readonly names: Readonly<Record<string, JsonValue>>
}

/** The text after the bar may hold placeholders, but no second bar. */
const PLACEHOLDER = /\{(\$?)([^{}|]+)(?:\|((?:[^{}]|\{[^{}|]*\})*))?\}/g

/** Throws `TypeError` for a name that the scope does not have. */
export function fill(pattern: ValuePattern, scope: PatternScope): JsonValue {
  if (isJsonList(pattern)) return pattern.map((item: JsonValue) => fill(item, scope))
  if (isJsonObject(pattern))
    return Object.fromEntries(
      Object.entries(pattern).map(([key, item]) => [asText(fill(key, scope)), fill(item, scope)]),
    )
  if (typeof pattern !== 'string') return pattern
  const [first] = pattern.matchAll(PLACEHOLDER)
  // A placeholder alone keeps the type of its value.
  if (first?.[0] === pattern) return valueOf(first[1] ?? '', first[2] ?? '', first[3], scope)
  return pattern.replaceAll(PLACEHOLDER, (_, sign: string, name: string, fallback: string | undefined) =>
    asText(valueOf(sign, name, fallback, scope)),
  )
}

function valueOf(sign: string, name: string, fallback: string | undefined, scope: PatternScope): JsonValue {
  if (sign === '$') return ownValue(scope.properties, name) ?? fill(fallback ?? '', scope)
  const value = Object.hasOwn(scope.names, name) ? scope.names[name] : madeUp(name, scope.seed)
  if (value === undefined) throw new TypeError(`The placeholder ${name} has no value.`)
  return value
}

const ALPHABETS: Readonly<Record<string, string>> = {
  hex: '0123456789abcdef',
  digits: '0123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
}

function madeUp(placeholder: string, seed: string): string | undefined {
  const [kind = '', count = ''] = placeholder.split(':')
  const source = `${seed}\n${placeholder}`
  if (kind === 'octet') return String(1 + ((bytesOf(source, 1)[0] ?? 0) % 254))
  if (kind === 'uuid') return uuidOf(characters('0123456789abcdef', 32, source))
  const alphabet = ALPHABETS[kind]
  return alphabet === undefined ? undefined : characters(alphabet, Number(count), source)
}

/** Of version 4: its digits have no meaning. https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
function uuidOf(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
  return [...parts, hex.slice(20)].join('-')
}

/** `count` characters of an alphabet, the same for the same source. */
export function characters(alphabet: string, count: number, source: string): string {
  return [...bytesOf(source, count)].map((byte) => alphabet[byte % alphabet.length] ?? '').join('')
}

function bytesOf(source: string, count: number): Buffer {
  const digest = (block: number) =>
    createHash('sha256')
      .update(`${source}\n${String(block)}`)
      .digest()
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) => digest(block))
  return Buffer.concat(blocks).subarray(0, count)
}
