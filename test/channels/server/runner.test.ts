import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import type { Journal, UnfinishedTask, Task } from '../../../src/channels/server/journal.ts'
import { Runner } from '../../../src/channels/server/runner.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { FakeClock } from '../../fake-clock.ts'

const EVENT = Buffer.from(
  JSON.stringify({ RequestType: 'Create', RequestId: '1', StackId: '2', LogicalResourceId: '3' }),
)
const ANSWERED: Served = { kind: 'answered', verdict: { status: 'FAILED', reason: 'for a test' } }
const LIMITS = { places: 50, timeoutSeconds: 3600 }
const UNDELIVERED: Served = { kind: 'undelivered', verdict: { status: 'FAILED', reason: 'for a test' } }

let clock: FakeClock
let written: Map<string, Task>
beforeEach(() => {
  clock = new FakeClock()
  written = new Map()
})

/** A runner of calls with these `outcomes`; the last one is repeated. */
function runner(...outcomes: readonly Served[]) {
  const journal: Journal = {
    unfinished: [],
    current: () => written.values(),
    size: () => ({ bytes: 0, writeFailures: 0 }),
    endedForGood: new Set(),
    put: async (task) => void written.set(task.key, task),
    begin: async () => undefined,
    end: async (key) => void written.delete(key),
    endForGood: async (key) => void written.delete(key),
    close: async () => undefined,
  }
  const log = createLogger({ level: 'silent', secrets: new Secrets() })
  const calls: number[] = []
  const call = async (): Promise<Served> => {
    calls.push(clock.now())
    return outcomes[calls.length - 1] ?? outcomes.at(-1) ?? ANSWERED
  }
  return { runner: new Runner({ journal, clock, log, call, ...LIMITS }), calls }
}

describe('an event that the server stores', () => {
  it('measures its time from when it was sent, and never from a future time', async () => {
    const { runner: one } = runner(UNDELIVERED)
    await one.take(EVENT, clock.now() - 7_200_000)
    expect([...written.values()].map(({ arrivedAt }) => clock.now() - arrivedAt)).toEqual([7_200_000])
    written.clear()
    await runner(UNDELIVERED).runner.take(EVENT, clock.now() + 7_200_000)
    expect([...written.values()].map(({ arrivedAt }) => clock.now() - arrivedAt)).toEqual([0])
  })

  it('is kept until ROS has accepted its answer', async () => {
    const { runner: one, calls } = runner(UNDELIVERED, UNDELIVERED, ANSWERED)
    const served = one.serve(EVENT)
    await clock.advance(119_000)
    expect(written.size).toBe(1)
    expect(one.has(EVENT)).toBe(true)
    await clock.advance(2000)
    expect(await served).toEqual(ANSWERED)
    expect(calls).toHaveLength(3)
    expect(written.size).toBe(0)
    expect(one.has(EVENT)).toBe(false)
  })

  it('is not served again after ROS has refused its answer', async () => {
    const refused: Served = { kind: 'refused', verdict: { status: 'FAILED', reason: 'for a test' } }
    const { runner: one, calls } = runner(refused)
    expect(await clock.run(one.serve(EVENT))).toEqual(refused)
    expect(calls).toHaveLength(1)
    expect(written.size).toBe(0)
  })

  it('is dropped if ROS has not accepted its answer in time', async () => {
    const { runner: one, calls } = runner(UNDELIVERED)
    expect(await clock.run(one.serve(EVENT))).toEqual(UNDELIVERED)
    expect(calls).toHaveLength(4)
    expect(written.size).toBe(0)
  })
})

