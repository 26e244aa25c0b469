import type { FunctionAddress } from '../../../platform/function-address.ts'
import { readFcContext } from '../../../platform/fc-context.ts'
import { readSettings, type Settings } from '../../../platform/settings.ts'
import type { Surroundings } from '../../../providers/provider.ts'
import {
  FunctionComputeError,
  getFunction,
  type FunctionComputeReach,
} from '../../deployed/function-compute-api.ts'
import { reachOf } from '../../deployed/function-compute-reach.ts'
import { localSettings } from '../../local-bridge/local-settings.ts'

export type SettingsReading =
  { readonly read: true; readonly settings: Settings } | { readonly read: false; readonly why: string }

type Reading = Pick<Surroundings, 'environment' | 'network'>

/** The settings that a deployed function runs with, by fc:GetFunction. */
export async function deployedSettings(
  address: FunctionAddress,
  surroundings: Reading,
): Promise<SettingsReading> {
  const reach = functionComputeReach(surroundings)
  if (reach === undefined) return { read: false, why: NO_CREDENTIALS }
  try {
    const found = await getFunction(address, reach)
    return found === undefined
      ? { read: false, why: 'GetFunction shows no such function' }
      : { read: true, settings: readSettings(found.environment).settings }
  } catch (error) {
    if (!(error instanceof FunctionComputeError)) throw error
    return { read: false, why: error.message }
  }
}

export const NO_CREDENTIALS = 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set'

/** With the credentials of the environment; `undefined` without any. */
export function functionComputeReach({ environment, network }: Reading): FunctionComputeReach | undefined {
  const { credentials } = readFcContext({}, environment)
  return credentials === undefined
    ? undefined
    : reachOf(localSettings(environment), environment, network, credentials)
}
