import type { DiagnosisReport } from '../report.ts'
import { headLine, INDENTATION, notesBelow, physicalIdCell } from './inquiry-lines.ts'
import { paintOf } from './live-lines.ts'
import type { LineOptions } from './line-options.ts'
import { indented, row, type Cell } from './text-layout.ts'

/** Columns before what belongs to an indented line. */
const DEEPER = 10
/** Columns of a time, and of most statuses. */
const TIME = 8
const STATUS = 22
/** Failures that are shown with their events, and those that are only named. */
const MOST_IN_FULL = 10
const MOST_NAMED = 50
/** Events of one resource, and lines of one source; `--json` has them all. */
const MOST_EVENTS = 12
const MOST_LINES = 15

type Read = Extract<DiagnosisReport, { outcome: 'read' }>
type Failure = Read['failures'][number]

/** A diagnosis for people: the likely cause, the other failures, what to do, and what could not be read. */
export function diagnosisLines(report: DiagnosisReport, options: LineOptions): string[] {
  const { colors, width } = options
  const head = (...cells: Cell[]): string => headLine('diagnose', report, options, ...cells)
  switch (report.outcome) {
    case 'impossible':
      return [
        head({ text: 'cannot be read', paint: colors.yellow }),
        ...indented(report.reason, INDENTATION, width),
        '',
      ]
    case 'absent':
      return [head({ text: 'there is no such stack', paint: colors.yellow }), '']
    case 'read':
      return [
        head(
          { text: `stack ${report.stackName}`, shortens: true },
          report.status === null
            ? { text: 'status unknown' }
            : { text: report.status, paint: paintOf(report.status, colors) },
        ),
        ...indented(report.stackId, INDENTATION, width).map(colors.dim),
        ...body(report, options),
        '',
      ]
  }
}

function body(report: Read, options: LineOptions): string[] {
  const { failures, isAtWork, missing, notes, next } = report
  const { colors, width } = options
  const rest = failures.length - MOST_IN_FULL - MOST_NAMED
  return [
    ...(isAtWork ? indented('An operation runs on the stack: more may follow.', INDENTATION, width) : []),
    ...(failures.length === 0
      ? indented(
          missing.length === 0 ? 'No operation on it has failed.' : 'No failure could be read.',
          INDENTATION,
          width,
        )
      : []),
    ...failures
      .slice(0, MOST_IN_FULL)
      .flatMap((failure, index) => failureLines(failure, index === 0, options)),
    ...failures
      .slice(MOST_IN_FULL, MOST_IN_FULL + MOST_NAMED)
      .map((failure) => failureHead(failure, false, options)),
    ...(rest > 0 ? indented(`… ${String(rest)} more failed; --json lists them`, INDENTATION, width) : []),
    ...next.flatMap(({ cause, action, see }) => [
      ...indented(`next: ${cause} ${action}`, INDENTATION, width).map(colors.green),
      ...(see === undefined ? [] : indented(see, DEEPER, width).map(colors.dim)),
    ]),
    ...missing.flatMap(({ action, isDenied, tells, said }) => [
      ...indented(
        isDenied ? `missing right: ${action} would show ${tells}` : `${tells} could not be read (${action})`,
        INDENTATION,
        width,
      ).map(colors.yellow),
      ...indented(said, DEEPER, width).map(colors.dim),
    ]),
    ...notesBelow(notes, options),
  ]
}

function failureHead(failure: Failure, isFirst: boolean, { colors, width }: LineOptions): string {
  const { path, type, physicalId, isConsequence } = failure
  const label: Cell = isConsequence
    ? { text: '  consequence ', paint: colors.dim }
    : isFirst
      ? { text: '  LIKELY CAUSE', paint: colors.red }
      : { text: '  also failed ', paint: colors.yellow }
  return row(
    [
      label,
      { text: path, paint: colors.bold, shortens: true },
      { text: type, paint: colors.dim, optional: 2 },
      ...physicalIdCell(physicalId, colors.dim),
    ],
    width,
  )
}

function failureLines(failure: Failure, isFirst: boolean, options: LineOptions): string[] {
  return [
    failureHead(failure, isFirst, options),
    ...eventLines(failure, options),
    ...evidenceLines(failure, options),
  ]
}

function eventLines({ history }: Failure, { colors, width }: LineOptions): string[] {
  const hidden = history.length - MOST_EVENTS
  return [
    ...(hidden > 0
      ? indented(`… ${String(hidden)} earlier events; --json lists them`, INDENTATION, width)
      : []),
    ...history
      .slice(-MOST_EVENTS)
      .flatMap(({ at, status, reason }) => [
        row(
          [
            { text: ' '.repeat(INDENTATION - 1) },
            { text: clockTime(at), paint: colors.dim, column: TIME },
            { text: status, paint: paintOf(status, colors), column: STATUS },
          ],
          width,
        ),
        ...(reason === undefined ? [] : indented(reason, DEEPER, width)),
      ]),
  ]
}

function evidenceLines({ evidence }: Failure, { colors, width }: LineOptions): string[] {
  const sources = [...new Set(evidence.map(({ source }) => source))]
  return sources.flatMap((source) => {
    const own = evidence.filter((one) => one.source === source)
    const hidden = own.length - MOST_LINES
    return [
      ...indented(`${source}:`, INDENTATION, width).map(colors.cyan),
      ...(hidden > 0 ? indented(`… ${String(hidden)} earlier lines; --json lists them`, DEEPER, width) : []),
      ...own
        .slice(-MOST_LINES)
        .flatMap(({ at, text }) =>
          indented(at === undefined || at === null ? text : `${clockTime(at)} ${text}`, DEEPER, width),
        ),
    ]
  })
}

/** UTC; the day is in `--json`. */
function clockTime(at: string | null): string {
  return at === null ? '?' : at.slice(11, 19)
}
