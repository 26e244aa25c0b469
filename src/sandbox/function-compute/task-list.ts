import * as v from 'valibot'
import type { Clock, EpochMs } from '../../platform/clock.ts'

type TaskStatus = 'Enqueued' | 'Running' | 'Retrying' | 'Succeeded' | 'Failed'

/** An asynchronous invocation of a function in task mode. */
interface Task {
  readonly taskId: string
  readonly payload: Uint8Array
  status: TaskStatus
  retries: number
  readonly events: { readonly status: TaskStatus; readonly timestamp: EpochMs }[]
}

const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** https://help.aliyun.com/zh/functioncompute/fc/developer-reference/api-fc-2023-03-30-listasynctasks */
const querySchema = v.object({
  prefix: v.optional(v.string(), ''),
  nextToken: v.optional(wholeNumber, '0'),
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(100)), '20'),
  qualifier: v.optional(v.string()),
  status: v.optional(
    v.picklist([
      ...(['Enqueued', 'Dequeued', 'Running', 'Succeeded', 'Failed', 'Stopped', 'Stopping'] as const),
      ...(['Expired', 'Invalid', 'Retrying'] as const),
    ]),
  ),
  startedTimeBegin: v.optional(wholeNumber),
  startedTimeEnd: v.optional(wholeNumber),
  sortOrderByTime: v.optional(v.picklist(['asc', 'desc']), 'asc'),
  includePayload: v.optional(v.picklist(['true', 'false']), 'false'),
})

type Query = v.InferOutput<typeof querySchema>

/**
 * The tasks of one function, as ListAsyncTasks shows them.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-listasynctasks
 */
export class TaskList {
  readonly #clock: Clock
  readonly #tasks: Task[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns what to call when the task's status changes. */
  enqueue(taskId: string, payload: Uint8Array): (status: TaskStatus) => void {
    const task: Task = { taskId, payload, status: 'Enqueued', retries: 0, events: [] }
    this.#tasks.push(task)
    const note = (status: TaskStatus): void => {
      task.events.push({ status, timestamp: this.#clock.now() })
      if (status === 'Retrying') task.retries += 1
      task.status = status
    }
    note('Enqueued')
    return note
  }

  /** The answer to ListAsyncTasks for the query of its URL; `undefined` where a parameter has no documented value. */
  page(parameters: URLSearchParams): object | undefined {
    const read = v.safeParse(querySchema, Object.fromEntries(parameters))
    if (!read.success) return undefined
    const { nextToken: from, limit, sortOrderByTime, includePayload } = read.output
    const found = this.#tasks.filter((task) => isAskedFor(task, read.output))
    if (sortOrderByTime === 'desc') found.reverse()
    const tasks = found.slice(from, from + limit).map((task) => shown(task, includePayload === 'true'))
    return { tasks, ...(from + limit < found.length ? { nextToken: String(from + limit) } : {}) }
  }
}

function isAskedFor(task: Task, { prefix, status, startedTimeBegin, startedTimeEnd }: Query): boolean {
  if (!task.taskId.startsWith(prefix)) return false
  if (status !== undefined && status !== task.status) return false
  if (startedTimeBegin === undefined && startedTimeEnd === undefined) return true
  const startedAt = startOf(task)
  return (
    startedAt !== undefined &&
    startedAt >= (startedTimeBegin ?? 0) &&
    startedAt <= (startedTimeEnd ?? Infinity)
  )
}

function startOf({ events }: Task): EpochMs | undefined {
  return events.find(({ status }) => status === 'Running')?.timestamp
}

/** `AsyncTask` of https://www.npmjs.com/package/@alicloud/fc20230330; `taskPayload` only where it is asked for. */
function shown(task: Task, hasPayload: boolean): object {
  const startedTime = startOf(task)
  return {
    taskId: task.taskId,
    status: task.status,
    alreadyRetriedTimes: task.retries,
    events: task.events,
    ...(startedTime === undefined ? {} : { startedTime }),
    ...(hasPayload ? { taskPayload: Buffer.from(task.payload).toString() } : {}),
  }
}
