import type { Command } from 'commander'
import { isJsonObject } from '../../platform/json.ts'
import { servedProviders } from '../../providers/registry.ts'
import {
  EXIT,
  logFor,
  rendererFor,
  withCommonOptions,
  type CommandContext,
  type CommonOptions,
  type Console,
  sandboxSettings,
} from '../console.ts'
import { diagnose } from '../doctor.ts'
import { completeEvent, readEventFile } from '../event-file.ts'
import { createLocalBridge } from '../local-bridge.ts'
import { startSandboxClouds } from '../sandbox-clouds.ts'
import { UsageError } from '../usage-error.ts'

interface DoctorOptions extends CommonOptions {
  readonly sandbox?: boolean
  readonly type?: string
}

export function addDoctor(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('doctor'))
    .description('Check what the bridge needs of a cloud, by calls that change nothing: one line a check.')
    .argument('[event]', "event file whose properties say how to connect; '-' for standard input")
    .option('--type <resource-type>', 'without an event: connect by the environment, as for this type')
    .option('--sandbox', 'against embedded clouds, to see what a healthy answer looks like')
    .addHelpText(
      'after',
      `
ok        there, or allowed
degraded  the bridge works without it, less well
missing   the bridge cannot work without it
unknown   no call that only reads can tell

Resource types: ${servedProviders.flatMap(({ resourceTypes }) => resourceTypes).join(', ')}.
Exit code: 0 when nothing is missing, 1 when something is, 2 for bad usage.

Examples:
  stackbridge doctor my-event.json
  AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge doctor --type Custom::AwsCloudFormationStack
  OS_AUTH_URL=… OS_USERNAME=… OS_PASSWORD=… stackbridge doctor --type Custom::HeatStack
  stackbridge doctor --sandbox examples/events/openstack/heat/create.json`,
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      setExitCode(await runDoctor(file, command.optsWithGlobals<DoctorOptions>(), io))
    })
}

async function runDoctor(file: string | undefined, options: DoctorOptions, io: Console): Promise<number> {
  const event = await eventFor(file, options, io)
  const environment = options.sandbox === true ? sandboxSettings(io.environment) : io.environment
  const bridge = createLocalBridge({ environment, ...logFor(options, io) })
  const clouds = options.sandbox === true ? await startSandboxClouds({ resourceDelayMs: 0 }) : undefined
  const renderer = rendererFor(options, io)
  let isMissing = false
  try {
    const asksForAStack = isJsonObject(event['ResourceProperties'] ?? null)
    const pointed = clouds?.pointedEvent(event) ?? event
    for await (const check of diagnose(pointed, asksForAStack, bridge.surroundings())) {
      renderer.report({ type: 'check', ...check })
      isMissing ||= check.result === 'missing'
    }
  } finally {
    renderer.close()
    await Promise.all([bridge.close(), clouds?.close()])
  }
  return isMissing ? EXIT.failed : EXIT.success
}

async function eventFor(file: string | undefined, { type }: DoctorOptions, io: Console) {
  if (file === undefined && type === undefined)
    throw new UsageError('There is nothing to check; give an event file, or --type with a resource type')
  const given = file === undefined ? {} : await readEventFile(file, io.stdin)
  return completeEvent(type === undefined ? given : { ...given, ResourceType: type })
}
