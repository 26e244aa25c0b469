import * as v from 'valibot'
import { readPages } from '../../platform/read-pages.ts'
import { encode } from '../../platform/acs3-signature.ts'
import type { FunctionAddress } from '../../platform/function-address.ts'
import {
  FunctionComputeError,
  readFunctionCompute,
  type FunctionComputeReach,
} from './function-compute-api.ts'

/**
 * The statuses of an asynchronous task that has not ended. One call asks for one of them.
 * https://help.aliyun.com/zh/functioncompute/fc/developer-reference/api-fc-2023-03-30-listasynctasks
 */
export type OpenStatus = 'Enqueued' | 'Dequeued' | 'Running' | 'Retrying'

/** A task may begin, or be followed by the next one of its chain, between two calls: so the running ones are asked for twice. */
const ASKED_FOR: readonly OpenStatus[] = ['Running', 'Enqueued', 'Dequeued', 'Retrying', 'Running']

/** An asynchronous invocation that waits or runs. */
export interface OpenTask {
  readonly taskId: string
  readonly status: OpenStatus
  /** What the function is invoked with. It may hold secrets. */
  readonly payload: string
}

export interface OpenTasks {
  readonly tasks: readonly OpenTask[]
  /** Whether there are more than are read. */
  readonly isCut: boolean
}

const answer = v.object({
  nextToken: v.optional(v.nullable(v.string())),
  tasks: v.optional(
    v.nullable(v.array(v.object({ taskId: v.string(), taskPayload: v.optional(v.nullable(v.string())) }))),
  ),
})

/** So that a page fits the limit of an answer, with payloads of the largest size. */
const TASKS_A_PAGE = 50
const MOST_PAGES = 20

/**
 * The function's asynchronous tasks that have not ended, a thousand of each status at most. `undefined` if there is no such
 * function. Rejects with `FunctionComputeError`.
 */
export async function openTasksOf(
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<OpenTasks | undefined> {
  const found = new Map<string, OpenTask>()
  let isCut = false
  for (const status of ASKED_FOR) {
    const listed = await tasksWith(status, address, reach)
    if (listed === undefined) return undefined
    for (const task of listed.tasks) found.set(task.taskId, task)
    isCut ||= listed.isCut
  }
  return { tasks: [...found.values()], isCut }
}

async function tasksWith(
  status: OpenStatus,
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<OpenTasks | undefined> {
  const list = await readPages(
    async (token) => {
      const next = token === undefined ? '' : `&nextToken=${encode(token)}`
      const query = `limit=${String(TASKS_A_PAGE)}&status=${status}&includePayload=true${next}`
      const content = await readFunctionCompute('ListAsyncTasks', address, `/async-tasks?${query}`, reach)
      if (content === undefined) return undefined
      const read = v.safeParse(answer, content)
      if (!read.success) throw new FunctionComputeError('the answer to ListAsyncTasks is not a list')
      return { items: read.output.tasks, next: read.output.nextToken }
    },
    { most: MOST_PAGES },
  )
  if (list === undefined) return undefined
  const tasks = list.items.map(({ taskId, taskPayload }) => ({ taskId, status, payload: taskPayload ?? '' }))
  return { tasks, isCut: list.cut !== undefined }
}
