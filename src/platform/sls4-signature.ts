import { createHash, createHmac } from 'node:crypto'
import { encode, type AlibabaCloudCredentials } from './acs3-signature.ts'
import type { EpochMs } from './clock.ts'

export interface Sls4Request {
  readonly method: string
  /** Percent-encoded. */
  readonly path: string
  /** Not encoded. */
  readonly query: Readonly<Record<string, string>>
  /** With names in lower case; `host`, `content-type`, `x-log-*` and `x-acs-*` are signed. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const ALGORITHM = 'SLS4-HMAC-SHA256'
const LAST_PART = 'aliyun_v4_request'

/**
 * The headers of a request to Simple Log Service, signed by version 4 of its signature.
 * https://help.aliyun.com/en/sls/developer-reference/request-signature-v4
 */
export function signSls4(
  request: Sls4Request,
  { accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials,
  { region, now }: { readonly region: string; readonly now: EpochMs },
): Record<string, string> {
  const dateTime = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
  const date = dateTime.slice(0, 8)
  const payloadHash = createHash('sha256').update(request.body).digest('hex')
  const headers: Record<string, string> = {
    ...request.headers,
    'x-log-date': dateTime,
    'x-log-content-sha256': payloadHash,
    ...(securityToken === undefined ? {} : { 'x-acs-security-token': securityToken }),
  }
  const signed = Object.keys(headers).filter(isSigned).sort()
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed.join(';'),
    payloadHash,
  ].join('\n')
  const scope = [date, region, 'sls', LAST_PART].join('/')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const key = [date, region, 'sls', LAST_PART].reduce<string | Buffer>(hmac, `aliyun_v4${accessKeySecret}`)
  const signature = hmac(key, [ALGORITHM, dateTime, scope, hash].join('\n')).toString('hex')
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope},Signature=${signature}`,
  }
}

function isSigned(name: string): boolean {
  return /^x-(?:log|acs)-/.test(name) || name === 'host' || name === 'content-type'
}

/** Names are not encoded, and a name without a value has no `=`. */
function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${encode(value)}`))
    .join('&')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
