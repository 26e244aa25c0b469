import type { Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import type { Region } from '../../providers/alibaba-cloud/ros/client.ts'
import type { Connection } from '../../providers/alibaba-cloud/ros/properties.ts'
import { startSandboxAliyunRos } from '../../sandbox/alibaba-cloud/ros/server.ts'
import { localSettings } from '../local-bridge.ts'
import { withJsonOption } from '../common-options.ts'
import type { CommandContext } from '../console.ts'
import { jsonLine, printable } from '../terminal-text.ts'

interface RegionsOptions {
  readonly endpoint?: string
  readonly sandbox?: boolean
  readonly json?: boolean
}

export function addRegions(program: Command, { io }: CommandContext): void {
  withJsonOption(program.command('regions'))
    .description(
      'List the Alibaba Cloud regions in which Stackbridge can create a ROS stack (Custom::RosStack).',
    )
    .option('--endpoint <url>', 'the endpoint of ROS; by default ros.aliyuncs.com')
    .option('--sandbox', 'list the regions of the embedded ROS')
    .addHelpText(
      'after',
      `
Credentials come from the environment, as in the function: ALIBABA_CLOUD_ACCESS_KEY_ID,
ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for temporary credentials, ALIBABA_CLOUD_SECURITY_TOKEN.

Exit code: 0, or 1 if the call to ROS failed.

Examples:
  stackbridge regions
  stackbridge regions --sandbox`,
    )
    .action(async (options: RegionsOptions) => {
      for (const region of await regionsFor(options, io.environment))
        io.stdout.write(`${options.json === true ? jsonLine(region) : printable(asRow(region))}\n`)
    })
}

async function regionsFor(
  { endpoint, sandbox }: RegionsOptions,
  environment: Environment,
): Promise<readonly Region[]> {
  if (sandbox !== true) return ask(endpoint === undefined ? {} : { Endpoint: endpoint }, environment)
  const ros = await startSandboxAliyunRos()
  try {
    const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret } = ros.key
    return await ask({ Endpoint: ros.url, AccessKeyId, AccessKeySecret }, environment)
  } finally {
    await ros.close()
  }
}

async function ask(connection: Connection, environment: Environment): Promise<readonly Region[]> {
  const { listRegions } = await import('../../providers/alibaba-cloud/ros/regions.ts')
  const network = createNetwork(localSettings(environment))
  const secrets = new Secrets()
  const log = createLogger({ level: 'silent', secrets })
  try {
    const surroundings = { clock: systemClock, random: Math.random, network, secrets, log, environment }
    return await listRegions(connection, surroundings)
  } finally {
    await network.close()
  }
}

const WIDEST_ID = 20

function asRow({ RegionId, LocalName, RegionEndpoint }: Region): string {
  return [RegionId.padEnd(WIDEST_ID), LocalName.padEnd(2 * WIDEST_ID), RegionEndpoint].join('  ').trimEnd()
}
