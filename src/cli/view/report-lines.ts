import { writeJson } from '../../platform/json.ts'
import type { Check } from '../../providers/provider.ts'
import type { Colors } from '../colors.ts'
import type {
  AnswerReport,
  Report,
  ResourceReport,
  SandboxServiceReport,
  SettledReport,
  StackEventReport,
  SummaryRow,
  TroubleReport,
} from '../report.ts'
import { duration } from './duration.ts'
import { ACTIONS, paintOf } from './live-lines.ts'
import type { LineOptions } from './line-options.ts'
import { stackSummary } from './stack-summary.ts'
import {
  commandLines,
  indented,
  padded,
  row,
  widthOf,
  wrapped,
  type Cell,
  type Width,
} from './text-layout.ts'
import { valueLines } from './value-lines.ts'
import { cleanedLines, storyLines } from './acceptance-lines.ts'
import { diagnosisLines } from './diagnosis-lines.ts'
import { driftLines } from './drift-lines.ts'
import { planLines } from './plan-lines.ts'
import { durationOf, type ViewState } from './view-state.ts'

/** Columns before a text that belongs to the line above. */
const INDENTATION = 10
/** Columns of the time at the beginning of a line. */
const TIME = 8
/** Columns of `found: CREATE_COMPLETE` and of most statuses. */
const LABEL = 22
/** Columns in which the parts of an id can be told. */
const ID = 32
/** Columns of most names. */
const NAME = 22

/** The lines for a report; `state` is the one before it. No line is longer than the width, those to be pasted excepted. */
export function linesOf(report: Report, state: ViewState, options: LineOptions): string[] {
  const { colors, width } = options
  switch (report.type) {
    case 'section':
      return ['', ...indented(report.title, 0, width).map(colors.bold)]
    case 'operation':
      return [
        row(
          [
            { text: `${ACTIONS[report.action]} ${report.stackName}`, paint: colors.bold, shortens: true },
            { text: counted(report.resources, 'resource') },
          ],
          width,
        ),
      ]
    case 'rebuilding':
      return indented(
        `rebuilding the embedded clouds from ${counted(report.events, 'earlier event')} …`,
        0,
        width,
      ).map(colors.dim)
    case 'event':
      return [
        row(
          [
            { text: 'ROS event', paint: colors.cyan },
            { text: `${report.requestType} ${report.resource}`, shortens: true },
            { text: report.resourceType, paint: colors.dim, optional: 1, shortens: true },
          ],
          width,
        ),
      ]
    case 'asked':
      return [
        row(
          [
            time(report.elapsedMs),
            { text: report.action, paint: colors.dim, column: LABEL },
            ...(report.customResource === null
              ? []
              : [{ text: report.customResource, column: NAME, shortens: true }]),
            ...(report.stackId === null
              ? []
              : [{ text: report.stackId, paint: colors.dim, optional: 1, shortens: true, least: ID }]),
          ],
          width,
        ),
      ]
    case 'status':
      return []
    case 'stack-event':
      return stackEventLines(report, state, options)
    case 'watching':
      return [
        row(
          [
            { text: `watching ${report.name}`, paint: colors.bold, shortens: true },
            { text: report.status, paint: paintOf(report.status, colors) },
            { text: report.stackId, paint: colors.dim, optional: 1, shortens: true, least: ID },
          ],
          width,
        ),
      ]
    case 'settled':
      return [
        row(
          [
            time(report.elapsedMs),
            { text: 'settled', paint: colors.cyan, column: LABEL },
            settledCell(report, colors),
          ],
          width,
        ),
      ]
    case 'check':
      return checkLines(report, options)
    case 'trouble':
      return [
        row(
          [
            time(report.elapsedMs),
            { text: troubleLabel(report), paint: colors.yellow, column: LABEL },
            { text: report.customResource ?? '', shortens: true },
          ],
          width,
        ),
        ...indented(report.message, INDENTATION, width),
      ]
    case 'answer':
      return answerLines(report, options)
    case 'resource':
      return resourceLines(report, state, options)
    case 'stack':
      return stackSummary(report, state, options)
    case 'call':
      return [
        row(
          [
            time(report.elapsedMs),
            { text: `call ${String(report.number)}`, paint: colors.dim, column: LABEL },
            { text: `${report.ended}, ${billed(report.billedMs)} billed`, shortens: true },
          ],
          width,
        ),
      ]
    case 'sandbox-service':
      return serviceLines(report, colors)
    case 'sandbox-note':
      return indented(`sandbox: ${report.cloud}: ${report.note}`, INDENTATION, width).map(colors.yellow)
    case 'diagnosis':
      return diagnosisLines(report, options)
    case 'plan':
      return planLines(report, options)
    case 'drift':
      return driftLines(report, options)
    case 'acceptance-plan':
      return [...report.lines.flatMap((line) => wrapped(line, width)), '']
    case 'story':
      return storyLines(report, options)
    case 'cleaned':
      return cleanedLines(report, options)
    case 'written':
      return [
        row(
          [
            { text: 'written', paint: colors.green },
            { text: report.path, shortens: true },
            { text: report.what, paint: colors.dim, optional: 1 },
          ],
          width,
        ),
      ]
    case 'next':
      return ['', 'next:', ...report.steps.flatMap((step) => nextLines(step, options))]
    case 'calls-left-out':
      return [...indented(`… ${String(report.count)} more invocations …`, INDENTATION, width).map(colors.dim)]
    case 'figures':
      return figureLines(report.rows, width)
    case 'summary':
      return summaryLines(report.rows, options)
  }
}

