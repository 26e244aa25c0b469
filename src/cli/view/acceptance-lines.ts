import type { Report, ScenarioReport } from '../report.ts'
import { duration } from './duration.ts'
import type { LineOptions } from './line-options.ts'
import { indented, row } from './text-layout.ts'

/** Columns of `not run`. */
const RESULT = 8
const TIME = 8

/** One scenario, and below it what the cloud said. */
export function scenarioLines(
  { result, subject, title, detail, elapsedMs }: ScenarioReport,
  { colors, width }: LineOptions,
): string[] {
  const paint = { passed: colors.green, failed: colors.red, 'not run': colors.yellow }[result]
  return [
    row(
      [
        { text: result, paint, column: RESULT },
        { text: duration(elapsedMs).padStart(TIME) },
        { text: `${subject}: ${title}`, shortens: true },
      ],
      width,
    ),
    ...(detail === undefined ? [] : indented(detail, RESULT + TIME + 4, width).map(colors.dim)),
  ]
}

export function cleanedLines(
  { stack, problem }: Extract<Report, { type: 'cleaned' }>,
  { colors, width }: LineOptions,
): string[] {
  const label =
    problem === undefined ? { text: 'deleted', paint: colors.green } : { text: 'left', paint: colors.red }
  return [
    row(
      [
        { ...label, column: RESULT },
        { text: stack, shortens: true },
      ],
      width,
    ),
    ...(problem === undefined ? [] : indented(problem, RESULT + 2, width)),
  ]
}
