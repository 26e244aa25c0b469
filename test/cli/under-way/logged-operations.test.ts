import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogServiceError } from '../../../src/cli/deployed/log-service-api.ts'
import { loggedOperations } from '../../../src/cli/under-way/logged-operations.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { startSandboxLogService, type SandboxLogService } from '../../../src/sandbox/log-service/server.ts'
import { startAwsWorld } from '../../providers/aws/cloudformation/world.ts'
import { startBridgeWorld } from '../../bridge-world.ts'
import { SandboxResource } from '../../../src/sandbox/ros/ros.ts'
import { plantedIn } from '../../planted-secrets.ts'

/** The list that is computed from the log, with the embedded Log Service. */

const CREDENTIALS = { accessKeyId: 'LTAI-test', accessKeySecret: 'a-secret-for-tests' }
const PLACE = { project: 'stackbridge-1', logstore: 'stackbridge' }
const REGION = 'cn-hangzhou'
const NOW = Date.UTC(2026, 8, 1, 12)
const INDEXED = ['msg', 'requestId']
const MINUTE = 60_000

const open: { close(): Promise<void> }[] = []
let slept: number[] = []
beforeEach(() => {
  slept = []
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const clockAt = (now: () => number): Clock => ({
  now,
  sleep: (ms) => {
    slept.push(ms)
    return Promise.resolve()
  },
})

async function start(options: { indexed?: readonly string[]; isDenied?: boolean; clock?: Clock } = {}) {
  const { clock = clockAt(() => NOW), indexed = INDEXED, ...rest } = options
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  const log = await startSandboxLogService({
    clock,
    credentials: CREDENTIALS,
    region: REGION,
    indexed,
    ...PLACE,
    ...rest,
  })
  open.push(network, log)
  const reach = { credentials: CREDENTIALS, region: REGION, endpoint: log.url, network, clock }
  return { log, reach, list: (place = PLACE) => loggedOperations(place, reach) }
}

/** A log line of the bridge, as documented in docs/logging.md. */
function write(log: SandboxLogService, msg: string, at: number, fields: object = {}): void {
  const line = {
    level: 'info',
    time: new Date(at).toISOString(),
    rosStackId: 'ros-1',
    rosStackName: 'ros',
    requestId: 'r-1',
    logicalResourceId: 'A',
    requestType: 'Create',
    resourceType: 'Custom::HeatStack',
    msg,
    ...fields,
  }
  log.write(JSON.stringify(line), at)
}

describe('the operations in progress according to the log', () => {
  it('are the events without an answer, with the data of their newest lines', async () => {
    const { log, list } = await start()
    const began = NOW - 10 * MINUTE
    write(log, 'an event has arrived', began)
    write(log, 'the operation goes on', began + 1, { foreignStackId: 'stack-1', outcome: 'accepted' })
    write(log, 'the operation goes on', began + 2, { phase: 'working', status: 'CREATE_IN_PROGRESS' })
    write(log, 'the operation is handed over', began + 3, { hop: 1, delaySeconds: 5 })
    write(log, 'an operation has arrived', began + 5000, { hop: 1 })
    write(log, 'the operation is handed over', NOW - 3000, { hop: 2, delaySeconds: 20 })
    const other = { requestId: 'r-2', logicalResourceId: 'B' }
    write(log, 'an event has arrived', began, other)
    write(log, 'ROS has the answer', began + 9000, other)
    expect(await list()).toEqual({
      gaps: [],
      operations: [
        {
          requestId: 'r-1',
          rosStackId: 'ros-1',
          rosStackName: 'ros',
          logicalResourceId: 'A',
          resourceType: 'Custom::HeatStack',
          kind: 'create',
          stackId: 'stack-1',
          status: 'CREATE_IN_PROGRESS',
          since: began,
          nextPoll: NOW + 17_000,
          hops: 2,
          state: 'waiting',
        },
      ],
    })
  })

  it('are attributed to the running call if its start is newer than the hand-off', async () => {
    const { log, list } = await start()
    write(log, 'an event has arrived', NOW - MINUTE)
    write(log, 'the operation is handed over', NOW - MINUTE, { hop: 1, delaySeconds: 2 })
    write(log, 'an operation has arrived', NOW - MINUTE, { hop: 1 })
    expect(await list()).toMatchObject({ operations: [{ state: 'running', hops: 1, nextPoll: undefined }] })
  })

  it('exclude events that ROS no longer waits for, and answers that nothing delivers any more', async () => {
    const { log, list } = await start()
    write(log, 'an event has arrived', NOW - 12 * 60 * MINUTE - 1000, { requestId: 'old' })
    // The last one is from a version whose lines do not say whether the delivery is retried.
    for (const [requestId, deliverUntil] of [
      ['refused', 0],
      ['late', NOW - 1],
      ['former', undefined],
    ] as const) {
      write(log, 'an event has arrived', NOW - MINUTE, { requestId })
      write(log, 'the answer could not be delivered', NOW - 1000, { requestId, deliverUntil })
    }
    expect(await list()).toEqual({ operations: [], gaps: [] })
  })

  it('include undelivered answers as long as the delivery may be retried', async () => {
    const { log, list } = await start()
    const tell = (msg: string, at: number, fields: object = {}) => {
      write(log, msg, at, fields)
    }
    tell('an event has arrived', NOW - 5 * MINUTE)
    tell('the answer could not be delivered', NOW - 4 * MINUTE, { deliverUntil: NOW - MINUTE })
    tell('an event has arrived', NOW - 3 * MINUTE)
    tell('the answer could not be delivered', NOW - 2 * MINUTE, { deliverUntil: NOW + MINUTE })
    expect(await list()).toMatchObject({ operations: [{ state: 'undelivered', since: NOW - 5 * MINUTE }] })
    tell('the operation is handed over', NOW - 2000, { hop: 1, delaySeconds: 20 })
    expect(await list()).toMatchObject({ operations: [{ state: 'undelivered', nextPoll: NOW + 18_000 }] })
    tell('ROS has the answer', NOW - 1000)
    expect(await list()).toEqual({ operations: [], gaps: [] })
  })

  it('have a status also if it precedes the newest lines of a long chain', async () => {
    const { log, list } = await start()
    write(log, 'an event has arrived', NOW - 90 * MINUTE)
    write(log, 'the operation goes on', NOW - 89 * MINUTE, {
      status: 'CREATE_IN_PROGRESS',
      foreignStackId: 's',
    })
    for (let hop = 1; hop <= 130; hop += 1)
      write(log, 'the operation is handed over', NOW - 80 * MINUTE + hop * 1000, { hop, delaySeconds: 1 })
    expect(await list()).toMatchObject({
      operations: [{ status: 'CREATE_IN_PROGRESS', stackId: 's', hops: 130 }],
      gaps: [],
    })
  })

  it('are read from all pages, and again if a result is incomplete', async () => {
    const { log, list } = await start()
    for (let number = 0; number < 102; number += 1)
      write(log, 'an event has arrived', NOW - MINUTE + number, { requestId: `r-${String(number)}` })
    log.answerIncompletely(2)
    const { operations, gaps } = await list()
    expect(operations.length).toBe(102)
    expect(slept.length).toBe(2)
    expect(gaps).toEqual(['the status of the 2 newest operations is not read'])
  })

  it('exclude lines that only contain the words, and lines of other programs', async () => {
    const { log, list } = await start()
    write(log, 'has an event arrived', NOW - MINUTE)
    log.write('an event has arrived', NOW - MINUTE)
    write(log, 'an event has arrived', NOW - MINUTE, { logicalResourceId: 7 })
    expect(await list()).toEqual({ operations: [], gaps: [] })
  })

  it('include the lines of a function whose clock is ahead of the local one', async () => {
    const { log, list } = await start()
    write(log, 'an event has arrived', NOW + 10 * MINUTE)
    expect((await list()).operations.length).toBe(1)
  })

  it('are searched for without ids of an invalid form', async () => {
    const { log, list } = await start()
    write(log, 'an event has arrived', NOW - MINUTE, { requestId: 'r" or message.msg: "x' })
    expect((await list()).operations.length).toBe(1)
    expect(log.searches.some((statement) => statement.includes('requestId'))).toBe(false)
  })

  it('name the problem: a missing permission, a missing index, a wrong project', async () => {
    const problemOf = async (list: () => Promise<unknown>) => {
      const error: unknown = await list().catch((thrown: unknown) => thrown)
      return error instanceof LogServiceError ? error.problem : undefined
    }
    const denied = await start({ isDenied: true })
    expect(await problemOf(denied.list)).toBe('denied')
    const unindexed = await start({ indexed: ['msg'] })
    write(unindexed.log, 'an event has arrived', NOW - MINUTE)
    expect(await problemOf(unindexed.list)).toBe('not-indexed')
    const { list } = await start()
    expect(await problemOf(() => list({ ...PLACE, logstore: 'other' }))).toBe('other')
    expect(await problemOf(() => list({ ...PLACE, project: 'evil.example/' }))).toBe('other')
    const foreign = await start()
    const wrong = { ...foreign.reach, credentials: { ...CREDENTIALS, accessKeySecret: 'x' } }
    await expect(loggedOperations(PLACE, wrong)).rejects.toThrow('SignatureNotMatch')
  })

  it.each([-60, 16, 14 * 60])('is the same where this machine’s clock is %d minutes off', async (off) => {
    const { log, reach } = await start()
    write(log, 'an event has arrived', NOW - 719 * MINUTE)
    write(log, 'an event has arrived', NOW - 1000, { requestId: 'r-2' })
    const { operations } = await loggedOperations(PLACE, {
      ...reach,
      clock: clockAt(() => NOW + off * MINUTE),
    })
    expect(operations.map(({ requestId }) => requestId)).toEqual(['r-1', 'r-2'])
  })

  it("are the bridge's own events until it has answered", async () => {
    const here = await startAwsWorld()
    open.push(here)
    const { time } = here
    const world = await startBridgeWorld({ time, rollback: false, handsOver: true })
    open.push(world)
    const { log, list } = await start({ clock: clockAt(() => time.clock.now()) })
    let written = 0
    const copy = () => {
      const lines = world.logged().trim().split('\n')
      for (const line of lines.slice(written)) {
        const { time: at } = JSON.parse(line) as { time: string }
        log.write(line, Date.parse(at))
      }
      written = lines.length
    }
    const resource = new SandboxResource(world.ros, {
      logicalResourceId: 'Slow',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: here.parameters({
        Template: { Resources: { T: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 4 } } } },
      }),
      timeoutSeconds: 60,
    })
    const creating = resource.create()
    await time.until(() => world.logged().includes('"hop":4'))
    copy()

    const found = await list()
    expect(found).toMatchObject({
      gaps: [],
      operations: [
        {
          rosStackName: expect.any(String),
          logicalResourceId: 'Slow',
          resourceType: 'Custom::AwsCloudFormationStack',
          kind: 'create',
          stackId: expect.stringMatching(/^arn:aws:cloudformation:/),
          status: 'CREATE_IN_PROGRESS',
          since: expect.any(Number),
        },
      ],
    })
    expect(found.operations[0]?.hops).toBeGreaterThanOrEqual(4)
    expect(plantedIn(JSON.stringify(found))).toEqual([])
    await creating
    await time.until(() => world.logged().includes('ROS has the answer'))
    copy()
    expect(await list()).toEqual({ operations: [], gaps: [] })
  })
})
