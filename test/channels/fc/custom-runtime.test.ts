import { describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import { createCustomRuntime } from '../../../src/channels/fc/custom-runtime.ts'
import { replied, serveWhole, type RequestHead } from '../../../src/channels/http/exchange.ts'
import { readFcContext } from '../../../src/platform/fc-context.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { readSettings } from '../../../src/platform/settings.ts'

const ANSWERED: Served = { kind: 'answered', verdict: { status: 'FAILED', reason: 'for a test' } }

interface World {
  readonly served?: Served | Promise<Served>
  readonly settings?: Record<string, string>
  readonly environment?: Record<string, string>
  readonly body?: string
}

function runtime({
  served = ANSWERED,
  settings = {},
  environment = {},
  body: text = 'the event',
}: World = {}) {
  const seen: { event: string; context: object }[] = []
  const overHttp: string[] = []
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const entry = createCustomRuntime({
    settings: readSettings(settings).settings,
    environment,
    log: createLogger({ level: 'info', secrets: new Secrets(), destination }),
    serve: (context) => async (event) => {
      seen.push({ event: Buffer.from(event).toString(), context })
      return served
    },
    httpEntry:
      () =>
      ({ target }) => {
        overHttp.push(target)
        return replied({ status: 418, headers: {}, body: '' })
      },
  })
  const send = (method: string, target: string, headers: RequestHead['headers'] = {}) => {
    const body = Buffer.from(text)
    return serveWhole(entry, { method, target, headers }, { bytes: body.byteLength, readBody: () => body })
  }
  return { send, seen, overHttp, logged: () => lines.join('') }
}

const WITH_TOKEN = { STACKBRIDGE_BEARER_TOKEN: 'a-bearer-token-of-no-value' }
const EVENT = { 'x-fc-control-path': '/invoke' }

describe('the custom runtime', () => {
  it("serves each event in the message of a queue's trigger, and tells of each", async () => {
    const cloudEvent = (messageBody: string) => ({ specversion: '1.0', data: { messageBody } })
    const body = JSON.stringify([cloudEvent('{"one":1}'), cloudEvent(btoa('{"two":2}'))])
    const { send, seen } = runtime({ body })
    const reply = await send('POST', '/invoke', EVENT)
    expect(seen.map(({ event }) => event)).toEqual(['{"one":1}', '{"two":2}'])
    expect(reply).toMatchObject({ status: 200, body: '[{"answered":"FAILED"},{"answered":"FAILED"}]' })
  })

  it('serves an invocation with the context that its headers hold', async () => {
    const { send, seen } = runtime()
    const reply = await send('POST', '/invoke', {
      ...EVENT,
      'x-fc-request-id': 'r-1',
      'x-fc-function-name': 'stackbridge',
      'x-fc-function-timeout': '60',
      'x-fc-region': 'cn-hangzhou',
      'x-fc-account-id': '123',
      'x-fc-access-key-id': 'id',
      'x-fc-access-key-secret': 'secret',
      'x-fc-security-token': 'token',
    })
    expect(reply).toMatchObject({
      status: 200,
      headers: { 'x-fc-status': '200' },
      body: '{"answered":"FAILED"}',
    })
    expect(seen.map(({ event }) => event)).toEqual(['the event'])
    expect(readFcContext(seen[0]?.context, {})).toEqual({
      requestId: 'r-1',
      timeoutMs: 60_000,
      address: { name: 'stackbridge', region: 'cn-hangzhou', accountId: '123' },
      credentials: { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' },
    })
  })

  it.each<Served>([
    { kind: 'undelivered', verdict: { status: 'FAILED', reason: 'for a test' } },
    { kind: 'unanswerable', problems: ['no event'] },
  ])('reports an invocation that was $kind as failed, so that FC may try again', async (served) => {
    const { send } = runtime({ served })
    expect(await send('POST', '/invoke', EVENT)).toMatchObject({
      status: 404,
      headers: { 'x-fc-status': '404' },
    })
  })

  it('reports an invocation whose answer ROS refused as succeeded: FC must not run the event again', async () => {
    const served: Served = { kind: 'refused', verdict: { status: 'FAILED', reason: 'for a test' } }
    expect(await runtime({ served }).send('POST', '/invoke', EVENT)).toMatchObject({
      status: 200,
      headers: { 'x-fc-status': '200' },
      body: '{"refused":"FAILED"}',
    })
  })

  it('answers the hook of a new instance', async () => {
    expect(await runtime().send('POST', '/initialize')).toMatchObject({ status: 200 })
  })

  it('replies to /pre-stop when the requests in progress have ended', async () => {
    let end: (served: Served) => void = () => undefined
    const { send } = runtime({ served: new Promise<Served>((resolve) => (end = resolve)) })
    const order: string[] = []
    const invoked = send('POST', '/invoke', EVENT).then(() => order.push('invoked'))
    const stopped = send('GET', '/pre-stop').then(() => order.push('stopped'))
    end(ANSWERED)
    await Promise.all([invoked, stopped])
    expect(order).toEqual(['invoked', 'stopped'])
  })

  it('takes no event from an HTTP trigger without a proof, whatever its path is', async () => {
    const { send, seen, overHttp } = runtime()
    await send('POST', '/invoke', { 'x-fc-control-path': '/http-invoke' })
    await send('POST', '/ros')
    expect({ seen, overHttp }).toEqual({ seen: [], overHttp: ['/invoke', '/ros'] })
    const careful = runtime({ settings: WITH_TOKEN })
    expect(await careful.send('POST', '/invoke')).toMatchObject({ status: 403 })
    expect(careful.seen).toEqual([])
  })

  const OF_FC = { ...EVENT, 'x-fc-request-id': 'r-1', 'x-fc-function-name': 'stackbridge' }
  const FC_ENVIRONMENT = {
    FC_FUNCTION_NAME: 'stackbridge',
    FC_REGION: 'cn-hangzhou',
    FC_ACCOUNT_ID: '123',
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.role',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-of-the-role',
    ALIBABA_CLOUD_SECURITY_TOKEN: 'token-of-the-role',
  }

  it.each<[string, RequestHead['headers']]>([
    ['the control path alone', EVENT],
    ['no request id', { ...OF_FC, 'x-fc-request-id': undefined }],
    ['another function', { ...OF_FC, 'x-fc-function-name': 'another' }],
    ['another region', { ...OF_FC, 'x-fc-region': 'evil.test/' }],
    ['another account', { ...OF_FC, 'x-fc-account-id': '124' }],
    ['another control path', { ...OF_FC, 'x-fc-control-path': '/initialize' }],
    ['another token', { authorization: 'Bearer another-token-of-no-value' }],
  ])('refuses an invocation with %s where a token is asked for', async (_, headers) => {
    const careful = runtime({ settings: WITH_TOKEN, environment: FC_ENVIRONMENT })
    expect(await careful.send('POST', '/invoke', headers)).toMatchObject({ status: 403 })
    expect(careful.seen).toEqual([])
    expect(careful.logged()).toContain('an invocation was refused')
  })

  it('serves invocations of Function Compute and requests with the token, if a token is required', async () => {
    const careful = runtime({ settings: WITH_TOKEN, environment: FC_ENVIRONMENT })
    expect(await careful.send('POST', '/invoke', OF_FC)).toMatchObject({ status: 200 })
    const authorization = `Bearer ${WITH_TOKEN.STACKBRIDGE_BEARER_TOKEN}`
    expect(await careful.send('POST', '/invoke', { authorization })).toMatchObject({ status: 200 })
  })

  it('believes no header about its address and its role where the environment says them', async () => {
    const { send, seen } = runtime({ environment: FC_ENVIRONMENT })
    await send('POST', '/invoke', {
      ...OF_FC,
      'x-fc-region': 'evil.test/',
      'x-fc-account-id': '1@evil.test/',
      'x-fc-function-name': 'another',
      'x-fc-access-key-id': 'id',
      'x-fc-access-key-secret': 'secret',
      'x-fc-security-token': 'token',
    })
    expect(readFcContext(seen[0]?.context, FC_ENVIRONMENT)).toMatchObject({
      address: { name: 'stackbridge', region: 'cn-hangzhou', accountId: '123' },
      credentials: { accessKeyId: 'STS.role', securityToken: 'token-of-the-role' },
    })
  })

  it("takes the role's credentials from the headers where the environment has the operator's own keys", async () => {
    const ownKeys = { ...FC_ENVIRONMENT, ALIBABA_CLOUD_SECURITY_TOKEN: '' }
    const { send, seen } = runtime({ environment: ownKeys })
    await send('POST', '/invoke', {
      ...OF_FC,
      'x-fc-access-key-id': 'STS.header',
      'x-fc-access-key-secret': 'secret',
      'x-fc-security-token': 'token',
    })
    expect(readFcContext(seen[0]?.context, ownKeys).credentials?.accessKeyId).toBe('STS.header')
  })
})
