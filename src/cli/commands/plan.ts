import type { Command } from 'commander'
import { withCommonOptions } from '../options/common-options.ts'
import type { CommandContext } from '../terminal/console.ts'
import { runInquiry, type InquiryOptions } from '../inquiry/inquiry.ts'
import { withFileInquiryOptions } from '../options/file-inquiry-options.ts'
import { withLocalStackOptions } from '../options/local-stack-options.ts'
import { withParameterOptions } from '../options/parameter-options.ts'

export function addPlan(program: Command, { io, setExitCode }: CommandContext): void {
  const command = withParameterOptions(withLocalStackOptions(withCommonOptions(program.command('plan'))))
  withFileInquiryOptions(command, 'exit with 0 if nothing changes, 2 if something does, 1 for any error')
    .description(
      'Show what a Create or Update would do to the resources of the foreign stack. Changes no stack.',
    )
    .addHelpText(
      'after',
      `
The plan is the cloud's own: change sets of AWS (deleted afterwards), previews of Heat and ROS, execution plans of Huawei RFS
(deleted afterwards). It lists names of properties, never their values. What is replaced or removed comes first.
In a template, each custom resource is planned; what up has made is updated, anything else is created.
Exit code: 0 if all could be planned, 1 otherwise, 2 for wrong usage, 130 if interrupted; --detailed-exitcode as above.

Examples:
  stackbridge plan my-update-event.json
  stackbridge plan my.ros.yml --resource Network --id arn:aws:cloudformation:us-east-1:123456789012:stack/network/…
  stackbridge plan --detailed-exitcode --json my-update-event.json`,
    )
    .action(async (path: string, _: unknown, given: Command) => {
      setExitCode(await runInquiry({ path }, given.optsWithGlobals<InquiryOptions>(), io, PLANNING))
    })
}

const PLANNING = async () => (await import('../plan/plan-file.ts')).planFile
