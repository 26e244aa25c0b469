import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { functionObservations } from '../../../src/cli/acceptance/deployed/function-observations.ts'
import { createNetwork, type Network } from '../../../src/platform/network.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'

/** What a run reads of a deployed function. The Function Compute of this test records its requests. */

const ADDRESS = { region: 'cn-hangzhou', accountId: '1234567890123456', name: 'stackbridge' }

interface Task {
  readonly taskId: string
  readonly alreadyRetriedTimes?: number
  readonly events?: readonly { readonly status: string; readonly timestamp: number }[]
}

let pages: (readonly Task[])[]
let status: number
let asked: string[]
let fc: { readonly url: string; close(): Promise<unknown> }
let network: Network
beforeEach(async () => {
  pages = [[]]
  status = 200
  asked = []
  fc = await listen(
    createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://fc')
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
      const page = Number(url.searchParams.get('nextToken') ?? '0')
      const answer = url.pathname.endsWith('/async-tasks')
        ? {
            tasks: pages[page]?.map((task) => ({ status: 'Succeeded', ...task })),
            ...(page + 1 < pages.length ? { nextToken: String(page + 1) } : {}),
          }
        : { runtime: 'custom.debian12', handler: 'index.handler', memorySize: 512, timeout: 120 }
      response.writeHead(status).end(JSON.stringify(status === 200 ? answer : { Code: 'Denied' }))
    }),
  )
  network = createNetwork(readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' }).settings)
})
afterEach(() => Promise.all([fc.close(), network.close()]))

async function seen(more: Readonly<Record<string, string>> = {}) {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'the-key-id',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret-key',
    STACKBRIDGE_FC_ENDPOINT: fc.url,
    ...more,
  }
  const observations = await functionObservations(ADDRESS, 1000, { environment, network })
  return Object.fromEntries(
    observations.map((one) => [one.fact, one.seen ?? `not observed, because ${one.why}`]),
  )
}

const handOff = (number: number, waitMs: number): Task => ({
  taskId: `stackbridge-chain-${String(number)}`,
  events: [
    { status: 'Enqueued', timestamp: 5000 },
    { status: 'Dequeued', timestamp: 5000 + waitMs },
    { status: 'Running', timestamp: 5000 + waitMs },
  ],
})

describe('the observation of a deployed function by acceptance', () => {
  it('reads all pages of the tasks since the start, and changes nothing', async () => {
    pages = [[handOff(1, 2000)], [handOff(2, 15_000), { taskId: '1-abc', alreadyRetriedTimes: 2 }]]
    expect(await seen()).toMatchObject({
      'async-task': 'yes, in cn-hangzhou: 3 tasks are listed',
      'ros-invocation': 'asynchronously: 1 tasks have ids that the bridge did not give',
      'ros-retries': 'a call was tried again 2 times',
      'delay-header': 'yes: 2 of 2 hand-offs waited a second or more in the queue, 15.0 s at most',
    })
    expect(asked).toEqual([
      'GET /2023-03-30/functions/stackbridge/async-tasks?limit=100&sortOrderByTime=asc&startedTimeBegin=1000',
      'GET /2023-03-30/functions/stackbridge/async-tasks?limit=100&sortOrderByTime=asc&startedTimeBegin=1000&nextToken=1',
    ])
  })

  it('reports that delays are ignored if hand-offs start at once, and that ROS may invoke synchronously', async () => {
    pages = [[handOff(1, 20), handOff(2, 40)]]
    expect(await seen()).toMatchObject({
      'delay-header': 'no: 0 of 2 hand-offs waited a second or more in the queue, 0.0 s at most',
      'ros-invocation': expect.stringContaining('synchronously, it seems'),
      'ros-retries': 'not observed, because no call of the run failed',
    })
  })

  it('is missing without tasks, without permissions and without credentials, each time with the reason', async () => {
    expect((await seen())['delay-header']).toContain('task mode may be off')
    status = 403
    expect((await seen())['delay-header']).toContain('ListAsyncTasks was answered with HTTP 403')
    expect((await seen({ ALIBABA_CLOUD_ACCESS_KEY_ID: '' }))['delay-header']).toContain('are not set')
  })
})
