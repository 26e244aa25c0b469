import { createServer, type RequestListener, type Server } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/platform/address-rule.ts'
import { CallScope } from '../../src/platform/call-scope.ts'
import { createNetwork, type Network, type NetworkOptions } from '../../src/platform/network.ts'
import { MOST_CONNECTIONS, MOST_POOLS, REQUEST_LIMITS } from '../../src/platform/network-limits.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { FakeClock } from '../fake-clock.ts'

/** The limits of one request, for each purpose and for each behaviour of the server. */

const GET = { method: 'GET', headers: {} } as const
const PURPOSES = [
  ...(['endpoint', 'public-callback', 'intranet-callback'] as const),
  ...(['certificate', 'own-function', 'own-queue'] as const),
] satisfies Purpose[]

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function network(options: Partial<NetworkOptions> = {}): Network {
  const created = createNetwork({
    allowPrivateAddresses: true,
    intranetCallbackRanges: ['127.0.0.0/8'],
    ...options,
  })
  open.push(created)
  return created
}

/** A server that counts its sockets and its unanswered requests with open connections. */
async function serving(answer: RequestListener) {
  let unanswered = 0
  const server: Server = createServer((request, response) => {
    unanswered += 1
    response.on('close', () => (unanswered -= 1))
    answer(request, response)
  })
  let most = 0
  let sockets = 0
  server.on('connection', (socket) => {
    sockets += 1
    most = Math.max(most, sockets)
    socket.on('close', () => (sockets -= 1))
    socket.on('error', () => undefined)
  })
  const listening = await listen(server)
  open.push(listening)
  return {
    url: new URL(listening.url),
    openSockets: () => sockets,
    mostSockets: () => most,
    unanswered: () => unanswered,
  }
}

const endless: RequestListener = (_, response) => {
  const chunk = Buffer.alloc(65_536, ' ')
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', write)
  write()
}
const silent: RequestListener = () => undefined
/** Sends headers and a first byte, and another byte on each call. */
function dripping() {
  const drips: (() => void)[] = []
  const answer: RequestListener = (_, response) => {
    response.write(' ')
    drips.push(() => void response.write(' '))
  }
  return { answer, drip: () => drips.forEach((one) => one()) }
}

describe('an endless answer', () => {
  it.each(PURPOSES)('is read up to the limit for %s, and its connection is closed', async (purpose) => {
    const server = await serving(endless)
    const response = await network().request(server.url, purpose, GET)
    let bytes = 0
    const reading = (async () => {
      for await (const chunk of response.body) bytes += Buffer.byteLength(chunk as Uint8Array)
    })()
    await expect(reading).rejects.toThrow(/max size/)
    expect(bytes).toBeLessThanOrEqual(REQUEST_LIMITS[purpose].answerBytes)
    await expect.poll(server.unanswered).toBe(0)
  })
})

describe('the time limit of a request', () => {
  it('ends a body that is not read, and the process continues', async () => {
    const clock = new FakeClock()
    const server = await serving(dripping().answer)
    const response = await network({ clock }).request(server.url, 'endpoint', GET)
    expect(response.statusCode).toBe(200)
    await clock.advance(REQUEST_LIMITS.endpoint.totalMs)
    await expect.poll(server.unanswered).toBe(0)
  })

  it.each(PURPOSES)(
    'ends a body that is sent byte by byte, for %s, and closes its connection',
    async (purpose) => {
      const clock = new FakeClock()
      const { answer, drip } = dripping()
      const server = await serving(answer)
      const response = await network({ clock }).request(server.url, purpose, GET)
      const reading = response.body.text()
      const failed = expect(reading).rejects.toMatchObject({ name: 'TimeoutError' })
      for (let past = 0; past < REQUEST_LIMITS[purpose].totalMs; past += 1000) {
        drip()
        await clock.advance(1000)
      }
      await failed
      await expect.poll(server.unanswered).toBe(0)
    },
  )

  it('ends a request whose headers do not arrive', async () => {
    const clock = new FakeClock()
    const server = await serving(silent)
    const asking = network({ clock }).request(server.url, 'endpoint', GET)
    const failed = expect(asking).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect.poll(server.unanswered).toBe(1)
    await clock.advance(REQUEST_LIMITS.endpoint.totalMs)
    await failed
    await expect.poll(server.unanswered).toBe(0)
  })

  it('ends a request whose host name is not resolved, or that waits for a free connection', async () => {
    const clock = new FakeClock()
    const lookup = (() => undefined) as unknown as NonNullable<NetworkOptions['lookup']> & LookupFunction
    const unresolved = network({ clock, lookup }).request(new URL('http://slow.example/'), 'endpoint', GET)
    const failed = expect(unresolved).rejects.toMatchObject({ name: 'TimeoutError' })
    await clock.advance(REQUEST_LIMITS.endpoint.totalMs)
    await failed

    const server = await serving(silent)
    const busy = network({ clock })
    const asking = Array.from({ length: MOST_CONNECTIONS + 5 }, () =>
      busy.request(server.url, 'endpoint', GET).catch((error: unknown) => error),
    )
    await expect.poll(server.unanswered).toBe(MOST_CONNECTIONS)
    await clock.advance(REQUEST_LIMITS.endpoint.totalMs)
    for (const error of await Promise.all(asking)) expect(error).toMatchObject({ name: 'TimeoutError' })
    await expect.poll(server.unanswered).toBe(0)
  })

  it('keeps the connection of an answer that arrived in time for the next request', async () => {
    const clock = new FakeClock()
    const server = await serving((_, response) => response.end('here'))
    const here = network({ clock })
    for (let time = 0; time < 3; time += 1) {
      const response = await here.request(server.url, 'endpoint', GET)
      expect(await response.body.text()).toBe('here')
      await clock.advance(REQUEST_LIMITS.endpoint.totalMs)
    }
    expect(server.mostSockets()).toBe(1)
  })
})

