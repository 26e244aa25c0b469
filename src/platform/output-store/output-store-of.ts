import type { SecretCaller, SecretReach } from '../secret-source/secret-reach.ts'
import type { OutputStore } from './output-store.ts'

/** The encrypted parameters of OOS in the caller's account. What calls OOS is loaded with the first call. */
export function outputStoreOf(
  {
    settings: { oosEndpoints: endpoints },
    ...reach
  }: Omit<SecretReach, 'settings'> & { readonly settings: Pick<SecretReach['settings'], 'oosEndpoints'> },
  caller: SecretCaller,
): OutputStore {
  return {
    async keep(owner, wanted) {
      const { OosParameters } = await import('./oos-parameters.ts')
      await new OosParameters({ ...reach, endpoints, caller }).keep(owner, wanted)
    },
  }
}
