import type { DestinationStream } from 'pino'
import { serveEvent, type Served, type Watcher } from '../bridge/serve-event.ts'
import { systemClock } from '../platform/clock.ts'
import { createLogger, type Logger } from '../platform/log.ts'
import { createNetwork } from '../platform/network.ts'
import { Secrets } from '../platform/secrets.ts'
import { readSettings, type Environment } from '../platform/settings.ts'
import type { Surroundings } from '../providers/provider.ts'
import { providerRegistry } from '../providers/registry.ts'

/** The bridge in this process, as the function runs it, but for a person who watches. */
export interface LocalBridge {
  serve(event: Uint8Array, watcher: Watcher): Promise<Served>
  /** What a provider may use, for a command that looks at a stack and serves no event. */
  surroundings(): Surroundings
  close(): Promise<void>
}

export interface LocalBridgeOptions {
  readonly environment: Environment
  /** Where the log goes; nowhere by default. */
  readonly log?: DestinationStream
}

/** Throws `MisconfigurationError` for an environment that the function would refuse. */
export function createLocalBridge({ environment, log }: LocalBridgeOptions): LocalBridge {
  // Whoever runs a command on their own machine may reach that machine: the answer is caught on loopback.
  const { settings, problems } = readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true', ...environment })
  if (problems.length > 0) throw new MisconfigurationError(problems.join('; '))
  const network = createNetwork(settings)
  const logger = (secrets: Secrets, bindings: Readonly<Record<string, unknown>>): Logger =>
    log === undefined
      ? createLogger({ level: 'silent', secrets, bindings })
      : createLogger({ level: settings.logLevel, secrets, bindings, destination: log })
  return {
    serve: (event, watcher) =>
      serveEvent(event, {
        clock: systemClock,
        random: Math.random,
        environment,
        settings,
        misconfiguration: [],
        network,
        registry: providerRegistry,
        log: logger,
        watcher,
      }),
    surroundings() {
      const secrets = new Secrets()
      return {
        clock: systemClock,
        random: Math.random,
        network,
        secrets,
        log: logger(secrets, {}),
        environment,
        endpointHosts: settings.endpointHosts,
      }
    },
    close: () => network.close(),
  }
}

export class MisconfigurationError extends Error {
  override readonly name = 'MisconfigurationError'
}
