import { describe, expect, it } from 'vitest'
import type { HttpReply, RequestHead } from '../../../src/channels/http/exchange.ts'
import { createOperationsEntry, type OperationsPage } from '../../../src/channels/server/operations-entry.ts'
import type { Task } from '../../../src/channels/server/task.ts'
import { isJsonObject, parseJson } from '../../../src/platform/json.ts'

const TOKEN = 'a-token-for-operations'
const local = { host: '127.0.0.1:8080' }

const task = (key: string, arrivedAt: number): Task => ({
  key,
  arrivedAt,
  dueAt: arrivedAt + 5000,
  payload: Buffer.from(
    JSON.stringify({
      RequestType: 'Create',
      RequestId: `request-${key}`,
      StackId: 'stack',
      LogicalResourceId: 'A',
      ResponseURL: 'https://ros/?signature=planted',
      ResourceProperties: { Secret: 'planted' },
    }),
  ),
})

interface World {
  readonly tokens?: readonly string[]
  readonly servesWithoutToken?: boolean
  readonly tasks?: readonly Task[]
  readonly running?: string
  readonly retried?: Readonly<Record<string, number>>
}

async function replyTo(head: Partial<RequestHead>, world: World = {}): Promise<HttpReply> {
  const { tokens = [], servesWithoutToken = true, tasks = [], running, retried = {} } = world
  const entry = createOperationsEntry({
    tasks: () => tasks,
    isRunning: (key) => key === running,
    retryAt: (key) => retried[key],
    tokens,
    servesWithoutToken,
  })
  const admission = entry({ method: 'GET', target: '/operations', headers: local, ...head })
  if (admission.admitted) throw new TypeError('a request to read has no body')
  return admission.reply
}

async function page(target: string, world: World): Promise<OperationsPage> {
  const { status, body } = await replyTo({ target }, world)
  expect(status).toBe(200)
  return JSON.parse(body) as OperationsPage
}

describe('GET /operations', () => {
  it('lists the operations in progress, the oldest first, with their next poll and no secret', async () => {
    const { body } = await replyTo({}, { tasks: [task('b', 2000), task('a', 1000)], running: 'a' })
    expect(JSON.parse(body)).toEqual({
      total: 2,
      operations: [
        expect.objectContaining({
          requestId: 'request-a',
          kind: 'create',
          since: 1000,
          nextPoll: 6000,
          hops: 0,
          state: 'running',
        }),
        expect.objectContaining({ requestId: 'request-b', since: 2000, nextPoll: 7000, state: 'waiting' }),
      ],
    })
    expect(body).not.toContain('planted')
  })

  it('lists operations that wait for another delivery of their answer', async () => {
    const world = { tasks: [task('a', 1000), task('b', 2000)], retried: { a: 61_000 } }
    expect(await page('/operations', world)).toMatchObject({
      operations: [
        { requestId: 'request-a', state: 'undelivered', nextPoll: 61_000 },
        { requestId: 'request-b', state: 'waiting' },
      ],
    })
    expect(await page('/operations', { ...world, running: 'a' })).toMatchObject({
      operations: [{ state: 'running' }, { state: 'waiting' }],
    })
  })

  it('has pages that omit nothing although operations end between them', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((key, index) => task(key, index < 3 ? 1000 : 2000))
    const first = await page('/operations?limit=2', { tasks: all })
    expect(first.operations.map(({ requestId }) => requestId)).toEqual(['request-a', 'request-b'])
    expect(first.total).toBe(5)
    const rest = all.filter(({ key }) => key !== 'b')
    const second = await page(`/operations?limit=2&after=${String(first.next)}`, { tasks: rest })
    expect(second.operations.map(({ requestId }) => requestId)).toEqual(['request-c', 'request-d'])
    const third = await page(`/operations?after=${String(second.next)}`, { tasks: rest })
    expect(third.operations.map(({ requestId }) => requestId)).toEqual(['request-e'])
    expect(third.next).toBeUndefined()
  })

  it('never sends more than one page', async () => {
    const many = Array.from({ length: 101 }, (_, index) => task(String(index), index))
    expect((await page('/operations', { tasks: many })).operations).toHaveLength(100)
  })

  it('omits what it cannot read, and counts it', async () => {
    const strange: Task = { key: 'x', arrivedAt: 1, dueAt: 1, payload: Buffer.from('no JSON') }
    expect(await page('/operations', { tasks: [strange] })).toEqual({ operations: [], total: 1 })
  })

  it.each(['limit=0', 'limit=501', 'limit=1.5', 'limit=', 'after=', 'after=1', 'after=1.', 'after=x.y'])(
    'refuses the query %s',
    async (query) => {
      const { status, body } = await replyTo({ target: `/operations?${query}` })
      const json = parseJson(Buffer.from(body))
      expect(status).toBe(400)
      expect(json.ok && isJsonObject(json.value) && json.value['problem']).toContain('limit must be')
    },
  )

  it('has a separate token, which is also required from this machine if it is set', async () => {
    const authorized = { headers: { host: 'bridge.example', authorization: `Bearer ${TOKEN}` } }
    expect((await replyTo(authorized, { tokens: [TOKEN] })).status).toBe(200)
    const { status, body } = await replyTo({}, { tokens: [TOKEN] })
    expect(status).toBe(401)
    expect(body).toContain('STACKBRIDGE_OPERATIONS_TOKEN')
    expect((await replyTo({}, { servesWithoutToken: false })).status).toBe(401)
  })

  it('refuses other methods', async () => {
    expect((await replyTo({ method: 'POST' })).status).toBe(405)
  })
})
