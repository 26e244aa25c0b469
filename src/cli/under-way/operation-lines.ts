import type { EpochMs } from '../../platform/clock.ts'
import { printable } from '../terminal/terminal-text.ts'
import { duration } from '../view/duration.ts'
import { padded, widthOf } from '../view/text-layout.ts'
import type { FoundOperation, OperationState } from './found-operations.ts'

const HEADINGS = ['RESOURCE', 'OPERATION', 'CLOUD', 'STACK', 'STATUS', 'STATE', 'AGE', 'NEXT', 'LEFT', 'HOPS']

/** A table: one line an operation, after the headings. Times are counted from `now`. */
export function operationLines(operations: readonly FoundOperation[], now: EpochMs): readonly string[] {
  const rows = [HEADINGS, ...operations.map((operation) => cellsOf(operation, now).map(printable))]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function cellsOf(operation: FoundOperation, now: EpochMs): readonly string[] {
  const { rosStackName, logicalResourceId, kind, provider, resourceType, state, status, hops } = operation
  const { stackName, stackId, since, nextPoll, deadline } = operation
  return [
    rosStackName === undefined ? logicalResourceId : `${rosStackName}/${logicalResourceId}`,
    kind ?? NONE,
    provider ?? resourceType ?? NONE,
    stackName ?? stackId ?? NONE,
    status ?? NONE,
    state,
    since === undefined ? NONE : duration(now - since),
    nextPoll === undefined || !WAITING.includes(state) ? NONE : duration(Math.max(0, nextPoll - now)),
    deadline === undefined ? NONE : duration(deadline - now),
    String(hops),
  ]
}

const NONE = '-'
const WAITING: readonly OperationState[] = ['waiting', 'undelivered']