/** A journal in memory, on a disk that can be full. */
function memoryJournal(unfinished: readonly UnfinishedTask[] = []) {
  const disk = { isFull: false, starts: new Map<string, number>(), given: new Set<string>() }
  const write = (change: () => void): Promise<void> => {
    if (disk.isFull) return Promise.reject(new Error('ENOSPC'))
    change()
    return Promise.resolve()
  }
  for (const task of unfinished) written.set(task.key, task)
  const journal: Journal = {
    unfinished,
    current: () => written.values(),
    size: () => ({ bytes: 0, writeFailures: 0 }),
    endedForGood: disk.given,
    put: (task) => write(() => void written.set(task.key, task)),
    begin: (key, starts) => write(() => void disk.starts.set(key, starts)),
    end: (key) => write(() => void written.delete(key)),
    endForGood: (key) =>
      write(() => {
        written.delete(key)
        disk.given.add(key)
      }),
    close: () => Promise.resolve(),
  }
  return { disk, journal }
}

const unfinishedTask = (
  key: string,
  starts: number,
  payload: Uint8Array = Buffer.from(key),
): UnfinishedTask => ({
  key,
  arrivedAt: clock.now(),
  dueAt: clock.now(),
  payload,
  starts,
})
const silent = createLogger({ level: 'silent', secrets: new Secrets() })

describe("the tasks in a server's journal", () => {
  it('are resumed after a short delay, and a task that has crashed a process is started last and alone', async () => {
    const left = [
      unfinishedTask('thrice', 2),
      unfinishedTask('twice', 2),
      unfinishedTask('once', 1),
      unfinishedTask('never', 0),
    ]
    const { journal } = memoryJournal(left)
    const started: string[][] = []
    const running = new Set<string>()
    const begin = journal.begin.bind(journal)
    const counted: Journal = {
      ...journal,
      begin: (key, starts) => {
        running.add(key)
        started.push([...running])
        return begin(key, starts)
      },
      end: (key) => {
        running.delete(key)
        return journal.end(key)
      },
    }
    const one = new Runner({
      journal: counted,
      clock,
      log: silent,
      call: () => clock.sleep(50).then(() => ANSWERED),
      ...LIMITS,
    })
    one.resume()
    await clock.advance(0)
    expect(started).toEqual([])
    await clock.advance(60_000)
    expect(started).toEqual([['never'], ['once'], ['thrice'], ['twice']])
    expect(one.size).toBe(0)
  })

  it('are resumed although another one of them never ends', async () => {
    const { journal } = memoryJournal([unfinishedTask('hangs', 2), unfinishedTask('well', 2)])
    const calls: number[] = []
    const call = (): Promise<Served> =>
      calls.push(clock.now()) === 1 ? new Promise(() => undefined) : Promise.resolve(ANSWERED)
    const one = new Runner({ journal, clock, log: silent, call, ...LIMITS })
    one.resume()
    await clock.advance(30_000)
    expect(calls).toHaveLength(2)
    expect([...written.keys()]).toEqual(['hangs'])
  })

  it('have their start counted before the work, but not if an orderly stop has interrupted it', async () => {
    const { journal, disk } = memoryJournal([unfinishedTask('a', 1)])
    const seen: (number | undefined)[] = []
    const call = (): Promise<Served> => {
      seen.push(disk.starts.get('a'))
      return new Promise(() => undefined)
    }
    const one = new Runner({ journal, clock, log: silent, call, ...LIMITS })
    one.resume()
    await clock.advance(1000)
    expect(seen).toEqual([2])
    await clock.run(one.stop(20_000))
    expect(disk.starts.get('a')).toBe(1)
  })

  it('do not count as started until ROS accepts the answer', async () => {
    const { journal, disk } = memoryJournal([unfinishedTask('a', 0)])
    const one = new Runner({
      journal,
      clock,
      log: silent,
      call: () => Promise.resolve(UNDELIVERED),
      ...LIMITS,
    })
    one.resume()
    await clock.advance(100_000)
    expect(disk.starts.get('a')).toBe(0)
  })

  it('are kept if this version cannot read the continuation', async () => {
    const payload = Buffer.from('{"stackbridge":"continuation","version":2}')
    const { journal } = memoryJournal([unfinishedTask('a', 0, payload)])
    const unanswerable: Served = { kind: 'unanswerable', problems: ['of a later version'] }
    const one = new Runner({
      journal,
      clock,
      log: silent,
      call: () => Promise.resolve(unanswerable),
      ...LIMITS,
    })
    one.resume()
    await clock.advance(600_000)
    expect([...written.keys()]).toEqual(['a'])
    expect(one.size).toBe(1)
  })

  it('are removed if they were given up before', async () => {
    const { journal, disk } = memoryJournal([unfinishedTask('a', 0)])
    disk.given.add('a')
    const calls: number[] = []
    const call = (): Promise<Served> => {
      calls.push(1)
      return Promise.resolve(ANSWERED)
    }
    new Runner({ journal, clock, log: silent, call, ...LIMITS }).resume()
    await clock.advance(1000)
    expect(calls).toEqual([])
    expect(written.size).toBe(0)
  })
})

