import type { Condition, Watch } from '../../provider.ts'

/**
 * What each stack status means: what the bridge can do with the stack, and the phase of an operation that is watched.
 * https://support.huaweicloud.com/intl/en-us/api-aos/GetStackMetadata.html
 */

export type Phase = 'working' | 'succeeded' | 'failed'

interface Meaning {
  readonly condition: Condition
  /** A creation, or an update by a deployment. */
  readonly deploy: Phase
  readonly delete: Phase
  readonly repair: Phase
  readonly read: Phase
}

const WORKING: Meaning = {
  condition: 'working',
  deploy: 'working',
  delete: 'working',
  repair: 'working',
  read: 'working',
}

/** A deleted stack has no status: RFS does not show it. */
const meanings = new Map<string, Meaning>([
  // A stack without a template, or one whose deployment has not started, see `phaseOf`.
  [
    'CREATION_COMPLETE',
    { condition: 'settled', deploy: 'succeeded', delete: 'failed', repair: 'failed', read: 'succeeded' },
  ],
  ['DEPLOYMENT_IN_PROGRESS', WORKING],
  [
    'DEPLOYMENT_COMPLETE',
    { condition: 'settled', deploy: 'succeeded', delete: 'failed', repair: 'failed', read: 'succeeded' },
  ],
  // The status is the same for a first and a later deployment. RFS can deploy either again, so no stack has to be
  // deleted.
  [
    'DEPLOYMENT_FAILED',
    { condition: 'settled', deploy: 'failed', delete: 'failed', repair: 'failed', read: 'failed' },
  ],
  ['ROLLBACK_IN_PROGRESS', WORKING],
  [
    'ROLLBACK_COMPLETE',
    { condition: 'settled', deploy: 'failed', delete: 'failed', repair: 'succeeded', read: 'succeeded' },
  ],
  [
    'ROLLBACK_FAILED',
    { condition: 'stuck', deploy: 'failed', delete: 'failed', repair: 'failed', read: 'failed' },
  ],
  ['DELETION_IN_PROGRESS', { ...WORKING, condition: 'deleting' }],
  [
    'DELETION_FAILED',
    { condition: 'delete-failed', deploy: 'failed', delete: 'failed', repair: 'failed', read: 'failed' },
  ],
])

/** An unknown status counts as in progress: the operation will end in a known one. */
export function conditionOf(status: string): Condition {
  return (meanings.get(status) ?? WORKING).condition
}

/** The phase of an operation of this kind. `deploys`: whether it has a template to deploy. */
export function phaseOf(status: string, kind: Watch['kind'], deploys: boolean): Phase {
  const meaning = meanings.get(status) ?? WORKING
  switch (kind) {
    case 'create':
    case 'update':
      return status === 'CREATION_COMPLETE' && deploys ? 'working' : meaning.deploy
    case 'delete':
      return meaning.delete
    case 'repair':
      return meaning.repair
    case 'read':
      return meaning.read
  }
}

export function isInProgress(status: string): boolean {
  return status.endsWith('_IN_PROGRESS')
}

/**
 * Whether the status is one of a deletion. A settled stack in any other status shows that the deletion has not started.
 */
export function isOfDeletion(status: string): boolean {
  return status === 'DELETION_IN_PROGRESS' || status === 'DELETION_FAILED'
}

/** What an engineer can do about a stack in this status. */
export function adviceFor(status: string): string | undefined {
  switch (status) {
    case 'ROLLBACK_FAILED':
      return 'Mend what keeps the rollback from its end and set ContinueRollback: true, or continue it in the RFS console'
    case 'DELETION_FAILED':
      return "Mend what keeps the resource and delete again, or set OnDeleteFailed to ['retry'], or to ['retain'] to leave the resources behind"
    default:
      return undefined
  }
}
