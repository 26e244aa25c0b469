import type { NextStep, Report } from '../report.ts'
import type { LineOptions } from './line-options.ts'
import { commandLines, indented, row, widthOf } from './text-layout.ts'

/** A file that the command has written. */
export function writtenLine(
  { path, what }: Extract<Report, { type: 'written' }>,
  { colors, width }: LineOptions,
): string {
  return row(
    [
      { text: 'written', paint: colors.green },
      { text: path, shortens: true },
      { text: what, paint: colors.dim, optional: 1 },
    ],
    width,
  )
}

export function nextStepsLines(steps: readonly NextStep[], options: LineOptions): string[] {
  return ['', 'next:', ...steps.flatMap((step) => nextStepLines(step, options))]
}

function nextStepLines({ command, why }: NextStep, { colors, width }: LineOptions): string[] {
  const inOne = `  ${command}  # ${why}`
  if (width === undefined || widthOf(inOne) <= width) return [`  ${command}  ${colors.dim(`# ${why}`)}`]
  const room = Math.max(width - 2, 2)
  const [first = '', ...rest] = commandLines(command, room)
  return [...indented(`# ${why}`, 2, width).map(colors.dim), `  ${first}`, ...rest]
}
