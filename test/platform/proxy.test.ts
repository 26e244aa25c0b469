import { createServer, request as ask, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createNetwork,
  ForbiddenAddressError,
  ProxyError,
  type NetworkOptions,
} from '../../src/platform/network.ts'
import { parseProxy, proxyFor, type ProxySettings } from '../../src/platform/proxy.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { SANDBOX_PUSH_CERTIFICATE, SANDBOX_PUSH_KEY } from '../../src/sandbox/mns/certificate.ts'
import { FakeClock } from '../fake-clock.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function serving(server: Server): Promise<string> {
  const listening = await listen(server)
  closing.push(() => listening.close())
  return listening.url
}

/** A proxy that resolves every name to the loopback address. Returns its recorded requests. */
async function startProxy({ refuses = false } = {}) {
  const asked: { readonly line: string; readonly authorization: string | undefined }[] = []
  const server = createServer((incoming, response) => {
    asked.push({
      line: `${incoming.method ?? ''} ${incoming.url ?? ''}`,
      authorization: incoming.headers['proxy-authorization'],
    })
    const target = new URL(incoming.url ?? '')
    incoming.pipe(
      ask({ port: target.port, path: target.pathname, method: incoming.method ?? 'GET' }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  server.on('connect', (incoming, socket) => {
    asked.push({
      line: `CONNECT ${incoming.url ?? ''}`,
      authorization: incoming.headers['proxy-authorization'],
    })
    if (refuses) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    const port = Number(/:(\d+)$/.exec(incoming.url ?? '')?.[1])
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket)
      socket.pipe(target)
    })
    for (const one of [target, socket]) one.on('error', () => undefined)
    socket.on('close', () => target.destroy())
  })
  return { url: await serving(server), asked }
}

function networkWith(environment: Record<string, string>, addresses: Record<string, string> = {}) {
  const { settings, problems } = readSettings(environment)
  expect(problems).toEqual([])
  const network = createNetwork({
    ...settings,
    lookup: lookupOf(addresses),
  })
  closing.push(() => network.close())
  return network
}

/** A network whose resolver never answers. */
function silentNetwork(proxy: string, clock: FakeClock) {
  const { settings } = readSettings({ HTTP_PROXY: proxy })
  const network = createNetwork({ ...settings, clock, lookup: (() => undefined) as never })
  closing.push(() => network.close())
  return network
}

type Lookup = NonNullable<NetworkOptions['lookup']>

function lookupOf(addresses: Record<string, string>): Lookup {
  const lookup = (name: string, _: unknown, done: (error: Error | null, found?: unknown) => void) => {
    const address = addresses[name]
    if (address === undefined) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
    else done(null, [{ address, family: 4 }])
  }
  return lookup as never
}

const POST = { method: 'POST', headers: {}, body: 'asked' } as const

describe('a request through the proxy of the environment', () => {
  it('creates a tunnel to an https: server, whose certificate is checked by the properties', async () => {
    const server = createTlsServer(
      { key: SANDBOX_PUSH_KEY, cert: SANDBOX_PUSH_CERTIFICATE, sigalgs: 'RSA+SHA256:RSA-PSS+SHA256' },
      (incoming, response) => {
        incoming.pipe(response)
      },
    )
    const { port } = new URL(await serving(server))
    const proxy = await startProxy()
    const network = networkWith({ HTTPS_PROXY: proxy.url.replace('http://', 'http://me:pass%20word@') })
    const url = network.check(`https://cloud.example:${port}/path`, 'endpoint')
    const answer = await network.request(url, 'endpoint', { ...POST, tls: { rejectUnauthorized: false } })
    expect(await answer.body.text()).toBe('asked')
    expect(proxy.asked).toEqual([
      {
        line: `CONNECT cloud.example:${port}`,
        authorization: `Basic ${Buffer.from('me:pass word').toString('base64')}`,
      },
    ])
    await expect(network.request(url, 'endpoint', POST)).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
    })
  })

  it('requests the answer of an http: server', async () => {
    const target = createServer((incoming, response) => {
      incoming.pipe(response)
    })
    const { port } = new URL(await serving(target))
    const proxy = await startProxy()
    const network = networkWith({ http_proxy: proxy.url })
    const url = network.check(`http://cloud.example:${port}/path`, 'endpoint')
    const answer = await network.request(url, 'endpoint', POST)
    expect(await answer.body.text()).toBe('asked')
    expect(proxy.asked.map(({ line }) => line)).toEqual([`POST http://cloud.example:${port}/path`])
  })

  it('uses the proxy of ALL_PROXY if no other is named', async () => {
    const target = createServer((incoming, response) => {
      incoming.pipe(response)
    })
    const { port } = new URL(await serving(target))
    const [proxy, other] = [await startProxy(), await startProxy()]
    const network = networkWith({ all_proxy: proxy.url, HTTPS_PROXY: other.url })
    const url = network.check(`http://cloud.example:${port}/path`, 'endpoint')
    expect(await (await network.request(url, 'endpoint', POST)).body.text()).toBe('asked')
    expect(proxy.asked.map(({ line }) => line)).toEqual([`POST http://cloud.example:${port}/path`])
    const secure = network.check(`https://cloud.example:${port}/path`, 'endpoint')
    await expect(network.request(secure, 'endpoint', POST)).rejects.toThrow('through the proxy')
    expect(other.asked.map(({ line }) => line)).toEqual([`CONNECT cloud.example:${port}`])
  })

  it.each([
    ['http://169.254.169.254/', {}],
    ['https://10.0.0.1/', {}],
    ['https://cloud.example/', { 'cloud.example': '169.254.169.254' }],
    ['http://cloud.example/', { 'cloud.example': '192.168.0.1' }],
  ])(
    'is refused before the proxy is called if the address rule forbids it: %s %o',
    async (url, addresses) => {
      const proxy = await startProxy()
      const network = networkWith({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }, addresses)
      await expect(network.request(new URL(url), 'endpoint', POST)).rejects.toBeInstanceOf(
        ForbiddenAddressError,
      )
      expect(proxy.asked).toEqual([])
    },
  )

  it('waits two seconds for the addresses of a name, then leaves the name to the proxy', async () => {
    const target = createServer((incoming, response) => {
      incoming.pipe(response)
    })
    const { port } = new URL(await serving(target))
    const proxy = await startProxy()
    const clock = new FakeClock()
    const network = silentNetwork(proxy.url, clock)
    const asking = network.request(new URL(`http://cloud.example:${port}/path`), 'endpoint', POST)
    await expect.poll(() => clock.waiting).toContain(2000)
    await clock.advance(1999)
    expect(proxy.asked).toEqual([])
    await clock.advance(1)
    expect(await (await asking).body.text()).toBe('asked')
    expect(proxy.asked.map(({ line }) => line)).toEqual([`POST http://cloud.example:${port}/path`])
  })

  it('stops waiting for the addresses of a name when the request is aborted', async () => {
    const proxy = await startProxy()
    const network = silentNetwork(proxy.url, new FakeClock())
    const giveUp = new AbortController()
    const asking = network.request(new URL('http://cloud.example/'), 'endpoint', {
      ...POST,
      signal: giveUp.signal,
    })
    giveUp.abort(new Error('given up'))
    await expect(asking).rejects.toThrow('given up')
    expect(proxy.asked).toEqual([])
  })

  it('names the proxy if it refuses or cannot be reached, and never its password', async () => {
    const proxy = await startProxy({ refuses: true })
    const url = new URL('https://cloud.example/')
    const { host } = new URL(proxy.url)
    const refused = networkWith({ HTTPS_PROXY: `http://me:secret@${host}` })
    await expect(refused.request(url, 'endpoint', POST)).rejects.toThrow(
      `through the proxy ${host}: it refuses the connection with HTTP 403`,
    )
    const missing = networkWith({ HTTPS_PROXY: 'http://me:secret@127.0.0.1:9' })
    const error: unknown = await missing.request(url, 'endpoint', POST).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ProxyError)
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    expect(String(error)).toMatch(/^ProxyError: through the proxy 127\.0\.0\.1:9: connect ECONNREFUSED/)
  })

  it('calls a loopback address directly', async () => {
    const target = createServer((_, response) => response.end('direct'))
    const proxy = await startProxy()
    const network = networkWith({ HTTP_PROXY: proxy.url, STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' })
    const url = network.check(await serving(target), 'endpoint')
    expect(await (await network.request(url, 'endpoint', POST)).body.text()).toBe('direct')
    expect(proxy.asked).toEqual([])
  })
})

