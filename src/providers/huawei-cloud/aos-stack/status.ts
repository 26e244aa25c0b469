import type { Condition } from '../../provider.ts'
import type { AosExecution } from './client.ts'
import { actionOf, phaseOf } from './execution.ts'

/**
 * What the bridge can do with a stack. The status describes its resources and not the operations on it, so the last run
 * of its lifecycle decides too. https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0026.html
 */
export function conditionOf(status: string, last: AosExecution | undefined): Condition {
  const action = last === undefined ? '' : actionOf(last)
  if (isWorking(status, last)) return action === 'delete' ? 'deleting' : 'working'
  // No resource has been installed.
  if (last === undefined) return status === 'Running' ? 'settled' : 'failed-create'
  if (action === 'delete' && phaseOf(last) === 'failed') return 'delete-failed'
  switch (status) {
    case 'Running':
    case 'Stopped':
    case 'PartialStopped':
      return 'settled'
    default:
      // After a failed upgrade another one may succeed. So it may for a stack that broke after its creation.
      return action === 'rollback' ||
        action === 'delete' ||
        (action === 'create' && phaseOf(last) !== 'succeeded')
        ? 'failed-create'
        : 'settled'
  }
}

export function isWorking(status: string, last: AosExecution | undefined): boolean {
  if (status === 'Processing') return true
  if (last === undefined) return false
  const phase = phaseOf(last)
  return phase === 'working' || (phase === 'unknown' && isUndecided(status))
}

/** A status that shows neither an end nor a failure. */
export function isUndecided(status: string): boolean {
  return !['Running', 'Abnormal', 'Stopped', 'PartialStopped'].includes(status)
}

export function adviceFor(condition: Condition): string | undefined {
  return condition === 'delete-failed'
    ? "Mend what keeps the resource and delete again, or set OnDeleteFailed to ['force']"
    : undefined
}
