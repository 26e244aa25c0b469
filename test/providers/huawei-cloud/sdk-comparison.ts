import { expect } from 'vitest'
import type { SandboxHuaweiRequest } from '../../../src/sandbox/huawei-cloud/region-api.ts'
import type { SandboxHuaweiCloud } from '../../../src/sandbox/huawei-cloud/server.ts'
import { sentBySdk, tellingHeaders, type SdkCall } from './sdk.ts'

/**
 * Takes the first of the cloud's requests for this call, and expects what the vendor's SDK sends for the same
 * one: path, query, body, the headers that identify the caller, and the signature over no fewer of them.
 */
export async function expectSentLikeSdk(
  { requests, keys, user }: Pick<SandboxHuaweiCloud, 'requests' | 'keys' | 'user'>,
  method: SdkCall['method'],
  url: string,
): Promise<void> {
  const names = [...url.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const pattern = new RegExp(`^${url.replaceAll(/\{\w+\}/g, '([^/?]+)')}(?:\\?(.*))?$`)
  const ours = requests.find((request) => request.method === method && pattern.test(request.url))
  if (ours === undefined) throw new Error('the provider made no such call')
  const [, ...parts] = pattern.exec(ours.url) ?? []
  const theirs = await sentBySdk(
    {
      method,
      url,
      pathParams: Object.fromEntries(
        names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')]),
      ),
      queryParams: Object.fromEntries(new URLSearchParams(parts[names.length])),
      requestId: String(ours.headers['client-request-id']),
      ...(ours.body === '' ? {} : { data: JSON.parse(ours.body) as object }),
    },
    { ak: keys.accessKey, sk: keys.secretKey, projectId: user.projectId },
  )
  expect(theirs.method).toBe(ours.method)
  expect(theirs.url).toBe(ours.url)
  // The SDK sends {} for a call without a body, even with GET.
  expect(theirs.body === '{}' ? '' : theirs.body).toBe(ours.body)
  expect(tellingHeaders(ours)).toEqual(tellingHeaders(theirs))
  if (ours.body !== '') expect(ours.headers['content-type']).toBe(theirs.headers['content-type'])
  expect(signedHeaders(ours)).toEqual(expect.arrayContaining(signedHeaders(theirs)))
}

function signedHeaders({ headers, body }: Pick<SandboxHuaweiRequest, 'headers' | 'body'>): string[] {
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(String(headers['authorization'])) ?? []
  return names.split(';').filter((name) => name !== 'content-type' || (body !== '' && body !== '{}'))
}
