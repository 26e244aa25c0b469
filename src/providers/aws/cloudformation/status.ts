import type { StackStatus } from '@aws-sdk/client-cloudformation'
import type { Condition, Watch } from '../../provider.ts'
import { readPhase, type Phase, type StatusMeaning } from '../../session/read-phase.ts'

/**
 * What each StackStatus means: what the bridge can do with the stack, and the phase of an operation that is watched.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */

function working(condition: Condition): StatusMeaning {
  return { condition, create: 'working', update: 'working', delete: 'working', repair: 'working' }
}

const meanings: Readonly<Record<StackStatus, StatusMeaning>> = {
  // A change set that was never executed made the stack, so it is empty.
  REVIEW_IN_PROGRESS: {
    condition: 'failed-create',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  CREATE_IN_PROGRESS: working('working'),
  CREATE_COMPLETE: {
    condition: 'settled',
    create: 'succeeded',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  CREATE_FAILED: {
    condition: 'failed-create',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  ROLLBACK_IN_PROGRESS: working('working'),
  ROLLBACK_COMPLETE: {
    condition: 'failed-create',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  ROLLBACK_FAILED: {
    condition: 'failed-create',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  DELETE_IN_PROGRESS: working('deleting'),
  DELETE_COMPLETE: { condition: 'deleted', create: 'gone', update: 'gone', delete: 'gone', repair: 'gone' },
  DELETE_FAILED: {
    condition: 'delete-failed',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  UPDATE_IN_PROGRESS: working('working'),
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: working('working'),
  // A Create that sees this status has succeeded, and an update followed.
  UPDATE_COMPLETE: {
    condition: 'settled',
    create: 'succeeded',
    update: 'succeeded',
    delete: 'failed',
    repair: 'succeeded',
  },
  UPDATE_FAILED: {
    condition: 'settled',
    create: 'succeeded',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  UPDATE_ROLLBACK_IN_PROGRESS: working('working'),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: working('working'),
  UPDATE_ROLLBACK_COMPLETE: {
    condition: 'settled',
    create: 'succeeded',
    update: 'failed',
    delete: 'failed',
    repair: 'succeeded',
  },
  UPDATE_ROLLBACK_FAILED: {
    condition: 'stuck',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  IMPORT_IN_PROGRESS: working('working'),
  IMPORT_COMPLETE: {
    condition: 'settled',
    create: 'succeeded',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  IMPORT_ROLLBACK_IN_PROGRESS: working('working'),
  IMPORT_ROLLBACK_COMPLETE: {
    condition: 'settled',
    create: 'succeeded',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
  IMPORT_ROLLBACK_FAILED: {
    condition: 'stuck',
    create: 'failed',
    update: 'failed',
    delete: 'failed',
    repair: 'failed',
  },
}

/** An unknown status counts as in progress: the operation will end in a known one. */
const UNKNOWN = working('working')

export function meaningOf(status: string): StatusMeaning {
  const known = new Map<string, StatusMeaning>(Object.entries(meanings))
  return known.get(status) ?? UNKNOWN
}

/** The phase of an operation of this kind when the stack has this status; `read` takes any settled stack. */
export function phaseOf(status: string, kind: Watch['kind']): Phase {
  const meaning = meaningOf(status)
  return kind === 'read' ? readPhase(meaning.condition) : meaning[kind]
}

/** What an engineer can do about a stack in this status. */
export function adviceFor(status: string): string | undefined {
  switch (status) {
    case 'UPDATE_ROLLBACK_FAILED':
      return (
        'Set Stack.ContinueUpdateRollback to true, with Stack.ResourcesToSkip naming the resources that cannot be rolled ' +
        'back, and update again; or continue the rollback in the CloudFormation console'
      )
    case 'DELETE_FAILED':
      return "Mend what keeps the resource and delete again, or set OnDeleteFailed to steps of 'retry', 'retain' and 'force'"
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return 'A stack whose creation failed can only be deleted'
    default:
      return undefined
  }
}
