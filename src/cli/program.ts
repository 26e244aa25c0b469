import { Command, CommanderError } from 'commander'
import { addAcceptance } from './commands/acceptance.ts'
import { addCompletion } from './commands/completion.ts'
import { addDemo } from './commands/demo.ts'
import { addDiagnose } from './commands/diagnose.ts'
import { addDoctor } from './commands/doctor.ts'
import { addDown } from './commands/down.ts'
import { addInit } from './commands/init.ts'
import { addInvoke } from './commands/invoke.ts'
import { addPackage } from './commands/package.ts'
import { addDrift } from './commands/drift.ts'
import { addPlan } from './commands/plan.ts'
import { addPs } from './commands/ps.ts'
import { addRegions } from './commands/regions.ts'
import { addSandbox } from './commands/sandbox.ts'
import { addServe } from './commands/serve.ts'
import { addSettings } from './commands/settings.ts'
import { addUp } from './commands/up.ts'
import { addValidate } from './commands/validate.ts'
import { addWatch } from './commands/watch.ts'
import { EXIT, type CommandContext, type Console } from './terminal/console.ts'
import { ownValue } from '../platform/own-value.ts'
import { CloudError } from '../providers/provider.ts'
import { helpText, helpWidth } from './terminal/help-text.ts'
import { MisconfigurationError } from './misconfiguration-error.ts'
import { writeLine } from './terminal/terminal-text.ts'
import { UsageError } from './usage-error.ts'

/** Runs a command line (without node and script) and returns its exit code. Never throws. */
export async function runProgram(args: readonly string[], io: Console): Promise<number> {
  let exitCode: number = EXIT.success
  const context: CommandContext = {
    io,
    setExitCode(code) {
      exitCode = code
    },
  }
  const program = createProgram(context, args)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, args, program, io)
    writeLine(io.stderr, `stackbridge: ${inOneLine(error)}`)
    if (args.includes('--debug') && error instanceof Error)
      for (const line of traceOf(error).split('\n')) writeLine(io.stderr, line)
    return isUsageError(error) ? usageCode(args) : EXIT.failed
  }
}

/** In the order of the help. */
const COMMANDS = {
  demo: addDemo,
  init: addInit,
  plan: addPlan,
  drift: addDrift,
  up: addUp,
  down: addDown,
  package: addPackage,
  invoke: addInvoke,
  validate: addValidate,
  watch: addWatch,
  diagnose: addDiagnose,
  doctor: addDoctor,
  acceptance: addAcceptance,
  ps: addPs,
  regions: addRegions,
  sandbox: addSandbox,
  serve: addServe,
  settings: addSettings,
  completion: addCompletion,
} as const satisfies Commands
type Commands = Readonly<Record<string, (program: Command, context: CommandContext) => void>>
/** Describes the others. */
const DESCRIBING = 'completion'

/** Where the first argument is a command, the others are left out: to describe all takes longer than to run a short one. */
function createProgram(context: CommandContext, [first = '']: readonly string[]): Command {
  const { io } = context
  const program = new Command('stackbridge')
    .description('Create, update and delete stacks in other clouds from an Alibaba Cloud ROS template.')
    .version(io.version)
    .option('--no-color', 'print without colors; the environment variable NO_COLOR does the same')
    .option('--debug', 'print the stack trace of an error')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(helpText(text, helpWidth(io.stdout))),
      getOutHelpWidth: () => helpWidth(io.stdout),
      writeErr: (text) => void io.stderr.write(text),
      // `endOfParsing` prints the message in one line, with a hint.
      outputError: () => undefined,
    })
  program.addHelpText(
    'after',
    `
Examples:
  stackbridge demo                                       show what it does, in ten seconds
  stackbridge init aws                                   write an example template and event
  stackbridge validate aws.ros.yml                       check the template, offline
  stackbridge up --sandbox aws.ros.yml                   create its stack on embedded clouds
  stackbridge plan --sandbox aws.ros.yml                 show what another up would change
  stackbridge invoke --sandbox aws-create.json           serve the event on an embedded cloud
  stackbridge doctor aws-create.json                     check credentials and permissions`,
  )
  const named = first === DESCRIBING ? undefined : ownValue<Commands[string]>(COMMANDS, first)
  for (const add of named === undefined ? Object.values(COMMANDS) : [named]) add(program, context)
  return program
}

/** Commander reports help, version and wrong arguments alike, as an error. */
function endOfParsing(
  { code, exitCode, message }: CommanderError,
  args: readonly string[],
  program: Command,
  io: Console,
): number {
  if (exitCode === 0) return EXIT.success
  const [first, named] = args
  if (code === 'commander.help' && first === 'help' && named !== undefined)
    writeLine(io.stderr, `stackbridge: unknown command '${named}'`)
  if (code !== 'commander.help') {
    const command = program.commands.find((one) => args.includes(one.name()))
    const name = command === undefined ? program.name() : `${program.name()} ${command.name()}`
    const problem = message
      .replace(/^error: /, '')
      // The value of an option that does not exist may be a secret.
      .replace(/^(unknown option '-[^'=]*)=[^]*'/, "$1'")
      .replaceAll(/\s+/g, ' ')
      .replace(/\.$/, '')
    writeLine(io.stderr, `stackbridge: ${problem}; try ${name} --help`)
  }
  return usageCode(args)
}

/** With `--detailed-exitcode`, 2 means that something changes. */
function usageCode(args: readonly string[]): number {
  return args.includes('--detailed-exitcode') ? EXIT.failed : EXIT.usage
}

function isUsageError(error: unknown): boolean {
  return error instanceof UsageError || error instanceof MisconfigurationError
}

function inOneLine(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ')
  // A misspelt setting says so itself.
  if (error instanceof MisconfigurationError)
    return message.includes('lists all settings')
      ? message
      : `${message}; stackbridge settings lists all settings`
  if (error instanceof CloudError) return `${message}; stackbridge doctor checks credentials and permissions`
  return error instanceof UsageError ? message : `${message}; --debug prints the stack trace`
}

function traceOf(error: Error): string {
  const { cause } = error
  const own = error.stack ?? error.message
  return cause instanceof Error ? `${own}\ncaused by ${traceOf(cause)}` : own
}
