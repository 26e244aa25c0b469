import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNodeServer } from '../../../src/channels/http/node-server.ts'
import type { Taken } from '../../../src/channels/http/http-channel.ts'
import { createTopicPush, LARGEST_PUSH_BYTES } from '../../../src/channels/mns/topic-push.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { startSandboxMns, type SandboxMns } from '../../../src/sandbox/mns/server.ts'
import type { PushOptions } from '../../../src/sandbox/mns/topic-push.ts'

const TOKENS = ['the-new-token-of-a-test', 'the-old-token-of-a-test'] as const
const EVENT = '{"RequestType":"Create","Text":"<&>"}'
const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })

let mns: SandboxMns
let taken: string[]
let times: (number | undefined)[]
let lines: string[]
let fetched: string[]
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  mns = await startSandboxMns()
  open.push(mns)
  taken = []
  times = []
  lines = []
  fetched = []
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function endpoint(
  result: Taken = { taken: true },
  query = `?token=${TOKENS[0]}`,
  tokens: readonly string[] = TOKENS,
): Promise<string> {
  const log = createLogger({
    level: 'info',
    secrets: new Secrets(),
    destination: { write: (line) => void lines.push(line) },
  })
  const entry = createTopicPush({
    certificates: [mns.certificatePrefix],
    topics: ['1234567890123456/ros-events'],
    tokens,
    network: {
      ...network,
      request: (url, ...more) => (fetched.push(url.href), network.request(url, ...more)),
    },
    clock: systemClock,
    log,
    take: async (event, sentAt) => {
      taken.push(Buffer.from(event).toString())
      times.push(sentAt)
      return result
    },
  })
  const server = await listen(
    createNodeServer({
      entry,
      log,
      clock: systemClock,
      maxConnections: 16,
      bufferBytes: LARGEST_PUSH_BYTES,
      largestBodyBytes: LARGEST_PUSH_BYTES,
    }),
  )
  open.push(server)
  return `${server.url}/notifications${query}`
}

describe('a push of a topic', () => {
  it.each<PushOptions>([
    { format: 'SIMPLIFIED' },
    { format: 'JSON' },
    { format: 'XML' },
    { md5: 'base64' },
    { md5: 'base64-of-hex' },
  ])('is accepted if MNS has signed it: %o', async (options) => {
    expect(await mns.push(await endpoint(), EVENT, options)).toBe(204)
    expect(taken).toEqual([EVENT])
  })

  it.each<PushOptions>([{ format: 'SIMPLIFIED' }, { format: 'JSON' }, { format: 'XML' }])(
    'has the time at which it was published, since MNS repeats a push for a day: %o',
    async (options) => {
      await mns.push(await endpoint(), EVENT, { ...options, publishedAt: 1680079287576 })
      expect(times).toEqual([1680079287576])
    },
  )

  it.each<[string, PushOptions]>([
    ['another topic', { topic: 'another' }],
    ["another account's topic of the same name", { owner: '6543210987654321' }],
    ['a body that was changed', { changed: { body: '{}' } }],
    ['a header that was changed', { changed: { headers: { 'x-mns-request-id': 'another' } } }],
    ['a signature of somebody else', { changed: { headers: { authorization: 'AAAA' } } }],
    ['a date of long ago', { age: 16 * 60_000 }],
    ['a certificate from elsewhere', { certificateUrl: 'http://127.0.0.1:9/certificates/push.pem' }],
  ])('is refused with %s', async (_, options) => {
    expect(await mns.push(await endpoint(), EVENT, options)).toBe(401)
    expect(taken).toEqual([])
    expect(lines.join('')).toContain('a push was refused')
  })

  const forged = Buffer.alloc(256, 'x').toString('base64')
  it.each<[string, PushOptions]>([
    ['another topic', { topic: 'another' }],
    ["another account's topic of the same name", { owner: '6543210987654321' }],
    ['a body that was changed', { changed: { body: '{}' } }],
    ['no signature', { changed: { headers: { authorization: '' } } }],
    ['what is no base64', { changed: { headers: { authorization: `${forged}!` } } }],
    ['a signature that is too short', { changed: { headers: { authorization: 'AAAA' } } }],
    ['a signature that is too long', { changed: { headers: { authorization: forged.repeat(9) } } }],
    ['no digest', { changed: { headers: { 'content-md5': '' } } }],
    ['a date of long ago', { age: 16 * 60_000 }],
    ['a certificate from elsewhere', { certificateUrl: 'http://127.0.0.1:9/certificates/push.pem' }],
  ])('with %s causes no request of the server', async (_, options) => {
    expect(await mns.push(await endpoint(), EVENT, options)).toBe(401)
    expect(fetched).toEqual([])
  })

  it.each(TOKENS)('is accepted with each of the tokens: %s', async (token) => {
    expect(await mns.push(await endpoint(undefined, `?token=${token}`), EVENT)).toBe(204)
    expect(taken).toEqual([EVENT])
  })

  it.each(['', '?token=', '?token=another-token-of-a-test', `?token=x&token=${TOKENS[0]}`, '?Token=x'])(
    'is refused without a token before the server fetches anything, whatever else authenticates it: %o',
    async (query) => {
      expect(await mns.push(await endpoint(undefined, query), EVENT)).toBe(401)
      expect(fetched).toEqual([])
      expect(taken).toEqual([])
    },
  )

  it('is refused before the server fetches anything if there are no tokens', async () => {
    expect(await mns.push(await endpoint(undefined, '', []), EVENT)).toBe(401)
    expect(fetched).toEqual([])
  })

  it('is refused if its certificate is unavailable, and accepted later', async () => {
    const url = await endpoint()
    const nowhere = `${mns.certificatePrefix}another.pem`
    expect(await mns.push(url, EVENT, { certificateUrl: nowhere })).toBe(401)
    expect(await mns.push(url, EVENT)).toBe(204)
  })

  it('is answered 500, so that MNS repeats it, if the event could not be stored', async () => {
    expect(await mns.push(await endpoint({ taken: false, why: 'the disk is full' }), EVENT)).toBe(500)
  })

  it('is not repeated if it contains no event', async () => {
    expect(await mns.push(await endpoint(), 'hello')).toBe(204)
    expect(taken).toEqual([])
    expect(lines.join('')).toContain('holds no event')
  })
})
