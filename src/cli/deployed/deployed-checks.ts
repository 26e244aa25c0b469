import { parseFunctionArn, type FunctionAddress } from '../../platform/function-address.ts'
import { readSettings } from '../../platform/settings.ts'
import type { Check } from '../../providers/provider.ts'
import {
  asyncInvocationOf,
  FunctionComputeError,
  getFunction,
  type DeployedFunction,
  type FunctionComputeReach,
} from './function-compute-api.ts'
import { compareKeys, describeKey, keyIdentityOf, type KeyIdentity } from './key-identity.ts'

export interface DeployedOptions {
  readonly address: FunctionAddress
  /** Absent without credentials: the functions cannot be read. */
  readonly reach: FunctionComputeReach | undefined
  /** The key of the next deployment; `undefined` if none is planned. */
  readonly planned: KeyIdentity | undefined
  /** The key that a file remembers of the last deployment. */
  readonly remembered: KeyIdentity | undefined
  /** Before a deployment the key is required, but the function need not exist. */
  readonly beforeDeployment: boolean
}

/** Checks a deployed bridge with read-only calls, and that the planned deployment does not replace its key. */
export async function* deployedChecks(options: DeployedOptions): AsyncGenerator<Check> {
  const { planned, remembered, beforeDeployment } = options
  if (beforeDeployment && planned === undefined) {
    yield {
      name: 'key',
      result: 'missing',
      detail: `no key is set: set STACKBRIDGE_CONTINUATION_KEY, or its place in STACKBRIDGE_SECRETS${remembered === undefined ? '' : `; the deployed one is ${describeKey(remembered)}`}`,
    }
    return
  }
  if (planned !== undefined && remembered !== undefined)
    yield keyCheck('key', planned, remembered, 'the last deployment')
  else if (beforeDeployment) yield { name: 'key', result: 'ok', detail: 'no earlier deployment is recorded' }
  yield* functionChecks(options)
}

function keyCheck(name: string, planned: KeyIdentity, former: KeyIdentity, whose: string): Check {
  const compared = compareKeys(planned, former)
  return compared.kept
    ? { name, result: 'ok', detail: `compared with ${whose}: ${compared.detail}` }
    : { name, result: 'missing', detail: `compared with ${whose}: ${compared.why}` }
}

async function* functionChecks(options: DeployedOptions): AsyncGenerator<Check> {
  const { reach, address, planned, beforeDeployment } = options
  const name = 'function'
  if (reach === undefined) {
    const detail =
      'not read: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET of a user who may call fc:GetFunction'
    yield { name, result: 'unknown', detail }
    return
  }
  try {
    const bridge = await getFunction(address, reach)
    if (bridge === undefined) {
      yield {
        name,
        result: beforeDeployment ? 'unknown' : 'missing',
        detail: `there is no function ${address.name} in ${address.region}`,
      }
      return
    }
    yield { name, result: 'ok', detail: describeFunction(bridge) }
    yield* settingsChecks(bridge, planned)
    yield* destinationChecks(bridge, address, reach)
  } catch (error) {
    if (!(error instanceof FunctionComputeError)) throw error
    yield { name, result: 'unknown', detail: error.message }
  }
}

function describeFunction({ runtime, handler, memorySize, timeout }: DeployedFunction): string {
  return `${runtime}, ${handler}, ${String(memorySize)} MB, ${String(timeout)} s`
}

function* settingsChecks(bridge: DeployedFunction, planned: KeyIdentity | undefined): Generator<Check> {
  const { settings, problems, warnings } = readSettings(bridge.environment)
  for (const problem of problems) yield { name: 'settings', result: 'missing', detail: problem }
  for (const warning of warnings) yield { name: 'settings', result: 'degraded', detail: warning }
  if (problems.length === 0) yield { name: 'settings', result: 'ok', detail: 'valid' }
  const deployed = keyIdentityOf(settings)
  if (deployed === undefined)
    yield {
      name: 'deployed key',
      result: 'degraded',
      detail: 'none: operations are not handed over; set STACKBRIDGE_CONTINUATION_KEY',
    }
  else if (planned === undefined) yield { name: 'deployed key', result: 'ok', detail: describeKey(deployed) }
  else yield keyCheck('deployed key', planned, deployed, 'the deployed function')
}

async function* destinationChecks(
  bridge: DeployedFunction,
  address: FunctionAddress,
  reach: FunctionComputeReach,
): AsyncGenerator<Check> {
  const name = 'failure destination'
  const { destination: arn } = await asyncInvocationOf(address, reach)
  const destination = arn === undefined ? undefined : parseFunctionArn(arn)
  if (destination === undefined) {
    const detail = 'none: ROS is not answered for a call that dies; deploy the second function'
    yield { name, result: 'degraded', detail }
    return
  }
  const onFailure = await getFunction(destination, reach)
  if (onFailure === undefined) {
    yield { name, result: 'missing', detail: `there is no function ${destination.name}` }
    return
  }
  const different = namesOfDifferences(bridge.environment, onFailure.environment)
  yield different.length === 0
    ? { name, result: 'ok', detail: `${destination.name}: ${describeFunction(onFailure)}` }
    : {
        name,
        result: 'missing',
        detail: `${destination.name} has other values of ${different.join(', ')}; give both functions the same environment`,
      }
}

function namesOfDifferences(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => (one[name] ?? '') !== (other[name] ?? '')).sort()
}
