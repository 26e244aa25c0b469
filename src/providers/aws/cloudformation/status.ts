import type { StackStatus } from '@aws-sdk/client-cloudformation'
import type { Condition, Watch } from '../../provider.ts'
import type { StackProperties } from './properties.ts'
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
    // RollbackStack has rolled back a creation that DisableRollback had kept.
    repair: 'succeeded',
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

/**
 * What a Create or Update can do with a stack. One in CREATE_FAILED or UPDATE_FAILED was kept to be repaired, and is
 * not deleted: an update repairs it, or a rollback where the properties ask for that. AWS updates no stack that
 * OnFailure has kept.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
export function conditionToChange(
  status: string,
  { RollbackStack, OnFailure }: Pick<StackProperties, 'RollbackStack' | 'OnFailure'>,
): StatusMeaning['condition'] {
  if (status !== 'CREATE_FAILED' && status !== 'UPDATE_FAILED') return meaningOf(status).condition
  const isKeptByOnFailure = status === 'CREATE_FAILED' && OnFailure === 'DO_NOTHING'
  return RollbackStack === true || isKeptByOnFailure ? 'stuck' : 'settled'
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
    case 'CREATE_FAILED':
      return KEPT_ADVICE
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
      return 'A stack whose creation failed can only be deleted'
    default:
      return undefined
  }
}

/** CloudFormation updates a stack that DisableRollback has kept, and refuses one that OnFailure has. */
export const KEPT_ADVICE =
  'What a failed Create made has been kept, and the bridge does not delete it unasked: set Stack.RollbackStack to true, which ' +
  'rolls it back, or delete the stack; and keep failed stacks by Stack.DisableRollback, which lets the next Create mend them'
