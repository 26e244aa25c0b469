import type { Host } from '../../bridge/host.ts'
import { LockedError } from '../../channels/server/lock.ts'
import { JournalFolderError } from '../../channels/server/journal-folder.ts'
import { SealedJournalError } from '../../channels/server/journal.ts'
import { problemsOfServer, startBridgeServer, type BridgeServer } from '../../channels/server/server.ts'
import { systemClock } from '../../platform/clock.ts'
import { catchCrashes } from '../../platform/crashes.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import { resolveSettings } from '../../platform/secret-source/resolve-settings.ts'
import { Secrets } from '../../platform/secrets.ts'
import { readSettings, type Environment, type Settings } from '../../platform/settings.ts'
import { providerRegistry, servedProviders } from '../../providers/registry.ts'
import { MisconfigurationError } from '../misconfiguration-error.ts'
import { UsageError } from '../usage-error.ts'
import { PrometheusMetrics } from './prometheus-metrics.ts'
import { localOutputStores, secretSourceOf } from '../local-bridge/secret-source-of.ts'

/** A server that listens; `close` closes its connections to the clouds. */
export interface Serving {
  readonly server: BridgeServer
  readonly close: () => Promise<void>
}

/** Starts the server with the settings of the environment. Throws `MisconfigurationError` and `UsageError`. */
export async function startServing(environment: Environment): Promise<Serving> {
  const read = readSettings(environment)
  const network = createNetwork(read.settings)
  const secretSource = secretSourceOf(read.settings, environment, network)
  const { settings, problems } =
    read.problems.length > 0 ? read : await resolveSettings(read, environment, secretSource)
  const wrong = [...problems, ...problemsOfServer(settings, environment)]
  if (wrong.length > 0) throw new MisconfigurationError(wrong.join('; '))
  const log = createLogger({ level: settings.logLevel, secrets: new Secrets() })
  if (read.warnings.length > 0) log.warn({ warnings: read.warnings }, 'some settings have no effect')
  const hostWith = (serverSettings: Settings): Omit<Host, 'crashes'> => ({
    clock: systemClock,
    random: Math.random,
    environment,
    settings: serverSettings,
    misconfiguration: [],
    network,
    registry: providerRegistry,
    secrets: secretsOf(environment),
    secretSource,
    outputStores: localOutputStores(serverSettings, environment, network),
    log: (secrets, bindings) => createLogger({ level: settings.logLevel, secrets, bindings }),
  })
  const crashes = catchCrashes(process, (error) => {
    // The message may hold a secret of any event, so that it cannot be masked.
    log.error(
      { type: error instanceof Error ? error.name : typeof error },
      'an uncaught error belongs to no event',
    )
  })
  const server = await startBridgeServer({
    settings,
    clock: systemClock,
    crashes,
    hostWith,
    metricsOf: (state) =>
      new PrometheusMetrics(
        state,
        servedProviders.map(({ name }) => name),
      ),
  }).catch((error: unknown) => {
    const isUsage =
      error instanceof LockedError ||
      error instanceof SealedJournalError ||
      error instanceof JournalFolderError
    throw isUsage ? new UsageError(error.message, { cause: error }) : error
  })
  log.info({ url: server.url, resumed: server.resumed }, 'the server is listening')
  return { server, close: () => network.close() }
}

function secretsOf(environment: Environment): readonly string[] {
  const names = ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN']
  return names.flatMap((name) => environment[name] ?? [])
}
