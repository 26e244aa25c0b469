import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { EpochMs } from '../../platform/clock.ts'
import { HuaweiFault } from './fault.ts'
import { withoutTrailingSlashes } from '../../platform/trailing-slashes.ts'

export interface SandboxKeys {
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken?: string
}

export interface SignedRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

const LARGEST_SKEW_MS = 15 * 60_000
/** Without these, others could be put in their place. */
const MUST_BE_SIGNED = [
  'host',
  'x-sdk-date',
  'x-project-id',
  'x-domain-id',
  'x-security-token',
  'content-type',
]

/**
 * Checks an SDK-HMAC-SHA256 signature by computing it anew.
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
export function verifySignature(request: SignedRequest, keys: readonly SandboxKeys[], now: EpochMs): void {
  const [, accessKey, names, signature] =
    /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headerOf(request, 'authorization'),
    ) ?? []
  if (accessKey === undefined || names === undefined || signature === undefined)
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: decrypt token fail')
  const key = keys.find((one) => one.accessKey === accessKey)
  if (key === undefined || (key.securityToken ?? '') !== headerOf(request, 'x-security-token'))
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: AK access failed')
  const signed = names.split(';')
  const missing = MUST_BE_SIGNED.find((name) => headerOf(request, name) !== '' && !signed.includes(name))
  if (missing !== undefined)
    throw unauthorized('APIGW.0301', `Incorrect IAM authentication information: ${missing} is not signed`)
  const date = headerOf(request, 'x-sdk-date')
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, (_, ...parts: string[]) => {
      const [year, month, day, hour, minute, second] = parts
      return `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}Z`
    }),
  )
  if (Number.isNaN(at) || Math.abs(now - at) > LARGEST_SKEW_MS)
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: signature expired')
  const expected = createHmac('sha256', key.secretKey)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonicalRequest(request, signed))}`)
    .digest()
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail')
}

function canonicalRequest(request: SignedRequest, signed: readonly string[]): string {
  const [path = '', query = ''] = request.url.split('?')
  const parameters = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return `${encode(decode(name))}=${encode(decode(value))}`
    })
  return [
    request.method,
    `${withoutTrailingSlashes(
      path
        .split('/')
        .map((segment) => encode(decode(segment)))
        .join('/'),
    )}/`,
    parameters.sort().join('&'),
    ...signed.map((name) => `${name}:${headerOf(request, name).trim()}`),
    '',
    signed.join(';'),
    sha256(request.body),
  ].join('\n')
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function encode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

function headerOf({ headers }: SignedRequest, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function unauthorized(code: string, message: string): HuaweiFault {
  return new HuaweiFault(401, code, message)
}
