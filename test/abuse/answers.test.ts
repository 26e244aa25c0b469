import { createServer, type RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { REQUEST_LIMITS } from '../../src/platform/network-limits.ts'
import { providerRegistry } from '../../src/providers/registry.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse } from './harness.ts'

/** A cloud with endless answers: memory and time are limited, and no connection stays open. */

let here: Abuse
const open: { close(): Promise<unknown> }[] = []
beforeAll(async () => {
  here = await startAbuse()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(() => here.close())

const keys = { AccessKeyId: 'known-id', AccessKeySecret: 'planted' }
const CLOUDS: readonly (readonly [type: string, properties: (url: string) => object])[] = [
  [
    'Custom::AwsCloudFormationStack',
    (Endpoint) => ({ ...keys, RegionId: 'us-east-1', Endpoint, Stack: { Name: 'a', Template: '{}' } }),
  ],
  [
    'Custom::HeatStack',
    (AuthUrl) => ({ Auth: { AuthUrl, Username: 'known', Password: 'planted' }, Stack: { Template: '{}' } }),
  ],
  [
    'Custom::RosStack',
    (url) => ({
      ...keys,
      RegionId: 'cn-hangzhou',
      Endpoint: url,
      StsEndpoint: url,
      Stack: { Template: '{}' },
    }),
  ],
  [
    'Custom::HuaweiRfsStack',
    (url) => ({
      Region: 'cn-north-4',
      Endpoint: url,
      Auth: { AuthUrl: url, AccessKey: 'known', SecretKey: 'planted' },
      Stack: { Name: 'a', TemplateBody: '{}' },
    }),
  ],
]

async function cloud(answer: RequestListener) {
  let unanswered = 0
  let requests = 0
  let bytes = 0
  const server = createServer((request, response) => {
    requests += 1
    unanswered += 1
    const { socket } = request
    response.on('close', () => {
      unanswered -= 1
      bytes += socket.bytesWritten
    })
    request.resume()
    answer(request, response)
  })
  const listening = await listen(server)
  open.push(listening)
  return { url: listening.url, unanswered: () => unanswered, requests: () => requests, bytes: () => bytes }
}

/** Loads the provider first, so that the endpoint has the whole Timeout. */
const serve = async (type: string, properties: object) => {
  const provider = providerRegistry.resolve(type, undefined)
  if (provider.ok) await provider.load()
  return here.serve(here.event({ ResourceType: type, ResourceProperties: { Timeout: 4, ...properties } }), {
    environment: { STACKBRIDGE_TIMEOUT_SECONDS: '4', STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS: '2000' },
  })
}

describe.each(CLOUDS)('%s', (type, properties) => {
  it('is answered FAILED if the endpoint sends its body very slowly, and no connection is left', async () => {
    const { url, unanswered, requests } = await cloud((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' })
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => {
        clearInterval(timer)
      })
    })
    expect(await serve(type, properties(url))).toMatchObject({
      kind: 'answered',
      verdict: { status: 'FAILED' },
    })
    expect(requests()).toBeGreaterThan(0)
    await expect.poll(unanswered).toBe(0)
  })

  it('is answered FAILED if the endpoint never answers, and no connection is left', async () => {
    const { url, unanswered, requests } = await cloud(() => undefined)
    expect(await serve(type, properties(url))).toMatchObject({
      kind: 'answered',
      verdict: { status: 'FAILED' },
    })
    expect(requests()).toBeGreaterThan(0)
    await expect.poll(unanswered).toBe(0)
  })

  it("is answered FAILED if the endpoint's body is endless, after the limit was read", async () => {
    const { url, unanswered, requests, bytes } = await cloud((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' })
      const chunk = Buffer.alloc(65_536, ' ')
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', write)
      write()
    })
    expect(await serve(type, properties(url))).toMatchObject({
      kind: 'answered',
      verdict: { status: 'FAILED' },
    })
    await expect.poll(unanswered).toBe(0)
    // When one side closes, the buffers of the two sockets contain further bytes.
    expect(bytes()).toBeLessThan(requests() * (REQUEST_LIMITS.endpoint.answerBytes + 8 * 1024 * 1024))
  })
})
