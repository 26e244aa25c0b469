import type { DriftedResource } from '../../providers/drift.ts'
import type { DriftedStackReport } from '../report.ts'
import type { LineOptions } from './line-options.ts'
import { indented, row, widthOf, type Cell } from './text-layout.ts'

/** The order of the list: what is lost comes first. */
const KINDS = ['deleted', 'unhealthy', 'changed'] as const satisfies DriftedResource['drift'][]

const SIGNS: Readonly<Record<DriftedResource['drift'], string>> = {
  deleted: '-   DELETED  ',
  unhealthy: '!   unhealthy',
  changed: '~   changed  ',
}

/** Columns before what belongs to the line above. */
const INDENTATION = 6

/** The drift of a stack for people: one line a resource. */
export function driftLines(report: DriftedStackReport, { colors, width }: LineOptions): string[] {
  const head = (...cells: Cell[]): string =>
    row(
      [
        { text: 'drift', paint: colors.cyan },
        { text: report.resource, paint: colors.bold, shortens: true },
        { text: report.resourceType, paint: colors.dim, optional: 1 },
        ...cells,
      ],
      width,
    )
  if (report.outcome === 'impossible')
    return [
      head({ text: 'cannot be checked', paint: colors.yellow }),
      ...indented(report.reason, INDENTATION, width),
      '',
    ]
  const { drifted, stackName, notes } = report
  const sorted = KINDS.flatMap((kind) => drifted.filter(({ drift }) => drift === kind))
  const column = Math.max(0, ...sorted.map(({ resource }) => widthOf(resource)))
  return [
    head({ text: `stack ${stackName}`, shortens: true }),
    ...sorted.map((one) => row(cellsOf(one, column, { colors, width }), width)),
    ...notes.flatMap((note) => indented(`note: ${note}`, INDENTATION, width).map(colors.yellow)),
    ...indented(summary(report), INDENTATION, width),
    '',
  ]
}

function cellsOf(one: DriftedResource, column: number, { colors }: LineOptions): Cell[] {
  const { drift, resource, type, physicalId, properties } = one
  return [
    { text: `  ${SIGNS[drift]}`, paint: drift === 'deleted' ? colors.red : colors.yellow },
    { text: resource, column, shortens: true },
    { text: type, paint: colors.dim, optional: 2 },
    ...(physicalId === undefined
      ? []
      : [{ text: physicalId, paint: colors.dim, optional: 3, shortens: true }]),
    ...(properties === undefined
      ? []
      : [{ text: `(${properties.join(', ')})`, optional: 1, shortens: true }]),
  ]
}

function summary({
  drifted,
  isWhole,
}: Extract<DriftedStackReport, { readonly outcome: 'detected' }>): string {
  const count = drifted.length
  const found =
    count === 0
      ? 'No drift was found'
      : `${String(count)} ${count === 1 ? 'resource has' : 'resources have'} drifted`
  return isWhole ? `${found}.` : `${found}, and not all could be checked.`
}
