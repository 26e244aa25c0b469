import type { DriftedResource } from '../../providers/drift.ts'
import type { DriftedStackReport } from '../report.ts'
import { headLine, INDENTATION, notesBelow, resourceLines } from './inquiry-lines.ts'
import type { LineOptions } from './line-options.ts'
import { indented, type Cell } from './text-layout.ts'

/** The order of the list: what is lost comes first. */
const KINDS = ['deleted', 'unhealthy', 'changed'] as const satisfies DriftedResource['drift'][]

const SIGNS: Readonly<Record<DriftedResource['drift'], string>> = {
  deleted: '-   DELETED  ',
  unhealthy: '!   unhealthy',
  changed: '~   changed  ',
}

/** The drift of a stack for people: one line a resource. */
export function driftLines(report: DriftedStackReport, options: LineOptions): string[] {
  const { colors, width } = options
  const head = (cell: Cell): string => headLine('drift', report, options, cell)
  if (report.outcome === 'impossible')
    return [
      head({ text: 'cannot be checked', paint: colors.yellow }),
      ...indented(report.reason, INDENTATION, width),
      '',
    ]
  const { drifted, stackName, notes } = report
  const sorted = KINDS.flatMap((kind) => drifted.filter(({ drift }) => drift === kind))
  return [
    head({ text: `stack ${stackName}`, shortens: true }),
    ...resourceLines(sorted, options, ({ drift }) => ({
      sign: { text: `  ${SIGNS[drift]}`, paint: drift === 'deleted' ? colors.red : colors.yellow },
    })),
    ...notesBelow(notes, options).map(colors.yellow),
    ...indented(summary(report), INDENTATION, width),
    '',
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
