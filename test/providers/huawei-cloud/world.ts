import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import type {
  Observation,
  StackProvider,
  StackRequest,
  StackSession,
  Watch,
} from '../../../src/providers/provider.ts'
import type { BridgeProperties } from '../../../src/providers/properties/bridge-properties.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloudOptions,
} from '../../../src/sandbox/huawei-cloud/server.ts'
import { FakeClock } from '../../fake-clock.ts'
import { rfsConnection } from '../../embedded-connections.ts'

export const OWNER = { rosStackId: 'ros-stack-1', rosStackName: 'ros', logicalResourceId: 'Network' }

/** By whose clock a session's cloud works. */
const clocks = new WeakMap<StackSession, FakeClock>()
/** Milliseconds between two polls: less than an operation takes, also where two deliveries poll in turn. */
const POLL_MS = 5
/** Milliseconds, longer than anything takes in the embedded cloud. */
const LONGEST_MS = 60_000

/**
 * An embedded Huawei Cloud, and a provider that is opened for it. Their clock stands still except in `settled`, `until` and
 * `clock.advance`: an operation goes on only where the test lets time pass. `ahead`: milliseconds by which the provider's clock
 * is wrong.
 */
export async function startHuaweiWorld(
  provider: StackProvider,
  options: Omit<SandboxHuaweiCloudOptions, 'clock'> = {},
  { startsAt, ahead = 0 }: { readonly startsAt?: number; readonly ahead?: number } = {},
) {
  const clock = new FakeClock(startsAt)
  const cloud = await startSandboxHuaweiCloud({ ...options, clock })
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  const secrets = new Secrets()
  const lines: string[] = []
  const connection: JsonObject = rfsConnection(cloud)

  const bridgeProperties = new WeakMap<StackSession, BridgeProperties>()
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
        clock: { now: () => clock.now() + ahead, sleep: clock.sleep.bind(clock) },
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
    clocks.set(opened.session, clock)
    bridgeProperties.set(opened.session, opened.bridge)
    return opened.session
  }

  return {
    clock,
    /** Lets time pass until this is so. */
    async until(holds: () => boolean): Promise<void> {
      const end = clock.now() + LONGEST_MS
      while (!holds()) {
        if (clock.now() >= end) throw new Error(`not so within ${String(LONGEST_MS)} ms: ${String(holds)}`)
        await clock.advance(1)
      }
    },
    cloud,
    secrets,
    connection,
    open,
    /** The properties of the session that the bridge itself follows. */
    bridgePropertiesOf: (session: StackSession) => bridgeProperties.get(session),
    logged: () => lines.join(''),
    async close() {
      await network.close()
      await cloud.close()
    },
  }
}

export type HuaweiWorld = Awaited<ReturnType<typeof startHuaweiWorld>>

/** Advances the time, and polls, until the operation has ended. */
export async function settled(session: StackSession, watch: Watch): Promise<Observation> {
  const clock = clocks.get(session)
  if (clock === undefined) throw new Error('the session was not opened in a world of this module')
  let marker = watch.marker
  for (;;) {
    const observation = await session.describe({ ...watch, marker })
    if (observation.phase !== 'working' && !(observation.phase === 'failed' && !observation.final))
      return observation
    if (observation.phase === 'working') marker = observation.marker ?? marker
    await clock.advance(POLL_MS)
  }
}

export function startedWatch(outcome: { readonly outcome: string; readonly watch?: Watch }): Watch {
  if (outcome.watch === undefined) throw new Error(`the outcome is ${outcome.outcome}`)
  return outcome.watch
}
