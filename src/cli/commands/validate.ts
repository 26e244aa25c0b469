import type { Command } from 'commander'
import { EXIT, type CommandContext, type Console } from '../console.ts'
import { readBytes } from '../event-file.ts'
import { jsonLine } from '../terminal-text.ts'
import { createPropertyCheck } from '../validate/property-check.ts'
import { reportLines, reportObjects } from '../validate/report-text.ts'
import { validateFile } from '../validate/validate-file.ts'

interface ValidateOptions {
  readonly json?: boolean
}

export function addValidate(program: Command, { io, setExitCode }: CommandContext): void {
  program
    .command('validate')
    .description('Check event files and ROS templates as the bridge would, without a call to any cloud.')
    .argument('<file...>', "event files (JSON) or ROS templates (YAML or JSON); '-' for standard input")
    .option('--json', 'one JSON object a line, for machines')
    .addHelpText(
      'after',
      `
Each problem is one line: file, line, property, what is wrong and what would be right. In a template the custom resources
that Stackbridge serves are checked. A value that ROS computes (Ref, Fn::…) is taken as right.
Exit code: 0 when nothing is wrong (warnings do not count), 1 when something is, 2 for bad usage.

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
  const check = createPropertyCheck(io.environment)
  let isWrong = false
  try {
    for (const file of files) {
      const report = await validateFile(file, await readBytes(file, io.stdin), check)
      const lines = options.json === true ? reportObjects(report).map(jsonLine) : reportLines(report)
      io.stdout.write(`${lines.join('\n')}\n`)
      isWrong ||= report.findings.some(({ severity }) => severity === 'error')
    }
  } finally {
    await check.close()
  }
  return isWrong ? EXIT.failed : EXIT.success
}
