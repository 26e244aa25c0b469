import { systemClock } from '../../platform/clock.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import type { Network } from '../../platform/network.ts'
import { outputStoresOf } from '../../platform/output-store/output-stores-of.ts'
import type { OutputStores } from '../../platform/output-store/output-store.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import { SecretStore } from '../../platform/secret-source/secret-store.ts'
import type { Environment, Settings } from '../../platform/settings.ts'

/** The source of STACKBRIDGE_SECRETS for a process that has its keys in the environment. */
export function secretSourceOf(settings: Settings, environment: Environment, network: Network): SecretSource {
  const { credentials } = readFcContext({}, environment)
  const store = new SecretStore({ settings, network, clock: systemClock, random: Math.random })
  return store.sourceFor({ credentials, region: environment['FC_REGION'] })
}

/** Where such a process keeps `StoredOutputs`. */
export function localOutputStores(
  settings: Settings,
  environment: Environment,
  network: Network,
): OutputStores {
  const { credentials } = readFcContext({}, environment)
  const reach = { settings, network, clock: systemClock, random: Math.random }
  return outputStoresOf(reach, { credentials, region: environment['FC_REGION'] })
}
