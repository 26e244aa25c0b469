import { readUnderWay } from '../../bridge/read-under-way.ts'
import { eventsIn } from '../../channels/mns/message.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import type { FunctionAddress } from '../../platform/function-address.ts'
import { createNetwork } from '../../platform/network.ts'
import type { Environment } from '../../platform/settings.ts'
import {
  asyncInvocationOf,
  FunctionComputeError,
  getFunction,
  type FunctionComputeReach,
} from '../deployed/function-compute-api.ts'
import { functionAddressOf, reachOf } from '../deployed/function-compute-reach.ts'
import { openTasksOf, type OpenStatus, type OpenTask } from '../deployed/tasks-under-way.ts'
import { localSettings } from '../local-bridge.ts'
import { UsageError } from '../usage-error.ts'
import {
  withoutRepetitions,
  type FoundOperation,
  type FoundOperations,
  type OperationState,
} from './found-operations.ts'

/** Function Compute keeps no list of what the function has under way; its log may tell. */
export interface NoList {
  /** Where the log is; absent where the function has none. */
  readonly log?: { readonly project: string; readonly logstore: string }
}

/**
 * What a deployed function has under way, from its asynchronous tasks. Throws `UsageError`, `MisconfigurationError` and
 * `FunctionComputeError`.
 */
export async function deployedOperations(
  serviceToken: string,
  environment: Environment,
): Promise<FoundOperations | NoList> {
  const address = functionAddressOf(serviceToken)
  const inRegion = { FC_REGION: address.region, ...environment }
  const settings = localSettings(inRegion)
  const { credentials } = readFcContext({}, inRegion)
  if (credentials === undefined)
    throw new UsageError(
      'There are no credentials; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET of a user who may call fc:GetFunction, fc:GetAsyncInvokeConfig and fc:ListAsyncTasks',
    )
  const network = createNetwork(settings)
  try {
    return await listOf(address, reachOf(settings, inRegion, network, credentials))
  } finally {
    await network.close()
  }
}

async function listOf(
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<FoundOperations | NoList> {
  const bridge = await getFunction(address, reach)
  if (bridge === undefined) throw missing(address)
  const { isTaskMode } = await asyncInvocationOf(address, reach)
  if (!isTaskMode) return bridge.log === undefined ? {} : { log: bridge.log }
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
        ? ['operations that wait in the queue of STACKBRIDGE_HAND_OFF_QUEUE are not listed: ask the log']
        : []),
    ],
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
    return read === undefined ? [] : [{ ...read, state: STATES[status] }]
  })
}
