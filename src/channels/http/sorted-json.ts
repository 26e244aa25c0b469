import { isUtf8 } from 'node:buffer'
import { decodeString, indexObjects, type IndexedMember, type JsonIndex } from './json-index.ts'
import {
  CLOSING_BRACKET,
  COMMA,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  skipScalar,
  skipSpace,
  skipString,
} from './json-scan.ts'

export interface SortedJsonOptions {
  readonly spacing: 'spaced' | 'compact'
  /** The member of the outermost object to omit. */
  readonly without: string
  /** Receives the text, all ASCII, piece by piece. The memory of a piece is reused after the call. */
  readonly write: (piece: Uint8Array) => void
}

/**
 * Writes a JSON object in the form of Python's `json.dumps(value, sort_keys=True)`: keys sorted by code points, only ASCII.
 * Numbers are copied from the text, since a double cannot represent all of them. Takes linear time. Throws `SyntaxError` if
 * `indexObjects` does, and for a string or literal that is not JSON.
 */
export function writeSortedJson(bytes: Uint8Array, options: SortedJsonOptions): void {
  if (!isUtf8(bytes)) throw new SyntaxError('is not valid UTF-8')
  const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  new SortedWriter(json, indexObjects(json), options).write()
}

const ignore = (): void => undefined

const PIECE_BYTES = 65_536
/** The longest text that is added to a piece at once is an escape. */
const ESCAPE_BYTES = 6
const HEX = '0123456789abcdef'
const SHORT_ESCAPES = new Map([
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
])
const LITERALS = ['true', 'false', 'null']
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** No number of a template is longer. */
const LONGEST_SCALAR = 1024

class SortedWriter {
  readonly #json: Buffer
  readonly #index: JsonIndex
  readonly #options: SortedJsonOptions
  readonly #comma: string
  readonly #colon: string
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  #filled = 0
  #checker: SortedWriter | undefined

  constructor(json: Buffer, index: JsonIndex, options: SortedJsonOptions) {
    this.#json = json
    this.#index = index
    this.#options = options
    const isSpaced = options.spacing === 'spaced'
    this.#comma = isSpaced ? ', ' : ','
    this.#colon = isSpaced ? ': ' : ':'
  }

  write(): void {
    this.#object(this.#index.root, this.#options.without)
    this.#flush()
  }

  /** This method and those below write the value that begins at a position, and return the position after it. */
  #value(at: number): number {
    switch (this.#json[at]) {
      case OPENING_BRACE:
        return this.#object(at)
      case OPENING_BRACKET:
        return this.#array(at)
      case QUOTE:
        return this.#string(at)
      default:
        return this.#scalar(at)
    }
  }

  #object(at: number, without?: string): number {
    const object = this.#index.objects.get(at)
    if (object === undefined) throw new TypeError('An object is missing in the index')
    let separator = '{'
    for (const member of object.replaced) this.#check(member)
    for (const member of object.members) {
      if (member.key === without) {
        this.#check(member)
        continue
      }
      this.#ascii(separator)
      separator = this.#comma
      this.#string(member.at)
      this.#ascii(this.#colon)
      this.#value(member.value)
    }
    this.#ascii(separator === '{' ? '{}' : '}')
    return object.end
  }

  /** A member that is not written must be valid JSON, too: the parser of the body would refuse it later. */
  #check({ at, value }: IndexedMember): void {
    const isChecker = this.#options.write === ignore
    const checker = isChecker
      ? this
      : (this.#checker ??= new SortedWriter(this.#json, this.#index, { ...this.#options, write: ignore }))
    checker.#string(at)
    checker.#value(value)
  }

  #array(at: number): number {
    let separator = '['
    let next = skipSpace(this.#json, at + 1)
    while (this.#json[next] !== CLOSING_BRACKET) {
      this.#ascii(separator)
      separator = this.#comma
      next = skipSpace(this.#json, this.#value(next))
      if (this.#json[next] === COMMA) next = skipSpace(this.#json, next + 1)
    }
    this.#ascii(separator === '[' ? '[]' : ']')
    return next + 1
  }

  #scalar(at: number): number {
    const end = skipScalar(this.#json, at)
    if (end - at > LONGEST_SCALAR) throw new SyntaxError('has too long a number')
    if (!this.#isDigits(at, end)) {
      const text = this.#json.toString('latin1', at, end)
      if (!LITERALS.includes(text) && !NUMBER.test(text)) throw new SyntaxError('is not valid JSON')
    }
    this.#copy(at, end)
    return end
  }

  #isDigits(at: number, end: number): boolean {
    for (let next = at; next < end; next += 1) {
      const byte = this.#json[next] ?? 0
      if (byte < 0x31 || byte > 0x39) return false
    }
    return end > at
  }

  #string(at: number): number {
    const end = skipString(this.#json, at)
    if (this.#isPlain(at + 1, end - 1)) {
      this.#copy(at, end)
      return end
    }
    const text = decodeString(this.#json, at, end)
    this.#ascii('"')
    for (let next = 0; next < text.length; next += 1) this.#unit(text.charCodeAt(next))
    this.#ascii('"')
    return end
  }

  /** Whether a string can be copied: printable ASCII without an escape. */
  #isPlain(at: number, end: number): boolean {
    for (let next = at; next < end; next += 1) {
      const byte = this.#json[next] ?? 0
      if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return false
    }
    return end >= at && this.#json[end] === QUOTE
  }

  #unit(unit: number): void {
    const escape = SHORT_ESCAPES.get(unit)
    if (escape !== undefined) {
      this.#ascii(escape)
      return
    }
    if (this.#filled + ESCAPE_BYTES > PIECE_BYTES) this.#flush()
    if (unit >= 0x20 && unit <= 0x7e) {
      this.#piece[this.#filled++] = unit
      return
    }
    this.#piece[this.#filled++] = 0x5c
    this.#piece[this.#filled++] = 0x75
    for (const shift of [12, 8, 4, 0]) this.#piece[this.#filled++] = HEX.charCodeAt((unit >> shift) & 0xf)
  }

  #ascii(text: string): void {
    if (this.#filled + text.length > PIECE_BYTES) this.#flush()
    for (let next = 0; next < text.length; next += 1) this.#piece[this.#filled++] = text.charCodeAt(next)
  }

  #copy(at: number, end: number): void {
    if (end - at > PIECE_BYTES) {
      this.#flush()
      this.#options.write(this.#json.subarray(at, end))
      return
    }
    if (this.#filled + end - at > PIECE_BYTES) this.#flush()
    for (let next = at; next < end; next += 1) this.#piece[this.#filled++] = this.#json[next] ?? 0
  }

  #flush(): void {
    this.#options.write(this.#piece.subarray(0, this.#filled))
    this.#filled = 0
  }
}
