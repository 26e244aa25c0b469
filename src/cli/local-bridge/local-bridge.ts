import type { DestinationStream } from 'pino'
import { serveEvent, type Served, type Watcher } from '../../bridge/serve-event.ts'
import { systemClock } from '../../platform/clock.ts'
import { createLogger, type Logger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import type { OutputStores } from '../../platform/output-store/output-store.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import type { Surroundings } from '../../providers/provider.ts'
import { providerRegistry } from '../../providers/registry.ts'
import { readLocalSettings } from './local-settings.ts'
import { localOutputStores, secretSourceOf } from './secret-source-of.ts'

/** The bridge in this process, as the function runs it, with a watcher that shows its progress. */
export interface LocalBridge {
  serve(event: Uint8Array, watcher: Watcher): Promise<Served>
  /** What a provider may use, for a command that reads a stack and serves no event. */
  surroundings(): Surroundings
  /** What STACKBRIDGE_SECRETS names. */
  readonly secretSource: SecretSource
  close(): Promise<void>
}

export interface LocalBridgeOptions {
  readonly environment: Environment
  /** The destination of the log; none by default. */
  readonly log?: DestinationStream
  /** Where `StoredOutputs` are kept; in the account whose keys the environment has by default. */
  readonly outputStores?: OutputStores
}

/** Throws `MisconfigurationError` for an environment that the function would refuse. */
export function createLocalBridge({ environment, log, outputStores }: LocalBridgeOptions): LocalBridge {
  const { settings, warnings } = readLocalSettings(environment)
  const network = createNetwork(settings)
  const secretSource = secretSourceOf(settings, environment, network)
  const logger = (secrets: Secrets, bindings: Readonly<Record<string, unknown>>): Logger =>
    log === undefined
      ? createLogger({ level: 'silent', secrets, bindings })
      : createLogger({ level: settings.logLevel, secrets, bindings, destination: log })
  if (warnings.length > 0) logger(new Secrets(), {}).warn({ warnings }, 'some settings have no effect')
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
        secretSource,
        outputStores: outputStores ?? localOutputStores(settings, environment, network),
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
    secretSource,
    close: () => network.close(),
  }
}
