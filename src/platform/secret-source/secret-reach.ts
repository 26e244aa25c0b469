import type { AlibabaCloudCredentials } from '../acs3-signature.ts'
import type { Clock } from '../clock.ts'
import type { Network } from '../network.ts'
import type { Settings } from '../settings.ts'

/** Who reads: the function's role, or the process's own keys. */
export interface SecretCaller {
  readonly credentials: AlibabaCloudCredentials | undefined
  /** Not needed where the settings give URLs. */
  readonly region: string | undefined
}

/** What a process needs to call KMS and OOS. */
export interface SecretReach {
  readonly settings: Pick<
    Settings,
    'secretReferences' | 'secretsMaxAgeSeconds' | 'kmsEndpoints' | 'oosEndpoints'
  >
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
}