describe('the choice of a proxy', () => {
  const proxy = { origin: 'http://proxy.example:3128' }
  const isDirect = (
    url: string,
    noProxy: string,
    settings: ProxySettings = { httpsProxy: proxy, httpProxy: proxy },
  ) => proxyFor(new URL(url), 'endpoint', { ...settings, noProxy: noProxy.split(',') }) === undefined

  it.each([
    ['https://a.example/', 'a.example'],
    ['https://b.a.example/', 'a.example'],
    ['https://b.a.example/', '.a.example'],
    ['https://b.a.example/', '*.a.example'],
    ['https://A.Example/', 'a.EXAMPLE'],
    ['https://a.example:8443/', 'a.example:8443'],
    ['https://a.example/', 'a.example:443'],
    ['http://a.example/', 'a.example:80'],
    ['https://anything.example/', '*'],
    ['https://10.1.2.3/', '10.0.0.0/8'],
    ['https://10.1.2.3/', '10.1.2.3'],
    ['https://[fd00::1]/', 'fd00::/8'],
    ['https://[fd00::1]:35357/', '[fd00::1]:35357'],
    ['https://1234.cn-hangzhou-internal.fc.aliyuncs.com/', ''],
    ['http://localhost:8080/', ''],
    ['http://127.0.0.1:8080/', ''],
    ['http://[::1]:8080/', ''],
  ])('%s is called directly with NO_PROXY=%s', (url, noProxy) => {
    expect(isDirect(url, noProxy)).toBe(true)
  })

  it.each([
    ['https://a.example/', ''],
    ['https://a.example/', 'b.a.example'],
    ['https://xa.example/', 'a.example'],
    ['https://a.example/', 'a.example:8443'],
    ['https://11.1.2.3/', '10.0.0.0/8'],
    ['https://10.1.2.3/', '1.2.3'],
    ['https://10.1.2.3/', 'fd00::/8,10.0.0.0/99,x/8'],
  ])('%s is called through it with NO_PROXY=%s', (url, noProxy) => {
    expect(isDirect(url, noProxy)).toBe(false)
  })

  it('gets a password without a user in the form that curl uses', () => {
    const authorization = `Basic ${Buffer.from(':secret').toString('base64')}`
    expect(parseProxy('http://:secret@proxy.example:3128')).toMatchObject({ authorization })
  })

  it('is that of the scheme, and none for the intranet', () => {
    expect(isDirect('http://a.example/', '', { httpsProxy: proxy })).toBe(true)
    expect(isDirect('https://a.example/', '', { httpProxy: proxy })).toBe(true)
    const intranet = new URL('http://100.100.100.110/waitcondition')
    expect(proxyFor(intranet, 'intranet-callback', { httpProxy: proxy })).toBeUndefined()
  })

  it('never fails, for any NO_PROXY', () => {
    fc.assert(
      fc.property(fc.string(), (noProxy) => {
        expect(typeof isDirect('https://a.example/', noProxy)).toBe('boolean')
      }),
    )
  })
})

describe('the URL of a proxy', () => {
  it.each([
    ['http://proxy.example:3128', { origin: 'http://proxy.example:3128' }],
    ['proxy.example:3128', { origin: 'http://proxy.example:3128' }],
    ['https://proxy.example/', { origin: 'https://proxy.example' }],
    ['http://u:p%40@proxy.example', { origin: 'http://proxy.example', authorization: 'Basic dTpwQA==' }],
    ['http://u:100%@proxy.example', { origin: 'http://proxy.example', authorization: 'Basic dToxMDAl' }],
  ])('%s is read', (text, proxy) => {
    expect(parseProxy(text)).toEqual(proxy)
  })

  it.each(['socks5://proxy.example', 'http://proxy.example/path', 'http://', 'not a host'])(
    '%s is refused, and named without its value',
    (text) => {
      expect(readSettings({ HTTPS_PROXY: text }).problems).toEqual([
        'HTTPS_PROXY must be the http or https URL of a proxy, without a path',
      ])
    },
  )
})
