import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import { systemClock } from '../src/platform/clock.ts'
import { createLogger } from '../src/platform/log.ts'
import { createNetwork } from '../src/platform/network.ts'
import { readSettings } from '../src/platform/settings.ts'
import { providerRegistry } from '../src/providers/registry.ts'
import { SandboxRos, type SandboxRosOptions } from '../src/sandbox/ros/ros.ts'

export interface BridgeWorldOptions extends Partial<SandboxRosOptions> {
  readonly environment?: Readonly<Record<string, string>>
  readonly functionTimeoutMs?: number
  readonly stackName?: string
}

/** The bridge in this process, with an embedded ROS that sends it events; everything it logs is kept. */
export async function startBridgeWorld(options: BridgeWorldOptions = {}) {
  const environment = {
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '50',
    STACKBRIDGE_POLL_MAX_MS: '200',
    STACKBRIDGE_LOG_LEVEL: 'trace',
    ...options.environment,
  }
  const { settings, problems } = readSettings(environment)
  const network = createNetwork(settings)
  const lines: string[] = []
  const served: Served[] = []
  const events: Uint8Array[] = []
  const invoke = async (event: Uint8Array): Promise<void> => {
    events.push(event)
    const result = await serveEvent(event, {
      clock: systemClock,
      // Short pauses: what they are is tested on a clock of its own.
      random: () => 0.02,
      environment,
      settings,
      misconfiguration: problems,
      network,
      registry: providerRegistry,
      log: (secrets, bindings) =>
        createLogger({
          level: settings.logLevel,
          secrets,
          bindings,
          destination: { write: (line) => void lines.push(line) },
        }),
      ...(options.functionTimeoutMs === undefined
        ? {}
        : { functionEndsAt: systemClock.now() + options.functionTimeoutMs }),
    })
    served.push(result)
    if (result.kind !== 'answered') throw new Error(`the event was ${result.kind}`)
  }
  const ros = await SandboxRos.start({ invoke, ...options }, options.stackName)
  return {
    ros,
    invoke,
    /** Each event that arrived, in order. */
    events,
    served,
    logged: () => lines.join(''),
    async close() {
      await ros.close()
      await network.close()
    },
  }
}

export type BridgeWorld = Awaited<ReturnType<typeof startBridgeWorld>>
