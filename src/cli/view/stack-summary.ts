import type { StackReport } from '../report.ts'
import { duration } from './duration.ts'
import { paintOf } from './live-lines.ts'
import type { LineOptions } from './line-options.ts'
import { valueLines } from './value-lines.ts'
import { indented } from './text-layout.ts'
import type { Ending, ViewState } from './view-state.ts'

const INDENTATION = 2

/** The end of an operation on a ROS template's stack: what became of it, in which time, the reason, and the outputs. */
export function stackSummary(
  report: StackReport,
  state: ViewState,
  { width, colors }: LineOptions,
): string[] {
  const { status, stackName, reason, outputs, elapsedMs } = report
  const ended = state.operation?.ended ?? []
  const counts = state.operation?.action === 'roll back' ? '' : countsOf(ended)
  const isUnchanged = status === 'UPDATE_COMPLETE' && ended.every((one) => one === 'unchanged')
  const outcome = isUnchanged ? `${stackName} has not changed` : outcomeOf(status, stackName)
  const title = `${outcome} (${status}) in ${duration(elapsedMs)}${counts === '' ? '' : `: ${counts}`}`
  return [
    '',
    ...indented(title, 0, width).map((line) => colors.bold(paintOf(status, colors)(line))),
    ...(reason === undefined ? [] : indented(reason, INDENTATION, width)),
    ...valueLines(outputs, INDENTATION, width),
  ]
}

function outcomeOf(status: string, stackName: string): string {
  switch (status) {
    case 'CREATE_COMPLETE':
      return `created ${stackName}`
    case 'UPDATE_COMPLETE':
      return `updated ${stackName}`
    case 'DELETE_COMPLETE':
      return `deleted ${stackName}`
    case 'ROLLBACK_COMPLETE':
      return `${stackName} was not created, and nothing of it is left`
    case 'ROLLBACK_FAILED':
      return `${stackName} was not created, and part of it may be left`
    case 'UPDATE_FAILED':
      return `${stackName} was updated, but not all that it no longer has was deleted`
    case 'UPDATE_ROLLBACK_COMPLETE':
      return `${stackName} was not updated, and is as before`
    case 'UPDATE_ROLLBACK_FAILED':
      return `${stackName} was not updated, and part of it may have changed`
    case 'DELETE_FAILED':
      return `${stackName} was not deleted whole`
    default:
      return stackName
  }
}

function countsOf(ended: readonly Ending[]): string {
  const counts = new Map<Ending, number>()
  for (const ending of ended) counts.set(ending, (counts.get(ending) ?? 0) + 1)
  return [...counts].map(([ending, count]) => `${String(count)} ${ending}`).join(', ')
}
