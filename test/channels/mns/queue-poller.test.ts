import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import { pollQueue } from '../../../src/channels/mns/queue-poller.ts'
import { MnsError, openQueue, type Queue } from '../../../src/channels/mns/queue.ts'
import { systemClock, type Clock } from '../../../src/platform/clock.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { startSandboxMns, type SandboxMns } from '../../../src/sandbox/mns/server.ts'
import { FakeClock } from '../../fake-clock.ts'

const EVENT = '{"RequestType":"Create"}'
const ANSWERED: Served = { kind: 'answered', verdict: { status: 'FAILED', reason: 'for a test' } }
const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })

let mns: SandboxMns
let stop: () => Promise<void>
let lines: string[]
beforeEach(async () => {
  mns = await startSandboxMns()
  lines = []
  stop = () => Promise.resolve()
})
afterEach(async () => {
  await stop()
  await mns.close()
})

function queueOf(secret = mns.credentials.accessKeySecret, clock: Clock = systemClock): Queue {
  const credentials = { ...mns.credentials, accessKeySecret: secret }
  return openQueue({ url: mns.queueUrl, credentials, network, clock })
}

function poll(
  serve: (event: Uint8Array, sentAt: number | undefined) => Promise<Served | undefined>,
  {
    queue = queueOf(),
    clock = systemClock,
    isServed = () => false,
    turn = () => Promise.resolve(),
  }: { queue?: Queue; clock?: Clock; isServed?: () => boolean; turn?: () => Promise<void> } = {},
) {
  const givenUp: string[] = []
  const refused: string[] = []
  const log = createLogger({
    level: 'info',
    secrets: new Secrets(),
    destination: { write: (line) => void lines.push(line) },
  })
  const poller = pollQueue({
    queue,
    clock,
    log,
    serve,
    giveUp: async (_, reason) => {
      givenUp.push(reason)
      return ANSWERED
    },
    refuse: async (_, reason) => {
      refused.push(reason)
      return ANSWERED
    },
    isServed,
    turn,
  })
  stop = () => poller.stop()
  return { givenUp, refused }
}

/** The queue, and how many times messages were requested from it. */
function countedQueue() {
  let count = 0
  const queue = queueOf()
  const receive: Queue['receive'] = (signal) => {
    count += 1
    return queue.receive(signal)
  }
  return { queue: { ...queue, receive }, received: () => count }
}

describe('a queue', () => {
  it('returns messages, hides them, and deletes them, with signatures that MNS accepts', async () => {
    const queue = queueOf()
    const id = mns.send('<a> & "b"')
    const [message] = await queue.receive(new AbortController().signal)
    expect(message).toMatchObject({ id, body: '<a> & "b"', deliveries: 1 })
    const first = message?.receiptHandle ?? ''
    const second = await queue.hide(first, 60)
    expect(second).not.toBe(first)
    await expect(queue.remove(first)).rejects.toThrow('MessageNotExist')
    await queue.remove(second)
    expect(mns.messages).toEqual([])
  })

  it.each([-60, 16])('is asked in the time of MNS where this clock is %d minutes off', async (off) => {
    const own = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
    const clock = { ...systemClock, now: () => systemClock.now() + off * 60_000 }
    const queue = openQueue({ url: mns.queueUrl, credentials: mns.credentials, network: own, clock })
    mns.send(EVENT)
    const [message] = await queue.receive(new AbortController().signal)
    // The age of an event is this machine's time less this one.
    expect(Math.abs(clock.now() - (message?.sentAt ?? 0))).toBeLessThan(60_000)
    await queue.remove(message?.receiptHandle ?? '')
    expect(mns.messages).toEqual([])
    await own.close()
  })

  it("reports MNS's reason for refusing a call", async () => {
    const receiving = queueOf('another secret').receive(new AbortController().signal)
    await expect(receiving).rejects.toThrow(MnsError)
    await expect(receiving).rejects.toThrow('SignatureDoesNotMatch')
    const nowhere = openQueue({
      url: 'http://127.0.0.1:9/queues/q',
      credentials: mns.credentials,
      network,
      clock: systemClock,
    })
    await expect(nowhere.receive(new AbortController().signal)).rejects.toThrow('Unreachable')
  })
})

