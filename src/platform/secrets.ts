import { SourceNumber, type JsonValue } from './json.ts'
import { SHORTEST_SECRET } from './secret-forms.ts'
import { SecretIndex } from './secret-index.ts'
import type { Span } from './secret-matcher.ts'
import { isSecretName } from './secret-names.ts'
import { secretsIn } from './secret-search.ts'
import { secretsInResponseUrl, secretsInSignedUrl } from './secret-urls.ts'
import { scalarsOf } from './text-tree.ts'
import { textViews } from './text-views.ts'
import { scanYaml } from './yaml-scan.ts'

const MASK = '[secret]'
/** Replaces each text if there are too many secrets to search for. */
const WITHHELD = '[withheld: the event holds more secrets than can be masked]'
const DEEPEST = 12
/** Where line breaks were removed from a text, its words touch: a shorter occurrence may be by chance. */
const SHORTEST_IN_JOINED_LINES = 8
/** Characters of a text that are masked; the rest is left out, since nobody reads it and decoding it takes time. */
const LONGEST_TEXT = 64 * 1024
/** Characters after the shown part that are searched, so that a secret which begins in the shown part is found. */
const MOST_BEYOND_A_CUT = 16 * 1024
/** Clouds show this in place of a hidden value. */
const HIDDEN_VALUE = /^\*+$/

/**
 * The values that must not appear in a log, a reason or a stored payload; each event has its own collection. Masking
 * searches for the values, so it works wherever a text comes from.
 */
export class Secrets {
  readonly #values = new Set<string>()
  /**
   * Built when a text is masked, and discarded when a secret is added. It is many times larger than the values, so the
   * garbage collector may free it while the operation waits.
   */
  #index: WeakRef<SecretIndex> | undefined
  #isOverfull = false

