import { InvalidArgumentError, type Command } from 'commander'
import type { Environment } from '../../platform/settings.ts'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { runUntilInterrupted, type StackInProgress } from '../terminal/interruption.ts'

interface InvokeOptions extends CommonOptions {
  readonly sandbox?: boolean
  readonly timeout?: number
}

export function addInvoke(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('invoke'))
    .description('Serve event files as the function does, and show the foreign stack during the operation.')
    .argument('<event...>', "event files as ROS sends them, in order; '-' for standard input")
    .option('--sandbox', 'use the embedded clouds; their address, region and keys replace those of the event')
    .option('--timeout <seconds>', 'the time limit for each event', wholeSeconds)
    .addHelpText(
      'after',
      `
Fields that an event file omits (ResponseURL, ids, …) are filled in. Without a ResponseURL the answer comes to this command.
Exit code: 0 for SUCCESS, 1 for FAILED, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge invoke --sandbox examples/events/aws/cloudformation/create.json
  stackbridge invoke --sandbox examples/events/aws/cloudformation/create.json examples/events/aws/cloudformation/update.json examples/events/aws/cloudformation/delete.json
  AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge invoke my-event.json`,
    )
    .action(async (files: string[], _: unknown, command: Command) => {
      setExitCode(await runInvoke(files, command.optsWithGlobals<InvokeOptions>(), io))
    })
}

async function runInvoke(files: readonly string[], options: InvokeOptions, io: Console): Promise<number> {
  const { withNamedCloud } = await import('../local-bridge/clouds-yaml.ts')
  const { invoke } = await import('../invoke.ts')
  const { createLocalBridge } = await import('../local-bridge/local-bridge.ts')
  const { sandboxBridge } = await import('../sandbox-clouds/sandbox-clouds.ts')
  const sandbox = options.sandbox ?? false
  const environment = environmentFor(io.environment, options)
  const renderer = await rendererFor(options, io)
  const bridge = createLocalBridge({
    ...(sandbox ? sandboxBridge(environment) : { environment: await withNamedCloud(environment) }),
    ...logFor(options, io),
  })
  let stacksInProgress = (): readonly StackInProgress[] => []
  try {
    const outcome = await runUntilInterrupted(
      io,
      () =>
        invoke(
          {
            files,
            sandbox,
            stdin: io.stdin,
            onStart(watcher, resourceType) {
              stacksInProgress = () =>
                watcher.stack === undefined ? [] : [{ stack: watcher.stack, resourceType, embedded: sandbox }]
            },
          },
          bridge,
          renderer,
        ),
      { renderer, stacksInProgress: () => stacksInProgress() },
    )
    if (outcome === 'interrupted') return EXIT.interrupted
    await bridge.close()
    return outcome ? EXIT.success : EXIT.failed
  } finally {
    renderer.close()
  }
}

function environmentFor(environment: Environment, { timeout }: InvokeOptions): Environment {
  return timeout === undefined
    ? environment
    : { ...environment, STACKBRIDGE_TIMEOUT_SECONDS: String(timeout) }
}

function wholeSeconds(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 43_200)
    throw new InvalidArgumentError('It must be a whole number of seconds from 1 to 43200.')
  return Number(text)
}
