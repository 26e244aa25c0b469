import type { PlannedChange } from '../../providers/plan.ts'
import type { Colors } from '../terminal/colors.ts'
import type { PlannedStackReport, TakeOverReport } from '../report.ts'
import { headLine, INDENTATION, notesBelow, resourceLines } from './inquiry-lines.ts'
import type { LineOptions } from './line-options.ts'
import { indented, type Cell } from './text-layout.ts'

/** The order of the list: what is lost comes first. */
const ACTIONS = ['replace', 'remove', 'unknown', 'change', 'add'] as const satisfies PlannedChange['action'][]

const SIGNS: Readonly<Record<PlannedChange['action'], string>> = {
  replace: '-/+ REPLACE',
  remove: '-   REMOVE ',
  unknown: '?   unknown',
  change: '~   change ',
  add: '+   add    ',
}

/** A plan for people: one line a resource. */
export function planLines(report: PlannedStackReport, options: LineOptions): string[] {
  const { colors, width } = options
  const head = (cell: Cell): string => headLine('plan', report, options, cell)
  switch (report.outcome) {
    case 'impossible':
      return [
        head({ text: 'cannot be planned', paint: colors.yellow }),
        ...indented(report.reason, INDENTATION, width),
        ...takeOverLines(report.takeOver, options),
        '',
      ]
    case 'deleted':
      return leftOutLines(report, { text: 'DELETE the whole stack', paint: colors.red }, options)
    case 'kept':
      return leftOutLines(report, { text: 'the stack stays', paint: colors.green }, options, report.reason)
    case 'planned':
      return [head({ text: title(report), shortens: true }), ...body(report, options), '']
  }
}

/** For a resource that the template no longer has. */
function leftOutLines(
  report: Extract<PlannedStackReport, { outcome: 'deleted' | 'kept' }>,
  outcome: Cell,
  options: LineOptions,
  ...reasons: readonly string[]
): string[] {
  const idCell: Cell = { text: report.stackId, paint: options.colors.dim, optional: 2, shortens: true }
  const text = ['The template no longer has this resource.', ...reasons].join(' ')
  return [
    headLine('plan', report, options, outcome, idCell),
    ...indented(text, INDENTATION, options.width),
    '',
  ]
}

type Planned = Extract<PlannedStackReport, { outcome: 'planned' }>

function title({ operation, stackName, takeOver }: Planned): string {
  if (takeOver !== undefined) return `take over stack ${takeOver.stackName}`
  return operation === 'create'
    ? 'a new stack'
    : stackName === null
      ? 'no change'
      : `update of stack ${stackName}`
}

const OWNERS: Readonly<Record<Exclude<TakeOverReport['mark'], 'another'>, string>> = {
  ours: 'this resource',
  unmarked: "nobody: the stack has no owner's mark",
  invisible: 'not known: this cloud shows no marks',
}

function takeOverLines(takeOver: TakeOverReport | undefined, { colors, width }: LineOptions): string[] {
  if (takeOver === undefined) return []
  const { mark, owner, missing, touches } = takeOver
  const isAllowed = missing.length === 0
  return [
    ...indented(`owner now: ${mark === 'another' ? (owner ?? '?') : OWNERS[mark]}`, INDENTATION, width),
    ...indented(
      isAllowed ? 'take-over: allowed' : `take-over: FAILED, since ${missing.join(', and ')}`,
      INDENTATION,
      width,
    ).map(isAllowed ? colors.green : colors.red),
    ...(mark === 'ours' ? [] : indented(`setting: ${SETTING}`, INDENTATION, width)),
    ...(touches === null ? [] : indented(`mark: ${touches}`, INDENTATION, width)),
  ]
}

const SETTING =
  "STACKBRIDGE_ALLOW_ADOPTION was read from this machine's environment; the value of the deployed function decides."

function body({ changes, notes, takeOver }: Planned, options: LineOptions): string[] {
  const { colors, width } = options
  const sorted = ACTIONS.flatMap((action) => changes.filter((change) => change.action === action))
  return [
    ...takeOverLines(takeOver, options),
    ...resourceLines(sorted, options, ({ action, mayReplace }) => ({
      sign: { text: `  ${SIGNS[action]}`, paint: colorFor(action, colors) },
      end: mayReplace === true ? [{ text: 'may REPLACE', paint: colors.red }] : [],
    })),
    ...notesBelow(notes, options).map(colors.yellow),
    ...indented(summary(changes), INDENTATION, width),
  ]
}

function colorFor(action: PlannedChange['action'], colors: Colors): (text: string) => string {
  switch (action) {
    case 'replace':
    case 'remove':
      return colors.red
    case 'add':
      return colors.green
    case 'change':
    case 'unknown':
      return colors.yellow
  }
}

function summary(changes: readonly PlannedChange[]): string {
  if (changes.length === 0) return 'No resource changes.'
  const parts = (['add', 'change', 'replace', 'remove', 'unknown'] as const).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length
    return count === 0
      ? []
      : [action === 'unknown' ? `${String(count)} unknown` : `${String(count)} to ${action}`]
  })
  return `${parts.join(', ')}.`
}
