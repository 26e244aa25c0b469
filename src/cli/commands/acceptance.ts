import { Argument, InvalidArgumentError, type Command } from 'commander'
import { acceptanceClouds } from '../acceptance/clouds/clouds.ts'
import type { AcceptanceCloud } from '../acceptance/clouds/acceptance-cloud.ts'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { runUntilInterrupted } from '../terminal/interruption.ts'
import type { Renderer } from '../report.ts'
import { writeLine } from '../terminal/terminal-text.ts'
import { UsageError } from '../usage-error.ts'

interface AcceptanceOptions extends CommonOptions {
  readonly cloud?: readonly AcceptanceCloud[]
  readonly properties?: readonly (readonly [cloud: AcceptanceCloud, path: string])[]
  readonly deployed?: string
  readonly sandbox?: boolean
  readonly yes?: boolean
  readonly timeout: number
  readonly state: string
  readonly report: string
}

const NAMES = acceptanceClouds.map(({ name }) => name).join(', ')

export function addAcceptance(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('acceptance'))
    .description('Create, update and delete test stacks on real clouds, and write a report.')
    .addArgument(
      new Argument('[action]', 'clean: delete what an interrupted run has left').choices(['clean']),
    )
    .option('--cloud <name>', `a cloud to run them on (${NAMES}); may be repeated`, addCloud)
    .option(
      '--properties <cloud=file>',
      'a JSON file with properties that say where the cloud is, such as RegionId; may be repeated',
      addProperties,
    )
    .option(
      '--deployed <service-token>',
      'run them through ROS and the deployed function with this ARN, for each --cloud',
    )
    .option('--sandbox', 'use the embedded clouds, to see what a run does')
    .option('--yes', 'do not ask before the run begins')
    .option('--timeout <seconds>', 'the time limit for each event', wholeSeconds, 900)
    .option('--state <folder>', 'the folder in which the run keeps its journal', '.stackbridge')
    .option('--report <folder>', 'the folder for the report', '.')
    .addHelpText(
      'after',
      `
Makes small stacks of free resources with your own credentials, under names of its own, and deletes them at the end. The plan
is shown and has to be confirmed; without a terminal, --yes confirms it. docs/acceptance.md describes it.
Exit code: 0 if no scenario failed and nothing is left, 1 if not, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge acceptance --sandbox --cloud aws --yes
  AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge acceptance --cloud aws
  OS_CLOUD=mycloud stackbridge acceptance --cloud heat
  OS_CLOUD=mycloud stackbridge acceptance --cloud heat --deployed acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  stackbridge acceptance clean`,
    )
    .action(async (action: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AcceptanceOptions>()
      const renderer = await rendererFor(options, io)
      const interruptible = (work: () => Promise<boolean>) => exitCodeOf(work, options, io, renderer)
      try {
        setExitCode(
          await interruptible(() =>
            action === 'clean' ? clean(options, io, renderer) : run(options, io, renderer),
          ),
        )
      } finally {
        renderer.close()
      }
    })
}

async function exitCodeOf(
  work: () => Promise<boolean>,
  { state, sandbox = false }: AcceptanceOptions,
  io: Console,
  renderer: Renderer,
): Promise<number> {
  const where = state === '.stackbridge' ? '' : ` --state ${state}`
  const outcome = await runUntilInterrupted(io, work, {
    renderer,
    stacksInProgress: () => [],
    // An embedded cloud ends with this process.
    ...(sandbox ? {} : { advice: `run stackbridge acceptance clean${where} to delete what is left` }),
  })
  if (outcome === 'interrupted') return EXIT.interrupted
  return outcome ? EXIT.success : EXIT.failed
}

async function clean(options: AcceptanceOptions, io: Console, renderer: Renderer): Promise<boolean> {
  const { cleanAcceptance } = await import('../acceptance/acceptance.ts')
  const { found, left } = await cleanAcceptance(placeOf(options, io), renderer)
  if (found === 0 && options.json !== true)
    writeLine(io.stdout, `nothing is left of an interrupted run in ${options.state}`)
  return left === 0
}

async function run(options: AcceptanceOptions, io: Console, renderer: Renderer): Promise<boolean> {
  const { newRunId, runAcceptance } = await import('../acceptance/acceptance.ts')
  const { planOf } = await import('../acceptance/plan.ts')
  const { planLines } = await import('../acceptance/plan-lines.ts')
  const { prepareReportFolder, writeReport } = await import('../acceptance/write-report.ts')
  const { cloud: clouds = [], deployed, sandbox = false, yes = false, timeout } = options
  if (clouds.length === 0) throw new UsageError(`no cloud is named; give --cloud with one of ${NAMES}`)
  if (deployed !== undefined && sandbox)
    throw new UsageError('a deployed function does not reach the embedded clouds; leave out --sandbox')
  if (!yes && io.stdin.isTTY !== true)
    throw new UsageError('there is no terminal to confirm the plan; give --yes')
  const { connectionsIn } = await import('../acceptance/connections.ts')
  const connections = await connectionsIn(options.properties ?? [], io.stdin)
  await prepareReportFolder(options.report)
  const startedAt = new Date()
  const runId = newRunId()
  const plan = planOf({ clouds, connections, deployed, timeoutSeconds: timeout })
  const confirm = () => {
    const lines = planLines(plan.parts, { run: runId, sandbox, state: options.state })
    renderer.report({ type: 'acceptance-plan', run: runId, lines })
    return yes ? Promise.resolve(true) : isConfirmed(io)
  }
  const acceptanceRun = { run: runId, startedAt: startedAt.getTime(), sandbox, plan, confirm }
  const findings = await runAcceptance(acceptanceRun, placeOf(options, io), renderer)
  if (findings === undefined) {
    writeLine(io.stderr, 'stackbridge: not confirmed; nothing was done')
    return false
  }
  const about = {
    run: runId,
    sandbox,
    startedAt,
    endedAt: new Date(),
    version: io.version,
    folder: options.report,
  }
  await writeReport({ findings, ...about }, renderer)
  const { scenarios, left } = findings
  return left.length === 0 && scenarios.every(({ result }) => result !== 'failed')
}

function placeOf(options: AcceptanceOptions, io: Console) {
  return { folder: options.state, environment: io.environment, ...logFor(options, io) }
}

async function isConfirmed({ stdin, stderr }: Console): Promise<boolean> {
  stderr.write('Begin? [y/N] ')
  for await (const chunk of stdin) return /^y(?:es)?\s*$/i.test(String(chunk))
  return false
}

function cloudNamed(name: string): AcceptanceCloud {
  const cloud = acceptanceClouds.find((one) => one.name === name)
  if (cloud === undefined) throw new InvalidArgumentError(`It must be one of ${NAMES}.`)
  return cloud
}

function addCloud(name: string, before: AcceptanceOptions['cloud'] = []): readonly AcceptanceCloud[] {
  const cloud = cloudNamed(name)
  return before.includes(cloud) ? before : [...before, cloud]
}

function addProperties(
  text: string,
  before: AcceptanceOptions['properties'] = [],
): NonNullable<AcceptanceOptions['properties']> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Give cloud=file, for example aws=connection.json.')
  return [...before, [cloudNamed(text.slice(0, equals)), text.slice(equals + 1)]]
}

function wholeSeconds(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 43_200)
    throw new InvalidArgumentError('It must be a whole number of seconds from 1 to 43200.')
  return Number(text)
}
