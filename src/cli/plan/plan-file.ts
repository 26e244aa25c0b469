import type { JsonObject } from '../../platform/json.ts'
import { fileInquiry } from '../inquiry/file-inquiry.ts'
import { checkStacks } from '../local-stack/check-stacks.ts'
import type { PlannedEvent } from '../local-stack/planned-events.ts'
import { impossible, planEvent } from './plan.ts'
import type { Question } from '../inquiry/question.ts'
import type { PlannedStackReport } from '../report.ts'

const PLAN: Question<PlannedStackReport> = {
  ask: planEvent,
  answerFor: reportOf,
  isImpossible: ({ outcome }) => outcome === 'impossible',
  isChange,
}

/** Plans an event file, or each custom resource of a ROS template, and reports each plan. Throws `UsageError`. */
export const planFile = fileInquiry(PLAN, checkStacks)

/** A stack that is taken over gets another mark. */
function isChange(report: PlannedStackReport): boolean {
  switch (report.outcome) {
    case 'planned': {
      const { operation, changes, changesOther, takeOver } = report
      const isMarked = takeOver !== undefined && takeOver.mark !== 'ours'
      return operation === 'create' || changes.length > 0 || changesOther === true || isMarked
    }
    case 'kept':
      return false
    case 'deleted':
    case 'impossible':
      return true
  }
}

function reportOf(planned: Exclude<PlannedEvent, { readonly event: JsonObject }>): PlannedStackReport {
  const { resource, resourceType } = planned
  if (!('deletes' in planned)) return impossible({ resource, resourceType }, planned.problem)
  const { deletes: stackId, keptBecause: reason } = planned
  const of = { type: 'plan', resource, resourceType, stackId } as const
  return reason === undefined ? { ...of, outcome: 'deleted' } : { ...of, outcome: 'kept', reason }
}
