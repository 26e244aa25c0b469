import type { FunctionAddress } from '../../../platform/function-address.ts'
import type { Surroundings } from '../../../providers/provider.ts'
import {
  asyncTasksOf,
  FunctionComputeError,
  type AsyncTask,
  type FunctionComputeReach,
} from '../../deployed/function-compute-api.ts'
import type { Observation } from '../facts.ts'
import { functionComputeReach, NO_CREDENTIALS } from './deployed-settings.ts'

/** How the task ids begin that the bridge gives. */
const OWN_TASK = 'stackbridge-'
/** The shortest delay that the bridge asks for, in milliseconds, less what clocks differ. */
const SHORTEST_DELAY_MS = 800
const OF_TASKS = ['async-task', 'ros-invocation', 'ros-retries', 'delay-header']

/** What Function Compute tells of the run's invocations, by fc:ListAsyncTasks. `since`: milliseconds since 1970. */
export async function functionObservations(
  address: FunctionAddress,
  since: number,
  surroundings: Pick<Surroundings, 'environment' | 'network'>,
): Promise<readonly Observation[]> {
  const reach = functionComputeReach(surroundings)
  return reach === undefined ? unseen(NO_CREDENTIALS, ...OF_TASKS) : taskObservations(address, since, reach)
}

async function taskObservations(
  address: FunctionAddress,
  since: number,
  reach: FunctionComputeReach,
): Promise<readonly Observation[]> {
  try {
    const tasks = await asyncTasksOf(address, since, reach)
    if (tasks === undefined) return unseen('ListAsyncTasks shows no such function', ...OF_TASKS)
    if (tasks.length === 0) return unseen('ListAsyncTasks lists no task: task mode may be off', ...OF_TASKS)
    const own = tasks.filter(({ taskId }) => taskId.startsWith(OWN_TASK))
    const others = tasks.filter((task) => !own.includes(task))
    return [
      { fact: 'async-task', seen: `yes, in ${address.region}: ${String(tasks.length)} tasks are listed` },
      invocation(own, others),
      retries(tasks),
      delay(own),
    ]
  } catch (error) {
    if (!(error instanceof FunctionComputeError)) throw error
    return unseen(error.message, ...OF_TASKS)
  }
}

function invocation(own: readonly AsyncTask[], others: readonly AsyncTask[]): Observation {
  const fact = 'ros-invocation'
  if (others.length > 0)
    return {
      fact,
      seen: `asynchronously: ${String(others.length)} tasks have ids that the bridge did not give`,
    }
  return {
    fact,
    seen: `synchronously, it seems: each of the ${String(own.length)} listed tasks is a hand-off of the bridge`,
  }
}

function retries(tasks: readonly AsyncTask[]): Observation {
  const fact = 'ros-retries'
  const most = Math.max(...tasks.map((task) => task.retries))
  return most === 0
    ? { fact, seen: null, why: 'no call of the run failed' }
    : { fact, seen: `a call was tried again ${String(most)} times` }
}

/** The time between the queue and the start is the delay, where Function Compute honours it. Some hand-offs ask for none. */
function delay(own: readonly AsyncTask[]): Observation {
  const fact = 'delay-header'
  const waits = own.flatMap(({ enqueuedAt, startedAt }) =>
    enqueuedAt === undefined || startedAt === undefined ? [] : [startedAt - enqueuedAt],
  )
  if (waits.length === 0) return { fact, seen: null, why: 'no listed task is a hand-off with times' }
  const delayed = waits.filter((ms) => ms >= SHORTEST_DELAY_MS).length
  const longest = (Math.max(...waits) / 1000).toFixed(1)
  return {
    fact,
    seen: `${delayed === 0 ? 'no' : 'yes'}: ${String(delayed)} of ${String(waits.length)} hand-offs waited a second or more in the queue, ${longest} s at most`,
  }
}

function unseen(why: string, ...facts: readonly string[]): readonly Observation[] {
  return facts.map((fact) => ({ fact, seen: null, why }))
}
