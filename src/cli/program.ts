import { Command, CommanderError } from 'commander'
import { addCompletion } from './commands/completion.ts'
import { addDemo } from './commands/demo.ts'
import { addDoctor } from './commands/doctor.ts'
import { addInit } from './commands/init.ts'
import { addInvoke } from './commands/invoke.ts'
import { addRegions } from './commands/regions.ts'
import { addSandbox } from './commands/sandbox.ts'
import { addServe } from './commands/serve.ts'
import { addSettings } from './commands/settings.ts'
import { addValidate } from './commands/validate.ts'
import { addWatch } from './commands/watch.ts'
import { EXIT, type CommandContext, type Console } from './console.ts'
import { CloudError } from '../providers/provider.ts'
import { MisconfigurationError } from './local-bridge.ts'
import { writeLine } from './terminal-text.ts'
import { UsageError } from './usage-error.ts'

/** Runs a command line (without node and script) and returns its exit code. Never throws. */
export async function runProgram(args: readonly string[], io: Console): Promise<number> {
  let exitCode: number = EXIT.success
  const program = createProgram({
    io,
    setExitCode(code) {
      exitCode = code
    },
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, args, program, io)
    writeLine(io.stderr, `stackbridge: ${inOneLine(error)}`)
    if (args.includes('--debug') && error instanceof Error)
      for (const line of traceOf(error).split('\n')) writeLine(io.stderr, line)
    return isOfUsage(error) ? EXIT.usage : EXIT.failed
  }
}

function createProgram(context: CommandContext): Command {
  const { io } = context
  const program = new Command('stackbridge')
    .description('Own stacks in other clouds from an Alibaba Cloud ROS template.')
    .version(io.version)
    .option('--no-color', 'no colours; so does the environment variable NO_COLOR')
    .option('--debug', 'stack traces of errors')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Said in one line, with its hint, where the error is caught.
      outputError: () => undefined,
    })
  program.addHelpText(
    'after',
    `
Examples:
  stackbridge demo                                       what it does, in ten seconds
  stackbridge init aws                                   a template and an event to begin with
  stackbridge validate aws.ros.yml                       what is wrong with it, offline
  stackbridge invoke --sandbox aws-create.json           the event, without any cloud
  stackbridge doctor aws-create.json                     what is missing in your account`,
  )
  addDemo(program, context)
  addInit(program, context)
  addInvoke(program, context)
  addValidate(program, context)
  addWatch(program, context)
  addDoctor(program, context)
  addRegions(program, context)
  addSandbox(program, context)
  addServe(program, context)
  addSettings(program, context)
  addCompletion(program, context)
  return program
}

/** Help and version end the parsing as bad arguments do. */
function endOfParsing(
  { code, exitCode, message }: CommanderError,
  args: readonly string[],
  program: Command,
  io: Console,
): number {
  if (exitCode === 0) return EXIT.success
  if (code !== 'commander.help') {
    const command = program.commands.find((one) => args.includes(one.name()))
    const name = command === undefined ? program.name() : `${program.name()} ${command.name()}`
    const said = message
      .replace(/^error: /, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/\.$/, '')
    writeLine(io.stderr, `stackbridge: ${said}; try ${name} --help`)
  }
  return EXIT.usage
}

function isOfUsage(error: unknown): boolean {
  return error instanceof UsageError || error instanceof MisconfigurationError
}

function inOneLine(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ')
  if (error instanceof MisconfigurationError) return `${message}; stackbridge settings lists them all`
  if (error instanceof CloudError) return `${message}; stackbridge doctor shows what is missing`
  return error instanceof UsageError ? message : `${message}; --debug shows where`
}

function traceOf(error: Error): string {
  const { cause } = error
  const own = error.stack ?? error.message
  return cause instanceof Error ? `${own}\ncaused by ${traceOf(cause)}` : own
}
