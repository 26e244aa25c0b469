import { createHash, createHmac } from 'node:crypto'
import { encode } from '../../platform/acs3-signature.ts'
import type { EpochMs } from '../../platform/clock.ts'

export interface HuaweiKeys {
  readonly accessKey: string
  readonly secretKey: string
  /** Present for temporary keys. */
  readonly securityToken?: string
}

export interface RequestToSign {
  readonly method: string
  /** Percent-encoded once. */
  readonly url: URL
  /** In lower case; all of them are signed, `X-Project-Id` and `X-Domain-Id` among them. */
  readonly headers: Readonly<Record<string, string>>
  /** The body exactly as it is sent; empty without one. */
  readonly body: string
}

const ALGORITHM = 'SDK-HMAC-SHA256'

/**
 * The headers of a request to Huawei Cloud, signed with an access key. The service refuses a request whose `now` is 15
 * minutes off.
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
export function signHuawei(
  request: RequestToSign,
  { accessKey, secretKey, securityToken }: HuaweiKeys,
  now: EpochMs,
): Record<string, string> {
  const date = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-sdk-date': date,
    ...(securityToken === undefined ? {} : { 'x-security-token': securityToken }),
  }
  const signed = Object.keys(headers).sort()
  const canonical = [
    request.method,
    canonicalPath(request.url),
    canonicalQuery(request.url),
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed.join(';'),
    sha256(request.body),
  ].join('\n')
  const signature = createHmac('sha256', secretKey)
    .update(`${ALGORITHM}\n${date}\n${sha256(canonical)}`)
    .digest('hex')
  const authorization = `${ALGORITHM} Access=${accessKey}, SignedHeaders=${signed.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}

/** The signature needs a slash at the end, which the request's own path does not have. */
function canonicalPath({ pathname }: URL): string {
  const path = pathname
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/')
  return path.endsWith('/') ? path : `${path}/`
}

/** By name, and the values of one name among themselves. */
function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .map(([name, value]) => ({ name: encode(name), value: encode(value) }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.value, other.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
