import type { Command } from 'commander'
import { withJsonOption } from '../options/common-options.ts'
import type { CommandContext } from '../terminal/console.ts'

interface ValidateOptions {
  readonly json?: boolean
}

export function addValidate(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('validate'))
    .description(
      'Check event files and ROS templates with the rules of the bridge, without a call to a cloud.',
    )
    .argument('<file...>', "event files (JSON) or ROS templates (YAML or JSON); '-' for standard input")
    .addHelpText(
      'after',
      `
Each problem is one line: file, line, property, what is wrong and what is right. A ROS template is checked as a whole, with
the templates of the stacks that Stackbridge serves: of AWS, Heat, ROS and Terraform, as text, map or file:// inclusion.
A value that ROS computes (Ref, Fn::…) is not known yet and is taken as valid.
Exit code: 0 if there are no errors (warnings do not count), 1 if there are errors, 2 for wrong usage.

Examples:
  stackbridge validate my-template.yml
  stackbridge validate examples/events/aws/cloudformation/*.json
  stackbridge validate --json - < my-event.json`,
    )
    .action(async (files: string[], options: ValidateOptions) => {
      const { validateFiles } = await import('../validate/validate-files.ts')
      setExitCode(await validateFiles(files, options, io))
    })
}
