import type { Command } from 'commander'
import { isJsonObject } from '../../platform/json.ts'
import { nearest } from '../../platform/nearest-name.ts'
import { servedProviders } from '../../providers/registry.ts'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { UsageError } from '../usage-error.ts'

interface DoctorOptions extends CommonOptions {
  readonly sandbox?: boolean
  readonly type?: string
  readonly deployed?: string
  readonly fingerprint?: string
  readonly remember?: boolean
}

export function addDoctor(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('doctor'))
    .description('Check credentials, network access and permissions for a cloud with read-only calls.')
    .argument('[event]', "event file with the properties to connect with; '-' for standard input")
    .option(
      '--type <resource-type>',
      'without an event file: connect for this resource type with the environment alone',
    )
    .option(
      '--deployed <service-token>',
      "check a deployed bridge instead: its functions, their settings and that the environment's continuation key is still theirs",
    )
    .option(
      '--fingerprint <file>',
      'with --deployed, before a deployment: compare the key with the one that the file remembers; exit with 1 if it would be replaced',
    )
    .option(
      '--remember',
      "with --deployed and --fingerprint, after a deployment: write the key's fingerprint to the file",
    )
    .option('--sandbox', 'check the embedded clouds instead, to see the result for a cloud without problems')
    .addHelpText(
      'after',
      `
One line per check:
ok        present or allowed
degraded  absent; the bridge works with restrictions
missing   absent; the bridge cannot work
unknown   no read-only call can check it

Resource types: ${servedProviders.flatMap(({ resourceTypes }) => resourceTypes).join(', ')}.
Exit code: 0 if nothing is missing, 1 if something is missing, 2 for wrong usage.

Examples:
  stackbridge doctor my-event.json
  AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge doctor --type Custom::AwsCloudFormationStack
  OS_AUTH_URL=… OS_USERNAME=… OS_PASSWORD=… stackbridge doctor --type Custom::HeatStack
  stackbridge doctor --deployed acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  stackbridge doctor --sandbox examples/events/openstack/heat/create.json`,
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      setExitCode(await runDoctor(file, command.optsWithGlobals<DoctorOptions>(), io))
    })
}

async function runDoctor(file: string | undefined, options: DoctorOptions, io: Console): Promise<number> {
  if (options.deployed !== undefined) return runDoctorDeployed(options.deployed, options, io)
  if (options.fingerprint !== undefined || options.remember === true)
    throw new UsageError('--fingerprint and --remember need --deployed; give it with a ServiceToken')
  const { withNamedCloud } = await import('../local-bridge/clouds-yaml.ts')
  const { diagnose } = await import('../doctor.ts')
  const { createLocalBridge } = await import('../local-bridge/local-bridge.ts')
  const { sandboxBridge, startSandboxClouds } = await import('../sandbox-clouds/sandbox-clouds.ts')
  const event = await eventFor(file, options, io)
  const environment =
    options.sandbox === true
      ? sandboxBridge(io.environment).environment
      : await withNamedCloud(io.environment)
  const bridge = createLocalBridge({ environment, ...logFor(options, io) })
  const clouds = options.sandbox === true ? await startSandboxClouds({ resourceDelayMs: 0 }) : undefined
  const renderer = await rendererFor(options, io)
  let isMissing = false
  try {
    const hasProperties = isJsonObject(event['ResourceProperties'] ?? null)
    const connected = clouds?.connectedEvent(event) ?? event
    const surroundings = bridge.surroundings()
    for await (const check of diagnose(connected, hasProperties, surroundings, bridge.secretSource)) {
      renderer.report({ type: 'check', ...check })
      isMissing ||= check.result === 'missing'
    }
  } finally {
    renderer.close()
    await Promise.all([bridge.close(), clouds?.close()])
  }
  return isMissing ? EXIT.failed : EXIT.success
}

async function runDoctorDeployed(serviceToken: string, options: DoctorOptions, io: Console): Promise<number> {
  // Loaded here, since the other checks do without it.
  const { diagnoseDeployed, rememberKey } = await import('../deployed/doctor-deployed.ts')
  const { fingerprint, remember } = options
  const target = { serviceToken, fingerprint, environment: io.environment }
  const renderer = await rendererFor(options, io)
  let isMissing = false
  try {
    if (remember === true) renderer.report({ type: 'check', ...(await rememberKey(target)) })
    else
      for await (const check of diagnoseDeployed(target)) {
        renderer.report({ type: 'check', ...check })
        isMissing ||= check.result === 'missing'
      }
  } finally {
    renderer.close()
  }
  return isMissing ? EXIT.failed : EXIT.success
}

async function eventFor(file: string | undefined, { type }: DoctorOptions, io: Console) {
  if (file === undefined && type === undefined)
    throw new UsageError(
      'Both the event file and --type are missing; give an event file, or --type with a resource type',
    )
  if (file === undefined && type !== undefined && !isServed(type)) {
    const near = nearest(
      type,
      servedProviders.flatMap(({ resourceTypes }) => resourceTypes),
    )
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    throw new UsageError(
      `--type ${type} is not a resource type of Stackbridge${hint || '; stackbridge doctor --help lists them'}`,
    )
  }
  const { completeEvent, readEventFile } = await import('../event-file.ts')
  const given = file === undefined ? {} : await readEventFile(file, io.stdin)
  return completeEvent(type === undefined ? given : { ...given, ResourceType: type })
}

function isServed(type: string): boolean {
  return servedProviders.some(({ resourceTypes }) => resourceTypes.includes(type))
}
