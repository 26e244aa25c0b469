import type { Command } from 'commander'
import type { Region } from '../../providers/alibaba-cloud/ros/client.ts'
import { withJsonOption } from '../options/common-options.ts'
import type { CommandContext } from '../terminal/console.ts'
import type { RegionsQuery } from '../regions.ts'
import { jsonLine, printable } from '../terminal/terminal-text.ts'

interface RegionsOptions extends RegionsQuery {
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
      const { regionsFor } = await import('../regions.ts')
      for (const region of await regionsFor(options, io.environment))
        io.stdout.write(`${options.json === true ? jsonLine(region) : printable(asRow(region))}\n`)
    })
}

const WIDEST_ID = 20

function asRow({ RegionId, LocalName, RegionEndpoint }: Region): string {
  return [RegionId.padEnd(WIDEST_ID), LocalName.padEnd(2 * WIDEST_ID), RegionEndpoint].join('  ').trimEnd()
}
