/**
 * A number of a JSON text that a double would change: its digits, its zeros (`8.0`) or its form (`1e3`). It keeps the text
 * in which it was written. Node 20 has neither `JSON.rawJSON` nor the source text in `JSON.parse`'s reviver.
 */
export class SourceNumber {
  /** As JSON spells numbers: https://www.rfc-editor.org/rfc/rfc8259#section-6 */
  readonly text: string

  constructor(text: string) {
    if (!JSON_NUMBER.test(text)) throw new TypeError('A SourceNumber must be written as JSON spells numbers')
    this.text = text
  }

  toString(): string {
    return this.text
  }

  /** Only `writeJson` writes the number; `JSON.stringify` writes its text, so that it loses nothing. */
  toJSON(): string {
    return this.text
  }
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The number that `text` spells, with its source text where JSON spells it so and a double would change it. */
export function numberFrom(text: string): number | SourceNumber {
  return JSON_NUMBER.test(text) && !isExact(text) ? new SourceNumber(text) : Number(text)
}

/** Digits that a double holds whatever they are. */
const EXACT_DIGITS = 15

function isExact(text: string): boolean {
  if (text.length <= EXACT_DIGITS && /^(?:-?[1-9]\d*|0)$/.test(text)) return true
  return String(Number(text)) === text
}

/** Parses a text that `JSON.parse` has accepted, and whose depth is bounded. Keeps the source text of its numbers. */
export function parseWithSourceNumbers(text: string): unknown {
  return new Reader(text).value()
}

/** Whether a text that `JSON.parse` accepts has a number that a double would change. */
export function hasInexactNumber(text: string): boolean {
  const next = /["\d-]/g
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const end = found[0] === '"' ? endOfString(text, found.index) : endOfNumber(text, found.index)
    if (found[0] !== '"' && !isExact(text.slice(found.index, end))) return true
    next.lastIndex = end
  }
  return false
}

/** What Python's `json` writes where JSON has no number: https://docs.python.org/3/library/json.html#infinite-and-nan-number-values */
const CONSTANT_OR_STRING = /"|NaN|-?Infinity/g

/** The text with each `NaN` and infinity in quotes. */
export function quoteConstants(text: string): string {
  const next = new RegExp(CONSTANT_OR_STRING)
  let quoted = ''
  let from = 0
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (found[0] === '"') next.lastIndex = endOfString(text, found.index)
    else {
      quoted += `${text.slice(from, found.index)}"${found[0]}"`
      from = next.lastIndex
    }
  }
  return quoted + text.slice(from)
}

function endOfString(text: string, start: number): number {
  const next = /["\\]/g
  next.lastIndex = start + 1
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (found[0] === '"') return next.lastIndex
    next.lastIndex += 1
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  const behind = /[^\d.eE+-]/g
  behind.lastIndex = start
  return behind.exec(text)?.index ?? text.length
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): unknown {
    switch (this.#next()) {
      case '{':
        return this.#object()
      case '[':
        return this.#list()
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return numberFrom(this.#take(endOfNumber(this.#text, this.#at)))
    }
  }

  #object(): unknown {
    const entries: [string, unknown][] = []
    this.#at += 1
    while (this.#next() !== '}') {
      const name = this.#string()
      this.#skip(':')
      entries.push([name, this.value()])
      this.#skip(',')
    }
    this.#at += 1
    return Object.fromEntries(entries)
  }

  #list(): unknown {
    const items: unknown[] = []
    this.#at += 1
    while (this.#next() !== ']') {
      items.push(this.value())
      this.#skip(',')
    }
    this.#at += 1
    return items
  }

  #string(): string {
    return String(JSON.parse(this.#take(endOfString(this.#text, this.#at))))
  }

  #word<Value>(word: string, value: Value): Value {
    this.#at += word.length
    return value
  }

  #take(end: number): string {
    const taken = this.#text.slice(this.#at, end)
    this.#at = end
    return taken
  }

  #skip(sign: string): void {
    if (this.#next() === sign) this.#at += 1
  }

  /** The next character that is not white space; it is not taken. */
  #next(): string {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1
    return this.#text.charAt(this.#at)
  }
}
