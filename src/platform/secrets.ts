import { isJsonList, isJsonObject, type JsonValue } from './json.ts'

const MASK = '[secret]'
/** Masking shorter values would shred every text they happen to occur in. */
const SHORTEST_SECRET = 4
const DEEPEST = 12

/** Property names whose values are secret, whatever they hold; compared without case, `-` and `_`. */
const SECRET_NAMES =
  /^(accesskeyid|accesskey|secretkey|.*secret|.*password|.*passwd|.*passphrase|.*token|.*privatekey|.*credentials?|.*signature|signkey|apikey)$/
/** Names that match the above but name things that are no secrets. */
const HARMLESS_NAMES = /^(servicetoken|clientrequesttoken|nexttoken)$/
const SIGNED_URL = /^https?:\/\/[^?#]*\?[^#]*\b(signature|x-amz-|sig|token|credential|auth)/i
const PEM_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/**
 * Values that must reach no log, reason or stored payload: one collection an event. Masking is by value, so that it does
 * not matter by which way a value got into a text.
 */
export class Secrets {
  /** Each form of each secret that can stand in a text. */
  readonly #forms = new Set<string>()
  /** The same, longest first; sorted when it is needed, since an event can bring very many. */
  #longestFirst: readonly string[] | undefined
  readonly #values = new Set<string>()

  add(value: string): void {
    if (value.length < SHORTEST_SECRET || this.#values.has(value)) return
    this.#values.add(value)
    for (const form of formsOf(value)) this.#forms.add(form)
    this.#longestFirst = undefined
  }

  /** To be carried to where the same event is served on; nowhere in the clear. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  /** Adds whatever in the properties names itself a secret, or looks like a signed URL or a private key. */
  addFrom(properties: JsonValue, name = '', depth = 0): void {
    if (depth > DEEPEST) return
    if (typeof properties === 'string') {
      if (isSecretName(name) || SIGNED_URL.test(properties) || PEM_KEY.test(properties)) this.add(properties)
    } else if (typeof properties === 'number') {
      if (isSecretName(name)) this.add(String(properties))
    } else if (isJsonList(properties)) {
      for (const item of properties) this.addFrom(item, name, depth + 1)
    } else if (isJsonObject(properties)) {
      for (const [key, value] of Object.entries(properties)) this.addFrom(value, key, depth + 1)
    }
  }

  /** `text` without any secret, in the forms that JSON, URLs and base64 give it too. */
  mask(text: string): string {
    // A secret can hold another one: the longer has to go first, or its rest would stay.
    this.#longestFirst ??= [...this.#forms].sort((one, other) => other.length - one.length)
    let masked = text
    for (const form of this.#longestFirst) if (masked.includes(form)) masked = masked.replaceAll(form, MASK)
    return masked
  }

  /** A copy of `value` as plain data with every string masked; errors become type, message, stack and cause. */
  maskDeep(value: unknown): unknown {
    return this.#maskValue(value, 0, new Set())
  }

  #maskValue(value: unknown, depth: number, above: ReadonlySet<unknown>): unknown {
    if (typeof value === 'string') return this.mask(value)
    if (typeof value === 'bigint' || typeof value === 'symbol') return this.mask(String(value))
    if (typeof value === 'number') {
      const text = String(value)
      return this.#values.has(text) ? MASK : value
    }
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
    if (depth > DEEPEST || above.has(value)) return '[deep]'
    const path = new Set([...above, value])
    if (value instanceof Error) return this.#maskError(value, depth, path)
    if (value instanceof Date) return value.toISOString()
    if (ArrayBuffer.isView(value)) return '[binary]'
    if (Array.isArray(value)) return value.map((item) => this.#maskValue(item, depth + 1, path))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.mask(key), this.#maskValue(item, depth + 1, path)]),
    )
  }

  /** Chosen fields only: clients hang whole requests and answers on their errors. */
  #maskError(error: Error, depth: number, path: ReadonlySet<unknown>): Record<string, unknown> {
    return {
      type: error.name,
      message: this.mask(error.message),
      ...('code' in error && typeof error.code === 'string' ? { code: this.mask(error.code) } : {}),
      ...(error.stack === undefined ? {} : { stack: this.mask(error.stack) }),
      ...(error.cause === undefined ? {} : { cause: this.#maskValue(error.cause, depth + 1, path) }),
    }
  }
}

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '')
  return SECRET_NAMES.test(plain) && !HARMLESS_NAMES.test(plain)
}

function formsOf(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  const wellFormed = Buffer.from(value).toString()
  const forms = [value, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(wellFormed)]
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '')
  // The last character of unpadded base64 depends on what follows in the encoded text.
  return [...forms, base64.slice(0, -1)].filter((form) => form.length >= SHORTEST_SECRET)
}
