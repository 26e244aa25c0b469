import type { Report, SummaryRow } from '../report.ts'
import type { LineOptions } from './line-options.ts'
import { indented, row, widthOf, type Cell, type Width } from './text-layout.ts'

const INDENTATION = 10

export function sectionLines(title: string, { colors, width }: LineOptions): string[] {
  return ['', ...indented(title, 0, width).map(colors.bold)]
}

/** For invocations of the function in the middle of a long wait. */
export function callsLeftOutLines(count: number, { colors, width }: LineOptions): string[] {
  return indented(`… ${String(count)} more invocations …`, INDENTATION, width).map(colors.dim)
}

export function figureLines(rows: Extract<Report, { type: 'figures' }>['rows'], width: Width): string[] {
  const names = Math.max(...rows.map(([name]) => widthOf(name)))
  return [
    '',
    ...rows.map(([name, value]) =>
      row([{ text: name, column: names, shortens: true }, { text: value.padStart(10) }], width),
    ),
  ]
}

/** The table at the end of the demo. */
export function summaryLines(rows: readonly SummaryRow[], { colors, width }: LineOptions): string[] {
  const steps = Math.max(...rows.map(({ step }) => widthOf(step)), 4)
  const cells = (step: string, answer: Cell, seconds: string, mark: Cell[]): Cell[] => [
    { text: step, column: steps, shortens: true },
    { ...answer, column: 7 },
    { text: seconds },
    ...mark,
  ]
  return [
    '',
    colors.bold(row(cells('step', { text: 'answer' }, 'seconds', []), width)),
    ...rows.map(({ step, answer, seconds, asExpected }) =>
      row(
        cells(
          step,
          { text: answer, paint: answer === 'SUCCESS' ? colors.green : colors.red },
          seconds.toFixed(1).padStart(7),
          asExpected ? [] : [{ text: 'not as expected', paint: colors.red }],
        ),
        width,
      ),
    ),
  ]
}
