import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import type { StackProvider, StackRequest } from '../../../src/providers/provider.ts'
import { FakeClock } from '../../fake-clock.ts'
import { OWNER } from './world.ts'

export const KEYS: JsonObject = { AccessKey: 'AK', SecretKey: 'planted-secret-key' }

/** The problems that a provider finds in properties, before any call. */
export async function openWithoutCloud(
  provider: StackProvider,
  properties: JsonObject,
  more: Partial<StackRequest> = {},
) {
  const secrets = new Secrets()
  const opened = await provider.open(
    { kind: 'create', owner: OWNER, requestId: 'r', properties, fingerprint: 'f', ...more },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network: createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] }),
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets, destination: { write: () => undefined } }),
    },
  )
  const problems = opened.ok ? [] : opened.problems.map(({ path, problem }) => `${path} ${problem}`)
  return { opened, problems, secrets }
}
