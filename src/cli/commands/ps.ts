import type { Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import { withJsonOption } from '../common-options.ts'
import { EXIT, type CommandContext, type Console } from '../console.ts'
import { jsonLine, writeLine } from '../terminal-text.ts'
import { UsageError } from '../usage-error.ts'
import type { FoundOperations } from '../under-way/found-operations.ts'

interface PsOptions {
  readonly server?: string
  readonly deployed?: string
  readonly json?: boolean
}

export function addPs(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('ps'))
    .description('List the operations that a server or a deployed function has under way.')
    .option('--server <url>', 'the URL of "stackbridge serve"')
    .option('--deployed <service-token>', 'the ServiceToken of a deployed function')
    .addHelpText(
      'after',
      `
One line an operation: the ROS stack and resource, what is done to which stack, its last status, and
AGE   the time since its event arrived
NEXT  the time until the next poll
LEFT  the time until the bridge answers ROS at the latest
HOPS  how often it was handed off to another call

Credentials come from the environment: STACKBRIDGE_OPERATIONS_TOKEN for --server;
ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET of a user who may call
fc:GetFunction, fc:GetAsyncInvokeConfig and fc:ListAsyncTasks for --deployed.

A deployed function without task mode has no list: then the query for its log is printed.
Exit code: 0, 1 if there is no list, 2 for wrong usage.

Examples:
  stackbridge ps --server http://127.0.0.1:8080
  stackbridge ps --deployed acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge`,
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
    const { serverOperations } = await import('../under-way/server-operations.ts')
    return show(await serverOperations(server, io.environment), options, io)
  }
  const { deployedOperations } = await import('../under-way/deployed-operations.ts')
  const found = await deployedOperations(deployed ?? '', io.environment)
  return 'operations' in found ? show(found, options, io) : await showQuery(found.log, io)
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

interface LogPlace {
  readonly project: string
  readonly logstore: string
}

async function showQuery(log: LogPlace | undefined, { stdout, stderr }: Console): Promise<number> {
  const why = 'the function is not in task mode, so Function Compute keeps no list'
  if (log === undefined) {
    writeLine(stderr, `stackbridge: ${why}; it has no log either`)
    return EXIT.failed
  }
  const { UNDER_WAY_QUERY } = await import('../under-way/log-query.ts')
  writeLine(
    stderr,
    `stackbridge: ${why}; run this query in Log Service, project ${log.project}, logstore ${log.logstore}, over the last 12 hours`,
  )
  writeLine(stdout, UNDER_WAY_QUERY)
  return EXIT.failed
}
