import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { expect } from 'vitest'
import { listen } from '../../../src/sandbox/loopback-server.ts'

/** A call as the vendor's own clients describe it to the vendor's SDK core. */
export interface SdkCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'
  /** With `{names}` in it. */
  readonly url: string
  readonly pathParams: Readonly<Record<string, string>>
  readonly queryParams?: Readonly<Record<string, string>>
  readonly data?: object
  readonly requestId?: string
}

export interface SdkOptions {
  readonly ak: string
  readonly sk: string
  readonly projectId: string
}

export interface Sent {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface SdkClient {
  withEndpoints(endpoints: string[]): SdkClient
  withCredential(credential: object): SdkClient
  sendRequest(options: object): Promise<unknown>
}

// The package is CommonJS, its types need a browser's, and its main file needs a package that it does not depend on.
const load = createRequire(import.meta.url)

/** What the vendor's SDK sends for a call, recorded on loopback. */
export async function sentBySdk(call: SdkCall, { ak, sk, projectId }: SdkOptions): Promise<Sent> {
  const { BasicCredentials } = load('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials') as {
    BasicCredentials: new (keys: object) => object
  }
  const { HcClient } = load('@huaweicloud/huaweicloud-sdk-core/HcClient') as {
    HcClient: new (http: object, options: object) => SdkClient
  }
  const { DefaultHttpClient } = load('@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient') as {
    DefaultHttpClient: new (options: object, endpoints: string[]) => object
  }
  let sent: Sent | undefined
  const server = createServer((incoming, outgoing) => {
    const take = async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk)
      const { method = '', url = '', headers } = incoming
      sent = { method, url, headers, body: Buffer.concat(chunks).toString() }
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }
    void take()
  })
  const listening = await listen(server)
  try {
    await new HcClient(new DefaultHttpClient({}, [listening.url]), {})
      .withEndpoints([listening.url])
      .withCredential(new BasicCredentials({ ak, sk, projectId }))
      .sendRequest({
        method: call.method,
        url: call.url,
        contentType: 'application/json',
        pathParams: { ...call.pathParams },
        queryParams: { ...call.queryParams },
        headers: call.requestId === undefined ? {} : { 'Client-Request-Id': call.requestId },
        data: call.data ?? {},
      })
  } finally {
    await listening.close()
  }
  if (sent === undefined) throw new Error('the SDK sent nothing')
  return sent
}

/** The headers that identify the call and the caller, without the time and values that depend on it. */
export function tellingHeaders({ headers }: Pick<Sent, 'headers'>): Record<string, unknown> {
  const names = ['client-request-id', 'x-project-id', 'x-domain-id', 'x-security-token']
  return Object.fromEntries(names.map((name) => [name, headers[name]]))
}

/** Finds the first request of a call, and compares it with the SDK's for the same call. */
export async function expectSentAsBySdk(
  requests: readonly Sent[],
  { method, url }: Pick<SdkCall, 'method' | 'url'>,
  keys: { readonly accessKey: string; readonly secretKey: string; readonly projectId: string },
): Promise<void> {
  const names = [...url.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const pattern = new RegExp(`^${url.replaceAll(/\{\w+\}/g, '([^/?]+)')}(?:\\?(.*))?$`)
  const ours = requests.find((request) => request.method === method && pattern.test(request.url))
  if (ours === undefined) throw new Error('the provider made no such call')
  const [, ...found] = pattern.exec(ours.url) ?? []
  const theirs = await sentBySdk(
    {
      method,
      url,
      pathParams: Object.fromEntries(
        names.map((name, index) => [name, decodeURIComponent(found[index] ?? '')]),
      ),
      queryParams: Object.fromEntries(new URLSearchParams(found[names.length])),
      requestId: String(ours.headers['client-request-id']),
      ...(ours.body === '' ? {} : { data: JSON.parse(ours.body) as object }),
    },
    { ak: keys.accessKey, sk: keys.secretKey, projectId: keys.projectId },
  )
  expect(theirs.method).toBe(ours.method)
  expect(theirs.url).toBe(ours.url)
  // The SDK sends {} for a call without a body, even with GET.
  expect(theirs.body === '{}' ? '' : theirs.body).toBe(ours.body)
  expect(tellingHeaders(ours)).toEqual(tellingHeaders(theirs))
  if (ours.body !== '') expect(ours.headers['content-type']).toBe(theirs.headers['content-type'])
}
