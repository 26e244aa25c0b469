import { readUnderWay } from '../../bridge/read-under-way.ts'
import { eventsIn } from '../../channels/mns/message.ts'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import type { FunctionAddress } from '../../platform/function-address.ts'
import { createNetwork } from '../../platform/network.ts'
import type { Environment } from '../../platform/settings.ts'
import {
  asyncInvocationOf,
  FunctionComputeError,
  getFunction,
  type DeployedFunction,
  type FunctionComputeReach,
} from '../deployed/function-compute-api.ts'
import { functionAddressOf, reachOf } from '../deployed/function-compute-reach.ts'
import { LogServiceError, type LogPlace, type LogServiceReach } from '../deployed/log-service-api.ts'
import { openTasksOf, type OpenStatus, type OpenTask } from '../deployed/tasks-under-way.ts'
import { localSettings } from '../local-bridge/local-settings.ts'
import { UsageError } from '../usage-error.ts'
import {
  withoutRepetitions,
  type FoundOperation,
  type FoundOperations,
  type OperationState,
} from './found-operations.ts'
import { loggedOperations } from './logged-operations.ts'

/** There is no list; the query for the log may still be run by hand. */
export interface ListUnavailable {
  /** Why, as a sentence without its full stop. */
  readonly why: string
  /** Where the log is; absent where the function has none. */
  readonly log?: LogPlace
}

export interface LogOptions {
  /** The log to ask, and not Function Compute's list. */
  readonly log?: LogPlace
  /** A base URL of Log Service, without a project; that of the function's region by default. */
  readonly endpoint?: string
  readonly clock?: Clock
}

/**
 * What a deployed function has under way, from its asynchronous tasks or its log. Throws `UsageError`,
 * `MisconfigurationError` and `FunctionComputeError`.
 */
export async function deployedOperations(
  serviceToken: string,
  environment: Environment,
  options: LogOptions = {},
): Promise<FoundOperations | ListUnavailable> {
  const address = functionAddressOf(serviceToken)
  const inRegion = { FC_REGION: address.region, ...environment }
  const settings = localSettings(inRegion)
  const { credentials } = readFcContext({}, inRegion)
  if (credentials === undefined)
    throw new UsageError(
      `There are no credentials; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET of a user who may call ${options.log === undefined ? 'fc:GetFunction, fc:GetAsyncInvokeConfig, and fc:ListAsyncTasks or log:GetLogStoreLogs' : 'log:GetLogStoreLogs'}`,
    )
  const network = createNetwork(settings)
  const { endpoint = `https://${address.region}.log.aliyuncs.com`, clock = systemClock } = options
  const logReach = { credentials, region: address.region, endpoint, network, clock }
  try {
    if (options.log !== undefined) return await operationsOfLog(options.log, address, logReach)
    return await listOf(address, reachOf(settings, inRegion, network, credentials), logReach)
  } finally {
    await network.close()
  }
}

async function listOf(
  address: FunctionAddress,
  reach: FunctionComputeReach,
  logReach: LogServiceReach,
): Promise<FoundOperations | ListUnavailable> {
  const bridge = await getFunction(address, reach)
  if (bridge === undefined) throw missing(address)
  const { isTaskMode } = await asyncInvocationOf(address, reach)
  if (!isTaskMode) return await listOfLog(bridge, address, logReach)
  const open = await openTasksOf(address, reach)
  if (open === undefined) throw missing(address)
  const read = open.tasks.map(operationsOf)
  const unread = read.filter((operations) => operations.length === 0).length
  const hasQueue = (bridge.environment['STACKBRIDGE_HAND_OFF_QUEUE'] ?? '') !== ''
  return {
    operations: withoutRepetitions(read.flat()),
    gaps: [
      ...(unread === 0 ? [] : [`${String(unread)} tasks hold no event and no operation of the bridge`]),
      ...(open.isCut ? ['the function has more tasks than are read'] : []),
      ...(hasQueue
        ? [
            'operations that wait in the queue of STACKBRIDGE_HAND_OFF_QUEUE are not listed: ask the log, with --project and --logstore',
          ]
        : []),
    ],
  }
}

async function listOfLog(
  { log, environment }: DeployedFunction,
  address: FunctionAddress,
  reach: LogServiceReach,
): Promise<FoundOperations | ListUnavailable> {
  if (log === undefined)
    return {
      why: 'the function is not in task mode, so Function Compute keeps no list; it has no log either',
    }
  const found = await operationsOfLog(log, address, reach)
  const level = environment['STACKBRIDGE_LOG_LEVEL'] ?? ''
  if (!('operations' in found) || !LEVELS_WITHOUT_EVENTS.includes(level)) return found
  const gap = `STACKBRIDGE_LOG_LEVEL is ${level}: the log has no line of an event; set it to info`
  return { ...found, gaps: [...found.gaps, gap] }
}

/** The lines that the list is made of have the level `info`. */
const LEVELS_WITHOUT_EVENTS: readonly string[] = ['warn', 'error', 'fatal', 'silent']

async function operationsOfLog(
  log: LogPlace,
  { region, accountId }: FunctionAddress,
  reach: LogServiceReach,
): Promise<FoundOperations | ListUnavailable> {
  try {
    return await loggedOperations(log, reach)
  } catch (error) {
    if (!(error instanceof LogServiceError)) throw error
    const resource = `acs:log:${region}:${accountId}:project/${log.project}/logstore/${log.logstore}`
    const remedy = {
      denied: `; the right log:GetLogStoreLogs on ${resource} is missing`,
      'not-indexed': '; the logstore lacks the index that examples/deploy/prerequisites.yml makes',
      other: '',
    }[error.problem]
    return { log, why: `Log Service gave no list: ${error.message}${remedy}` }
  }
}

function missing({ name, region }: FunctionAddress): FunctionComputeError {
  return new FunctionComputeError(`there is no function ${name} in ${region}`)
}

const STATES: Readonly<Record<OpenStatus, OperationState>> = {
  Enqueued: 'waiting',
  Dequeued: 'waiting',
  Running: 'running',
  Retrying: 'retrying',
}

/** The payload is not documented to be text or base64, and a trigger wraps it. Only ids are taken from it. */
function operationsOf({ payload, status }: OpenTask): readonly FoundOperation[] {
  return eventsIn(Buffer.from(payload)).flatMap(({ bytes }) => {
    const read = readUnderWay(bytes)
    if (read === undefined) return []
    const { isUndelivered = false, ...shown } = read
    const state = STATES[status]
    return [{ ...shown, state: isUndelivered && state === 'waiting' ? 'undelivered' : state }]
  })
}