describe('the poller', () => {
  it('serves the events in messages, and deletes each message after its event is answered', async () => {
    const events: string[] = []
    let answer: (served: Served) => void = () => undefined
    poll((event) => {
      events.push(Buffer.from(event).toString())
      return new Promise((resolve) => (answer = resolve))
    })
    mns.send(Buffer.from(EVENT).toString('base64'))
    await expect.poll(() => events).toEqual([EVENT])
    expect(mns.messages).toHaveLength(1)
    answer(ANSWERED)
    await expect.poll(() => mns.messages).toEqual([])
    expect(mns.refused).toEqual([])
  })

  it('deletes a message that can never be answered, and logs this', async () => {
    poll(async () => ({ kind: 'unanswerable', problems: ['no ResponseURL'] }))
    const ids = [mns.send('hello'), mns.send('{}')]
    await expect.poll(() => mns.messages).toEqual([])
    for (const id of ids) expect(lines.join('')).toContain(id)
  })

  it('leaves a message that it could not accept in the queue for another process', async () => {
    let calls = 0
    poll(async () => {
      calls += 1
      return undefined
    })
    mns.send(EVENT)
    await expect.poll(() => calls).toBe(1)
    expect(mns.messages).toHaveLength(1)
    expect(mns.calls).not.toContain('DeleteMessage')
  })

  it('gives up an event that was delivered too often, with an answer', async () => {
    mns.send(EVENT)
    const queue = queueOf()
    const often: Queue = {
      ...queue,
      receive: async (signal) =>
        (await queue.receive(signal)).map((message) => ({ ...message, deliveries: 11 })),
    }
    const { givenUp } = poll(() => Promise.reject(new Error('it must not be served')), { queue: often })
    await expect.poll(() => mns.messages).toEqual([])
    expect(givenUp).toEqual(['The event was delivered 11 times without an answer'])
  })

  it('gives up no event that is still being served here, however often it was delivered', async () => {
    mns.send(EVENT)
    const queue = queueOf()
    const often: Queue = {
      ...queue,
      receive: async (signal) =>
        (await queue.receive(signal)).map((message) => ({ ...message, deliveries: 11 })),
    }
    const { givenUp } = poll(async () => ANSWERED, { queue: often, isServed: () => true })
    await expect.poll(() => mns.messages).toEqual([])
    expect(givenUp).toEqual([])
  })

  it('reports since when a message was in the queue', async () => {
    const times: (number | undefined)[] = []
    poll(async (_, sentAt) => {
      times.push(sentAt)
      return ANSWERED
    })
    mns.send(EVENT, 1_700_000_000_000)
    await expect.poll(() => mns.messages).toEqual([])
    expect(times).toEqual([1_700_000_000_000])
  })

  it('leaves messages to other servers until the previous events have started', async () => {
    const turns: (() => void)[] = []
    const { queue, received } = countedQueue()
    poll(async () => ANSWERED, {
      queue,
      // The third turn is the last one: the poller must end.
      turn: () => (turns.length === 2 ? Promise.resolve() : new Promise((resolve) => turns.push(resolve))),
    })
    mns.send('{"first":true}')
    await expect.poll(() => turns).toHaveLength(1)
    expect(received()).toBe(0)
    turns[0]?.()
    await expect.poll(() => turns).toHaveLength(2)
    expect(received()).toBe(1)
    turns[1]?.()
    await expect.poll(received).toBeGreaterThan(1)
  })

  it('continues after an error', async () => {
    const queue = queueOf()
    let errors = 0
    const clock = new FakeClock()
    const failing: Queue = {
      ...queue,
      receive(signal) {
        errors += 1
        return errors === 1
          ? Promise.reject(new MnsError('InternalError', 'for a test'))
          : queue.receive(signal)
      },
    }
    poll(async () => ANSWERED, { queue: failing, clock })
    mns.send(EVENT)
    await clock.advance(6000)
    await expect.poll(() => mns.messages).toEqual([])
    expect(lines.join('')).toContain('the queue cannot be read')
  })

  it('keeps a message hidden for as long as its event is served', async () => {
    const clock = new FakeClock()
    const handles: string[] = []
    const removed: string[] = []
    let isGiven = false
    const queue: Queue = {
      receive: (signal) => {
        if (!isGiven) {
          isGiven = true
          return Promise.resolve([{ id: 'm', receiptHandle: 'handle-0', body: EVENT, deliveries: 1 }])
        }
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('stopped'))),
        )
      },
      async hide(handle, seconds) {
        handles.push(`${handle} for ${String(seconds)} s`)
        if (handles.length === 2) throw new MnsError('InternalError', 'for a test')
        return `handle-${String(handles.length)}`
      },
      remove: async (handle) => void removed.push(handle),
    }
    let answer: (served: Served) => void = () => undefined
    poll(() => new Promise((resolve) => (answer = resolve)), { queue, clock })
    // At once, since the queue's own time may be a second.
    await clock.advance(1)
    expect(handles).toEqual(['handle-0 for 60 s'])
    await clock.advance(65_000)
    expect(handles.slice(1)).toEqual(['handle-1 for 60 s', 'handle-1 for 60 s'])
    answer(ANSWERED)
    await clock.advance(1)
    expect(removed).toEqual(['handle-3'])
  })
})
