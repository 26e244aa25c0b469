import type { PlannedChange } from '../providers/plan.ts'
import type { Colors } from './colors.ts'
import type { PlannedStackReport } from './report.ts'

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
export function planLines(report: PlannedStackReport, colors: Colors): string[] {
  const head = `${colors.cyan('plan')}  ${colors.bold(report.resource)} ${colors.dim(report.resourceType)}`
  switch (report.outcome) {
    case 'impossible':
      return [`${head}: ${colors.yellow('cannot be planned')}`, `      ${report.reason}`, '']
    case 'deleted':
      return [
        `${head}: ${colors.red('DELETE')} the whole stack ${colors.dim(report.stackId)}`,
        '      The template no longer has this resource.',
        '',
      ]
    case 'planned':
      return [`${head}: ${title(report)}`, ...body(report, colors), '']
  }
}

type Planned = Extract<PlannedStackReport, { outcome: 'planned' }>

function title({ operation, stackName }: Planned): string {
  return operation === 'create'
    ? 'a new stack'
    : stackName === null
      ? 'no change'
      : `update of stack ${stackName}`
}

function body({ changes, notes }: Planned, colors: Colors): string[] {
  const sorted = ACTIONS.flatMap((action) => changes.filter((change) => change.action === action))
  const width = Math.max(0, ...sorted.map(({ resource }) => resource.length))
  return [
    ...sorted.map((change) => `  ${changeLine(change, width, colors)}`),
    ...notes.map((note) => `      ${colors.yellow('note')}: ${note}`),
    `      ${summary(changes)}`,
  ]
}

function changeLine(change: PlannedChange, width: number, colors: Colors): string {
  const { action, resource, type, physicalId, properties, mayReplace } = change
  const what = [
    colorFor(action, colors)(SIGNS[action]),
    resource.padEnd(width),
    colors.dim(type),
    ...(physicalId === undefined ? [] : [colors.dim(physicalId)]),
    ...(properties === undefined ? [] : [`(${properties.join(', ')})`]),
    ...(mayReplace === true ? [colors.red('may REPLACE')] : []),
  ]
  return what.join(' ')
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
