import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { systemClock } from '../../platform/clock.ts'
import { parseFunctionArn, type FunctionAddress } from '../../platform/function-address.ts'
import type { Network } from '../../platform/network.ts'
import type { Environment, Settings } from '../../platform/settings.ts'
import { UsageError } from '../usage-error.ts'
import type { FunctionComputeReach } from './function-compute-api.ts'

/** The address that a ServiceToken names. Throws `UsageError` for one that is no function's ARN. */
export function functionAddressOf(serviceToken: string): FunctionAddress {
  const address = parseFunctionArn(serviceToken)
  if (address !== undefined && address.service === undefined) return address
  throw new UsageError(
    `${serviceToken} is not the ARN of a function; give a ServiceToken such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge`,
  )
}

/** How this machine reaches Function Compute's API. */
export function reachOf(
  settings: Settings,
  environment: Environment,
  network: Network,
  credentials: AlibabaCloudCredentials,
): FunctionComputeReach {
  const isSet = (environment['STACKBRIDGE_FC_ENDPOINT'] ?? '') !== ''
  // By default the function tries `internal` first, which only machines in Alibaba Cloud reach.
  const endpoint = isSet ? (settings.fcEndpoints[0] ?? 'public') : 'public'
  return { credentials, endpoint, network, clock: systemClock, random: Math.random }
}
