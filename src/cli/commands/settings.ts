import type { Command } from 'commander'
import { withJsonOption } from '../options/common-options.ts'
import { jsonLine, writeLine } from '../terminal/terminal-text.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'

export function addSettings(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('settings'))
    .description(
      'List every setting of the function: environment variable, meaning, valid values and default.',
    )
    .addHelpText(
      'after',
      `
Exit code: 0, or 2 if a setting in the environment is wrong.

Examples:
  stackbridge settings
  STACKBRIDGE_POLL_MIN_MS=soon stackbridge settings`,
    )
    .action(async (options: { json?: boolean }) => {
      setExitCode(await showSettings(options.json ?? false, io))
    })
}

async function showSettings(json: boolean, io: Console): Promise<number> {
  const { describeSettings, readSettings } = await import('../../platform/settings.ts')
  const { problems, warnings } = readSettings(io.environment)
  const rows = describeSettings().map((setting) => ({
    ...setting,
    isSet: (io.environment[setting.name] ?? '') !== '',
  }))
  if (json) io.stdout.write(`${jsonLine({ settings: rows, problems, warnings })}\n`)
  else
    for (const { name, default: defaultValue, meaning, rule, isSet } of rows)
      io.stdout.write(
        `${name}${isSet ? '  (set)' : ''}\n    ${meaning}\n    ${rule}; default: ${defaultValue === '' ? 'empty' : defaultValue}\n`,
      )
  for (const warning of warnings) writeLine(io.stderr, `stackbridge: warning: ${warning}`)
  for (const problem of problems) writeLine(io.stderr, `stackbridge: ${problem}`)
  return problems.length === 0 ? EXIT.success : EXIT.usage
}
