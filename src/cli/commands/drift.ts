import type { Command } from 'commander'
import { withCommonOptions } from '../options/common-options.ts'
import type { CommandContext } from '../terminal/console.ts'
import { runInquiry, type InquiryOptions } from '../inquiry/inquiry.ts'
import { withFileInquiryOptions } from '../options/file-inquiry-options.ts'
import { withLocalStackOptions } from '../options/local-stack-options.ts'
import { withParameterOptions } from '../options/parameter-options.ts'

export function addDrift(program: Command, { io, setExitCode }: CommandContext): void {
  const command = withParameterOptions(withLocalStackOptions(withCommonOptions(program.command('drift'))))
  withFileInquiryOptions(command, 'exit with 0 if nothing has drifted, 2 if something has, 1 for any error')
    .description(
      "Show what was changed or deleted outside of the foreign stack, by the cloud's own detection.",
    )
    .addHelpText(
      'after',
      `
AWS and ROS detect drift in a stack and its nested stacks, which can take minutes; a detection cannot be cancelled. Heat checks
whether resources exist and are healthy: that is an operation of the stack, whose status becomes CHECK_COMPLETE or CHECK_FAILED.
The other clouds have no call for it. Names of properties are shown, never their values.
Exit code: 0 if all could be checked, 1 otherwise, 2 for wrong usage, 130 if interrupted; --detailed-exitcode as above.

Examples:
  stackbridge drift my-update-event.json
  stackbridge drift my.ros.yml --resource Network --id arn:aws:cloudformation:us-east-1:123456789012:stack/network/…
  stackbridge drift --detailed-exitcode --json my-update-event.json`,
    )
    .action(async (path: string, _: unknown, given: Command) => {
      setExitCode(await runInquiry({ path }, given.optsWithGlobals<InquiryOptions>(), io, DETECTING))
    })
}

const DETECTING = async () => (await import('../drift.ts')).driftFile
