import type { Command } from 'commander'
import { withCommonOptions } from '../options/common-options.ts'
import type { CommandContext } from '../terminal/console.ts'
import { runInquiry, type InquiryOptions } from '../inquiry/inquiry.ts'
import { withLocalStackOptions } from '../options/local-stack-options.ts'
import { withParameterOptions } from '../options/parameter-options.ts'

interface DiagnoseOptions extends InquiryOptions {
  readonly type?: string
}

export function addDiagnose(program: Command, { io, setExitCode }: CommandContext): void {
  withParameterOptions(withLocalStackOptions(withCommonOptions(program.command('diagnose'))))
    .description(
      "Read from the cloud why a foreign stack's operation failed, and what to do next. Changes nothing.",
    )
    .argument('[target]', "ROS template, event file, or the id of a stack; '-' for standard input")
    .option('--id <physical-resource-id>', 'the stack; by default that of the event, or of what up has made')
    .option('--type <resource-type>', 'the resource type; needed if the id does not name its cloud')
    .option(
      '--sandbox',
      'use the embedded clouds: what the template or event asks for is made there first; an id is looked up in what up has left there',
    )
    .addHelpText(
      'after',
      `
It shows each failed resource through nested stacks with its events, the likely cause first. On AWS it also reads the log of a
custom resource's function, an ECS service's events and denied calls from CloudTrail; on Heat a failed server's fault. A right
that is missing is named, and the rest is shown without it. Credentials come from the event or from the environment.
Exit code: 0 if all stacks could be read, 1 otherwise, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge diagnose arn:aws:cloudformation:us-east-1:123456789012:stack/my-stack/…
  stackbridge diagnose my-event.json
  stackbridge diagnose my.ros.yml --resource Network --json`,
    )
    .action(async (target: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<DiagnoseOptions>()
      const { type } = options
      const named = { target, ...(type === undefined ? {} : { type }) }
      setExitCode(await runInquiry(named, options, io, DIAGNOSING))
    })
}

const DIAGNOSING = async () => (await import('../diagnose/diagnose.ts')).diagnose
