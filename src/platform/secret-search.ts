import { SHORTEST_SECRET } from './secret-forms.ts'

/** Names of properties whose values are always secret; compared without case, `-` and `_`. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'accesskey',
  'secretkey',
  'adminpass',
  'signkey',
  'apikey',
])
const SECRET_ENDINGS = [
  'accesskeyid',
  'secret',
  'password',
  'passwd',
  'passphrase',
  'token',
  'privatekey',
  'credential',
  'credentials',
  'signature',
] as const
/** Names that match the lists above but whose values are not secret. */
const HARMLESS_NAMES: ReadonlySet<string> = new Set(['servicetoken', 'clientrequesttoken', 'nexttoken'])

const SIGNED_URL = /^https?:\/\/[^?#]*\?[^#]*(\b(signature|x-amz-|sig|token|credential|auth)|temp_url_sig)/i
const URLS = /\bhttps?:\/\/[^\s"'<>\\]+/gi
const PASSWORD_IN_URL = /^https?:\/\/[^/?#@:]*:([^/?#@]+)@/i
const PEM_KEYS = /-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)/g
/** Shorter lines of a key, such as its last one, are not masked: they could be ordinary words. */
const SHORTEST_KEY_LINE = 16
/**
 * `name: value` and `name=value` in the positions where templates, JSON and shell scripts have them, not in prose. The value
 * is in quotes or ends with the line.
 */
const ASSIGNMENTS =
  /(?<![\w.-])(?=\w)(?<=(?:^|[\n{,;"']|\bexport\b)[ \t]*(?:-[ \t]+)?)([\w.-]{3,64})["']?[ \t]{0,8}([:=])[ \t]{0,8}(?:"((?:[^"\\\n]|\\.)+)"|'([^'\n]+)'|([^\s"'!{[*&|>][^\n]*))/g
/** Values that describe a secret or its type, and are not secret. */
const PLAIN_WORDS = /^(true|false|null|none|required|optional|string|commadelimitedlist|json|number)$/i
/** The shortest text with a secret: a name of three characters, `:` or `=`, and the shortest secret. A URL is longer. */
const SHORTEST_TEXT = 3 + 1 + SHORTEST_SECRET

export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '')
  if (HARMLESS_NAMES.has(plain)) return false
  return SECRET_NAMES.has(plain) || SECRET_ENDINGS.some((ending) => plain.endsWith(ending))
}

/**
 * The probable secrets in a text such as a template: values of secret names, private keys, signatures of URLs, and passwords
 * in URLs. Takes linear time.
 */
export function secretsInText(text: string): string[] {
  if (text.length < SHORTEST_TEXT || !(/[:=]/.test(text) || text.includes('-----BEGIN '))) return []
  return [...secretsInUrls(text), ...keyLines(text), ...assignedSecrets(text)]
}

/** The URL and its signature parameters: an error message about a wrong signature may quote only the signature. */
export function secretsInSignedUrl(url: string): string[] {
  const found = [url]
  for (const pair of url.slice(url.indexOf('?') + 1).split(/[&#]/)) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(at, 0))
    if (!isSecretName(name) && !name.toLowerCase().endsWith('sig')) continue
    found.push(pair.slice(at + 1), ...new URLSearchParams(pair).values())
  }
  return found
}

function secretsInUrls(text: string): string[] {
  return [text, ...(text.match(URLS) ?? [])].flatMap((url) => [
    ...(SIGNED_URL.test(url) ? secretsInSignedUrl(url) : []),
    PASSWORD_IN_URL.exec(url)?.[1] ?? '',
  ])
}

function keyLines(text: string): string[] {
  return [...text.matchAll(PEM_KEYS)].flatMap(([, key = '']) =>
    key.split(/\s+|\\n/).filter((line) => line.length >= SHORTEST_KEY_LINE),
  )
}

function assignedSecrets(text: string): string[] {
  const found: string[] = []
  for (const [, name = '', sign, doubleQuoted, quoted, plain] of text.matchAll(ASSIGNMENTS)) {
    if (!isSecretName(name.slice(name.lastIndexOf('.') + 1))) continue
    if (doubleQuoted !== undefined) found.push(doubleQuoted.replaceAll(/\\(.)/g, '$1'))
    found.push(doubleQuoted ?? quoted ?? plainValue(plain ?? '', sign))
  }
  return found
}

/** A value without quotes: the whole line in YAML, one word in a list or a script; empty if it is not secret. */
function plainValue(rest: string, sign: string | undefined): string {
  const line = withoutComment(rest).trim()
  const word = /^[^\s,;}\]]+/.exec(line)?.[0] ?? ''
  const value = sign === '=' || /^[,;}\]]/.test(line.slice(word.length)) ? word : line
  return PLAIN_WORDS.test(value) ? '' : value
}

/** Without what follows the first ` #` of its last line. */
function withoutComment(text: string): string {
  const lastLine = Math.max(0, ...['\r', '\u2028', '\u2029'].map((end) => text.lastIndexOf(end)))
  const comment = text.slice(lastLine).search(/\s#/)
  return comment === -1 ? text : text.slice(0, lastLine + comment)
}
