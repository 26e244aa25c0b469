import { createHmac } from 'node:crypto'
import type { EpochMs } from '../../../platform/clock.ts'
import {
  authorizationParts,
  headerOf,
  isSignature,
  sha256,
  type SignedRequest,
} from '../../signed-request.ts'
import { QueryError } from './query-protocol.ts'

/** An access key that the sandbox accepts. */
export interface SandboxKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly accountId: string
  /** For temporary keys only. */
  readonly expiresAt?: EpochMs
  /** Actions that IAM denies to this key. */
  readonly deniedActions?: readonly string[]
}

/** Of any partition: `eu-west-1`, `us-gov-east-1`. */
const REGION = /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d$/
const LARGEST_SKEW_MS = 5 * 60_000
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/**
 * Checks a signature of version 4 and returns the key that signed. The two times differ where the clock is a simulated one, since
 * the AWS SDK signs with real time.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function verifySignature(
  request: SignedRequest,
  keys: readonly SandboxKey[],
  service: string,
  now: { readonly ofSignatures: EpochMs; readonly ofKeys: EpochMs },
): SandboxKey {
  const parts = authorizationParts(request, AUTHORIZATION)
  if (parts === undefined)
    throw new QueryError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
  const [accessKeyId, date, scopeRegion, scopeService, terminator] = parts.credential.split('/')
  const key = keys.find((one) => one.accessKeyId === accessKeyId)
  if (key === undefined || key.sessionToken !== headerOf(request, 'x-amz-security-token'))
    throw new QueryError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      403,
    )
  if (key.expiresAt !== undefined && key.expiresAt <= now.ofKeys)
    throw new QueryError('ExpiredToken', 'The security token included in the request is expired', 403)
  const stamp = headerOf(request, 'x-amz-date') ?? ''
  checkSkew(stamp, now.ofSignatures)
  const region = scopeRegion ?? ''
  const scope = [date, region, scopeService, terminator].join('/')
  if (!REGION.test(region) || scope !== `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`)
    throw mismatch(`Credential should be scoped to a valid region and to service: '${service}'.`)
  const signingKey = [date ?? '', region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  )
  const toSign = [
    'AWS4-HMAC-SHA256',
    stamp,
    scope,
    sha256(canonicalRequest(request, parts.signedHeaders)),
  ].join('\n')
  const expected = hmac(signingKey, toSign)
  if (!isSignature(parts.signature, expected))
    throw mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    )
  return key
}

/** The region that the signature is for; `undefined`: none, or no signature. */
export function regionSignedFor(request: SignedRequest): string | undefined {
  const region = authorizationParts(request, AUTHORIZATION)?.credential.split('/')[2] ?? ''
  return REGION.test(region) ? region : undefined
}

function checkSkew(stamp: string, now: EpochMs): void {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const skew = Math.abs(Date.parse(iso) - now)
  if (!(skew <= LARGEST_SKEW_MS))
    throw mismatch(
      `Signature expired: ${stamp} is now earlier than ${new Date(now - LARGEST_SKEW_MS).toISOString()}`,
    )
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const url = new URL(request.url, 'http://sandbox')
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const headers = signedHeaders.map(
    (name) => `${name}:${(headerOf(request, name) ?? '').trim().replaceAll(/ +/g, ' ')}\n`,
  )
  return [
    request.method,
    url.pathname,
    query,
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n')
}

function mismatch(message: string): QueryError {
  return new QueryError('SignatureDoesNotMatch', message, 403)
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
