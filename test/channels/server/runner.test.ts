import { beforeEach, describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import type { Journal, Task } from '../../../src/channels/server/journal.ts'
import { Runner } from '../../../src/channels/server/runner.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { FakeClock } from '../../fake-clock.ts'

const EVENT = Buffer.from(
  JSON.stringify({ RequestType: 'Create', RequestId: '1', StackId: '2', LogicalResourceId: '3' }),
)
const ANSWERED: Served = { kind: 'answered', verdict: { status: 'FAILED', reason: 'for a test' } }
const UNDELIVERED: Served = { kind: 'undelivered', verdict: { status: 'FAILED', reason: 'for a test' } }

let clock: FakeClock
let written: Map<string, Task>
beforeEach(() => {
  clock = new FakeClock()
  written = new Map()
})

/** A runner of calls that end as `outcomes` say, the last one for ever. */
function runner(...outcomes: readonly Served[]) {
  const journal: Journal = {
    left: [],
    givenUp: new Set(),
    put: async (task) => void written.set(task.key, task),
    begin: async () => undefined,
    end: async (key) => void written.delete(key),
    giveUp: async (key) => void written.delete(key),
    close: async () => undefined,
  }
  const log = createLogger({ level: 'silent', secrets: new Secrets() })
  const calls: number[] = []
  const call = async (): Promise<Served> => {
    calls.push(clock.now())
    return outcomes[calls.length - 1] ?? outcomes.at(-1) ?? ANSWERED
  }
  return { runner: new Runner({ journal, clock, log, call }), calls }
}

describe('an event that the server keeps', () => {
  it('counts its time from when it was sent, and never from a time to come', async () => {
    const { runner: one } = runner(UNDELIVERED)
    await one.take(EVENT, clock.now() - 7_200_000)
    expect([...written.values()].map(({ arrivedAt }) => clock.now() - arrivedAt)).toEqual([7_200_000])
    written.clear()
    await runner(UNDELIVERED).runner.take(EVENT, clock.now() + 7_200_000)
    expect([...written.values()].map(({ arrivedAt }) => clock.now() - arrivedAt)).toEqual([0])
  })

  it('is kept until ROS has taken its answer', async () => {
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

  it('is dropped where ROS has not taken its answer in the end', async () => {
    const { runner: one, calls } = runner(UNDELIVERED)
    expect(await clock.run(one.serve(EVENT))).toEqual(UNDELIVERED)
    expect(calls).toHaveLength(4)
    expect(written.size).toBe(0)
  })
})
