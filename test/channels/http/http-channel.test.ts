import { createHash, createHmac } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAnswerInPlace } from '../../../src/channels/answer-in-place.ts'
import { createHttpChannel, type Taken } from '../../../src/channels/http/http-channel.ts'
import { serveWhole, type HttpEntry, type HttpRequest } from '../../../src/channels/http/exchange.ts'
import { createNodeServer } from '../../../src/channels/http/node-server.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import { providerRegistry } from '../../../src/providers/registry.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { awsConnection } from '../../embedded-connections.ts'
import { realTime, startSimulatedTime, type TestTime } from '../../test-time.ts'

const TOKEN = 'a-bearer-token-of-no-value'
const KEY = 'a-sign-key-of-no-value'

let aws: SandboxCloudFormation
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  // A synchronous token has ten seconds of real time.
  const provider = providerRegistry.resolve('Custom::AwsCloudFormationStack', undefined)
  if (provider.ok) await provider.load()
})
beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

interface World {
  readonly environment?: Record<string, string>
  readonly servesWithoutProof?: boolean
  readonly take?: Taken
  /** The time in which events are answered; by default real time. */
  readonly time?: TestTime
}

/** The channel on Node's server, with the bridge behind its synchronous form and a list behind the other. */
async function channel({
  environment = {},
  servesWithoutProof = false,
  take = { taken: true },
  time = realTime,
}: World = {}) {
  const { settings, problems } = readSettings({
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '50',
    ...environment,
  })
  expect(problems).toEqual([])
  const network = createNetwork(settings)
  const taken: unknown[] = []
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ level: 'debug', secrets: new Secrets(), destination })
  const answerInPlace = createAnswerInPlace()
  const entry = createHttpChannel({
    settings,
    clock: systemClock,
    log,
    servesWithoutProof,
    take: async (event) => {
      if (take.taken) taken.push(JSON.parse(Buffer.from(event).toString()))
      return take
    },
    answer: (event) =>
      time.employ((clock) =>
        answerInPlace(event, {
          clock,
          random: Math.random,
          environment: {},
          settings,
          misconfiguration: [],
          network,
          registry: providerRegistry,
          log: (secrets) => createLogger({ level: 'debug', secrets, destination }),
        }),
      ),
  })
  const server = await listen(
    createNodeServer({
      entry,
      log,
      clock: systemClock,
      maxConnections: settings.maxConnections,
      bufferBytes: settings.requestBufferBytes,
      largestBodyBytes: settings.requestLimitBytes,
    }),
  )
  open.push(network, server)
  const send = async (
    path: string,
    body: string | object,
    headers: Record<string, string> = {},
    method = 'POST',
  ) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return { send, entry, taken, logged: () => lines.join('') }
}

function event(more: object = {}, seconds = 0) {
  return {
    RequestType: 'Create',
    RequestId: 'request-1',
    ResponseURL: 'http://127.0.0.1:9/nobody',
    ResourceType: 'Custom::AwsCloudFormationStack',
    LogicalResourceId: 'Stack',
    StackId: 'ros-stack-1',
    StackName: 'ros',
    ResourceProperties: {
      ...awsConnection(aws),
      Stack: {
        Name: 'over-http',
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
          Outputs: { Thing: { Value: { Ref: 'Thing' } } },
        },
      },
    },
    ...more,
  }
}

const bearer = { authorization: `Bearer ${TOKEN}` }
const withToken = { STACKBRIDGE_BEARER_TOKEN: TOKEN }

