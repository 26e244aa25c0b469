import type { Command } from 'commander'
import type { Environment } from '../../platform/settings.ts'
import { EXIT, type CommandContext } from '../terminal/console.ts'

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
      const { startServing } = await import('../serve/serve.ts')
      const { server, close } = await startServing(withOptions(io.environment, options))
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
