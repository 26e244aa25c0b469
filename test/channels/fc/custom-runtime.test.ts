import { describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import type { Role } from '../../../src/channels/fc/role.ts'
import { createCustomRuntime } from '../../../src/channels/fc/custom-runtime.ts'
import { serveInvocation, textOf } from '../../../src/channels/fc/serve-invocation.ts'
import { replied, serveWhole, tooLarge, type RequestHead } from '../../../src/channels/http/exchange.ts'
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
  /** Passed as the program's argument. */
  readonly role?: Role
  /** The reply to a request over HTTP. */
  readonly httpStatus?: number
}

function runtime({
  served = ANSWERED,
  settings = {},
  environment = {},
  body: text = 'the event',
  role,
  httpStatus = 418,
}: World = {}) {
  const seen: { event: string; context: object }[] = []
  const asRole: Role[] = []
  const standardOutput: string[] = []
  const overHttp: string[] = []
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const handlerOf = (of: Role) => async (body: Uint8Array, context: object) => {
    asRole.push(of)
    return textOf(
      await serveInvocation(body, async (event) => {
        seen.push({ event: Buffer.from(event).toString(), context })
        return served
      }),
    )
  }
  const { entry, finish } = createCustomRuntime({
    ...(role === undefined ? {} : { role }),
    settings: readSettings(settings).settings,
    environment,
    log: createLogger({ level: 'info', secrets: new Secrets(), destination }),
    handlers: {
      index: handlerOf('index'),
      'on-failure': handlerOf('on-failure'),
      mns: handlerOf('mns'),
      http: handlerOf('http'),
    },
    writeLine: (line) => void standardOutput.push(line),
    httpEntry:
      () =>
      ({ target }) => {
        overHttp.push(target)
        return replied({ status: httpStatus, headers: {}, body: '' })
      },
  })
  const send = async (method: string, target: string, headers: RequestHead['headers'] = {}) => {
    const body = Buffer.from(text)
    const head = { method, target, headers }
    return finish(head, await serveWhole(entry, head, { bytes: body.byteLength, readBody: () => body }))
  }
  return { send, finish, seen, asRole, overHttp, standardOutput, logged: () => lines.join('') }
}

const WITH_TOKEN = { STACKBRIDGE_BEARER_TOKEN: 'a-bearer-token-of-no-value' }
const EVENT = { 'x-fc-control-path': '/invoke' }

