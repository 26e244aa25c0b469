import { readUnderWay } from '../../bridge/read-under-way.ts'
import type { UnderWay } from '../../bridge/under-way.ts'
import type { EpochMs } from '../../platform/clock.ts'
import { jsonReply, refusal, type HttpEntry, type HttpReply } from '../http/exchange.ts'
import { createTurns } from '../http/turns.ts'
import { createReaderEntry, type ReaderEntryOptions } from './reader-entry.ts'
import type { Task } from './task.ts'

export interface OperationsEntryOptions extends Pick<ReaderEntryOptions, 'tokens' | 'servesWithoutToken'> {
  /** The unfinished tasks, each with its newest payload. */
  readonly tasks: () => Iterable<Task>
  /** Whether a call works on the task now. */
  readonly isRunning: (key: string) => boolean
  /** When the task is tried again, if its answer could not be delivered. */
  readonly retryAt: (key: string) => EpochMs | undefined
}

/** One operation of the page. Times are milliseconds since 1970. */
export type ListedOperation = Omit<UnderWay, 'isUndelivered'> & {
  /** `undelivered`: it waits until its answer is delivered once more. */
  readonly state: 'running' | 'waiting' | 'undelivered'
}

/** The answer of `GET /operations`. */
export interface OperationsPage {
  readonly operations: readonly ListedOperation[]
  /** Of the unfinished events, those of other pages included. */
  readonly total: number
  /** For the parameter `after` of the next page; absent on the last one. */
  readonly next?: string
}

export const OPERATIONS_PATH = '/operations'

const DEFAULT_LIMIT = 100
const LARGEST_LIMIT = 500

/**
 * Creates the entry that lists what is under way, oldest first: ids, times and the last status, no properties, no outputs
 * and no addresses.
 */
export function createOperationsEntry({
  tasks,
  isRunning,
  retryAt,
  ...readers
}: OperationsEntryOptions): HttpEntry {
  const inTurn = createTurns()
  const listed = async (task: Task): Promise<readonly ListedOperation[]> => {
    // An event may have megabytes. Other requests are served between two of them.
    const read = await inTurn(() => readUnderWay(task.payload))
    if (read === undefined) return []
    const { isUndelivered = false, ...shown } = read
    const retry = retryAt(task.key)
    const since = read.since ?? task.arrivedAt
    const waiting = isUndelivered || retry !== undefined ? 'undelivered' : 'waiting'
    const state = isRunning(task.key) ? 'running' : waiting
    return [{ ...shown, since, nextPoll: retry ?? task.dueAt, state }]
  }
  const page = async ({ limit, after }: PageQuery): Promise<HttpReply> => {
    const all = [...tasks()].sort(byPlace)
    const rest = after === undefined ? all : all.filter((task) => comparePlaces(placeOf(task), after) > 0)
    const shown = rest.slice(0, limit)
    const operations: ListedOperation[] = []
    for (const task of shown) operations.push(...(await listed(task)))
    const last = rest.length > limit ? shown.at(-1) : undefined
    return jsonReply(200, {
      operations,
      total: all.length,
      ...(last === undefined ? {} : { next: cursorOf(last) }),
    } satisfies OperationsPage)
  }
  return createReaderEntry({
    ...readers,
    setting: 'STACKBRIDGE_OPERATIONS_TOKEN',
    reply: ({ target }) => {
      const query = queryOf(target)
      return query === undefined ? refusal(400, PROBLEM) : page(query)
    },
  })
}

const PROBLEM = `limit must be a whole number from 1 to ${String(LARGEST_LIMIT)}, and after a "next" of an earlier page`

/** Where a task stands in the list: it stays there while its operation goes on. */
interface Place {
  readonly arrivedAt: number
  readonly key: string
}

interface PageQuery {
  readonly limit: number
  readonly after: Place | undefined
}

function placeOf({ arrivedAt, key }: Task): Place {
  return { arrivedAt, key }
}

function byPlace(one: Task, other: Task): number {
  return comparePlaces(placeOf(one), placeOf(other))
}

function comparePlaces(one: Place, other: Place): number {
  if (one.arrivedAt !== other.arrivedAt) return one.arrivedAt - other.arrivedAt
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0
}

function cursorOf({ arrivedAt, key }: Task): string {
  return `${String(arrivedAt)}.${key}`
}

function queryOf(target: string): PageQuery | undefined {
  const query = new URLSearchParams(target.split('?').slice(1).join('?'))
  const limit = query.get('limit') ?? String(DEFAULT_LIMIT)
  const after = query.get('after')
  const [, arrivedAt, key] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? []
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_LIMIT) return undefined
  if (after === null) return { limit: Number(limit), after: undefined }
  return key === undefined
    ? undefined
    : { limit: Number(limit), after: { arrivedAt: Number(arrivedAt), key } }
}