  add(value: string): void {
    if (value.length < SHORTEST_SECRET || this.#values.has(value) || HIDDEN_VALUE.test(value)) return
    this.#values.add(value)
    this.#index = undefined
  }

  /** Adds the value of a hidden parameter. A message may quote a part of it: an item of a list, a value in JSON. */
  addHidden(value: string): void {
    this.add(value)
    for (const part of partsOf(value)) this.add(part)
  }

  /** Adds a signed URL and its signature parameters: an error message may quote only the signature. */
  addUrl(url: string): void {
    for (const value of secretsInSignedUrl(url)) this.add(value)
  }

  /** Adds ROS's ResponseURL with all parts that could be its proof. `ids`: of the event, which stay readable. */
  addResponseUrl(url: string, ids: readonly string[]): void {
    for (const value of secretsInResponseUrl(url, ids)) this.add(value)
  }

  /** How many there are: none is ever removed. */
  get count(): number {
    return this.#values.size
  }

  /** For the continuation of the same event, which is encrypted. Must not be written anywhere else. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  /**
   * Adds the values in the properties that have secret names or look like secrets, also within texts such as templates and
   * scripts. docs/security.md says which.
   */
  addFrom(properties: JsonValue, name = ''): void {
    for (const value of secretsIn(properties, isSecretName(name))) this.add(value)
  }

  /**
   * `text` with each secret replaced, also where it is percent-encoded, escaped with backslashes or entities, in base64,
   * hexadecimal digits or quoted-printable, or broken over lines, and a long one in capital or small letters. Of a very long text only the beginning. Takes linear time once the matcher is built.
   */
  mask(text: string): string {
    if (text.length <= LONGEST_TEXT) return this.#maskText(text, text.length)
    return `${this.#maskText(text, LONGEST_TEXT)}… [${String(text.length - LONGEST_TEXT)} more characters]`
  }

  /**
   * The first `length` characters of `text`, masked. They hold no secret, and no part of one that is cut at their end.
   */
  maskBeginning(text: string, length: number): string {
    return this.#maskText(text, Math.min(length, LONGEST_TEXT))
  }

  #maskText(text: string, length: number): string {
    const shown = text.slice(0, length)
    if (this.#values.size === 0 || shown.length < SHORTEST_SECRET) return shown
    const index = this.#currentIndex()
    if (index === undefined) return WITHHELD
    const spans = spansOf(text.slice(0, length + MOST_BEYOND_A_CUT), index)
    // Whether a secret follows is not known from a text that was cut before.
    if (text.length > length) for (const span of spansOf(shown, index, SHORTEST_SECRET)) spans.push(span)
    let masked = ''
    let from = 0
    for (const { start, end } of merged(spans)) {
      if (start >= length) break
      masked += text.slice(from, start) + MASK
      from = Math.min(end, length)
    }
    return from === 0 ? shown : masked + text.slice(from, length)
  }

  #currentIndex(): SecretIndex | undefined {
    // Secrets are never removed, so this cannot change.
    if (this.#isOverfull) return undefined
    const known = this.#index?.deref()
    if (known !== undefined) return known
    const made = SecretIndex.of(this.#values)
    this.#isOverfull = made === undefined
    this.#index = made === undefined ? undefined : new WeakRef(made)
    return made
  }

  /** A copy of `value` as plain data with each string masked. An error becomes its type, message, code, stack and cause. */
  maskDeep(value: unknown): unknown {
    return this.#maskValue(value, 0, new Set())
  }

  #maskValue(value: unknown, depth: number, above: ReadonlySet<unknown>): unknown {
    if (typeof value === 'string') return this.mask(value)
    if (typeof value === 'bigint' || typeof value === 'symbol') return this.mask(String(value))
    if (value instanceof SourceNumber) return this.mask(value.text)
    if (typeof value === 'number' || typeof value === 'boolean') {
      const text = String(value)
      const masked = this.mask(text)
      return masked === text ? value : masked
    }
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
    if (depth > DEEPEST || above.has(value)) return '[deep]'
    const path = new Set([...above, value])
    if (value instanceof Error) return this.#maskError(value, depth, path)
    if (value instanceof Date) return this.mask(value.toISOString())
    if (ArrayBuffer.isView(value)) return '[binary]'
    if (Array.isArray(value)) return value.map((item) => this.#maskValue(item, depth + 1, path))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.mask(key), this.#maskValue(item, depth + 1, path)]),
    )
  }

  /** Copies only these fields, since clients attach whole requests and answers to their errors. */
  #maskError(error: Error, depth: number, path: ReadonlySet<unknown>): Record<string, unknown> {
    return {
      type: this.mask(error.name),
      message: this.mask(error.message),
      ...('code' in error && typeof error.code === 'string' ? { code: this.mask(error.code) } : {}),
      ...(error.stack === undefined ? {} : { stack: this.mask(error.stack) }),
      ...(error.cause === undefined ? {} : { cause: this.#maskValue(error.cause, depth + 1, path) }),
    }
  }
}

const SHORTEST_PART = 6

function partsOf(value: string): string[] {
  const isFlow = /^\s{0,64}[[{]/.test(value)
  const parts = isFlow ? scalarsOf(scanYaml(value).tree) : value.includes(',') ? value.split(',') : []
  return parts.map((part) => part.trim()).filter((part) => part.length >= SHORTEST_PART)
}

/**
 * The parts of `text` that are secrets in any spelling. `cut`: how many characters of a secret at the end of `text`
 * count as one.
 */
function spansOf(text: string, index: SecretIndex, cut?: number): Span[] {
  const spans: Span[] = []
  for (const { units, starts, ends, isJoined } of textViews(text)) {
    const shortest = isJoined ? SHORTEST_IN_JOINED_LINES : 0
    for (const { start, end } of index.spansIn(units, { shortest, cut }))
      spans.push({
        start: starts[start] ?? 0,
        // The rest of an escape that was cut is masked with the secret before it.
        end: cut !== undefined && end === units.length ? text.length : (ends[end - 1] ?? 0),
      })
  }
  return spans
}

/** The spans in order, with overlapping ones joined. */
function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = []
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const last = all.at(-1)
    if (last === undefined || last.end <= span.start) all.push(span)
    else if (span.end > last.end) all[all.length - 1] = { start: last.start, end: span.end }
  }
  return all
}