describe('web:', () => {
  it('accepts the event and answers 202 at once', async () => {
    const { send, taken } = await channel({ environment: withToken })
    expect(await send('/ros', event(), bearer)).toMatchObject({ status: 202 })
    expect(taken).toEqual([event()])
    expect(aws.calls).toEqual([])
  })

  it('answers 500 if it could store nothing, so that ROS repeats an idempotent request', async () => {
    const { send } = await channel({
      environment: withToken,
      take: { taken: false, why: 'the disk is full' },
    })
    expect(await send('/ros', event(), bearer)).toMatchObject({ status: 500 })
  })

  it('parses a form whose maps are written as JSON', async () => {
    const { send, taken } = await channel({ environment: withToken })
    const fields = Object.entries(event()).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...bearer }
    expect(await send('/ros', new URLSearchParams(fields).toString(), form)).toMatchObject({ status: 202 })
    expect(taken).toEqual([event()])
  })

  it.each([
    [
      'an event that cannot be answered',
      () => event({ ResponseURL: undefined }),
      400,
      'ResponseURL is missing',
    ],
    ['no JSON', () => 'hello', 400, 'is not valid JSON'],
    ['no object', () => '[]', 400, 'must be a JSON object'],
    ['a continuation', () => event({ stackbridge: 'continuation' }), 400, 'is not an event of ROS'],
  ])('refuses %s', async (_, body, status, said) => {
    const { send, taken } = await channel({ environment: withToken })
    const reply = await send('/ros', body(), bearer)
    expect(reply).toMatchObject({ status, text: expect.stringContaining(said) })
    expect(taken).toEqual([])
  })

  it('refuses other methods, paths and content types, and bodies that are too large', async () => {
    const { send, taken } = await channel({
      environment: { ...withToken, STACKBRIDGE_REQUEST_LIMIT_BYTES: '2000' },
    })
    expect(await send('/ros', '', bearer, 'GET')).toMatchObject({ status: 405 })
    expect(await send('/', event(), bearer)).toMatchObject({ status: 404 })
    expect(await send('/ros', '<a/>', { ...bearer, 'content-type': 'text/xml' })).toMatchObject({
      status: 415,
    })
    expect(await send('/ros', event({ More: 'x'.repeat(2000) }), bearer)).toMatchObject({ status: 413 })
    expect(taken).toEqual([])
  })
})

describe('web[sync]:', () => {
  it('answers in the HTTP response, and needs no ResponseURL', async () => {
    const { send } = await channel({ environment: withToken })
    const reply = await send('/ros/sync', event({ ResponseURL: undefined }), bearer)
    expect(reply.status).toBe(200)
    expect(JSON.parse(reply.text)).toMatchObject({
      Status: 'SUCCESS',
      RequestId: 'request-1',
      StackId: 'ros-stack-1',
      LogicalResourceId: 'Stack',
      Data: { Thing: expect.any(String) },
    })
  })

  it('answers FAILED before its ten seconds are over, and names the form that allows more time', async () => {
    const time = startSimulatedTime()
    open.push({ close: () => time.stop() })
    aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    open.push(aws)
    const { entry } = await channel({ environment: withToken, time })
    const startedAt = time.clock.now()
    // Without a socket: the simulated time does not advance while a request is in flight.
    const { body } = await whole(entry, {
      method: 'POST',
      target: '/ros/sync',
      headers: { ...bearer, host: 'bridge.example.com', 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(event({}, 60))),
    })
    const { Status, Reason } = JSON.parse(body)
    expect(time.clock.now() - startedAt).toBeLessThan(9500)
    expect(Status).toBe('FAILED')
    expect(Reason).toMatch(
      /^Timed out by ROS's ten seconds .* web:\) after \d s while creating stack over-http; its status is CREATE_IN_PROGRESS/,
    )
  })

  it('gives an event that arrives twice at once the same answer, with one stack', async () => {
    const { send } = await channel({ environment: withToken })
    const both = await Promise.all([1, 2].map(() => send('/ros/sync', event(), bearer)))
    expect(both[0]?.text).toBe(both[1]?.text)
    expect(aws.calls.filter((call) => JSON.stringify(call).includes('CreateStack'))).toHaveLength(1)
  })

  it('answers a malformed event FAILED', async () => {
    const { send } = await channel({ environment: withToken })
    const reply = await send('/ros/sync', event({ RequestType: 'Make' }), bearer)
    expect(JSON.parse(reply.text)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('RequestType'),
    })
  })
})

