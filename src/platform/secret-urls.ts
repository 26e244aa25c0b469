import { isSecretName } from './secret-names.ts'

const SIGNED_URL = /^https?:\/\/[^?#]*\?[^#]*(\b(signature|x-amz-|sig|token|credential|auth)|temp_url_sig)/i
const HTTP_URLS = /\bhttps?:\/\/[^\s"'<>\\]+/gi
/** A user that is a token, such as GitHub's, has digits and is long; `git` and `oauth2` are not. */
const SHORTEST_TOKEN_AS_USER = 12
/** Users that stand where a token is the password, or passwords that stand where it is the user. */
const NO_SECRETS = /^(?:x-oauth-basic|x-access-token|oauth2?|git|anonymous|token|api|none|_|)$/i
const PORT = /^\d{1,5}(?:[/?#]|$)/

/** The URL and its signature parameters: an error message about a wrong signature may quote only the signature. */
export function secretsInSignedUrl(url: string): string[] {
  return [url, ...namedParameters(url)]
}

const SHORTEST_PART = 12
/** Even without a digit, a longer part is no word. */
const SHORTEST_PART_OF_LETTERS = 24
/** Account numbers and times, and regions: they stand in many texts. */
const PLAIN_PART = /^(?:\d{1,19}|[a-z]{2}-[a-z]+(?:-[a-z]+)*-\d)$/

/**
 * The parts of ROS's ResponseURL that could prove who may answer: which part does is not documented. These are the URL, its
 * path with the query as a server may quote them, and each long value and step of the path, as written and decoded. `ids`: of
 * the event; they may be in the URL, and are no secrets.
 */
export function secretsInResponseUrl(url: string, ids: readonly string[]): string[] {
  const found = secretsInSignedUrl(url)
  if (!URL.canParse(url)) return found
  const { href, pathname, search } = new URL(url)
  found.push(href)
  if (search.length > SHORTEST_PART) found.push(`${pathname}${search}`, search.slice(1))
  const values = search
    .slice(1)
    .split('&')
    .flatMap((pair) => [pair.slice(pair.indexOf('=') + 1), ...new URLSearchParams(pair).values()])
  const steps = pathname.split('/').flatMap((step) => [step, decoded(step)])
  return [...found, ...[...values, ...steps].filter((part) => couldBeProof(part, ids))]
}

function couldBeProof(part: string, ids: readonly string[]): boolean {
  if (part.length < SHORTEST_PART || PLAIN_PART.test(part)) return false
  if (ids.some((id) => id.includes(part) || (id.length >= SHORTEST_PART && part.includes(id)))) return false
  return part.length >= SHORTEST_PART_OF_LETTERS || /\d/.test(part)
}

/** The values of the parameters with secret names in a query or fragment, as written and decoded. */
function namedParameters(url: string): string[] {
  const found: string[] = []
  for (const pair of url.slice(url.indexOf('?') + 1).split(/[&#;]/)) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(at, 0))
    if (!isSecretName(name) && !name.toLowerCase().endsWith('sig')) continue
    found.push(pair.slice(at + 1), ...new URLSearchParams(pair).values())
  }
  return found
}

/** Signed URLs with their signatures, and the secrets in the user information of URLs with any scheme. Takes linear time. */
export function secretsInUrls(text: string): string[] {
  if (!text.includes('://')) return [...secretsInAddresses(text)]
  return [
    ...[text, ...(text.match(HTTP_URLS) ?? [])].flatMap((url) =>
      SIGNED_URL.test(url) ? secretsInSignedUrl(url) : [],
    ),
    ...secretsOfUsers(text),
    ...secretsInAddresses(text),
  ]
}

/** `scheme://user:password@host`, also where the password has characters that a URL would have to encode. */
function* secretsOfUsers(text: string): Generator<string> {
  let from = 0
  for (;;) {
    const at = text.indexOf('://', from)
    if (at === -1) return
    // Up to the next URL, so that no character is read twice.
    const next = text.indexOf('://', at + 3)
    const rest = wordAt(text, at + 3, next === -1 ? text.length : next)
    yield* secretsOfUser(rest)
    from = at + 3
  }
}

const END_OF_URL = /[\s"'`<>\\,|]/g

function wordAt(text: string, from: number, limit: number): string {
  END_OF_URL.lastIndex = from
  const end = END_OF_URL.exec(text.slice(0, limit))?.index ?? limit
  return text.slice(from, end)
}

function* secretsOfUser(rest: string): Generator<string> {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const user = authority.includes('@') ? authority : rest
  const end = user.lastIndexOf('@')
  if (end === -1) return
  const information = user.slice(0, end)
  const colon = information.indexOf(':')
  const name = colon === -1 ? information : information.slice(0, colon)
  const password = colon === -1 ? '' : information.slice(colon + 1)
  // A port, and an `@` in the path after it.
  if (user !== authority && (colon === -1 || PORT.test(password))) return
  if (!NO_SECRETS.test(password) && !isReference(password)) {
    yield* [password, decoded(password)]
    if (password.includes('@')) yield* password.split('@')
  }
  const isToken =
    name.length >= SHORTEST_TOKEN_AS_USER && /\d/.test(name) && /[a-z]/i.test(name) && !/[/{}$]/.test(name)
  if (isToken && NO_SECRETS.test(password)) yield* [name, decoded(name)]
}

const LONGEST_ADDRESS = 1024

/** `user:password@tcp(host:3306)/name`, as Go's drivers write it. */
function* secretsInAddresses(text: string): Generator<string> {
  for (const network of ['@tcp(', '@unix(', '@tcp6(']) {
    let from = 0
    for (;;) {
      const at = text.indexOf(network, from)
      if (at === -1) break
      const word =
        text
          .slice(Math.max(from, at - LONGEST_ADDRESS), at)
          .split(/[\s"'`<>]/)
          .at(-1) ?? ''
      if (word.includes(':')) yield word.slice(word.indexOf(':') + 1)
      from = at + network.length
    }
  }
}

/** A part of a URL, decoded; as it is where it cannot be. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

const REFERENCE =
  /^(?:\$\{[^{}]*\}|\$\([^()]*\)|\$\[[^[\]]*\]|\{\{[^{}]*\}\}|<[^<>]*>|%[A-Za-z_]\w*%|\$[A-Za-z_]\w*\$?)$/

/** Stands for a value that is not here: of CloudFormation, a shell, or a template language. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value)
}
