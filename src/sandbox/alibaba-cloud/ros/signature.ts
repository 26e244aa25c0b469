import type { EpochMs } from '../../../platform/clock.ts'
import {
  authorizationParts,
  canonicalHash,
  headerOf,
  isSignedWith,
  percentEncode,
  sha256,
  type SignedRequest,
} from '../../signed-request.ts'
import { RpcError } from './rpc.ts'

/** An access key that the sandbox accepts. */
export interface SandboxKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
  readonly accountId: string
  /** For temporary keys only. */
  readonly expiresAt?: EpochMs
  /** Actions that RAM denies to this key. */
  readonly denied?: readonly string[]
}

const ALGORITHM = 'ACS3-HMAC-SHA256'
const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/
const LARGEST_SKEW_MS = 15 * 60_000

/**
 * Checks a signature of version 3 and returns the key that signed. A nonce is accepted once.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export class SignatureCheck {
  readonly #nonces = new Set<string>()

  verify(request: SignedRequest, keys: readonly SandboxKey[], now: EpochMs): SandboxKey {
    const parts = authorizationParts(request, AUTHORIZATION)
    if (parts === undefined)
      throw new RpcError(
        400,
        'IncompleteSignature',
        'The request signature does not conform to the standards.',
      )
    const { credential, signedHeaders, signature } = parts
    const key = keyOf(request, credential, keys, now)
    checkTime(headerOf(request, 'x-acs-date') ?? '', now)
    const unsigned = Object.keys(request.headers).filter(
      (name) => hasToBeSigned(name) && !signedHeaders.includes(name),
    )
    const [missing] = [...REQUIRED.filter((name) => !signedHeaders.includes(name)), ...unsigned]
    if (missing !== undefined)
      throw new RpcError(400, 'IncompleteSignature', `The header ${missing} is not signed.`)
    if (headerOf(request, 'x-acs-content-sha256') !== sha256(request.body))
      throw mismatch('x-acs-content-sha256 is not the hash of the body.')
    const toSign = `${ALGORITHM}\n${hashOf(request, signedHeaders)}`
    if (!isSignedWith(key.accessKeySecret, toSign, signature))
      throw mismatch('Specified signature is not matched with our calculation.')
    this.#use(headerOf(request, 'x-acs-signature-nonce') ?? '')
    return key
  }

  #use(nonce: string): void {
    if (nonce === '' || this.#nonces.has(nonce))
      throw new RpcError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')
    this.#nonces.add(nonce)
  }
}

const REQUIRED = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
]

function hasToBeSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-acs-')
}

function keyOf(
  request: SignedRequest,
  accessKeyId: string,
  keys: readonly SandboxKey[],
  now: EpochMs,
): SandboxKey {
  const key = keys.find((one) => one.accessKeyId === accessKeyId)
  if (key === undefined)
    throw new RpcError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  const token = headerOf(request, 'x-acs-security-token')
  if (key.securityToken !== token)
    throw token === undefined
      ? new RpcError(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.')
      : new RpcError(
          400,
          'InvalidSecurityToken.MismatchWithAccessKey',
          'Specified SecurityToken mismatch with the AccessKey.',
        )
  if (key.expiresAt !== undefined && key.expiresAt <= now)
    throw new RpcError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
  return key
}

function checkTime(stamp: string, now: EpochMs): void {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(stamp))
    throw new RpcError(400, 'InvalidTimeStamp.Format', 'Specified time stamp is not well formatted.')
  if (Math.abs(Date.parse(stamp) - now) > LARGEST_SKEW_MS)
    throw new RpcError(
      400,
      'InvalidTimeStamp.Expired',
      'Specified time stamp or date value is expired or in the future.',
    )
}

function hashOf(request: SignedRequest, signedHeaders: readonly string[]): string {
  const { pathname: path, searchParams } = new URL(request.url, 'http://sandbox')
  const query = [...searchParams]
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort()
    .join('&')
  const headers = [...signedHeaders].sort().map((name) => `${name}:${(headerOf(request, name) ?? '').trim()}`)
  return canonicalHash(request, { path, query, headers }, signedHeaders)
}

function mismatch(message: string): RpcError {
  return new RpcError(400, 'SignatureDoesNotMatch', message)
}
