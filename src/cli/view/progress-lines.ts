import type { Colors } from '../terminal/colors.ts'
import type {
  AnswerReport,
  OperationReport,
  Report,
  ResourceReport,
  SettledReport,
  StackEventReport,
  TroubleReport,
} from '../report.ts'
import { duration } from './duration.ts'
import type { LineOptions } from './line-options.ts'
import { ACTIONS, paintOf } from './live-lines.ts'
import { indented, row, type Cell } from './text-layout.ts'
import { valueLines } from './value-lines.ts'
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

type ReportOf<Type extends Report['type']> = Extract<Report, { readonly type: Type }>

export function operationLine(
  { action, stackName, resources }: OperationReport,
  { colors, width }: LineOptions,
): string {
  return row(
    [
      { text: `${ACTIONS[action]} ${stackName}`, paint: colors.bold, shortens: true },
      { text: counted(resources, 'resource') },
    ],
    width,
  )
}

export function rebuildingLines(
  { events }: ReportOf<'rebuilding'>,
  { colors, width }: LineOptions,
): string[] {
  const text = `rebuilding the embedded clouds from ${counted(events, 'earlier event')} …`
  return indented(text, 0, width).map(colors.dim)
}

export function eventLine(
  { requestType, resource, resourceType }: ReportOf<'event'>,
  { colors, width }: LineOptions,
): string {
  return row(
    [
      { text: 'ROS event', paint: colors.cyan },
      { text: `${requestType} ${resource}`, shortens: true },
      { text: resourceType, paint: colors.dim, optional: 1, shortens: true },
    ],
    width,
  )
}

export function askedLine(report: ReportOf<'asked'>, { colors, width }: LineOptions): string {
  const { elapsedMs, action, customResource, stackId } = report
  return row(
    [
      timeCell(elapsedMs),
      { text: action, paint: colors.dim, column: LABEL },
      ...(customResource === null ? [] : [{ text: customResource, column: NAME, shortens: true }]),
      ...(stackId === null ? [] : [idCell(stackId, colors)]),
    ],
    width,
  )
}

export function watchingLine(
  { name, status, stackId }: ReportOf<'watching'>,
  { colors, width }: LineOptions,
): string {
  return row(
    [
      { text: `watching ${name}`, paint: colors.bold, shortens: true },
      { text: status, paint: paintOf(status, colors) },
      idCell(stackId, colors),
    ],
    width,
  )
}

export function settledLine(report: SettledReport, { colors, width }: LineOptions): string {
  return row(
    [
      timeCell(report.elapsedMs),
      { text: 'settled', paint: colors.cyan, column: LABEL },
      settledCell(report, colors),
    ],
    width,
  )
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

export function troubleLines(report: TroubleReport, { colors, width }: LineOptions): string[] {
  const { elapsedMs, customResource, message } = report
  return [
    row(
      [
        timeCell(elapsedMs),
        { text: troubleLabel(report), paint: colors.yellow, column: LABEL },
        { text: customResource ?? '', shortens: true },
      ],
      width,
    ),
    ...indented(message, INDENTATION, width),
  ]
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

export function stackEventLines(
  report: StackEventReport,
  state: ViewState,
  { colors, width }: LineOptions,
): string[] {
  const { elapsedMs, status, customResource, resource, resourceType, reason } = report
  return [
    row(
      [
        timeCell(elapsedMs),
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

export function resourceLines(
  report: ResourceReport,
  state: ViewState,
  { colors, width }: LineOptions,
): string[] {
  const { resource, resourceType, status, note, reason, elapsedMs, refused } = report
  return [
    row(
      [
        timeCell(elapsedMs),
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

export function answerLines(report: AnswerReport, { colors, width }: LineOptions): string[] {
  const { status, resource, reason, data, violations, refused, elapsedMs } = report
  return [
    row(
      [
        timeCell(elapsedMs),
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

/** One invocation of the function. */
export function callLine(
  { elapsedMs, number, ended, billedMs }: ReportOf<'call'>,
  { colors, width }: LineOptions,
): string {
  return row(
    [
      timeCell(elapsedMs),
      { text: `call ${String(number)}`, paint: colors.dim, column: LABEL },
      { text: `${ended}, ${billed(billedMs)} billed`, shortens: true },
    ],
    width,
  )
}

function billed(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** What is still being worked on, for a log in which nothing has happened for a while. */
export function workingLine(elapsedMs: number, text: string, { width, colors }: LineOptions): string {
  return row(
    [timeCell(elapsedMs), { text: 'working', paint: colors.dim, column: LABEL }, { text, shortens: true }],
    width,
  )
}

function durationCell(ms: number | undefined): Cell[] {
  return ms === undefined ? [] : [{ text: `(${duration(ms)})`, optional: 1 }]
}

function timeCell(elapsedMs: number): Cell {
  return { text: duration(elapsedMs).padStart(TIME) }
}

function idCell(stackId: string, colors: Colors): Cell {
  return { text: stackId, paint: colors.dim, optional: 1, shortens: true, least: ID }
}

function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`
}
