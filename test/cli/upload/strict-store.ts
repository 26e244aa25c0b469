import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A store that accepts only requests with a correct signature of S3:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. Below `/web/` it requires the header
 * `x-auth-token: web-token` instead.
 */
export interface StrictStore {
  readonly url: string
  readonly objects: Map<string, string>
  /** Method and path of each request. */
  readonly requests: string[]
  close(): Promise<void>
}

export const STORE_KEY = { id: 'AKIASTRICTSTORE00001', secret: 'strict-store-secret-of-no-value' }

export async function startStrictStore(): Promise<StrictStore> {
  const objects = new Map<string, string>()
  const requests: string[] = []
  const server = createServer((request, response) => void answer(request, response, objects, requests))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    objects,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, string>,
  requests: string[],
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const { method = '', url = '' } = request
  requests.push(`${method} ${url}`)
  const refusal = url.startsWith('/web/')
    ? request.headers['x-auth-token'] === 'web-token'
      ? undefined
      : 'Unauthorized'
    : refusalOf(request, body)
  if (refusal !== undefined) {
    const text = `<?xml version="1.0"?><Error><Code>${refusal}</Code><Message>refused ${STORE_KEY.id}</Message></Error>`
    response.writeHead(403, { 'content-type': 'application/xml' }).end(method === 'HEAD' ? undefined : text)
    return
  }
  const found = objects.get(url)
  if (method === 'HEAD')
    response.writeHead(found === undefined ? 404 : 200, { 'content-length': found?.length ?? 0 }).end()
  else if (method === 'PUT' && found === undefined) {
    objects.set(url, body.toString())
    response.writeHead(200).end()
  } else response.writeHead(405).end()
}

function refusalOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): string | undefined {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  const [, id, date = '', region = '', names = '', signature] = given ?? []
  const time = String(headers['x-amz-date'])
  const payload = String(headers['x-amz-content-sha256'])
  if (id !== STORE_KEY.id || !time.startsWith(date)) return 'InvalidAccessKeyId'
  if (payload !== createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch'
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.split(';').includes(needed)) return 'AccessDenied'
  const signed = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const canonical = [method, url, '', signed.join(''), names, payload].join('\n')
  const scope = [date, region, 's3', 'aws4_request']
  const hash = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash].join('\n')
  const key = scope.reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${STORE_KEY.secret}`,
  )
  const expected = createHmac('sha256', key).update(toSign).digest('hex')
  return signature === expected ? undefined : 'SignatureDoesNotMatch'
}
