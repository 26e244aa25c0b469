import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type {
  Observation,
  StackProvider,
  StackRequest,
  StackSession,
  Watch,
} from '../../../src/providers/provider.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloudOptions,
} from '../../../src/sandbox/huawei-cloud/server.ts'

export const OWNER = { rosStackId: 'ros-stack-1', rosStackName: 'ros', logicalResourceId: 'Network' }

/** An embedded Huawei Cloud, and a provider that is opened for it. */
export async function startHuaweiWorld(provider: StackProvider, options: SandboxHuaweiCloudOptions = {}) {
  const cloud = await startSandboxHuaweiCloud(options)
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  const secrets = new Secrets()
  const lines: string[] = []
  const connection: JsonObject = {
    Auth: { AccessKey: cloud.keys.accessKey, SecretKey: cloud.keys.secretKey, AuthUrl: cloud.url },
    Region: cloud.region,
    Endpoint: cloud.url,
  }

  const open = async (
    properties: JsonObject,
    more: Partial<StackRequest> = {},
    environment: Record<string, string> = {},
  ): Promise<StackSession> => {
    const opened = await provider.open(
      {
        kind: 'create',
        owner: OWNER,
        requestId: 'request-1',
        fingerprint: 'f',
        properties: { ...connection, ...properties },
        ...more,
      },
      {
        clock: options.clock ?? systemClock,
        random: () => 0.5,
        network,
        secrets,
        environment,
        log: createLogger({
          level: 'trace',
          secrets,
          destination: { write: (line) => void lines.push(line) },
        }),
      },
    )
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return opened.session
  }

  return {
    cloud,
    secrets,
    connection,
    open,
    logged: () => lines.join(''),
    async close() {
      await network.close()
      await cloud.close()
    },
  }
}

export type HuaweiWorld = Awaited<ReturnType<typeof startHuaweiWorld>>

/** Polls until the operation has ended. */
export async function settled(session: StackSession, watch: Watch): Promise<Observation> {
  let marker = watch.marker
  for (;;) {
    const observation = await session.describe({ ...watch, marker })
    if (observation.phase !== 'working' && !(observation.phase === 'failed' && !observation.final))
      return observation
    if (observation.phase === 'working') marker = observation.marker ?? marker
    await systemClock.sleep(5)
  }
}

export function startedWatch(outcome: { readonly outcome: string; readonly watch?: Watch }): Watch {
  if (outcome.watch === undefined) throw new Error(`the outcome is ${outcome.outcome}`)
  return outcome.watch
}