describe('a full disk', () => {
  it('accepts no event, and loses no ended operation, whose end is written when there is space again', async () => {
    const { journal, disk } = memoryJournal()
    const call = async (): Promise<Served> => {
      disk.isFull = true
      return ANSWERED
    }
    const one = new Runner({ journal, clock, log: silent, call, ...LIMITS })
    expect(await clock.run(one.serve(EVENT))).toEqual(ANSWERED)
    expect(await one.take(Buffer.from('another'))).toMatchObject({ taken: false })
    // It is not served again meanwhile, although the journal still contains it.
    expect(written.size).toBe(1)
    expect(await one.take(EVENT)).toEqual({ taken: true })
    await clock.advance(600_000)
    expect(written.size).toBe(1)
    disk.isFull = false
    await clock.advance(10_000)
    expect(written.size).toBe(0)
    expect(one.size).toBe(0)
  })
})

describe('many events at once', () => {
  /** Only returns how many calls there were at once, each of which lasts for `ms`. */
  function slowCalls(ms: number) {
    const seen = { now: 0, most: 0, all: 0 }
    const call = async (): Promise<Served> => {
      seen.all += 1
      seen.now += 1
      seen.most = Math.max(seen.most, seen.now)
      await clock.sleep(ms)
      seen.now -= 1
      return ANSWERED
    }
    return { seen, call }
  }

  it('are started up to the limit, and finally all of them', async () => {
    const { journal } = memoryJournal()
    const { seen, call } = slowCalls(100)
    const one = new Runner({ journal, clock, log: silent, call, places: 3, timeoutSeconds: 3600 })
    await Promise.all(numbered(20).map((event) => one.take(event)))
    await clock.advance(350)
    expect(seen).toMatchObject({ most: 3, all: 12 })
    await clock.advance(400)
    expect(seen).toMatchObject({ most: 3, all: 20 })
    expect(one.size).toBe(0)
  })

  it('are started one by one, so that the event loop does other work in between', async () => {
    const { journal } = memoryJournal()
    const { seen, call } = slowCalls(100)
    const one = new Runner({ journal, clock, log: silent, call, places: 20, timeoutSeconds: 3600 })
    await Promise.all(numbered(20).map((event) => one.take(event)))
    const startedPerTurn: number[] = []
    for (let before = 0; seen.all < 20; before = seen.all) {
      await turn()
      startedPerTurn.push(seen.all - before)
    }
    // The first one does not wait.
    expect(Math.max(...startedPerTurn)).toBeLessThanOrEqual(2)
  })

  it('are started in the order of their arrival', async () => {
    const { journal } = memoryJournal()
    const started: string[] = []
    const begin: Journal['begin'] = (key, starts) => {
      started.push(key)
      return journal.begin(key, starts)
    }
    const { call } = slowCalls(100)
    const one = new Runner({
      ...{ journal: { ...journal, begin }, clock, log: silent, call },
      ...{ places: 2, timeoutSeconds: 3600 },
    })
    for (const event of numbered(9)) await one.take(event)
    const inOrder = [...written.keys()]
    await clock.advance(1000)
    expect(started).toEqual(inOrder)
  })

  it('are served at their own deadline if all places are taken', async () => {
    const { journal } = memoryJournal()
    const served: number[] = []
    const start = clock.now()
    // A cloud that never answers would free its place after five seconds; there are so many events that this does not help.
    const call = (): Promise<Served> => {
      served.push((clock.now() - start) / 1000)
      return new Promise(() => undefined)
    }
    const one = new Runner({ journal, clock, log: silent, call, places: 1, timeoutSeconds: 30 })
    await one.take(numbered(1)[0] ?? EVENT)
    await one.take(createOf('of ten seconds', { Timeout: '10' }))
    await one.take(createOf('of four seconds', { Timeout: 4 }))
    await one.take(createOf('of no Timeout', {}))
    await clock.advance(4900)
    // A fifth of the Timeout is reserved for the answer.
    expect(served).toEqual([0, 3.2])
    await clock.advance(60_000)
    expect(served).toEqual([0, 3.2, 5, 10])
  })

  it('do not delay an operation in progress', async () => {
    const { journal } = memoryJournal([
      { ...unfinishedTask('polled', 0, Buffer.from('{"stackbridge":"continuation"}')), startBy: Infinity },
    ])
    const order: string[] = []
    const begin: Journal['begin'] = async (key) => void order.push(key)
    const call = (): Promise<Served> => clock.sleep(1000).then(() => ANSWERED)
    const one = new Runner({
      ...{ journal: { ...journal, begin }, clock, log: silent, call },
      ...{ places: 1, timeoutSeconds: 3600 },
    })
    for (const event of numbered(50)) await one.take(event)
    one.resume()
    await clock.advance(900)
    expect(order).toHaveLength(2)
    expect(order).toContain('polled')
  })

  it('are started later if the server was stopped before their turn, and none counts as started', async () => {
    const { journal, disk } = memoryJournal()
    const { seen, call } = slowCalls(100)
    const one = new Runner({ journal, clock, log: silent, call, places: 1, timeoutSeconds: 3600 })
    for (const event of numbered(5)) await one.take(event)
    await clock.advance(0)
    await clock.run(one.stop(20_000))
    expect(seen.all).toBe(1)
    expect(written.size).toBe(4)
    expect([...disk.starts.keys()].filter((key) => written.has(key))).toEqual([])
  })

  it('leave messages to other servers until they have started, for at most a second', async () => {
    const { journal } = memoryJournal()
    const turns: number[] = []
    const start = clock.now()
    const { call } = slowCalls(300)
    const one = new Runner({ journal, clock, log: silent, call, places: 1, timeoutSeconds: 3600 })
    const turn = () => one.turn().then(() => turns.push(clock.now() - start))
    await turn()
    for (const event of numbered(2)) await one.take(event)
    void turn()
    await clock.advance(1000)
    expect(turns).toEqual([0, 600])
    for (const event of numbered(9)) await one.take(event)
    void turn()
    await clock.advance(1000)
    expect(turns).toEqual([0, 600, 2000])
  })
})

