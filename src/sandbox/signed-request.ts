import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** Steps that the signature checks of all clouds share. */

export interface SignedRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

export interface AuthorizationParts {
  /** The access key's id, or AWS's credential scope. */
  readonly credential: string
  readonly signedHeaders: readonly string[]
  /** 64 hexadecimal digits. */
  readonly signature: string
}

export function signedRequest(
  { method = '', url = '/', headers }: IncomingMessage,
  body: Uint8Array,
): SignedRequest {
  return { method, url, headers, body }
}

export function headerOf({ headers }: SignedRequest, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

/** `pattern` captures the credential, the signed headers and the signature. `undefined`: another form. */
export function authorizationParts(request: SignedRequest, pattern: RegExp): AuthorizationParts | undefined {
  const [, credential, signedHeaders, signature] =
    pattern.exec(headerOf(request, 'authorization') ?? '') ?? []
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return undefined
  return { credential, signedHeaders: signedHeaders.split(';'), signature }
}

/** The hash that is signed: of the request in the form that vendors' signatures have in common. `headers`: one line each. */
export function canonicalHash(
  { method, body }: SignedRequest,
  {
    path,
    query,
    headers,
  }: { readonly path: string; readonly query: string; readonly headers: readonly string[] },
  signedHeaders: readonly string[],
): string {
  return sha256([method, path, query, ...headers, '', signedHeaders.join(';'), sha256(body)].join('\n'))
}

/** Whether this secret signed this text. `signature`: hexadecimal digits. */
export function isSignedWith(secret: string, text: string, signature: string): boolean {
  return isSignature(signature, createHmac('sha256', secret).update(text).digest())
}

/** Compares in constant time. `given`: hexadecimal digits. */
export function isSignature(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, 'hex')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

/** Hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Percent-encoding by bytes: all but the unreserved characters. https://www.rfc-editor.org/rfc/rfc3986#section-2.1 */
export function percentEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
