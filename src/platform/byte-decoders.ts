import { hexDigit, type Decoder } from './escape-decoders.ts'
import { GAP, ViewBuilder, type TextView } from './text-view.ts'

const [SPACE, TAB, LF, CR] = [32, 9, 10, 13]
const [ZERO, HYPHEN, UNDERSCORE, LOWER_X] = [0x30, 0x2d, 0x5f, 0x78]
const SEPARATORS: ReadonlySet<number> = new Set(Array.from(' ,:;-\t\n\r', (sign) => sign.charCodeAt(0)))
/** The value of each character of base64, in both alphabets; 64 for white space, 65 for what ends an encoded text. */
const SEXTETS = new Uint8Array(128).fill(65)
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
for (const alphabet of [`${LETTERS}+/`, `${LETTERS}-_`])
  for (let value = 0; value < alphabet.length; value += 1) SEXTETS[alphabet.charCodeAt(value)] = value
for (const blank of [SPACE, TAB, LF, CR]) SEXTETS[blank] = 64

/** What four base64 characters give at most: an encoded text may begin anywhere among other characters of the alphabet. */
export const BASE64_DECODERS: readonly Decoder[] = [0, 1, 2, 3].map((skipped) => (source) => {
  const { units } = source
  const builder = new ViewBuilder(source)
  // The characters of the group that is being read; -1 where one is skipped.
  let [bits, count, from, skip] = [0, 0, 0, skipped]
  for (let at = 0; at < units.length; at += 1) {
    const sextet = SEXTETS[units[at] ?? 0] ?? 65
    if (sextet === 64) continue
    if (sextet === 65) {
      builder.putGap(at)
      count = 0
      skip = skipped
      continue
    }
    if (skip > 0) {
      skip -= 1
      continue
    }
    bits = ((bits << 6) | sextet) & 0xfff
    if (count > 0) putByte(builder, (bits >>> (6 - 2 * count)) & 255, from, at + 1)
    from = at
    count = (count + 1) % 4
  }
  return decoded(builder)
})

/** Pairs of hexadecimal digits, which may begin at an odd place. */
export const HEX_DECODERS: readonly Decoder[] = [0, 1].map((skipped) => (source) => {
  const { units } = source
  const builder = new ViewBuilder(source)
  let [high, from, skip] = [-1, 0, skipped]
  for (let at = 0; at < units.length; at += 1) {
    const digit = hexDigit(units[at])
    if (digit > 15) {
      builder.putGap(at)
      high = -1
      skip = skipped
    } else if (skip > 0) skip -= 1
    else if (high === -1) {
      high = digit
      from = at
    } else {
      putByte(builder, high * 16 + digit, from, at + 1)
      high = -1
    }
  }
  return decoded(builder)
})

interface ListedByte {
  readonly byte: number
  readonly from: number
  readonly to: number
}

/** Shorter lists are too short for a secret. */
const SHORTEST_LIST = 4
/** `, ` and a line break with a carriage return; more would be the indentation of another value. */
const LONGEST_BREAK = 16

/**
 * Bytes in a list, as programs print them: `68 75`, `68:75`, `0x68, 0x75`, `<Buffer 68 75>`, and in decimals `[104 117]`,
 * `{"data":[104,117]}`, or with a sign as in Java.
 */
export const LIST_DECODERS: readonly Decoder[] = [hexByteAt, decimalByteAt].map((byteAt) => (source) => {
  const { units } = source
  const builder = new ViewBuilder(source)
  let list: ListedByte[] = []
  const close = (at: number) => {
    if (list.length >= SHORTEST_LIST) {
      builder.putGap(at)
      for (const { byte, from, to } of list) putByte(builder, byte, from, to)
    }
    list = []
  }
  for (let at = 0; at < units.length;) {
    const last = list.at(-1)
    const isNext = last !== undefined && isBetween(units, last.to, at)
    const byte = byteAt(units, at, isNext)
    if (byte === undefined) {
      at += 1
      continue
    }
    if (!isNext) close(at)
    list.push(byte)
    at = byte.to
  }
  close(units.length - 1)
  return decoded(builder)
})

