import type { Command } from 'commander'
import { withJsonOption } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { readBytes } from '../options/read-bytes.ts'
import { jsonLine } from '../terminal/terminal-text.ts'

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
      setExitCode(await runValidate(files, options, io))
    })
}

async function runValidate(files: readonly string[], options: ValidateOptions, io: Console): Promise<number> {
  const { createPropertyCheck } = await import('../validate/property-check.ts')
  const { reportLines, reportObjects } = await import('../validate/report-text.ts')
  const { validateFile } = await import('../validate/validate-file.ts')
  const check = createPropertyCheck(io.environment)
  let isWrong = false
  try {
    for (const file of files) {
      const report = await validateFile(file, await readBytes(file, io.stdin), check, (path) =>
        readBytes(path, io.stdin),
      )
      const lines = options.json === true ? reportObjects(report).map(jsonLine) : reportLines(report)
      io.stdout.write(`${lines.join('\n')}\n`)
      isWrong ||= report.findings.some(({ severity }) => severity === 'error')
    }
  } finally {
    await check.close()
  }
  return isWrong ? EXIT.failed : EXIT.success
}
