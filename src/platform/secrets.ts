import { isJsonList, isJsonObject, type JsonValue } from './json.ts'

const MASK = '[secret]'
/** Masking shorter values would shred every text they happen to occur in. */
const SHORTEST_SECRET = 4
const DEEPEST = 12

/** Property names whose values are secret, whatever they hold; compared without case, `-` and `_`. */
const SECRET_NAMES =
  /^(.*accesskeyid|accesskey|secretkey|.*secret|.*password|.*passwd|adminpass|.*passphrase|.*token|.*privatekey|.*credentials?|.*signature|signkey|apikey)$/
/** Names that match the above but name things that are no secrets. */
const HARMLESS_NAMES = /^(servicetoken|clientrequesttoken|nexttoken)$/
const SIGNED_URL = /^https?:\/\/[^?#]*\?[^#]*(\b(signature|x-amz-|sig|token|credential|auth)|temp_url_sig)/i
const URLS = /\bhttps?:\/\/[^\s"'<>\\]+/gi
const PASSWORD_IN_URL = /^https?:\/\/[^/?#@:]*:([^/?#@]+)@/i
const PEM_KEYS = /-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)/g
/** Lines of a key; the last one may be too short to be told from other words. */
const SHORTEST_KEY_LINE = 16
/**
 * `name: value` and `name=value` where templates, JSON and shell scripts have them, not in prose: the value in quotes or up
 * to the line's end.
 */
const ASSIGNMENTS =
  /(?<![\w.-])(?=\w)(?<=(?:^|[\n{,;"']|\bexport\b)[ \t]*(?:-[ \t]+)?)([\w.-]{3,64})["']?[ \t]{0,8}([:=])[ \t]{0,8}(?:"((?:[^"\\\n]|\\.)+)"|'([^'\n]+)'|([^\s"'!{[*&|>][^\n]*))/g
/** What says that a secret is there, or what kind of thing it is, and is none itself. */
const PLAIN_WORDS = /^(true|false|null|none|required|optional|string|commadelimitedlist|json|number)$/i

/**
 * Values that must reach no log, reason or stored payload: one collection an event. Masking is by value, so that it does
 * not matter by which way a value got into a text.
 */
export class Secrets {
  /** Each form of each secret that can stand in a text, by its first characters and its length: there can be very many. */
  readonly #forms = new Map<string, Map<number, Set<string>>>()
  readonly #values = new Set<string>()

  add(value: string): void {
    if (value.length < SHORTEST_SECRET || this.#values.has(value)) return
    this.#values.add(value)
    for (const form of formsOf(value)) {
      const head = form.slice(0, SHORTEST_SECRET)
      const alike = this.#forms.get(head) ?? new Map<number, Set<string>>()
      const ofThisLength = alike.get(form.length) ?? new Set()
      this.#forms.set(head, alike.set(form.length, ofThisLength.add(form)))
    }
  }

  /** A signed URL, and what signs it: whoever refuses the signature may quote it alone. */
  addUrl(url: string): void {
    this.add(url)
    for (const pair of url.slice(url.indexOf('?') + 1).split(/[&#]/)) {
      const [name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair)?.slice(1) ?? []
      if (!isSecretName(name) && !name.toLowerCase().endsWith('sig')) continue
      this.add(value)
      for (const decoded of new URLSearchParams(pair).values()) this.add(decoded)
    }
  }

  /** To be carried to where the same event is served on; nowhere in the clear. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  /** Adds whatever in the properties names itself a secret, or looks like one, also within a text such as a template. */
  addFrom(properties: JsonValue, name = ''): void {
    if (typeof properties === 'string') {
      if (isSecretName(name)) this.add(properties)
      this.#addFromText(properties)
    } else if (typeof properties === 'number') {
      if (isSecretName(name)) this.add(String(properties))
    } else if (isJsonList(properties)) {
      for (const item of properties) this.addFrom(item, name)
    } else if (isJsonObject(properties)) {
      for (const [key, value] of Object.entries(properties)) this.addFrom(value, key)
    }
  }

  #addFromText(text: string): void {
    for (const url of [text, ...(text.match(URLS) ?? [])]) {
      if (SIGNED_URL.test(url)) this.addUrl(url)
      this.add(PASSWORD_IN_URL.exec(url)?.[1] ?? '')
    }
    for (const [, key = ''] of text.matchAll(PEM_KEYS))
      for (const line of key.split(/\s+|\\n/)) if (line.length >= SHORTEST_KEY_LINE) this.add(line)
    for (const [, name = '', sign, doubleQuoted, quoted, plain] of text.matchAll(ASSIGNMENTS)) {
      if (!isSecretName(name.replace(/^.*\./, ''))) continue
      if (doubleQuoted !== undefined) this.add(doubleQuoted.replaceAll(/\\(.)/g, '$1'))
      this.add(doubleQuoted ?? quoted ?? plainValue(plain ?? '', sign))
    }
  }

  /** `text` without any secret, in the forms that JSON, URLs, HTML and base64 give it too. */
  mask(text: string): string {
    let masked = ''
    let from = 0
    for (let at = 0; at < text.length; at += 1) {
      let end = this.#endOfSecret(text, at)
      if (end === at) continue
      // A secret can begin within another one: its rest must not stay.
      for (let within = at + 1; within < end; within += 1)
        end = Math.max(end, this.#endOfSecret(text, within))
      masked += text.slice(from, at) + MASK
      from = end
      at = end - 1
    }
    return masked + text.slice(from)
  }

  /** Of the longest one that begins at `at`; `at` itself where none does. */
  #endOfSecret(text: string, at: number): number {
    let end = at
    for (const [length, forms] of this.#forms.get(text.slice(at, at + SHORTEST_SECRET)) ?? [])
      if (at + length > end && forms.has(text.slice(at, at + length))) end = at + length
    return end
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

function formsOf(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  const ascii = escaped.replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const bytes = Buffer.from(value)
  const inUrl = encodeURIComponent(bytes.toString())
  const forms = [
    ...[value, escaped, ascii, JSON.stringify(escaped).slice(1, -1), JSON.stringify(ascii).slice(1, -1)],
    ...[inUrl, inUrl.replaceAll('%2F', '/'), inUrl.replaceAll('%20', '+')],
    inUrl.replaceAll(/%../g, (byte) => byte.toLowerCase()),
    inHtml(value),
    ...[0, 1, 2].flatMap((before) => inBase64(bytes, before)),
  ]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET)
}

function inHtml(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

/**
 * The characters that are the same whatever stands around it in the encoded text, of which `before` bytes (modulo 3) come
 * first; in both alphabets.
 */
function inBase64(bytes: Uint8Array, before: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
  const from = Math.ceil((before * 8) / 6)
  const to = Math.floor((whole.length * 8) / 6)
  return [whole.toString('base64').slice(from, to), whole.toString('base64url').slice(from, to)]
}

/** Of a value without quotes: all of a YAML line, one word of a list or a script; nothing where it is no secret. */
function plainValue(rest: string, sign: string | undefined): string {
  const line = rest.replace(/\s#.*$/, '').trim()
  const word = /^[^\s,;}\]]+/.exec(line)?.[0] ?? ''
  const value = sign === '=' || /^[,;}\]]/.test(line.slice(word.length)) ? word : line
  return PLAIN_WORDS.test(value) ? '' : value
}