describe('a continuation', () => {
  it('waits for its place only as long as its operation may', async () => {
    const { journal } = memoryJournal()
    const start = clock.now()
    const served: number[] = []
    const call = (): Promise<Served> => {
      served.push(clock.now() - start)
      return new Promise(() => undefined)
    }
    const payload = Buffer.from('{"stackbridge":"continuation"}')
    const tasks = [1, 2, 3].map((n) => ({
      ...unfinishedTask(`task ${String(n)}`, 0, payload),
      startBy: start + 2000,
    }))
    const one = new Runner({
      journal: { ...journal, unfinished: tasks },
      clock,
      log: silent,
      call,
      places: 1,
      timeoutSeconds: 3600,
    })
    one.resume()
    await clock.advance(60_000)
    expect(served).toEqual([250, 2000, 2000])
  })
})

function numbered(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => createOf(String(index), {}))
}

function createOf(requestId: string, properties: object): Buffer {
  return Buffer.from(
    JSON.stringify({
      RequestType: 'Create',
      RequestId: requestId,
      StackId: 'stack',
      StackName: 'stack',
      LogicalResourceId: 'Resource',
      ResourceType: 'Custom::AwsCloudFormationStack',
      ResponseURL: 'https://ros.example/answer',
      ResourceProperties: properties,
    }),
  )
}
