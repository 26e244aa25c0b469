import { createHash, createHmac } from 'node:crypto'
import type { EpochMs } from './clock.ts'

export interface AlibabaCloudCredentials {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** Present for the temporary credentials of a role. */
  readonly securityToken?: string
}

export interface Acs3Request {
  readonly method: string
  /** Path and query are signed unchanged: they must be percent-encoded by RFC 3986. */
  readonly url: URL
  /** The API's name and version, for example `InvokeFunction` and `2023-03-30`. */
  readonly action: string
  readonly version: string
  /** Headers in addition to those of the signature; `content-type` and `x-acs-*` are signed. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const ALGORITHM = 'ACS3-HMAC-SHA256'

/**
 * The codes of a request whose time is more than 15 minutes off, where the API is behind Alibaba Cloud's gateway.
 * https://developer.aliyun.com/ask/9487
 * https://www.alibabacloud.com/help/en/kms/key-management-service/support/sample-responses
 */
export const REFUSED_TIME: readonly string[] = ['InvalidTimeStamp.Expired', 'IllegalTimestamp']

/**
 * The headers of a request to an Alibaba Cloud API, signed by version 3 of its signature. `nonce` must be different for each
 * request.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAcs3(
  request: Acs3Request,
  credentials: AlibabaCloudCredentials,
  { now, nonce }: { readonly now: EpochMs; readonly nonce: string },
): Record<string, string> {
  const payloadHash = createHash('sha256').update(request.body).digest('hex')
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-acs-action': request.action,
    'x-acs-version': request.version,
    'x-acs-date': new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': payloadHash,
    ...(credentials.securityToken === undefined ? {} : { 'x-acs-security-token': credentials.securityToken }),
  }
  const signed = Object.keys(headers).filter(isSigned).sort()
  const canonical = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url),
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed.join(';'),
    payloadHash,
  ].join('\n')
  const toSign = `${ALGORITHM}\n${createHash('sha256').update(canonical).digest('hex')}`
  const signature = createHmac('sha256', credentials.accessKeySecret).update(toSign).digest('hex')
  const authorization = `${ALGORITHM} Credential=${credentials.accessKeyId},SignedHeaders=${signed.join(';')},Signature=${signature}`
  return { ...headers, authorization }
}

function isSigned(name: string): boolean {
  return name.startsWith('x-acs-') || name === 'host' || name === 'content-type'
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
}

/** Percent-encodes by RFC 3986, which also encodes five characters that `encodeURIComponent` does not. */
export function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
