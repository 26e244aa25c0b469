import type { Command } from 'commander'
import type { Host } from '../../bridge/host.ts'
import { LockedError } from '../../channels/server/lock.ts'
import { JournalFolderError } from '../../channels/server/journal-folder.ts'
import { SealedJournalError } from '../../channels/server/journal.ts'
import { problemsOfServer, startBridgeServer, type BridgeServer } from '../../channels/server/server.ts'
import { systemClock } from '../../platform/clock.ts'
import { catchCrashes } from '../../platform/crashes.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import { readSettings, type Environment, type Settings } from '../../platform/settings.ts'
import { providerRegistry } from '../../providers/registry.ts'
import { MisconfigurationError } from '../local-bridge.ts'

/** What the command uses of the process. */
export interface ServeContext {
  readonly io: {
    readonly environment: Environment
    /** Calls back when the process is asked to end; returns how to stop listening. */
    readonly onInterrupt: (callback: () => void) => () => void
  }
  readonly setExitCode: (code: number) => void
}

interface ServeOptions {
  readonly listen?: string
  readonly journal?: string
}

export function addServe(program: Command, { io, setExitCode }: ServeContext): void {
  program
    .command('serve')
    .description(
      'Serve HTTP service tokens (web: and web[sync]:), queues and topics until the process is told to end.',
    )
    .option('--listen <address:port>', 'in the place of STACKBRIDGE_LISTEN')
    .option('--journal <folder>', 'in the place of STACKBRIDGE_JOURNAL')
    .addHelpText(
      'after',
      `
The log goes to standard output. SIGTERM and SIGINT end the server; what it has not answered then stays in the journal,
and the next start goes on with it.

Examples:
  stackbridge serve
  STACKBRIDGE_BEARER_TOKEN=… stackbridge serve --listen 0.0.0.0:8080 --journal /var/lib/stackbridge`,
    )
    .exitOverride()
    .action(async (options: ServeOptions) => {
      const ended = new Promise<void>((resolve) => io.onInterrupt(resolve))
      const { server, close } = await start(withOptions(io.environment, options))
      await ended
      const running = await server.stop()
      await close()
      // Whatever still waits for a cloud would keep the process alive.
      setExitCode(running === 0 ? 0 : 130)
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
  const { settings, problems } = readSettings(environment)
  const wrong = [...problems, ...problemsOfServer(settings, environment)]
  if (wrong.length > 0) throw new MisconfigurationError(wrong.join('; '))
  const network = createNetwork(settings)
  const log = createLogger({ level: settings.logLevel, secrets: new Secrets() })
  const hostWith = (ofServer: Settings): Omit<Host, 'crashes'> => ({
    clock: systemClock,
    random: Math.random,
    environment,
    settings: ofServer,
    misconfiguration: [],
    network,
    registry: providerRegistry,
    secrets: secretsOf(environment),
    log: (secrets, bindings) => createLogger({ level: settings.logLevel, secrets, bindings }),
  })
  const crashes = catchCrashes(process, (error) => {
    // Whose secrets its message may hold is not known.
    log.error(
      { type: error instanceof Error ? error.name : typeof error },
      'an uncaught error belongs to no event',
    )
  })
  const server = await startBridgeServer({ settings, clock: systemClock, crashes, hostWith }).catch(
    (error: unknown) => {
      const isTheirs =
        error instanceof LockedError ||
        error instanceof SealedJournalError ||
        error instanceof JournalFolderError
      throw isTheirs ? new MisconfigurationError(error.message, { cause: error }) : error
    },
  )
  log.info({ url: server.url, resumed: server.resumed }, 'the server is listening')
  return { server, close: () => network.close() }
}

function secretsOf(environment: Environment): readonly string[] {
  const names = ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN']
  return names.flatMap((name) => environment[name] ?? [])
}
