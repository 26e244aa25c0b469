import type { Clock, EpochMs } from '../../platform/clock.ts'

/** An asynchronous invocation of a function in task mode. */
interface Task {
  readonly taskId: string
  status: 'Enqueued' | 'Running' | 'Succeeded' | 'Failed'
  retries: number
  readonly events: { readonly status: string; readonly timestamp: EpochMs }[]
}

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
  enqueue(taskId: string): (status: Task['status'] | 'Retrying') => void {
    const task: Task = { taskId, status: 'Enqueued', retries: 0, events: [] }
    this.#tasks.push(task)
    const note = (status: Task['status'] | 'Retrying'): void => {
      task.events.push({ status, timestamp: this.#clock.now() })
      if (status === 'Retrying') task.retries += 1
      else task.status = status
    }
    note('Enqueued')
    return note
  }

  /** The answer to ListAsyncTasks for the query of its URL: `limit`, `nextToken` and `startedTimeBegin`. */
  page(query: URLSearchParams): object {
    const limit = Number(query.get('limit') ?? '20')
    const from = Number(query.get('nextToken') ?? '0')
    const since = Number(query.get('startedTimeBegin') ?? '0')
    const started = this.#tasks.filter(({ events }) =>
      events.some(({ status, timestamp }) => status === 'Running' && timestamp >= since),
    )
    const tasks = started.slice(from, from + limit).map(({ retries, ...task }) => ({
      ...task,
      alreadyRetriedTimes: retries,
    }))
    return { tasks, ...(from + limit < started.length ? { nextToken: String(from + limit) } : {}) }
  }
}
