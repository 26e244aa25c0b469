import { describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import { createCustomRuntime } from '../../../src/channels/fc/custom-runtime.ts'
import type { HttpRequest } from '../../../src/channels/http/exchange.ts'
import { readFcContext } from '../../../src/platform/fc-context.ts'
import { readSettings } from '../../../src/platform/settings.ts'

const ANSWERED: Served = { kind: 'answered', verdict: { status: 'FAILED', reason: 'for a test' } }

function runtime(served: Served | Promise<Served> = ANSWERED, environment: Record<string, string> = {}) {
  const seen: { event: string; context: object }[] = []
  const overHttp: string[] = []
  const handle = createCustomRuntime({
    settings: readSettings(environment).settings,
    serveEvent: async (event, context) => {
      seen.push({ event: Buffer.from(event).toString(), context })
      return served
    },
    serveHttp: async ({ target }) => {
      overHttp.push(target)
      return { status: 418, headers: {}, body: '' }
    },
  })
  const send = (method: string, target: string, headers: HttpRequest['headers'] = {}) =>
    handle({ method, target, headers, body: Buffer.from('the event') })
  return { send, seen, overHttp }
}

const EVENT = { 'x-fc-control-path': '/invoke' }

describe('the custom runtime', () => {
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
    const { send } = runtime(served)
    expect(await send('POST', '/invoke', EVENT)).toMatchObject({
      status: 404,
      headers: { 'x-fc-status': '404' },
    })
  })

  it('answers the hook of a new instance', async () => {
    expect(await runtime().send('POST', '/initialize')).toMatchObject({ status: 200 })
  })

  it('lets the instance go when what is under way has ended', async () => {
    let end: (served: Served) => void = () => undefined
    const { send } = runtime(new Promise<Served>((resolve) => (end = resolve)))
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
    const careful = runtime(ANSWERED, { STACKBRIDGE_BEARER_TOKEN: 'a-bearer-token-of-no-value' })
    expect(await careful.send('POST', '/invoke')).toMatchObject({ status: 403 })
    expect(careful.seen).toEqual([])
  })
})
