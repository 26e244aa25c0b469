/** Positions in the bytes of a JSON text, to read parts of it without copying it. */

export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPENING_BRACKET = 0x5b
export const CLOSING_BRACKET = 0x5d
export const OPENING_BRACE = 0x7b
export const CLOSING_BRACE = 0x7d
export const BACKSLASH = 0x5c

/** The position after a byte order mark; 0 if there is none. */
export function startOf(json: Uint8Array): number {
  return json[0] === 0xef && json[1] === 0xbb && json[2] === 0xbf ? 3 : 0
}

/** The first position at or after `at` that holds no white space. */
export function skipSpace(json: Uint8Array, at: number): number {
  let next = at
  while (isSpace(json[next])) next += 1
  return next
}

/** The position after the string that begins at `at`; the end of the text if the string does not end. */
export function skipString(json: Uint8Array, at: number): number {
  let next = at + 1
  while (next < json.length && json[next] !== QUOTE) next += json[next] === BACKSLASH ? 2 : 1
  return Math.min(next + 1, json.length)
}

/** The position after the value that begins at `at`, even if the value itself is not valid JSON. */
export function skipValue(json: Uint8Array, at: number): number {
  let depth = 0
  let next = at
  while (next < json.length) {
    const byte = json[next]
    if (byte === QUOTE) {
      next = skipString(json, next)
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      depth += 1
      next += 1
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      if (depth === 0) return next
      depth -= 1
      next += 1
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) {
      return next
    } else {
      next += 1
      continue
    }
    if (depth === 0) return next
  }
  return next
}

/** The position after the number or literal that begins at `at`. */
export function skipScalar(json: Uint8Array, at: number): number {
  let next = at
  while (next < json.length && !endsScalar(json[next])) next += 1
  return next
}

function endsScalar(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSING_BRACKET || byte === CLOSING_BRACE || isSpace(byte)
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
