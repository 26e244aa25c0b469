/** A value that JSON can carry, as `JSON.parse` returns it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [key: string]: JsonValue
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export type ParsedJson =
  | { readonly ok: true; readonly value: JsonValue }
  /** `texts`: the top-level strings of an object that is nested too deeply. */
  | { readonly ok: false; readonly problem: string; readonly texts?: JsonObject }

/** Parses JSON from UTF-8 bytes, with or without a byte order mark. Never throws. `problem` quotes nothing of the text. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { ok: false, problem: 'is not valid UTF-8' }
    throw error
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The parser's message quotes the text, which may hold a secret.
    if (error instanceof SyntaxError) return { ok: false, problem: 'is not valid JSON' }
    throw error
  }
  return isJsonValue(value)
    ? { ok: true, value }
    : { ok: false, problem: 'is nested too deeply', texts: textsOf(value) }
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

export function isJsonValue(value: unknown, depth = 0): value is JsonValue {
  if (depth > DEEPEST) return false
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every((item) => isJsonValue(item, depth + 1))
  return typeof value === 'object' && Object.values(value).every((item) => isJsonValue(item, depth + 1))
}

/** Like `Array.isArray`, whose type guard loses the element type of a read-only array. */
export function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** A string unchanged, any other value as JSON. */
export function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
