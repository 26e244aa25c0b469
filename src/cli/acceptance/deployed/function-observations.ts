import { readFcContext } from '../../../platform/fc-context.ts'
import type { FunctionAddress } from '../../../platform/function-address.ts'
import { readSettings } from '../../../platform/settings.ts'
import {
  asyncTasksOf,
  FunctionComputeError,
  getFunction,
  type AsyncTask,
  type FunctionComputeReach,
} from '../../deployed/function-compute-api.ts'
import { reachOf } from '../../deployed/function-compute-reach.ts'
import { localSettings } from '../../local-bridge.ts'
import type { Surroundings } from '../../../providers/provider.ts'
import type { Observation } from '../facts.ts'

/** How the task ids begin that the bridge gives. */
const OWN_TASK = 'stackbridge-'
/** The shortest delay that the bridge asks for, in milliseconds, less what clocks differ. */
const SHORTEST_DELAY_MS = 800

/** What Function Compute tells of the run's invocations, by calls that only read: fc:GetFunction and fc:ListAsyncTasks. */
export async function functionObservations(
  address: FunctionAddress,
  since: number,
  { environment, network }: Pick<Surroundings, 'environment' | 'network'>,
): Promise<readonly Observation[]> {
  const { credentials } = readFcContext({}, environment)
  if (credentials === undefined)
    return unseen(
      'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set',
      ...OF_TASKS,
      'response-limit',
    )
  const reach = reachOf(localSettings(environment), environment, network, credentials)
  return [...(await settingsObservations(address, reach)), ...(await taskObservations(address, since, reach))]
}

const OF_TASKS = ['async-task', 'ros-invocation', 'ros-retries', 'delay-header']

async function settingsObservations(
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<readonly Observation[]> {
  try {
    const found = await getFunction(address, reach)
    if (found === undefined) return unseen('GetFunction shows no such function', 'response-limit')
    const { responseLimitBytes } = readSettings(found.environment).settings
    return unseen(
      `the deployed function answers with at most ${String(responseLimitBytes)} bytes (STACKBRIDGE_RESPONSE_LIMIT_BYTES), and the stories' answers are shorter`,
      'response-limit',
    )
  } catch (error) {
    if (!(error instanceof FunctionComputeError)) throw error
    return unseen(error.message, 'response-limit')
  }
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

/** The time between the queue and the start is the delay, where Function Compute honours it. */
function delay(own: readonly AsyncTask[]): Observation {
  const fact = 'delay-header'
  const waits = own
    .flatMap(({ enqueuedAt, startedAt }) =>
      enqueuedAt === undefined || startedAt === undefined ? [] : [startedAt - enqueuedAt],
    )
    .sort((one, other) => one - other)
  const [least] = waits
  if (least === undefined) return { fact, seen: null, why: 'no listed task is a hand-off with times' }
  const most = waits.at(-1) ?? least
  const seconds = [least, most].map((ms) => (ms / 1000).toFixed(1)).join(' to ')
  const verdict =
    least >= SHORTEST_DELAY_MS ? 'yes' : most >= SHORTEST_DELAY_MS ? 'in part' : 'no: they started at once'
  return { fact, seen: `${verdict}; ${String(waits.length)} hand-offs waited ${seconds} s in the queue` }
}

function unseen(why: string, ...facts: readonly string[]): readonly Observation[] {
  return facts.map((fact) => ({ fact, seen: null, why }))
}