describe('the custom runtime', () => {
  it("serves each event in the message of a queue's trigger, and reports each result", async () => {
    const cloudEvent = (messageBody: string) => ({ specversion: '1.0', data: { messageBody } })
    const body = JSON.stringify([cloudEvent('{"one":1}'), cloudEvent(btoa('{"two":2}'))])
    const { send, seen } = runtime({ body })
    const reply = await send('POST', '/invoke', EVENT)
    expect(seen.map(({ event }) => event)).toEqual(['{"one":1}', '{"two":2}'])
    expect(reply).toMatchObject({ status: 200, body: '[{"answered":"FAILED"},{"answered":"FAILED"}]' })
  })

  it('serves an invocation with the context in its headers', async () => {
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
  ])('reports an invocation that was $kind as failed, so that FC may retry it', async (served) => {
    const { send } = runtime({ served })
    expect(await send('POST', '/invoke', EVENT)).toMatchObject({
      status: 404,
      headers: { 'x-fc-status': '404' },
    })
  })

  it('reports an invocation whose answer ROS refused as succeeded, so that FC does not retry the event', async () => {
    const served: Served = { kind: 'refused', verdict: { status: 'FAILED', reason: 'for a test' } }
    expect(await runtime({ served }).send('POST', '/invoke', EVENT)).toMatchObject({
      status: 200,
      headers: { 'x-fc-status': '200' },
      body: '{"refused":"FAILED"}',
    })
  })

  it.each<[string, Role]>([
    ['on-failure.handler', 'on-failure'],
    ['mns.handler', 'mns'],
    ['http.handler', 'http'],
    ['index.handler', 'index'],
    ['any text', 'index'],
    ['', 'index'],
  ])('serves an invocation of the handler "%s" as %s', async (handler, expected) => {
    const { send, asRole } = runtime()
    await send('POST', '/invoke', { ...EVENT, 'x-fc-function-handler': handler })
    expect(asRole).toEqual([expected])
  })

  it("takes the handler's name from the environment rather than a header, and a role of the command rather than both", async () => {
    const environment = { FC_FUNCTION_HANDLER: 'mns.handler' }
    const headers = { ...EVENT, 'x-fc-function-handler': 'on-failure.handler' }
    const byEnvironment = runtime({ environment })
    await byEnvironment.send('POST', '/invoke', headers)
    const byCommand = runtime({ environment, role: 'http' })
    await byCommand.send('POST', '/invoke', headers)
    expect([byEnvironment.asRole, byCommand.asRole]).toEqual([['mns'], ['http']])
  })

  it.each<Role>(['on-failure', 'mns'])('serves nothing over HTTP as %s', async (role) => {
    const { send, overHttp } = runtime({ role })
    const headers = { 'x-fc-control-path': '/http-invoke' }
    expect(await send('POST', '/ros', headers)).toMatchObject({ status: 404 })
    expect(overHttp).toEqual([])
  })

  it('distinguishes requests by x-fc-control-path, whatever their path is', async () => {
    const { send, asRole, overHttp } = runtime()
    expect(await send('POST', '/', { 'x-fc-control-path': '/initialize' })).toMatchObject({ status: 200 })
    expect(await send('POST', '/', EVENT)).toMatchObject({ status: 200 })
    await send('POST', '/initialize', { 'x-fc-control-path': '/http-invoke' })
    await send('GET', '/pre-stop', { 'x-fc-control-path': '/http-invoke' })
    expect({ asRole, overHttp }).toEqual({ asRole: ['index'], overHttp: ['/initialize', '/pre-stop'] })
  })

  it.each([
    [200, '200'],
    [202, '200'],
    [401, '200'],
    [500, '404'],
    [503, '404'],
  ])(
    'reports for a request over HTTP with the reply %d that the invocation was a %s',
    async (httpStatus, status) => {
      const { send } = runtime({ httpStatus })
      const reply = await send('POST', '/ros', { 'x-fc-control-path': '/http-invoke' })
      expect(reply).toMatchObject({ status: httpStatus, headers: { 'x-fc-status': status } })
    },
  )

  it('sets x-fc-status in every reply: of hooks, of refusals and of the server itself', async () => {
    const { send, finish } = runtime({ settings: WITH_TOKEN })
    const replies = [
      await send('POST', '/initialize'),
      await send('GET', '/pre-stop'),
      await send('POST', '/invoke'),
      finish({ method: 'POST', target: '/invoke', headers: EVENT }, tooLarge(1)),
    ]
    expect(replies.map(({ status, headers }) => [status, headers['x-fc-status']])).toEqual([
      [200, '200'],
      [200, '200'],
      [403, '404'],
      [413, '404'],
    ])
  })

  describe('writes the marks by which Function Compute finds the log of an invocation', () => {
    const ID = { 'x-fc-request-id': '1-6a2b-c3' }

    it.each([
      ['an event', { ...EVENT, ...ID }],
      ['a request of an HTTP trigger', { 'x-fc-control-path': '/http-invoke', ...ID }],
    ])('for %s', async (_, headers) => {
      const { send, standardOutput } = runtime()
      await send('POST', '/invoke', headers)
      expect(standardOutput).toEqual([
        'FC Invoke Start RequestId: 1-6a2b-c3',
        'FC Invoke End RequestId: 1-6a2b-c3',
      ])
    })

    it('the end after the invocation, with a word that marks a failure', async () => {
      let end: (served: Served) => void = () => undefined
      const { send, standardOutput } = runtime({ served: new Promise<Served>((resolve) => (end = resolve)) })
      const sent = send('POST', '/invoke', { ...EVENT, ...ID })
      expect(standardOutput).toEqual(['FC Invoke Start RequestId: 1-6a2b-c3'])
      end({ kind: 'unanswerable', problems: ['no event'] })
      await sent
      expect(standardOutput[1]).toBe('FC Invoke End RequestId: 1-6a2b-c3, Error: Unhandled function error')
    })

    it.each<[string, RequestHead['headers']]>([
      ['a hook', { 'x-fc-control-path': '/initialize', ...ID }],
      ['a request that is not from Function Compute', ID],
      ['an id with other characters', { ...EVENT, 'x-fc-request-id': '1 {"level":"error"}' }],
    ])('but none for %s', async (_, headers) => {
      const { send, standardOutput } = runtime()
      await send('POST', '/invoke', headers)
      expect(standardOutput).toEqual([])
    })
  })

  it('answers the hook of a new instance', async () => {
    expect(await runtime().send('POST', '/initialize')).toMatchObject({ status: 200 })
  })

  it('replies to /pre-stop after the requests in progress have ended', async () => {
    let end: (served: Served) => void = () => undefined
    const { send } = runtime({ served: new Promise<Served>((resolve) => (end = resolve)) })
    const order: string[] = []
    const invoked = send('POST', '/invoke', EVENT).then(() => order.push('invoked'))
    const stopped = send('GET', '/pre-stop').then(() => order.push('stopped'))
    end(ANSWERED)
    await Promise.all([invoked, stopped])
    expect(order).toEqual(['invoked', 'stopped'])
  })

  it('accepts no event from an HTTP trigger without authentication, whatever its path is', async () => {
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
    ['no control path', { ...OF_FC, 'x-fc-control-path': undefined }],
    ['another token', { authorization: 'Bearer another-token-of-no-value' }],
  ])('refuses an invocation with %s if a token is required', async (_, headers) => {
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

  it('ignores headers about its address and its role if the environment has them', async () => {
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

  it("takes the role's credentials from the headers if the environment has the operator's own keys", async () => {
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