/** What is still being worked on, for a log in which nothing has happened for a while. */
export function workingLine(elapsedMs: number, text: string, { width, colors }: LineOptions): string {
  return row(
    [time(elapsedMs), { text: 'working', paint: colors.dim, column: LABEL }, { text, shortens: true }],
    width,
  )
}

function stackEventLines(
  report: StackEventReport,
  state: ViewState,
  { colors, width }: LineOptions,
): string[] {
  const { elapsedMs, status, customResource, resource, resourceType, reason } = report
  return [
    row(
      [
        time(elapsedMs),
        { text: status, paint: paintOf(status, colors), column: LABEL },
        {
          text: customResource === null ? resource : `${customResource}/${resource}`,
          column: NAME,
          shortens: true,
        },
        ...(resourceType === '?' ? [] : [{ text: resourceType, paint: colors.dim, optional: 2 }]),
        ...durationCell(durationOf(state, report)),
      ],
      width,
    ),
    ...(reason === undefined ? [] : indented(reason, INDENTATION, width)),
  ]
}

function resourceLines(report: ResourceReport, state: ViewState, { colors, width }: LineOptions): string[] {
  const { resource, resourceType, status, note, reason, elapsedMs, refused } = report
  return [
    row(
      [
        time(elapsedMs),
        { text: refused === true ? 'refused' : status, paint: paintOf(status, colors), column: LABEL },
        { text: resource, column: NAME, shortens: true },
        { text: resourceType, paint: colors.dim, optional: 2 },
        ...durationCell(refused === true ? undefined : durationOf(state, report)),
      ],
      width,
    ),
    ...[note, reason].flatMap((text) => (text === undefined ? [] : indented(text, INDENTATION, width))),
  ]
}

function answerLines(report: AnswerReport, { colors, width }: LineOptions): string[] {
  const { status, resource, reason, data, violations, refused, elapsedMs } = report
  return [
    row(
      [
        time(elapsedMs),
        { text: 'answer', paint: colors.cyan, column: LABEL },
        { text: status, paint: status === 'SUCCESS' ? colors.green : colors.red },
        { text: resource, shortens: true },
        ...(refused === true ? [{ text: 'refused: nothing was started', optional: 1 }] : []),
      ],
      width,
    ),
    ...(reason === undefined ? [] : indented(reason, INDENTATION, width)),
    ...valueLines(data ?? {}, INDENTATION, width),
    ...(violations ?? []).flatMap((violation) =>
      indented(`violates a rule of ROS: ${violation}`, INDENTATION, width).map(colors.yellow),
    ),
  ]
}

function durationCell(ms: number | undefined): Cell[] {
  return ms === undefined ? [] : [{ text: `(${duration(ms)})`, optional: 1 }]
}

function time(elapsedMs: number): Cell {
  return { text: duration(elapsedMs).padStart(TIME) }
}

export function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`
}

function troubleLabel({ kind }: TroubleReport): string {
  switch (kind) {
    case 'denied':
    case 'rejected':
      return 'refused'
    case 'throttled':
      return 'throttled'
    case 'unavailable':
      return 'error'
    case 'invalid-answer':
      return 'invalid'
  }
}

function settledCell({ outcome, status, stackId }: SettledReport, colors: Colors): Cell {
  switch (outcome) {
    case 'succeeded':
      return { text: status ?? '', paint: colors.green }
    case 'failed':
      return { text: status ?? '', paint: colors.red }
    case 'gone':
      return { text: `the stack was deleted  ${stackId ?? ''}`, shortens: true }
    case 'absent':
      return { text: 'there is no such stack', paint: colors.red }
  }
}

/** Characters of `DescribeStackEvents`. */
const LONGEST_CHECK = 19
const LONGEST_RESULT = 8

function checkLines(
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

function serviceLines(
  { service, url, environment, properties, hint }: SandboxServiceReport,
  colors: Colors,
): string[] {
  const propertyLines =
    Object.keys(properties).length === 0 ? [] : [colors.dim(`# properties: ${writeJson(properties)}`)]
  return [
    `${colors.cyan(service.padEnd(10))} ${url}`,
    colors.dim(`# ${hint}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ...propertyLines,
    '',
  ]
}

function nextLines(
  { command, why }: { readonly command: string; readonly why: string },
  { colors, width }: LineOptions,
): string[] {
  const inOne = `  ${command}  # ${why}`
  if (width === undefined || widthOf(inOne) <= width) return [`  ${command}  ${colors.dim(`# ${why}`)}`]
  const room = Math.max(width - 2, 2)
  const [first = '', ...rest] = commandLines(command, room)
  return [...indented(`# ${why}`, 2, width).map(colors.dim), `  ${first}`, ...rest]
}

function billed(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function figureLines(rows: Extract<Report, { type: 'figures' }>['rows'], width: Width): string[] {
  const names = Math.max(...rows.map(([name]) => widthOf(name)))
  return [
    '',
    ...rows.map(([name, value]) =>
      row([{ text: name, column: names, shortens: true }, { text: value.padStart(10) }], width),
    ),
  ]
}

function summaryLines(rows: readonly SummaryRow[], { colors, width }: LineOptions): string[] {
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
