import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import { keyFingerprint } from '../../platform/key-fingerprint.ts'
import { createNetwork, type Network } from '../../platform/network.ts'
import { SecretSourceError } from '../../platform/secret-source/secret-source.ts'
import type { Environment, Settings } from '../../platform/settings.ts'
import type { Check } from '../../providers/provider.ts'
import { localSettings } from '../local-bridge/local-settings.ts'
import { secretSourceOf } from '../local-bridge/secret-source-of.ts'
import { UsageError } from '../usage-error.ts'
import { deployedChecks } from './deployed-checks.ts'
import { readFingerprint, writeFingerprint } from './fingerprint-file.ts'
import { functionAddressOf, reachOf } from './function-compute-reach.ts'
import { compareKeys, keyIdentityOf, type KeyIdentity } from './key-identity.ts'

export interface DeployedTarget {
  /** The ARN of the bridge's function. */
  readonly serviceToken: string
  /** The file that remembers the key of the last deployment. */
  readonly fingerprint: string | undefined
  readonly environment: Environment
}

/**
 * Checks a deployed bridge and, with a fingerprint file, that the key of the environment does not replace the deployed one.
 * Throws `UsageError` and `MisconfigurationError`.
 */
export async function* diagnoseDeployed(target: DeployedTarget): AsyncGenerator<Check> {
  const { serviceToken, fingerprint } = target
  const address = functionAddressOf(serviceToken)
  const environment = { FC_REGION: address.region, ...target.environment }
  const settings = localSettings(environment)
  const network = createNetwork(settings)
  try {
    const remembered =
      fingerprint === undefined ? undefined : await readFingerprint(fingerprint, serviceToken)
    const { credentials } = readFcContext({}, environment)
    const planned = await plannedKey(settings, remembered, { environment, network, credentials })
    const reach = credentials === undefined ? undefined : reachOf(settings, environment, network, credentials)
    yield* deployedChecks({
      address,
      reach,
      planned,
      remembered,
      beforeDeployment: fingerprint !== undefined,
    })
  } finally {
    await network.close()
  }
}

/** Remembers the key of the environment as the deployed one. Throws `UsageError` and `MisconfigurationError`. */
export async function rememberKey({
  serviceToken,
  fingerprint,
  environment,
}: DeployedTarget): Promise<Check> {
  functionAddressOf(serviceToken)
  if (fingerprint === undefined)
    throw new UsageError('--remember needs a file; give --fingerprint with its path')
  const key = keyIdentityOf(localSettings(environment))
  if (key === undefined)
    throw new UsageError(
      'There is no key to remember; set STACKBRIDGE_CONTINUATION_KEY, or its place in STACKBRIDGE_SECRETS',
    )
  await writeFingerprint(fingerprint, serviceToken, key)
  return { name: 'key', result: 'ok', detail: `remembered in ${fingerprint}` }
}

interface Reading {
  readonly environment: Environment
  readonly network: Network
  readonly credentials: AlibabaCloudCredentials | undefined
}

/** The key of the environment. One in KMS or OOS is read unless its place tells that it is the former one. */
async function plannedKey(
  settings: Settings,
  remembered: KeyIdentity | undefined,
  { environment, network, credentials }: Reading,
): Promise<KeyIdentity | undefined> {
  const key = keyIdentityOf(settings)
  if (key?.place === undefined || credentials === undefined) return key
  if (remembered !== undefined && compareKeys(key, remembered).kept) return key
  try {
    const values = await secretSourceOf(settings, environment, network).read(['STACKBRIDGE_CONTINUATION_KEY'])
    const keys = (values.get('STACKBRIDGE_CONTINUATION_KEY') ?? '').split(',').map((part) => part.trim())
    return { ...key, fingerprints: keys.filter((part) => part !== '').map(keyFingerprint) }
  } catch (error) {
    // The comparison then says that it cannot tell.
    if (!(error instanceof SecretSourceError)) throw error
    return key
  }
}
