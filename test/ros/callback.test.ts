import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import type { Clock } from '../../src/platform/clock.ts'
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
    // The time limit of an attempt, which ends with the attempt: it only passes where a test says so.
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
  readonly secret?: string
  readonly network?: Network
  readonly clock?: Clock
}

function secretsOf(secret: string): Secrets {
  const secrets = new Secrets()
  secrets.add(secret)
  return secrets
}

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
      log: pino({ level: 'silent' }),
      secrets: secretsOf(options.secret ?? ''),
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

  it('leaves half of the time to the second URL where the first one is dead', async () => {
    const second = await endpoint(200)
    const dead = 'http://127.0.0.1:1/callback'
    const startedAt = clock.now()
    expect(await send({ public: dead, intranet: second.url, allowedMs: 8000 })).toMatchObject({
      delivered: true,
      url: 'intranet',
    })
    expect(clock.now() - startedAt).toBeLessThan(4000)
  })

  it('follows the order of the settings, and uses one URL where they name one', async () => {
    const [first, second] = [await endpoint(500), await endpoint(200)]
    expect(
      await send({ public: first.url, intranet: second.url, order: ['intranet', 'public'] }),
    ).toMatchObject({ url: 'intranet' })
    expect(
      await send({ public: first.url, intranet: second.url, order: ['public'], allowedMs: 1000 }),
    ).toMatchObject({ delivered: false })
    expect(second.requests).toHaveLength(1)
  })

  it('ends with the last failure when the time is over', async () => {
    const ros = await endpoint(503)
    expect(await send({ public: ros.url, allowedMs: 3000 })).toMatchObject({
      delivered: false,
      lastFailure: expect.stringContaining('HTTP 503: said by the server'),
    })
  })

  it('does not wait for an endpoint that never answers', async () => {
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

  it('goes only to hosts that the settings name, where they name any', async () => {
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

  it('quotes what a response says without secrets, also where the quotation ends within one', async () => {
    const secret = 'SIGNATURE-of-the-response-url'
    const quoting = await endpoint((_, response) =>
      response.writeHead(403).end(`${'x'.repeat(480)} ${secret}`),
    )
    const delivery = await send({ public: quoting.url, secret })
    expect(delivery).toMatchObject({ delivered: false, lastFailure: expect.stringContaining('x [secret]') })
    expect(JSON.stringify(delivery)).not.toContain(secret.slice(0, 4))
  })
})
