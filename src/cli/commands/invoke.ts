import { InvalidArgumentError, type Command } from 'commander'
import type { Environment } from '../../platform/settings.ts'
import {
  EXIT,
  logFor,
  rendererFor,
  sandboxSettings,
  withCommonOptions,
  type CommandContext,
  type CommonOptions,
  type Console,
} from '../console.ts'
import { interruption } from '../interruption.ts'
import { invoke } from '../invoke.ts'
import { createLocalBridge } from '../local-bridge.ts'
import type { StackWatcher } from '../stack-watcher.ts'

interface InvokeOptions extends CommonOptions {
  readonly sandbox?: boolean
  readonly timeout?: number
}

export function addInvoke(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('invoke'))
    .description('Serve event files as the function would, and show the foreign stack while it is worked on.')
    .argument('<event...>', "event files as ROS sends them, in order; '-' for standard input")
    .option(
      '--sandbox',
      'run against embedded clouds, with their addresses and keys in the place of the event’s',
    )
    .option('--timeout <seconds>', 'how long to wait for each stack', wholeSeconds)
    .addHelpText(
      'after',
      `
What an event file leaves out (ResponseURL, ids, …) is filled in; the answer is then caught here.
Exit code: 0 for SUCCESS, 1 for FAILED, 2 for bad usage, 130 when interrupted.

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
  const sandbox = options.sandbox ?? false
  const environment = environmentFor(io.environment, options)
  const renderer = rendererFor(options, io)
  const bridge = createLocalBridge({
    environment: sandbox ? sandboxSettings(environment) : environment,
    ...logFor(options, io),
  })
  let current: StackWatcher | undefined
  const working = (watcher: StackWatcher): void => {
    current = watcher
  }
  const { happened, stopListening } = interruption(io, () => current?.stack)
  try {
    const serving = invoke({ files, sandbox, stdin: io.stdin, working }, bridge, renderer)
    const outcome = await Promise.race([serving, happened])
    if (outcome === 'interrupted') return EXIT.interrupted
    await bridge.close()
    return outcome ? EXIT.success : EXIT.failed
  } finally {
    stopListening()
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
