import { isJsonList, isJsonObject, SourceNumber, type JsonValue } from './json.ts'
import { formsOf, SHORTEST_SECRET } from './secret-forms.ts'
import { SecretMatcher } from './secret-matcher.ts'
import { isSecretName, secretsInSignedUrl, secretsInText } from './secret-search.ts'

const MASK = '[secret]'
/** Replaces each text if there are too many secrets to search for. */
const WITHHELD = '[withheld: the event holds more secrets than can be masked]'
const DEEPEST = 12
/** With more secrets, building a matcher is not attempted. */
const MOST_SECRETS = 2 ** 17
/** The estimated total length of a value's forms, relative to the value. */
const FORMS_LENGTH = 6

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
  #matcher: WeakRef<SecretMatcher> | undefined
  #characters = 0
  #isOverfull = false

  add(value: string): void {
    if (value.length < SHORTEST_SECRET || this.#values.has(value)) return
    this.#values.add(value)
    this.#characters += value.length
    this.#matcher = undefined
  }

  /** Adds a signed URL and its signature parameters: an error message may quote only the signature. */
  addUrl(url: string): void {
    for (const value of secretsInSignedUrl(url)) this.add(value)
  }

  /** For the continuation of the same event, which is encrypted. Must not be written anywhere else. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  /** Adds the values in the properties that have secret names or look like secrets, also within texts such as templates. */
  addFrom(properties: JsonValue, name = ''): void {
    this.#addFrom(properties, isSecretName(name))
  }

  #addFrom(value: JsonValue, isSecret: boolean): void {
    if (typeof value === 'string') {
      if (isSecret) this.add(value)
      for (const found of secretsInText(value)) this.add(found)
    } else if (typeof value === 'number' || value instanceof SourceNumber) {
      if (isSecret) this.add(String(value))
    } else if (isJsonList(value)) {
      for (const item of value) this.#addFrom(item, isSecret)
    } else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) this.#addFrom(item, isSecretName(key))
    }
  }

  /**
   * `text` with each secret replaced, also in its JSON, URL, HTML and base64 forms. Takes linear time once the matcher is
   * built.
   */
  mask(text: string): string {
    return this.#maskText(text)
  }

  /** The first `length` characters of `text`, masked: neither whole nor cut through does a secret stand in them. */
  maskBeginning(text: string, length: number): string {
    return text.length <= length
      ? this.#maskText(text)
      : this.#maskText(text.slice(0, length), { shortest: SHORTEST_SECRET })
  }

  #maskText(text: string, cut?: { readonly shortest: number }): string {
    if (this.#values.size === 0 || text.length < SHORTEST_SECRET) return text
    const matcher = this.#currentMatcher()
    if (matcher === undefined) return WITHHELD
    let masked = ''
    let from = 0
    for (const { start, end } of matcher.spansIn(text, cut)) {
      masked += text.slice(from, start) + MASK
      from = end
    }
    return from === 0 ? text : masked + text.slice(from)
  }

  #currentMatcher(): SecretMatcher | undefined {
    // Secrets are never removed, so this cannot change.
    if (this.#isOverfull) return undefined
    const known = this.#matcher?.deref()
    if (known !== undefined) return known
    const made =
      this.#values.size > MOST_SECRETS
        ? undefined
        : SecretMatcher.of(this.#forms(), this.#characters * FORMS_LENGTH)
    this.#isOverfull = made === undefined
    this.#matcher = made === undefined ? undefined : new WeakRef(made)
    return made
  }

  *#forms(): Generator<string> {
    for (const value of this.#values) yield* formsOf(value)
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
