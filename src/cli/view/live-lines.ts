import type { EpochMs } from '../../platform/clock.ts'
import type { Colors } from '../terminal/colors.ts'
import { displayStateOf, isUnderWay } from './display-state.ts'
import type { OperationReport } from '../report.ts'
import { duration } from './duration.ts'
import { row, widthOf, type Cell } from './text-layout.ts'
import type { Operation, Part, ViewState, Work } from './view-state.ts'

export interface LiveOptions {
  readonly now: EpochMs
  /** Columns of the terminal. */
  readonly width: number
  /** The most lines. */
  readonly height: number
  readonly colors: Colors
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
/** How long each picture of the spinner stays; milliseconds. */
const SPINNER_MS = 100

export const ACTIONS: Readonly<Record<OperationReport['action'], string>> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
  'roll back': 'rolling back',
}

/** What is being worked on at this moment, one line each; none where nothing is. */
export function liveLines(state: ViewState, options: LiveOptions): string[] {
  const elapsed = options.now - state.zeroAt
  const works = [...state.works.values()]
  if (works.length === 0) return []
  const spinner = SPINNER[Math.floor(options.now / SPINNER_MS) % SPINNER.length] ?? ''
  const head = state.operation === undefined ? [] : [operationCells(state.operation, elapsed, options.colors)]
  const rows = works.flatMap((work) => workRows(work, elapsed, options.colors, head.length * 2))
  const shown = [...head, ...aligned(atMost(rows, options.height - head.length))]
  return shown.map((cells, index) => {
    const mark = index === 0 ? options.colors.cyan(spinner) : ' '
    return `${mark} ${row(cells, options.width - 2)}`
  })
}

/** The same in one line, for a log: no spinner, and only what is worked on. */
export function workingText(state: ViewState, now: EpochMs): string | undefined {
  const elapsed = now - state.zeroAt
  const working = [...state.works.values()].flatMap((work) => {
    const parts = partsUnderWay(work)
    const all = parts.map(([name, part]) => `${work.name}/${name} ${timed(part, elapsed)}`)
    return all.length === 0 ? [`${work.name} ${timed(work, elapsed)}`] : all
  })
  if (working.length === 0) return undefined
  const done = state.operation === undefined ? '' : `; ${progressOf(state.operation)}`
  const more = working.length > MOST_NAMED ? `, and ${String(working.length - MOST_NAMED)} more` : ''
  return `${working.slice(0, MOST_NAMED).join(', ')}${more}${done}`
}

/** In a line of a log. */
const MOST_NAMED = 5

function timed({ status, startedAt }: Pick<Part, 'status' | 'startedAt'>, elapsed: number): string {
  return `${status} ${duration(Math.max(0, elapsed - startedAt))}`
}

function operationCells(operation: Operation, elapsed: number, colors: Colors): Cell[] {
  return [
    { text: `${ACTIONS[operation.action]} ${operation.stackName}`, paint: colors.bold, shortens: true },
    { text: progressOf(operation) },
    { text: duration(elapsed - operation.startedAt) },
  ]
}

function progressOf({ ended, total }: Operation): string {
  return `${String(Math.min(ended.length, total))} of ${String(total)}`
}

function workRows(work: Work, elapsed: number, colors: Colors, indentation: number): Cell[][] {
  const spaces = ' '.repeat(indentation)
  const count = partCount(work)
  const own: Cell[] = [
    { text: `${spaces}${work.name}`, shortens: true },
    { text: work.status, paint: paintOf(work.status, colors) },
    { text: duration(Math.max(0, elapsed - work.startedAt)) },
    ...(count === undefined ? [] : [{ text: count }]),
  ]
  const parts = partsUnderWay(work).map(([name, part]): Cell[] => [
    { text: `${spaces}  ${name}`, shortens: true },
    { text: part.status, paint: paintOf(part.status, colors) },
    { text: duration(Math.max(0, elapsed - part.startedAt)) },
    ...(part.type === '?' ? [] : [{ text: part.type, paint: colors.dim, optional: 1 }]),
  ])
  return [own, ...parts]
}

function partsUnderWay({ parts }: Work): [string, Part][] {
  return [...parts].filter(([, { status }]) => isUnderWay(status))
}

/** Not while the stack is rolled back: what counts then is how much is left. */
function partCount({ total, status, parts }: Work): string | undefined {
  if (total === undefined || displayStateOf(status) === 'failure') return undefined
  const done = [...parts].filter(
    ([name, part]) => !name.includes('/') && displayStateOf(part.status) === 'success',
  )
  return `${String(Math.min(done.length, total))} of ${String(total)}`
}

/** With all second cells below each other, where the line has room. */
function aligned(rows: readonly Cell[][]): Cell[][] {
  const names = rows.flatMap(([name, ...others]) => (name === undefined || others.length === 0 ? [] : [name]))
  const column = Math.max(...names.map(({ text }) => widthOf(text)))
  return rows.map(([name, ...others]) => (name === undefined ? [] : [{ ...name, column }, ...others]))
}

function atMost(rows: readonly Cell[][], height: number): Cell[][] {
  if (rows.length <= height) return [...rows]
  const most = Math.max(height - 1, 0)
  return [...rows.slice(0, most), [{ text: `    … and ${String(rows.length - most)} more` }]]
}

export function paintOf(status: string, colors: Colors): (text: string) => string {
  switch (displayStateOf(status)) {
    case 'success':
      return colors.green
    case 'failure':
      return colors.red
    case 'in progress':
      return colors.yellow
    case 'unchanged':
      return colors.dim
  }
}