/** `isNext`: of a list that has begun. Only such a byte may touch what follows it: it could be the last one. */
function hexByteAt(units: Uint16Array, at: number, isNext: boolean): ListedByte | undefined {
  const isPrefixed = units[at] === ZERO && ((units[at + 1] ?? 0) | 32) === LOWER_X
  const start = isPrefixed ? at + 2 : at
  const [high, low] = [hexDigit(units[start]), hexDigit(units[start + 1])]
  if (high > 15) return undefined
  if (isPrefixed && !isWordUnit(units[start + 1])) return { byte: high, from: at, to: start + 1 }
  if (low > 15 || (!isNext && isWordUnit(units[start + 2]))) return undefined
  return { byte: high * 16 + low, from: at, to: start + 2 }
}

function decimalByteAt(units: Uint16Array, at: number, isNext: boolean): ListedByte | undefined {
  const isNegative = units[at] === HYPHEN
  let to = isNegative ? at + 1 : at
  let value = 0
  for (; to < at + 4 && isDecimal(units[to]); to += 1) value = value * 10 + (units[to] ?? 0) - ZERO
  if (to === (isNegative ? at + 1 : at) || value > 255) return undefined
  if (isWordUnit(units[to]) && (!isNext || isDecimal(units[to]))) return undefined
  return { byte: isNegative ? (256 - value) & 255 : value, from: at, to }
}

/** Whether only signs that separate the items of a list are there, and at least one. */
function isBetween(units: Uint16Array, from: number, to: number): boolean {
  if (to - from > LONGEST_BREAK || to === from) return false
  for (let at = from; at < to; at += 1) if (!SEPARATORS.has(units[at] ?? 0)) return false
  return true
}

function isDecimal(unit: number | undefined): boolean {
  return unit !== undefined && unit >= ZERO && unit <= ZERO + 9
}

function isWordUnit(unit: number | undefined): boolean {
  if (unit === undefined) return false
  const lower = unit | 32
  return isDecimal(unit) || (lower >= 97 && lower <= 122) || unit === UNDERSCORE
}

/** UTF-16, as PowerShell encodes it, has a zero byte beside each character of ASCII. */
function putByte(builder: ViewBuilder, byte: number, from: number, to: number): void {
  if (byte !== 0) builder.put(byte, from, to)
}

function decoded(builder: ViewBuilder): TextView | undefined {
  return builder.length === 0 ? undefined : builder.build()
}

const SHORTEST_TEXT = 6

/** The parts of decoded bytes that are text: printable ASCII and well-formed UTF-8. `undefined` if there are none. */
export function textIn(source: TextView): TextView | undefined {
  const { units } = source
  const builder = new ViewBuilder(source)
  for (let at = 0; at < units.length;) {
    const end = endOfText(units, at)
    if (end - at >= SHORTEST_TEXT) {
      builder.putGap(at)
      for (let index = at; index < end; index += 1) builder.put(units[index] ?? 0, index, index + 1)
    }
    at = Math.max(end, at + 1)
  }
  return decoded(builder)
}

function endOfText(units: Uint16Array, from: number): number {
  let at = from
  for (;;) {
    const unit = units[at] ?? GAP
    const length = unit < 128 ? 1 : bytesOf(unit)
    if (length === 0 || (unit < SPACE && unit !== TAB && unit !== LF && unit !== CR) || unit === 127)
      return at
    for (let next = at + 1; next < at + length; next += 1)
      if (((units[next] ?? 0) & 0xffc0) !== 0x80) return at
    at += length
  }
}

/** The length of the UTF-8 sequence that begins with the byte; 0 for a byte that begins none. */
function bytesOf(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2
  if (byte >= 0xe0 && byte <= 0xef) return 3
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0
}
