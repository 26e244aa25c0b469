import type { Report } from '../report.ts'
import { cleanedLines, scenarioLines } from './acceptance-lines.ts'
import { checkLines } from './check-lines.ts'
import { callsLeftOutLines, figureLines, sectionLines, summaryLines } from './demo-lines.ts'
import { diagnosisLines } from './diagnosis-lines.ts'
import { driftLines } from './drift-lines.ts'
import type { LineOptions } from './line-options.ts'
import { nextStepsLines, writtenLine } from './next-step-lines.ts'
import { planLines } from './plan-lines.ts'
import {
  answerLines,
  askedLine,
  callLine,
  eventLine,
  operationLine,
  rebuildingLines,
  resourceLines,
  settledLine,
  stackEventLines,
  troubleLines,
  watchingLine,
} from './progress-lines.ts'
import { sandboxNoteLines, serviceLines } from './sandbox-lines.ts'
import { stackSummary } from './stack-summary.ts'
import { wrapped } from './text-layout.ts'
import type { ViewState } from './view-state.ts'

/**
 * The lines for a report; `state` is the one before it. No line is longer than the width, except those to be pasted.
 */
export function linesOf(report: Report, state: ViewState, options: LineOptions): string[] {
  switch (report.type) {
    case 'section':
      return sectionLines(report.title, options)
    case 'operation':
      return [operationLine(report, options)]
    case 'rebuilding':
      return rebuildingLines(report, options)
    case 'event':
      return [eventLine(report, options)]
    case 'asked':
      return [askedLine(report, options)]
    case 'status':
      return []
    case 'stack-event':
      return stackEventLines(report, state, options)
    case 'watching':
      return [watchingLine(report, options)]
    case 'settled':
      return [settledLine(report, options)]
    case 'check':
      return checkLines(report, options)
    case 'trouble':
      return troubleLines(report, options)
    case 'answer':
      return answerLines(report, options)
    case 'resource':
      return resourceLines(report, state, options)
    case 'stack':
      return stackSummary(report, state, options)
    case 'call':
      return [callLine(report, options)]
    case 'sandbox-service':
      return serviceLines(report, options.colors)
    case 'sandbox-note':
      return sandboxNoteLines(report, options)
    case 'diagnosis':
      return diagnosisLines(report, options)
    case 'plan':
      return planLines(report, options)
    case 'drift':
      return driftLines(report, options)
    case 'acceptance-plan':
      return [...report.lines.flatMap((line) => wrapped(line, options.width)), '']
    case 'scenario':
      return scenarioLines(report, options)
    case 'cleaned':
      return cleanedLines(report, options)
    case 'written':
      return [writtenLine(report, options)]
    case 'next':
      return nextStepsLines(report.steps, options)
    case 'calls-left-out':
      return callsLeftOutLines(report.count, options)
    case 'figures':
      return figureLines(report.rows, options.width)
    case 'summary':
      return summaryLines(report.rows, options)
  }
}
