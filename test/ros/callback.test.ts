import { createServer as createTcpServer, type Socket } from 'node:net'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import type { Clock } from '../../src/platform/clock.ts'
import type { Logger } from '../../src/platform/log.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { createNetwork, type Network } from '../../src/platform/network.ts'
import { deliver, type Delivery } from '../../src/ros/callback.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

interface Endpoint {
  readonly url: string
  readonly requests: { method: string; headers: IncomingMessage['headers']; body: string }[]
}

const network: Network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
const SECRET = 'a-secret-of-forty-characters-or-so-12345'
const SPACED_SECRET = 'correct horse battery staple'
const open: { close(): Promise<void> }[] = []

/** Answers with the statuses in turn, then always with the last one. */
async function endpoint(...statuses: (number | Answer)[]): Promise<Endpoint> {
  const requests: Endpoint['requests'] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const answer = statuses[Math.min(requests.length, statuses.length - 1)] ?? 200
      requests.push({ method: request.method ?? '', headers: request.headers, body })
      if (typeof answer === 'function') answer(request, response, body)
      else response.writeHead(answer).end('said by the server')
    })
  })
  const listening = await listen(server)
  open.push(listening)
  return { url: `${listening.url}/callback?signature=x`, requests }
}

/** Its time passes only in pauses, which take no real time. */
class PausingClock implements Clock {
  readonly pauses: number[] = []
  #now = Date.UTC(2026, 0, 1)
  now() {
    return this.#now
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // The time limit of an attempt, which is cancelled with the attempt: it expires only if a test requests it.
    if (signal !== undefined)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    this.pauses.push(ms)
    this.#now += ms
    return Promise.resolve()
  }
}