describe('an aborted call', () => {
  it('closes its connection before its headers and within its body, and later calls succeed', async () => {
    const server = await serving((request, response) => {
      if (request.url === '/body') response.write('begun')
      else if (request.url === '/quick') response.end('here')
    })
    const scope = new CallScope(network())
    const other = new CallScope(scope.process)
    const kept = other.request(server.url, 'endpoint', GET).catch((error: unknown) => error)
    const asking = scope.request(server.url, 'endpoint', GET)
    const begun = await scope.request(new URL('/body', server.url), 'endpoint', GET)
    const ended = Promise.all([
      expect(asking).rejects.toMatchObject({ name: 'AbortError' }),
      expect(begun.body.text()).rejects.toMatchObject({ name: 'AbortError' }),
    ])
    await expect.poll(server.unanswered).toBe(3)
    scope.abort()
    await ended
    // The connection of the other operation stays open.
    await expect.poll(server.unanswered).toBe(1)
    const quick = await scope.request(new URL('/quick', server.url), 'endpoint', GET)
    expect(await quick.body.text()).toBe('here')
    other.abort()
    expect(await kept).toMatchObject({ name: 'AbortError' })
  })

  it('is not sent by an operation that has its answer: later calls of an abandoned step are too late', async () => {
    const server = await serving(silent)
    const scope = new CallScope(network())
    const asking = scope.request(server.url, 'endpoint', GET)
    const ended = expect(asking).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(server.unanswered).toBe(1)
    await scope.close()
    await ended
    await expect(scope.request(server.url, 'endpoint', GET)).rejects.toMatchObject({ name: 'AbortError' })
    expect(scope.signal.aborted).toBe(true)
    await expect.poll(server.unanswered).toBe(0)
  })

  it('is not sent if its signal was aborted before', async () => {
    const server = await serving(silent)
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(network().request(server.url, 'endpoint', { ...GET, signal })).rejects.toThrow('too late')
    expect(server.openSockets()).toBe(0)
  })
})

describe('connections', () => {
  it('to one origin are limited: further requests wait for a free one', async () => {
    const server = await serving((_, response) => void setImmediate(() => response.end('here')))
    const here = network()
    const texts = Array.from({ length: 4 * MOST_CONNECTIONS }, async () =>
      (await here.request(server.url, 'endpoint', GET)).body.text(),
    )
    expect(new Set(await Promise.all(texts))).toEqual(new Set(['here']))
    expect(server.mostSockets()).toBeLessThanOrEqual(MOST_CONNECTIONS)
  })

  it('of the least recently used TLS configurations are closed if there are many', async () => {
    const server = await serving((_, response) => response.end('here'))
    const here = network()
    for (let index = 0; index < 2 * MOST_POOLS; index += 1) {
      const tls = { ca: `authority ${String(index)}` }
      await (await here.request(server.url, 'endpoint', { ...GET, tls })).body.text()
    }
    await expect.poll(server.openSockets).toBeLessThanOrEqual(MOST_POOLS)
  })
})
