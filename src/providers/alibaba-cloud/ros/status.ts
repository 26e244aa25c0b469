import type { Condition, Watch } from '../../provider.ts'
import { readPhase, type Phase, type StatusMeaning } from '../../session/read-phase.ts'

/**
 * What each stack status means: what the bridge can do with the stack, and the phase of an operation that is watched.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack for the statuses;
 * https://www.alibabacloud.com/help/en/ros/user-guide/update-a-stack for those in which a stack can be updated.
 */

const WORKING: StatusMeaning = {
  condition: 'working',
  create: 'working',
  update: 'working',
  delete: 'working',
  repair: 'working',
}

const FAILED_CREATE = ended('failed-create', 'failed', 'failed')
/** For statuses of an update: the Create before it succeeded. */
const FAILED_UPDATE = ended('settled', 'succeeded', 'failed')

/** `repair` continues a creation, so it has the phase of a creation. */
function ended(condition: Condition, create: Phase, update: Phase): StatusMeaning {
  return { condition, create, update, delete: 'failed', repair: create }
}

const meanings: ReadonlyMap<string, StatusMeaning> = new Map([
  // A change set that was never executed made the stack, so it is empty.
  ['REVIEW_IN_PROGRESS', FAILED_CREATE],
  ['CREATE_IN_PROGRESS', WORKING],
  ['CREATE_COMPLETE', ended('settled', 'succeeded', 'failed')],
  ['CREATE_FAILED', FAILED_CREATE],
  ['CREATE_ROLLBACK_IN_PROGRESS', WORKING],
  ['CREATE_ROLLBACK_COMPLETE', FAILED_CREATE],
  ['CREATE_ROLLBACK_FAILED', FAILED_CREATE],
  ['UPDATE_IN_PROGRESS', WORKING],
  // A Create that sees this status has succeeded, and an update followed.
  ['UPDATE_COMPLETE', ended('settled', 'succeeded', 'succeeded')],
  ['UPDATE_FAILED', FAILED_UPDATE],
  ['ROLLBACK_IN_PROGRESS', WORKING],
  ['ROLLBACK_COMPLETE', FAILED_UPDATE],
  ['ROLLBACK_FAILED', ended('settled', 'failed', 'failed')],
  ['DELETE_IN_PROGRESS', { ...WORKING, condition: 'deleting' }],
  [
    'DELETE_COMPLETE',
    { condition: 'deleted', create: 'gone', update: 'gone', delete: 'gone', repair: 'gone' },
  ],
  ['DELETE_FAILED', ended('delete-failed', 'failed', 'failed')],
  ['CHECK_IN_PROGRESS', WORKING],
  ['CHECK_COMPLETE', FAILED_UPDATE],
  ['CHECK_FAILED', FAILED_UPDATE],
  ['IMPORT_CREATE_IN_PROGRESS', WORKING],
  ['IMPORT_CREATE_COMPLETE', FAILED_UPDATE],
  ['IMPORT_CREATE_FAILED', FAILED_CREATE],
  ['IMPORT_CREATE_ROLLBACK_IN_PROGRESS', WORKING],
  ['IMPORT_CREATE_ROLLBACK_COMPLETE', FAILED_CREATE],
  ['IMPORT_CREATE_ROLLBACK_FAILED', FAILED_CREATE],
  ['IMPORT_UPDATE_IN_PROGRESS', WORKING],
  ['IMPORT_UPDATE_COMPLETE', FAILED_UPDATE],
  ['IMPORT_UPDATE_FAILED', FAILED_UPDATE],
  ['IMPORT_UPDATE_ROLLBACK_IN_PROGRESS', WORKING],
  ['IMPORT_UPDATE_ROLLBACK_COMPLETE', FAILED_UPDATE],
  ['IMPORT_UPDATE_ROLLBACK_FAILED', FAILED_UPDATE],
])

/** An unknown status counts as in progress: the operation will end in a known one. */
export function meaningOf(status: string): StatusMeaning {
  return meanings.get(status) ?? WORKING
}

/** Whether the creation of the stack has succeeded once. ROLLBACK_… follows an update, CREATE_ROLLBACK_… a creation. */
export function wasCreated(status: string): boolean {
  return meaningOf(status).condition === 'settled' || /^(?:UPDATE|ROLLBACK|CHECK|IMPORT_UPDATE)_/.test(status)
}

/**
 * The phase of an operation of this kind when the stack has this status; a `read` succeeds for any settled stack but
 * one half rolled back.
 */
export function phaseOf(status: string, kind: Watch['kind']): Phase {
  const meaning = meaningOf(status)
  if (kind !== 'read') return meaning[kind]
  // After a failed rollback a stack can be updated, but it has neither the old nor the new state.
  return meaning.condition === 'settled' ? meaning.create : readPhase(meaning.condition)
}

/** Whether ROS may show this failure for a moment before it rolls back. */
export function mayRollBack(status: string): boolean {
  return ['CREATE_FAILED', 'UPDATE_FAILED', 'IMPORT_CREATE_FAILED', 'IMPORT_UPDATE_FAILED'].includes(status)
}

/** Whether the status is one of a deletion. */
export function isOfDeletion(status: string): boolean {
  return status.startsWith('DELETE_')
}

/** What an engineer can do about a stack in this status. */
export function adviceFor(status: string): string | undefined {
  switch (status) {
    case 'DELETE_FAILED':
      return "Mend what keeps the resource and delete again, or set OnDeleteFailed to steps of 'retry' and 'retain'"
    case 'ROLLBACK_FAILED':
      return 'Mend what keeps ROS from rolling back, and update again'
    case 'CREATE_FAILED':
      return 'A stack whose creation failed can be deleted, or be taken up again by a Create with Stack.ContinueCreate'
    case 'CREATE_ROLLBACK_COMPLETE':
    case 'CREATE_ROLLBACK_FAILED':
      return 'A stack whose creation failed can only be deleted'
    default:
      return undefined
  }
}
