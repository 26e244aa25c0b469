import type { Command } from 'commander'
import type { Host } from '../../bridge/host.ts'
import { LockedError } from '../../channels/server/lock.ts'
import { JournalFolderError } from '../../channels/server/journal-folder.ts'
import { SealedJournalError } from '../../channels/server/journal.ts'
import type { BridgeServer } from '../../channels/server/server.ts'
import { systemClock } from '../../platform/clock.ts'
import { catchCrashes } from '../../platform/crashes.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import { resolveSettings } from '../../platform/secret-source/resolve-settings.ts'
import { Secrets } from '../../platform/secrets.ts'
import { readSettings, type Environment, type Settings } from '../../platform/settings.ts'
import { providerRegistry } from '../../providers/registry.ts'
import { localOutputStore, secretSourceOf } from '../secret-source-of.ts'
import { EXIT, type CommandContext } from '../console.ts'
import { MisconfigurationError } from '../local-bridge.ts'

interface ServeOptions {
  readonly listen?: string
  readonly journal?: string
}

export function addServe(program: Command, { io, setExitCode }: CommandContext): void {
  program
    .command('serve')
    .description('Serve HTTP ServiceTokens (web: and web[sync]:), queues and topics until SIGTERM or SIGINT.')
    .option('--listen <address:port>', 'replaces STACKBRIDGE_LISTEN')
    .option('--journal <folder>', 'replaces STACKBRIDGE_JOURNAL')
    .addHelpText(
      'after',
      `
The log goes to standard output. SIGTERM and SIGINT end the server. Operations without an answer stay in the journal;
the next start continues them.

Examples:
  stackbridge serve
  STACKBRIDGE_BEARER_TOKEN=… stackbridge serve --listen 0.0.0.0:8080 --journal /var/lib/stackbridge`,
    )
    .action(async (options: ServeOptions) => {
      const ended = new Promise<void>((resolve) => io.onInterrupt(resolve))
      const { server, close } = await start(withOptions(io.environment, options))
      await ended
      const running = await server.stop()
      await close()
      // Calls to a cloud that are still open would keep the process alive: this exit code ends it.
      setExitCode(running === 0 ? EXIT.success : EXIT.interrupted)
    })
}

function withOptions(environment: Environment, { listen, journal }: ServeOptions): Environment {
  return {
    ...environment,
    ...(listen === undefined ? {} : { STACKBRIDGE_LISTEN: listen }),
    ...(journal === undefined ? {} : { STACKBRIDGE_JOURNAL: journal }),
  }
}

async function start(
  environment: Environment,
): Promise<{ readonly server: BridgeServer; readonly close: () => Promise<void> }> {
  const { problemsOfServer, startBridgeServer } = await import('../../channels/server/server.ts')
  const { PrometheusMetrics } = await import('../prometheus-metrics.ts')
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
    outputStore: localOutputStore(serverSettings, environment, network),
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
    ...{ settings, clock: systemClock, crashes, hostWith },
    metricsOf: (state) => new PrometheusMetrics(state),
  }).catch((error: unknown) => {
    const isMisconfiguration =
      error instanceof LockedError ||
      error instanceof SealedJournalError ||
      error instanceof JournalFolderError
    throw isMisconfiguration ? new MisconfigurationError(error.message, { cause: error }) : error
  })
  log.info({ url: server.url, resumed: server.resumed }, 'the server is listening')
  return { server, close: () => network.close() }
}

function secretsOf(environment: Environment): readonly string[] {
  const names = ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN']
  return names.flatMap((name) => environment[name] ?? [])
}
