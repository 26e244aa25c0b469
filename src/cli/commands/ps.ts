import type { Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import { withJsonOption } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { jsonLine, writeLine } from '../terminal/terminal-text.ts'
import { UsageError } from '../usage-error.ts'
import type { LogPlace } from '../deployed/log-service-api.ts'
import type { ListUnavailable } from '../under-way/deployed-operations.ts'
import type { FoundOperations } from '../under-way/found-operations.ts'

interface PsOptions {
  readonly server?: string
  readonly deployed?: string
  readonly project?: string
  readonly logstore?: string
  readonly logEndpoint?: string
  readonly printQuery?: boolean
  readonly json?: boolean
}

export function addPs(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('ps'))
    .description('List the operations that a server or a deployed function has under way.')
    .option('--server <url>', 'the URL of "stackbridge serve"')
    .option('--deployed <service-token>', 'the ServiceToken of a deployed function')
    .option('--project <name>', 'with --logstore: ask this log, and not the list of Function Compute')
    .option('--logstore <name>', 'the logstore in the project')
    .option('--log-endpoint <url>', "Log Service's endpoint, without the project")
    .option('--print-query', 'print the query for the log, and do not ask Log Service')
    .addHelpText(
      'after',
      `
One line an operation: the ROS stack and resource, what is done to which stack, its last status, and
AGE   the time since its event arrived
NEXT  the time until the next poll
LEFT  the time until the bridge answers ROS at the latest
HOPS  how often it was handed off to another call

Credentials come from the environment: STACKBRIDGE_OPERATIONS_TOKEN for --server;
ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET for --deployed, of a user who may call
fc:GetFunction, fc:GetAsyncInvokeConfig and fc:ListAsyncTasks.

Without task mode Function Compute has no list: then it is made from the log, with the right
log:GetLogStoreLogs. Where Log Service gives no list, the reason and the query for it are printed.
Exit code: 0, 1 if there is no list, 2 for wrong usage.

Examples:
  stackbridge ps --server http://127.0.0.1:8080
  stackbridge ps --deployed acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  stackbridge ps --deployed acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge \\
    --project stackbridge-1234567890123456 --logstore stackbridge`,
    )
    .action(async (options: PsOptions) => {
      setExitCode(await runPs(options, io))
    })
}

async function runPs(options: PsOptions, io: Console): Promise<number> {
  const { server, deployed } = options
  if ((server === undefined) === (deployed === undefined))
    throw new UsageError('Neither or both of --server and --deployed are given; give one of them')
  if (server !== undefined) {
    if ([options.project, options.logstore, options.logEndpoint].some((option) => option !== undefined))
      throw new UsageError(
        '--project, --logstore and --log-endpoint need --deployed; leave them out with --server',
      )
    if (options.printQuery === true) return await printQuery(undefined, io)
    const { serverOperations } = await import('../under-way/server-operations.ts')
    return show(await serverOperations(server, io.environment), options, io)
  }
  const { logOptionsOf } = await import('../under-way/log-options.ts')
  const log = logOptionsOf(options)
  if (options.printQuery === true) return await printQuery(log.log, io)
  const { deployedOperations } = await import('../under-way/deployed-operations.ts')
  const found = await deployedOperations(deployed ?? '', io.environment, log)
  return 'operations' in found ? show(found, options, io) : await showNoList(found, io)
}

async function show(
  { operations, gaps }: FoundOperations,
  { json }: PsOptions,
  { stdout, stderr }: Console,
): Promise<number> {
  if (json === true)
    for (const operation of operations) stdout.write(`${jsonLine({ type: 'under-way', ...operation })}\n`)
  else if (operations.length === 0) stdout.write('nothing is under way\n')
  else {
    const { operationLines } = await import('../under-way/operation-lines.ts')
    for (const line of operationLines(operations, systemClock.now())) stdout.write(`${line}\n`)
  }
  for (const gap of gaps) writeLine(stderr, `stackbridge: warning: ${gap}`)
  return EXIT.success
}

async function showNoList({ why, log }: ListUnavailable, io: Console): Promise<number> {
  writeLine(io.stderr, `stackbridge: ${why}`)
  if (log !== undefined) await printQuery(log, io)
  return EXIT.failed
}

/** `log`: where it is; absent where that is not known. */
async function printQuery(log: LogPlace | undefined, { stdout, stderr }: Console): Promise<number> {
  const { UNDER_WAY_QUERY } = await import('../under-way/log-query.ts')
  const where = log === undefined ? "the function's log" : `project ${log.project}, logstore ${log.logstore}`
  writeLine(stderr, `stackbridge: run this query in Log Service, ${where}, over the last 12 hours`)
  writeLine(stdout, UNDER_WAY_QUERY)
  return EXIT.success
}
