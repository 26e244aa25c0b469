import { createHash, createHmac } from 'node:crypto'
import { encode, type AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { EpochMs } from '../../platform/clock.ts'

export interface OssRequest {
  readonly method: 'HEAD' | 'PUT'
  readonly bucket: string
  readonly key: string
  readonly region: string
  /** In small letters. Those of OSS and `content-type` are signed. */
  readonly headers: Readonly<Record<string, string>>
}

const ALGORITHM = 'OSS4-HMAC-SHA256'
/** The one value that OSS documents: the body is protected by TLS. */
const PAYLOAD = 'UNSIGNED-PAYLOAD'

/**
 * The headers of a request without a query to OSS, signed by version 4 of its signature. Version 1 is closed to new buckets.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
export function signOss(
  request: OssRequest,
  { accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials,
  now: EpochMs,
): Record<string, string> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = time.slice(0, 'yyyymmdd'.length)
  const headers: Record<string, string> = {
    ...request.headers,
    'x-oss-content-sha256': PAYLOAD,
    'x-oss-date': time,
    ...(securityToken === undefined ? {} : { 'x-oss-security-token': securityToken }),
  }
  const signed = Object.keys(headers)
    .filter((name) => name === 'content-type' || name.startsWith('x-oss-'))
    .sort()
  const canonical = [
    request.method,
    `/${request.bucket}/${request.key.split('/').map(encode).join('/')}`,
    // No query.
    '',
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    // No additional headers.
    '',
    PAYLOAD,
  ].join('\n')
  const scope = [date, request.region, 'oss', 'aliyun_v4_request']
  const toSign = [
    ALGORITHM,
    time,
    scope.join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n')
  const key = scope.reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `aliyun_v4${accessKeySecret}`,
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope.join('/')},Signature=${signature}`,
  }
}
