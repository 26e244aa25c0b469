import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { describeSettings, readSettings, type Environment } from '../platform/settings.ts'
import { demo } from './demo.ts'
import { longDemo } from './long-demo.ts'
import { addServe } from './commands/serve.ts'
import { UsageError } from './event-file.ts'
import { invoke } from './invoke.ts'
import { createJsonRenderer } from './json-renderer.ts'
import { createLocalBridge, MisconfigurationError } from './local-bridge.ts'
import type { StackRef } from '../providers/provider.ts'
import type { Renderer } from './report.ts'
import { createScreen } from './screen.ts'
import type { StackWatcher } from './stack-watcher.ts'
import { createTextRenderer } from './text-renderer.ts'

/** What a command may use of the process; a test brings its own. */
export interface Console {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: { write(text: string): unknown }
  readonly stdin: AsyncIterable<unknown>
  readonly environment: Environment
  /** Calls back when the person wants to stop; returns how to stop listening. */
  onInterrupt(callback: () => void): () => void
  readonly version: string
}

export const EXIT = { success: 0, failed: 1, usage: 2, interrupted: 130 } as const

interface CommonOptions {
  readonly json?: boolean
  readonly verbose?: boolean
  readonly debug?: boolean
}

/** Runs a command line (without node and script) and returns its exit code. Never throws. */
export async function runProgram(args: readonly string[], io: Console): Promise<number> {
  let exitCode: number = EXIT.success
  const program = createProgram(io, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage
    const known = error instanceof UsageError || error instanceof MisconfigurationError
    const message = error instanceof Error ? error.message : String(error)
    io.stderr.write(`stackbridge: ${message}\n`)
    if (args.includes('--debug') && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`)
    return known ? EXIT.usage : EXIT.failed
  }
}

function createProgram(io: Console, setExitCode: (code: number) => void): Command {
  const program = new Command('stackbridge')
    .description('Own stacks in other clouds from an Alibaba Cloud ROS template.')
    .version(io.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .showHelpAfterError('(try --help)')

  common(program.command('invoke'))
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
Exit code: 0 for SUCCESS, 1 for FAILED, 2 for bad usage.

Examples:
  stackbridge invoke --sandbox examples/events/aws-create.json
  stackbridge invoke --sandbox examples/events/aws-create.json examples/events/aws-update.json examples/events/aws-delete.json
  AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge invoke my-event.json`,
    )
    .action(async (files: string[], options: CommonOptions & { sandbox?: boolean; timeout?: number }) => {
      const environment = environmentFor(io.environment, options)
      setExitCode(await runInvoke(files, options.sandbox ?? false, environment, options, io))
    })

  common(program.command('demo'))
    .description('Play a whole story on embedded clouds: create, update, a failure with its reason, delete.')
    .addArgument(
      new Argument('[story]', "'long': a stack of two hours, on a simulated clock").choices([
        'short',
        'long',
      ]),
    )
    .addHelpText(
      'after',
      '\nNothing outside this process is reached.\n\nExamples:\n  stackbridge demo\n  stackbridge demo long',
    )
    .action(async (story: string | undefined, options: CommonOptions) => {
      const renderer = rendererFor(options, io)
      if (story === 'long') {
        setExitCode((await longDemo(renderer)) ? EXIT.success : EXIT.failed)
        renderer.close()
        return
      }
      const bridge = createLocalBridge({ environment: sandboxPace(io.environment), ...logFor(options, io) })
      try {
        setExitCode((await demo(bridge, renderer)) ? EXIT.success : EXIT.failed)
      } finally {
        renderer.close()
        await bridge.close()
      }
    })

  addServe(program, { io, setExitCode })

  program
    .command('settings')
    .description('List every setting of the function: environment variables, their defaults and meaning.')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExample:\n  stackbridge settings')
    .action((options: { json?: boolean }) => {
      setExitCode(showSettings(options.json ?? false, io))
    })
  return program
}

function common(command: Command): Command {
  return command
    .option('--json', 'one JSON object a line, for machines')
    .option('--verbose', "the bridge's own log on standard error")
    .addOption(new Option('--debug', 'stack traces of errors').hideHelp())
    .exitOverride()
}

async function runInvoke(
  files: readonly string[],
  sandbox: boolean,
  environment: Environment,
  options: CommonOptions,
  io: Console,
): Promise<number> {
  const renderer = rendererFor(options, io)
  const bridge = createLocalBridge({
    environment: sandbox ? sandboxPace(environment) : environment,
    ...logFor(options, io),
  })
  let current: StackWatcher | undefined
  const working = (watcher: StackWatcher): void => {
    current = watcher
  }
  const interruption = interrupted(io, () => current?.stack)
  try {
    const serving = invoke({ files, sandbox, stdin: io.stdin, working }, bridge, renderer)
    const outcome = await Promise.race([serving, interruption.happened])
    if (outcome === 'interrupted') return EXIT.interrupted
    await bridge.close()
    return outcome ? EXIT.success : EXIT.failed
  } finally {
    interruption.stopListening()
    renderer.close()
  }
}

/** Says what is left running before it gives way: the cloud goes on without us. */
function interrupted(io: Console, stack: () => StackRef | undefined) {
  let stopListening = (): void => undefined
  const happened = new Promise<'interrupted'>((resolve) => {
    stopListening = io.onInterrupt(() => {
      const left = stack()
      const rest = left === undefined ? '' : `; the cloud goes on with stack ${left.name} (${left.id})`
      io.stderr.write(`stackbridge: interrupted${rest}\n`)
      resolve('interrupted')
    })
  })
  return { happened, stopListening }
}

function rendererFor(options: CommonOptions, io: Console): Renderer {
  if (options.json === true) return createJsonRenderer((line) => void io.stdout.write(`${line}\n`))
  const coloured = io.stdout.isTTY && (io.environment['NO_COLOR'] ?? '') === ''
  return createTextRenderer(createScreen(io.stdout), coloured)
}

function logFor(options: CommonOptions, io: Console) {
  return options.verbose === true ? { log: { write: (line: string) => void io.stderr.write(line) } } : {}
}

/** The embedded clouds are quicker than real ones. */
function sandboxPace(environment: Environment): Environment {
  return { STACKBRIDGE_POLL_MIN_MS: '200', ...environment }
}

function environmentFor(environment: Environment, options: { timeout?: number }): Environment {
  return options.timeout === undefined
    ? environment
    : { ...environment, STACKBRIDGE_TIMEOUT_SECONDS: String(options.timeout) }
}

function showSettings(json: boolean, io: Console): number {
  const { problems } = readSettings(io.environment)
  const rows = describeSettings().map((setting) => ({
    ...setting,
    isSet: (io.environment[setting.name] ?? '') !== '',
  }))
  if (json) io.stdout.write(`${JSON.stringify({ settings: rows, problems })}\n`)
  else
    for (const { name, default: byDefault, meaning, rule, isSet } of rows)
      io.stdout.write(
        `${name}${isSet ? '  (set)' : ''}\n    ${meaning}\n    ${rule}; default: ${byDefault === '' ? 'empty' : byDefault}\n`,
      )
  for (const problem of problems) io.stderr.write(`stackbridge: ${problem}\n`)
  return problems.length === 0 ? EXIT.success : EXIT.usage
}

function wholeSeconds(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 43_200)
    throw new InvalidArgumentError('It must be a whole number of seconds from 1 to 43200.')
  return Number(text)
}
