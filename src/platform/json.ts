import { hasInexactNumber, parseWithSourceNumbers, quoteConstants, SourceNumber } from './source-number.ts'

export { SourceNumber } from './source-number.ts'

/** A value that JSON can carry, as `parseJson` returns it. */
export type JsonValue = string | number | SourceNumber | boolean | null | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Whether a value is a map. A list and a `SourceNumber` are none. */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SourceNumber)
  )
}

export type ParsedJson =
  | { readonly ok: true; readonly value: JsonValue }
  /** `texts`: the top-level strings of an object that is nested too deeply. */
  | { readonly ok: false; readonly problem: string; readonly texts?: JsonObject }

/**
 * Parses JSON from UTF-8 bytes, with or without a byte order mark. A number that a double would change becomes a
 * `SourceNumber`. Never throws. `problem` quotes nothing of the text.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  const decoded = decode(bytes)
  return decoded.ok ? parseText(decoded.text) : decoded
}

/** The same for a cloud's answer, in which Python may have written `NaN`, `Infinity` or `-Infinity`: they become texts. */
export function parseAnswer(bytes: Uint8Array): ParsedJson {
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  const parsed = parseText(decoded.text)
  return parsed.ok ? parsed : parseText(quoteConstants(decoded.text))
}

type Decoded = { readonly ok: true; readonly text: string } | Extract<ParsedJson, { ok: false }>

function decode(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { ok: false, problem: 'is not valid UTF-8' }
    throw error
  }
}

function parseText(text: string): ParsedJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The parser's message quotes the text, which may hold a secret.
    if (error instanceof SyntaxError) return { ok: false, problem: 'is not valid JSON' }
    throw error
  }
  if (!isJsonValue(value)) return { ok: false, problem: 'is nested too deeply', texts: textsOf(value) }
  const exact = hasInexactNumber(text) ? parseWithSourceNumbers(text) : value
  return { ok: true, value: isJsonValue(exact) ? exact : value }
}

/**
 * Writes plain data as JSON, each `SourceNumber` as it was written. Use it instead of `JSON.stringify` for all that may hold
 * values of an event or of a cloud. Omits fields that are undefined.
 */
export function writeJson(value: unknown): string {
  return holdsSourceNumber(value) ? written(value) : JSON.stringify(value)
}

function holdsSourceNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return value instanceof SourceNumber || Object.values(value).some(holdsSourceNumber)
}

function written(value: unknown): string {
  if (value instanceof SourceNumber) return value.text
  if (Array.isArray(value)) return `[${value.map((item: unknown) => written(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${written(field)}`).join(',')}}`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function textsOf(value: unknown): JsonObject {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'))
}

/** Deeper nesting could overflow the call stack of recursive code. */
const DEEPEST = 200

/** Whether a value is one that JSON can carry, nested no deeper than `parseJson` accepts. */
export function isJsonValue(value: unknown, depth = 0): value is JsonValue {
  if (depth > DEEPEST) return false
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (value instanceof SourceNumber) return true
  if (Array.isArray(value)) return value.every((item) => isJsonValue(item, depth + 1))
  return typeof value === 'object' && Object.values(value).every((item) => isJsonValue(item, depth + 1))
}

/** Like `Array.isArray`, whose type guard loses the element type of a read-only array. */
export function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** A string unchanged, any other value as JSON. */
export function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}
