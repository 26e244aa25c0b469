import type { Condition } from '../../provider.ts'
import type { AosExecution } from './client.ts'
import { actionOf, phaseOf } from './execution.ts'

/**
 * What can be done with a stack. Its status says how its resources are, and not what was done to it, so the last run of
 * its lifecycle is asked as well. https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0026.html
 */
export function conditionOf(status: string, last: AosExecution | undefined): Condition {
  const action = last === undefined ? '' : actionOf(last)
  if (isWorking(status, last)) return action === 'delete' ? 'deleting' : 'working'
  // Nothing has been installed.
  if (last === undefined) return status === 'Running' ? 'settled' : 'failed-create'
  if (action === 'delete' && phaseOf(last) === 'failed') return 'delete-failed'
  switch (status) {
    case 'Running':
    case 'Stopped':
    case 'PartialStopped':
      return 'settled'
    default:
      // After an upgrade that failed another one may succeed, as it may on what was made and has broken since.
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

/** A status of which neither an end nor a failure can be read. */
export function isUndecided(status: string): boolean {
  return !['Running', 'Abnormal', 'Stopped', 'PartialStopped'].includes(status)
}

export function adviceFor(condition: Condition): string | undefined {
  return condition === 'delete-failed'
    ? "Mend what keeps the resource and delete again, or set OnDeleteFailed to ['force']"
    : undefined
}
