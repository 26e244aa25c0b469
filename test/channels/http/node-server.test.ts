import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { replied, refusal, type HttpEntry } from '../../../src/channels/http/exchange.ts'
import { createNodeServer, type NodeServerOptions } from '../../../src/channels/http/node-server.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'

const LIMIT = 100_000

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** Accepts bodies, at `/proven` from senders that the head authenticates; `/refused` refuses by the head. */
async function start(options: Partial<NodeServerOptions> = {}) {
  const served: number[] = []
  const lines: string[] = []
  const entry: HttpEntry = ({ target }) => {
    if (target === '/refused') return replied(refusal(401, 'not proven'))
    return {
      admitted: true,
      limitBytes: LIMIT,
      isProven: target === '/proven',
      serve: async (body) => {
        served.push(body.byteLength)
        return { status: 200, headers: {}, body: String(body.byteLength) }
      },
    }
  }
  const server = createNodeServer({
    entry,
    log: createLogger({
      level: 'info',
      secrets: new Secrets(),
      destination: { write: (line) => void lines.push(line) },
    }),
    clock: systemClock,
    maxConnections: 50,
    bufferBytes: 4 * LIMIT,
    largestBodyBytes: LIMIT,
    ...options,
  })
  const listening = await listen(server)
  open.push(listening)
  const port = Number(new URL(listening.url).port)
  const socket = async (): Promise<Socket> => {
    const made = connect(port, '127.0.0.1')
    made.on('error', () => undefined)
    open.push({ close: () => made.destroy() })
    await once(made, 'connect')
    return made
  }
  return { url: listening.url, socket, served, logged: () => lines.join('') }
}

const head = (target: string, more: string) => `POST ${target} HTTP/1.1\r\nHost: a\r\n${more}\r\n\r\n`

/** The data that a socket receives, up to its first piece. */
async function firstReply(socket: Socket): Promise<string> {
  const [piece]: unknown[] = await once(socket, 'data')
  return String(piece)
}

describe("a request to Node's server", () => {
  it('is refused by its head alone, before any of its body has arrived', async () => {
    const { socket, served } = await start()
    const refused = await socket()
    refused.write(head('/refused', `Content-Length: ${String(LIMIT)}`))
    expect(await firstReply(refused)).toMatch(/^HTTP\/1\.1 401 /)
    const large = await socket()
    large.write(head('/proven', `Content-Length: ${String(LIMIT + 1)}`))
    expect(await firstReply(large)).toMatch(/^HTTP\/1\.1 413 /)
    expect(served).toEqual([])
  })

  it('gets the last change to its reply from its own entry, whichever part has written the reply', async () => {
    const finish: NodeServerOptions['finish'] = ({ target }, { status, headers, body }) => ({
      status,
      headers: { ...headers, 'x-changed': `${target} ${String(status)}` },
      body,
    })
    const { url } = await start({ finish })
    const { url: broken } = await start({
      finish,
      entry: () => {
        throw new TypeError('a defect')
      },
    })
    const post = (address: string, bytes: number) =>
      fetch(address, { method: 'POST', body: Buffer.alloc(bytes) })
    const replies = [
      await post(`${url}/proven`, 1),
      await post(`${url}/refused`, 1),
      await post(`${url}/proven`, LIMIT + 1),
      await post(`${broken}/proven`, 1),
    ]
    expect(replies.map(({ headers }) => headers.get('x-changed'))).toEqual([
      '/proven 200',
      '/refused 401',
      '/proven 413',
      '/proven 500',
    ])
  })

  it('gets 100 Continue only if the head is accepted', async () => {
    const { socket } = await start()
    const refused = await socket()
    refused.write(head('/refused', 'Content-Length: 5\r\nExpect: 100-continue'))
    expect(await firstReply(refused)).toMatch(/^HTTP\/1\.1 401 /)
    const admitted = await socket()
    admitted.write(head('/proven', 'Content-Length: 5\r\nExpect: 100-continue'))
    expect(await firstReply(admitted)).toMatch(/^HTTP\/1\.1 100 /)
    admitted.write('hello')
    expect(await firstReply(admitted)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('that is refused while its body arrives lets the client read the reply', async () => {
    const { url } = await start()
    const body = Buffer.alloc(2 * 1024 * 1024)
    for (const [path, status] of [
      ['/refused', 401],
      ['/proven', 413],
    ] as const)
      expect((await fetch(url + path, { method: 'POST', body })).status).toBe(status)
  })

  it('without a length is read up to the limit', async () => {
    const { socket, served } = await start()
    const endless = await socket()
    endless.write(head('/proven', 'Transfer-Encoding: chunked'))
    const chunk = `${(1000).toString(16)}\r\n${'x'.repeat(1000)}\r\n`
    for (let sent = 0; sent <= LIMIT; sent += 1000) endless.write(chunk)
    expect(await firstReply(endless)).toMatch(/^HTTP\/1\.1 413 /)
    expect(served).toEqual([])
  })

  it('is complete, in whatever pieces it is sent', async () => {
    const { url, served } = await start()
    const sizes = [0, 1, 16_383, 16_384, 16_385, 70_000, LIMIT]
    for (const size of sizes) {
      const reply = await fetch(`${url}/proven`, { method: 'POST', body: Buffer.alloc(size) })
      expect(await reply.text()).toBe(String(size))
    }
    expect(served).toEqual(sizes)
  })

  it('is refused with 503 if too many bodies are in memory, while authenticated senders have space left', async () => {
    const { url, socket, logged } = await start()
    const waiting = await Promise.all(Array.from({ length: 3 }, socket))
    for (const one of waiting) {
      one.write(head('/', `Content-Length: ${String(LIMIT)}`))
      one.write('x'.repeat(LIMIT - 1))
    }
    const post = (path: string) =>
      fetch(url + path, { method: 'POST', body: 'x'.repeat(LIMIT) }).catch(() => undefined)
    await expect.poll(async () => (await post('/'))?.status).toBe(503)
    const refused = await post('/')
    expect(refused?.headers.get('retry-after')).toBe('5')
    expect((await post('/proven'))?.status).toBe(200)
    expect(logged()).toContain('too many are being read')
    // Their memory is free again as soon as they have disconnected.
    for (const one of waiting) one.destroy()
    await expect.poll(async () => (await post('/'))?.status).toBe(200)
  })

  it('uses memory in proportion to the bytes that were sent, whatever length it announces', async () => {
    const { url, socket } = await start({ bufferBytes: 4 * LIMIT })
    for (const one of await Promise.all(Array.from({ length: 10 }, socket))) {
      one.write(head('/', `Content-Length: ${String(LIMIT)}`))
      one.write('x')
    }
    const body = 'x'.repeat(10_000)
    expect((await fetch(`${url}/proven`, { method: 'POST', body })).status).toBe(200)
  })

  it('gets no connection beyond the limit: further connections are closed', async () => {
    const { socket, logged } = await start({ maxConnections: 2 })
    await Promise.all([socket(), socket()])
    const third = await socket()
    third.resume()
    await once(third, 'close')
    expect(logged()).toContain('there are too many')
  })
})
