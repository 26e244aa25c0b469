import type { Answer } from '../sandbox/ros/answer-rules.ts'
import type { AnswerReport } from './report.ts'

/** The report of an answer that arrived at a ResponseURL. */
export function shownAnswer({
  logicalResourceId,
  status,
  reason,
  physicalResourceId,
  data,
}: Answer): Omit<AnswerReport, 'type' | 'elapsedMs'> {
  return {
    resource: logicalResourceId,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(physicalResourceId === undefined ? {} : { physicalResourceId }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  }
}
