import type { Check } from '../../providers/provider.ts'
import type { Colors } from '../terminal/colors.ts'
import type { Report } from '../report.ts'
import type { LineOptions } from './line-options.ts'
import { indented, padded, row } from './text-layout.ts'

/** Columns before the detail on a narrow terminal. */
const INDENTATION = 10
/** Characters of `DescribeStackEvents`. */
const LONGEST_CHECK = 19
const LONGEST_RESULT = 8

/** One check of `stackbridge doctor`. */
export function checkLines(
  { name, result, detail }: Extract<Report, { type: 'check' }>,
  { colors, width }: LineOptions,
): string[] {
  const head = `${coloredResult(result, colors)}  ${padded(name, LONGEST_CHECK)}  `
  const indentation = LONGEST_RESULT + LONGEST_CHECK + 4
  if (width !== undefined && width < 2 * indentation)
    return [
      row(
        [
          { text: result, column: LONGEST_RESULT },
          { text: name, shortens: true },
        ],
        width,
      ),
    ].concat(indented(detail, INDENTATION, width))
  const [first = '', ...rest] = indented(detail, indentation, width)
  return [head + first.slice(indentation), ...rest]
}

function coloredResult(result: Check['result'], colors: Colors): string {
  const text = result.padEnd(LONGEST_RESULT)
  switch (result) {
    case 'ok':
      return colors.green(text)
    case 'missing':
      return colors.red(text)
    case 'degraded':
    case 'unknown':
      return colors.yellow(text)
  }
}