describe('a client', () => {
  const signedBody = (path: string) => {
    const data = { A: 1, ...event() }
    const date = new Date().toISOString().replace(/\.\d+/, '')
    const sorted = JSON.stringify(sortKeys(data)).replaceAll(/[\u007f-\uffff]/g, '')
    const md5 = createHash('md5').update(sorted).digest('hex')
    const text = `POST\napplication/json\n${md5}\n${date}\nhttps://bridge.example.com${path}`
    return { ...data, Signature: { Date: date, Value: createHmac('sha1', KEY).update(text).digest('hex') } }
  }
  const signing = {
    STACKBRIDGE_SIGN_KEY: KEY,
    STACKBRIDGE_SIGN_FORM: 'hmac,hex,compact',
    STACKBRIDGE_PUBLIC_URL: 'https://bridge.example.com',
  }

  it.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer another-token-of-no-value' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('is refused with %s, without the reason', async (_, headers) => {
    const { send, taken, logged } = await channel({ environment: withToken })
    for (const body of [event(), 'no JSON'])
      expect(await send('/ros', body, headers)).toMatchObject({
        status: 401,
        text: '{"problem":"the request is not proven to be from ROS"}',
      })
    expect(taken).toEqual([])
    expect(logged()).toContain('a request was refused')
    expect(logged()).not.toContain(TOKEN)
  })

  it('may use the old token while a new one replaces it', async () => {
    const { send } = await channel({
      environment: { STACKBRIDGE_BEARER_TOKEN: `a-newer-token-of-no-value,${TOKEN}` },
    })
    expect(await send('/ros', event(), bearer)).toMatchObject({ status: 202 })
  })

  it("may authenticate by ROS's signature, only for the path that was signed", async () => {
    const { send } = await channel({ environment: signing })
    expect(await send('/ros', signedBody('/ros'))).toMatchObject({ status: 202 })
    expect(await send('/ros/sync', signedBody('/ros'))).toMatchObject({ status: 401 })
    expect(await send('/ros', { ...signedBody('/ros'), A: 2 })).toMatchObject({ status: 401 })
    expect(await send('/ros', event(), bearer)).toMatchObject({ status: 401 })
  })

  it('needs no authentication only if the channel allows this and the settings require none', async () => {
    expect(await (await channel()).send('/ros', event())).toMatchObject({ status: 401 })
    expect(await (await channel({ servesWithoutProof: true })).send('/ros', event())).toMatchObject({
      status: 202,
    })
  })

  it.each([
    ['a proxy that forwards', { 'x-forwarded-for': '203.0.113.1' }],
    ['a page in a browser', { origin: 'https://example.com' }],
  ])('needs authentication also on a loopback address if the request came by %s', async (_, headers) => {
    const { send, taken } = await channel({ servesWithoutProof: true })
    expect(await send('/ros', event(), headers)).toMatchObject({ status: 401 })
    expect(taken).toEqual([])
  })

  it('needs authentication also on a loopback address if a name was made to resolve to it', async () => {
    const { entry } = await channel({ servesWithoutProof: true })
    const answers = ['bridge.example.com:8080', '127.0.0.1.example.com', 'localhost:8080', '[::1]:8080'].map(
      (host) =>
        whole(entry, {
          method: 'POST',
          target: '/ros',
          headers: { host, 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify(event())),
        }),
    )
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 401, 202, 202])
  })

  it('needs the required authentication on a loopback address, too', async () => {
    const asking = await channel({ servesWithoutProof: true, environment: withToken })
    expect(await asking.send('/ros', event())).toMatchObject({ status: 401 })
  })
})

function whole(entry: HttpEntry, { body, ...head }: HttpRequest) {
  return serveWhole(entry, head, { bytes: body.byteLength, readBody: () => body })
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, item]) => [name, sortKeys(item)]),
  )
}
