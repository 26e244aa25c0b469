import type { SecretCaller, SecretReach } from '../secret-source/secret-reach.ts'
import type { Settings } from '../settings.ts'
import type { OutputStores } from './output-store.ts'

type StoreSettings = Pick<Settings, 'oosEndpoints' | 'kmsEndpoints' | 'kmsInstanceId' | 'kmsEncryptionKeyId'>

/** The stores in the caller's account. What calls one of them is loaded with its first call. */
export function outputStoresOf(
  { settings, ...reach }: Omit<SecretReach, 'settings'> & { readonly settings: StoreSettings },
  caller: SecretCaller,
): OutputStores {
  return {
    oos: {
      async keep({ signal, ...keeping }) {
        const { OwnedEntries } = await import('./owned-entries.ts')
        const { OosParameters } = await import('./oos-parameters.ts')
        const calls = new OosParameters({ ...reach, endpoints: settings.oosEndpoints, caller, signal })
        await new OwnedEntries(calls).keep(keeping)
      },
    },
    kms: {
      async keep({ signal, ...keeping }) {
        const { OwnedEntries } = await import('./owned-entries.ts')
        const { KmsSecrets } = await import('./kms-secrets.ts')
        const { kmsEndpoints: endpoints, kmsInstanceId: instanceId, kmsEncryptionKeyId } = settings
        const calls = new KmsSecrets({
          ...reach,
          endpoints,
          caller,
          signal,
          instanceId,
          encryptionKeyId: kmsEncryptionKeyId,
        })
        await new OwnedEntries(calls).keep(keeping)
      },
    },
  }
}
