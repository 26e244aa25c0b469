import type { EpochMs } from '../../platform/clock.ts'
import {
  authorizationParts,
  canonicalHash,
  headerOf,
  isSignedWith,
  percentEncode,
  type SignedRequest,
} from '../signed-request.ts'
import { HuaweiFault } from './fault.ts'
import { withoutTrailingSlashes } from '../../platform/trailing-slashes.ts'

export interface SandboxKeys {
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken?: string
  /** For the temporary keys of an agency. */
  readonly expiresAt?: EpochMs
}

const AUTHORIZATION = /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
const LARGEST_SKEW_MS = 15 * 60_000
/** An attacker could replace an unsigned header. */
const MUST_BE_SIGNED = [
  'host',
  'x-sdk-date',
  'x-project-id',
  'x-domain-id',
  'x-security-token',
  'content-type',
]

/**
 * Checks an SDK-HMAC-SHA256 signature. Throws `HuaweiFault`.
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
export function verifySignature(request: SignedRequest, keys: readonly SandboxKeys[], now: EpochMs): void {
  const parts = authorizationParts(request, AUTHORIZATION)
  if (parts === undefined)
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: decrypt token fail')
  const key = keys.find((one) => one.accessKey === parts.credential)
  if (key?.expiresAt !== undefined && key.expiresAt <= now)
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: securityToken expired')
  if (key === undefined || (key.securityToken ?? '') !== textOf(request, 'x-security-token'))
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: AK access failed')
  const { signedHeaders: signed } = parts
  const missing = MUST_BE_SIGNED.find((name) => textOf(request, name) !== '' && !signed.includes(name))
  if (missing !== undefined)
    throw unauthorized('APIGW.0301', `Incorrect IAM authentication information: ${missing} is not signed`)
  const date = textOf(request, 'x-sdk-date')
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, (_, ...parts: string[]) => {
      const [year, month, day, hour, minute, second] = parts
      return `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}Z`
    }),
  )
  if (Number.isNaN(at) || Math.abs(now - at) > LARGEST_SKEW_MS)
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: signature expired')
  const toSign = `SDK-HMAC-SHA256\n${date}\n${hashOf(request, signed)}`
  if (!isSignedWith(key.secretKey, toSign, parts.signature))
    throw unauthorized('APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail')
}

function hashOf(request: SignedRequest, signed: readonly string[]): string {
  const [path = '', query = ''] = request.url.split('?')
  const segments = path.split('/').map((segment) => percentEncode(decode(segment)))
  const parameters = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return `${percentEncode(decode(name))}=${percentEncode(decode(value))}`
    })
  const parts = {
    path: `${withoutTrailingSlashes(segments.join('/'))}/`,
    query: parameters.sort().join('&'),
    headers: signed.map((name) => `${name}:${textOf(request, name).trim()}`),
  }
  return canonicalHash(request, parts, signed)
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

/** Empty: the header is absent. */
function textOf(request: SignedRequest, name: string): string {
  return headerOf(request, name) ?? ''
}

function unauthorized(code: string, message: string): HuaweiFault {
  return new HuaweiFault(401, code, message)
}