let clock: PausingClock
beforeEach(() => {
  clock = new PausingClock()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

interface Options {
  readonly public?: string
  readonly intranet?: string
  readonly order?: readonly ('public' | 'intranet')[]
  readonly hosts?: readonly string[]
  readonly allowedMs?: number
  readonly network?: Network
  readonly clock?: Clock
  readonly log?: Logger
}

const secrets = new Secrets()
for (const secret of [SECRET, SPACED_SECRET]) secrets.add(secret)

function send(options: Options): Promise<Delivery> {
  const { public: publicUrl, intranet } = options
  const time = options.clock ?? clock
  return deliver(
    {
      body: '{"Status":"SUCCESS"}',
      responseUrls: {
        ...(publicUrl === undefined ? {} : { public: publicUrl }),
        ...(intranet === undefined ? {} : { intranet }),
      },
      order: options.order ?? ['public', 'intranet'],
      attemptTimeoutMs: 5000,
      hosts: options.hosts ?? [],
    },
    {
      network: options.network ?? network,
      clock: time,
      random: () => 0.5,
      log: options.log ?? pino({ level: 'silent' }),
      secrets,
      deadline: time.now() + (options.allowedMs ?? 600_000),
    },
  )
}

describe('the delivery of an answer', () => {
  it('is a POST with the documented headers', async () => {
    const ros = await endpoint(200)
    expect(await send({ public: ros.url })).toEqual({
      delivered: true,
      url: 'public',
      httpStatus: 200,
      attempts: 1,
    })
    const [request] = ros.requests
    expect(request).toMatchObject({ method: 'POST', body: '{"Status":"SUCCESS"}' })
    expect(request?.headers['content-type']).toBe('application/json')
    expect(request?.headers.date).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
  })

  it.each([408, 429, 500, 502, 503, 504])(
    'is retried after %i, with exponential backoff and jitter',
    async (status) => {
      const ros = await endpoint(status, status, status, status, 200)
      expect(await send({ public: ros.url })).toMatchObject({ delivered: true, attempts: 5 })
      expect(clock.pauses).toEqual([250, 500, 1000, 2000])
    },
  )

  it.each(['7', new Date(Date.UTC(2026, 0, 1, 0, 0, 7)).toUTCString()])(
    'waits as long as Retry-After says: %s',
    async (after) => {
      const ros = await endpoint(
        (_request, response) => response.writeHead(503, { 'retry-after': after }).end(),
        200,
      )
      await send({ public: ros.url })
      expect(clock.pauses).toEqual([7000])
    },
  )

  it.each([400, 403, 404, 410, 301, 302])(
    'is not retried after %i, but tried at the other URL',
    async (status) => {
      const [first, second] = [await endpoint(status), await endpoint(200)]
      expect(await send({ public: first.url, intranet: second.url })).toMatchObject({
        delivered: true,
        url: 'intranet',
        attempts: 2,
      })
      expect(first.requests).toHaveLength(1)
    },
  )

  it('follows no redirect', async () => {
    const elsewhere = await endpoint(200)
    const ros = await endpoint((_request, response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    )
    expect(await send({ public: ros.url })).toMatchObject({ delivered: false })
    expect(elsewhere.requests).toHaveLength(0)
  })

  it('survives connections that break', async () => {
    const ros = await endpoint(
      (request) => request.socket.destroy(),
      (request) => request.socket.destroy(),
      200,
    )
    expect(await send({ public: ros.url })).toMatchObject({ delivered: true, attempts: 3 })
  })

  it('reserves half of the time for the second URL if the first one cannot be reached', async () => {
    const second = await endpoint(200)
    const unreachable = 'http://127.0.0.1:1/callback'
    const startedAt = clock.now()
    expect(await send({ public: unreachable, intranet: second.url, allowedMs: 8000 })).toMatchObject({
      delivered: true,
      url: 'intranet',
    })
    expect(clock.now() - startedAt).toBeLessThan(4000)
  })

  it('follows the order of the settings, and uses one URL if they name one', async () => {
    const [first, second] = [await endpoint(500), await endpoint(200)]
    expect(
      await send({ public: first.url, intranet: second.url, order: ['intranet', 'public'] }),
    ).toMatchObject({ url: 'intranet' })
    expect(
      await send({ public: first.url, intranet: second.url, order: ['public'], allowedMs: 1000 }),
    ).toMatchObject({ delivered: false })
    expect(second.requests).toHaveLength(1)
  })

  it('ends with the last failure after the time is over', async () => {
    const ros = await endpoint(503)
    expect(await send({ public: ros.url, allowedMs: 3000 })).toMatchObject({
      delivered: false,
      lastFailure: expect.stringContaining('HTTP 503: said by the server'),
    })
  })

  it('times out at an endpoint that never answers', async () => {
    const silent = await endpoint(() => undefined)
    const withTimeLimits: Clock = {
      now: () => clock.now(),
      sleep: async (ms, signal) => (signal === undefined ? clock.sleep(ms) : undefined),
    }
    expect(await send({ public: silent.url, clock: withTimeLimits, allowedMs: 2000 })).toMatchObject({
      delivered: false,
      lastFailure: expect.stringContaining('no answer within 5000 ms'),
    })
  })

  it('goes to no loopback, private or metadata address unless the settings allow it', async () => {
    const strict = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: ['100.64.0.0/10'] })
    const ros = await endpoint(200)
    for (const url of [
      ros.url,
      'http://169.254.169.254/x',
      'http://0x7f000001/x',
      'http://100.100.100.200/latest',
    ])
      expect(await send({ public: url, intranet: url, network: strict })).toMatchObject({ delivered: false })
    expect(ros.requests).toHaveLength(0)
    await strict.close()
  })

  it('goes only to hosts of the settings, if they list any', async () => {
    const ros = await endpoint(200)
    expect(await send({ public: ros.url, hosts: ['aliyuncs.com'] })).toMatchObject({
      delivered: false,
      lastFailure: expect.stringContaining('STACKBRIDGE_CALLBACK_HOSTS'),
    })
    expect(await send({ public: ros.url, hosts: ['127.0.0.1'] })).toMatchObject({ delivered: true })
  })

  it('applies the list of hosts to the intranet URL, too', async () => {
    const elsewhere = await endpoint(200)
    expect(await send({ intranet: elsewhere.url, hosts: ['aliyuncs.com'] })).toMatchObject({
      delivered: false,
    })
    expect(elsewhere.requests).toEqual([])
  })
})

/** Answers a complete request with raw bytes, exactly as the test specifies them. */
async function rawEndpoint(
  ...answers: ((socket: Socket) => void)[]
): Promise<{ url: string; posts: () => number }> {
  let posts = 0
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    let received = ''
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      if (!received.endsWith('{"Status":"SUCCESS"}')) return
      received = ''
      posts += 1
      answers[Math.min(posts, answers.length) - 1]?.(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${String(port)}/callback`, posts: () => posts }
}

const says =
  (...parts: string[]) =>
  (socket: Socket) => {
    const [first, ...rest] = parts
    if (first !== undefined) socket.write(first)
    for (const [index, part] of rest.entries()) setTimeout(() => socket.write(part), 20 * (index + 1))
  }
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'

describe('an answer that ROS has accepted', () => {
  it.each<[string, (socket: Socket) => void]>([
    [
      'is cut short',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"a')
        setTimeout(() => socket.destroy(), 20)
      },
    ],
    ['is cut short at once', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"a')],
    ['never ends', says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n')],
    ['never begins', says('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n')],
    [
      'is badly framed',
      says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'ZZ\r\n{}\r\n0\r\n\r\n'),
    ],
    [
      'is not what its encoding says',
      says('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\njunk'),
    ],
    [
      'is larger than any limit',
      says(`HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n${'x'.repeat(2_000_000)}`),
    ],
    ['is empty', says('HTTP/1.1 204 No Content\r\n\r\n')],
    ['calls it an error', says('HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"Code":"Wrong"}')],
  ])('is not sent again if the body of the 2xx %s', async (_, answer) => {
    const ros = await rawEndpoint(answer)
    expect(await send({ public: ros.url, intranet: ros.url })).toMatchObject({ delivered: true, attempts: 1 })
    expect(ros.posts()).toBe(1)
  })

  it.each([
    ['text/html; charset=utf-8', '<html>Please log in</html>', true],
    ['text/html', '', false],
    ['application/json', '{}', false],
  ])('of the type %s with the body %j is said to be a page: %s', async (type, body, isPage) => {
    const ros = await endpoint((_request, response) => {
      response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body)
    })
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    expect(await send({ public: ros.url, log })).toMatchObject({ delivered: true, attempts: 1 })
    const pages = lines.filter((line) => line.includes('a page has taken the answer'))
    expect(pages).toHaveLength(isPage ? 1 : 0)
    if (isPage) expect(pages[0]).toContain(`"contentType":"${type}"`)
  })

  it('leaves a connection that can be used again if the body is short', async () => {
    let connections = 0
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200).end('{}'))
    }).on('connection', () => (connections += 1))
    const listening = await listen(server)
    open.push(listening)
    for (let time = 0; time < 3; time += 1) {
      expect(await send({ public: `${listening.url}/c` })).toMatchObject({ delivered: true })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(connections).toBe(1)
  })
})

describe('an unexpected 100 Continue', () => {
  it.each<[string, string[]]>([
    ['before the answer', [CONTINUE, OK]],
    ['in one piece with it', [CONTINUE + OK]],
    [
      'in small pieces',
      ['HTTP/1', '.1 1', '00 Cont', 'inue\r\n', '\r\nHTTP/1.1 2', '00 OK\r\nContent-Length: 0\r\n\r\n'],
    ],
    [
      'with headers, and more than once',
      [`HTTP/1.1 100 Continue\r\nServer: x\r\n\r\n${CONTINUE}`, CONTINUE, OK],
    ],
    ['without a phrase', ['HTTP/1.1 100\r\n\r\n', OK]],
    ['followed by other interim responses', [CONTINUE, 'HTTP/1.1 103 Early Hints\r\n\r\n', OK]],
  ])('is skipped %s', async (_, parts) => {
    const ros = await rawEndpoint(says(...parts))
    expect(await send({ public: ros.url })).toMatchObject({ delivered: true, httpStatus: 200, attempts: 1 })
    expect(await send({ public: ros.url })).toMatchObject({ delivered: true, httpStatus: 200, attempts: 1 })
    expect(ros.posts()).toBe(2)
  })

  it('does not wait without end if nothing follows', async () => {
    const ros = await rawEndpoint(says(CONTINUE.repeat(100)), says(OK))
    expect(await send({ public: ros.url })).toMatchObject({ delivered: true, attempts: 2 })
  })

  it('is not changed within a body', async () => {
    const ros = await rawEndpoint(says('HTTP/1.1 403 Forbidden\r\nContent-Length: 25\r\n\r\n', CONTINUE))
    expect(await send({ public: ros.url })).toMatchObject({
      delivered: false,
      lastFailure: 'HTTP 403: HTTP/1.1 100 Continue',
    })
  })
})

describe('a refusal of ROS', () => {
  const longBody = `${'x'.repeat(480)}${SECRET}`
  it.each<[string, string, RegExp]>([
    [
      'is quoted without its secrets, also where the quotation ends within one',
      longBody,
      /^HTTP 400: x{480}\[secret\]$/,
    ],
    ['is quoted up to a length', 'y '.repeat(20_000), /^HTTP 400: (y ){249}y$/],
  ])('%s', async (_, body, quotation) => {
    const ros = await endpoint((_request, response) => response.writeHead(400).end(body))
    const sent = await send({ public: ros.url })
    expect(sent).toMatchObject({
      delivered: false,
      again: false,
      lastFailure: expect.stringMatching(quotation),
    })
  })

  it.each<[string, string, () => Buffer, RegExp]>([
    [
      'is quoted as text, without its secrets, where its body was compressed unasked',
      'gzip',
      () => gzipSync(`{"Code": "Wrong", "Signed": "${SECRET}"}`),
      /^HTTP 400: \{"Code": "Wrong", "Signed": "\[secret\]"$/,
    ],
    [
      'is quoted up to a length where its body is much longer than what was sent of it',
      'gzip',
      () => gzipSync('y '.repeat(200_000)),
      /^HTTP 400: (y ){249}y$/,
    ],
    [
      'does not quote the beginning of a secret where a compressed body ends in it',
      'gzip',
      () => {
        // Stored without compression, so that the position of the cut is known: a header of 15 bytes, then the text.
        const whole = gzipSync(`wrong: ${SECRET}`, { level: 0 })
        return whole.subarray(0, 15 + 'wrong: '.length + 30)
      },
      /^HTTP 400: wrong:$/,
    ],
    [
      'is told by its status where its body has grown without measure',
      'gzip',
      () => gzipSync(Buffer.alloc(10_000_000)),
      /^HTTP 400$/,
    ],
    ['is told by its status where its body is no gzip', 'gzip', () => Buffer.from('junk'), /^HTTP 400$/],
    [
      'is told by its status where its body is encoded in another way',
      'br',
      () => brotliCompressSync('wrong'),
      /^HTTP 400$/,
    ],
  ])('%s', async (_, encoding, body, quotation) => {
    const ros = await endpoint((_request, response) =>
      response.writeHead(400, { 'content-encoding': encoding }).end(body()),
    )
    expect(await send({ public: ros.url })).toMatchObject({ lastFailure: expect.stringMatching(quotation) })
  })

  it('does not quote the last word of a truncated body, since it may be half of a secret', async () => {
    const ros = await rawEndpoint((socket) => {
      socket.write(`HTTP/1.1 400 Bad\r\nContent-Length: 500\r\n\r\nwrong: ${SECRET.slice(0, 30)}`)
      setTimeout(() => socket.destroy(), 20)
    })
    expect(await send({ public: ros.url })).toMatchObject({ lastFailure: 'HTTP 400: wrong:' })
  })

  it('does not quote the beginning of a secret with spaces in a truncated body', async () => {
    const ros = await rawEndpoint((socket) => {
      const body = `wrong: ${SPACED_SECRET.slice(0, 22)}`
      socket.write(`HTTP/1.1 400 Bad\r\nContent-Length: 500\r\n\r\n${body}`)
      setTimeout(() => socket.destroy(), 20)
    })
    expect(JSON.stringify(await send({ public: ros.url }))).not.toContain('correct')
  })

  it('counts by its status if its body never ends', async () => {
    const ros = await rawEndpoint(
      says('HTTP/1.1 503 Busy\r\nContent-Length: 500\r\n\r\nwait a moment'),
      says(OK),
    )
    const patient: Clock = {
      now: () => clock.now(),
      sleep: (ms, signal) =>
        signal !== undefined && ms === 2000
          ? new Promise((resolve) => setTimeout(resolve, 30))
          : clock.sleep(ms, signal),
    }
    expect(await send({ public: ros.url, clock: patient })).toMatchObject({ delivered: true, attempts: 2 })
  })

  it('is retried in the remaining time if Retry-After is longer', async () => {
    const busy: Answer = (_request, response) => response.writeHead(503, { 'retry-after': '3600' }).end()
    const ros = await endpoint(busy, 200)
    const startedAt = clock.now()
    expect(await send({ public: ros.url, allowedMs: 60_000 })).toMatchObject({ delivered: true, attempts: 2 })
    expect(clock.now() - startedAt).toBe(30_000)
  })
})
