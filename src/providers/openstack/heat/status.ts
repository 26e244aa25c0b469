import type { Condition, Watch } from '../../provider.ts'
import { readPhase, type Phase, type StatusMeaning } from '../../session/read-phase.ts'

/**
 * What each stack status means: what the bridge can do with the stack, and the phase of an operation that is watched. A
 * status is an action and a state: https://docs.openstack.org/api-ref/orchestration/v1/#stack-operations
 */

type Meaning = Omit<StatusMeaning, 'repair'>

type Action =
  | 'CREATE'
  | 'UPDATE'
  | 'DELETE'
  | 'ROLLBACK'
  | 'ADOPT'
  | 'CHECK'
  | 'SUSPEND'
  | 'RESUME'
  | 'SNAPSHOT'
  | 'RESTORE'
type State = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'

const WORKING: Meaning = { condition: 'working', create: 'working', update: 'working', delete: 'working' }

function ended(condition: Condition, create: Phase, update: Phase): Meaning {
  return { condition, create, update, delete: 'failed' }
}

/**
 * The bridge never runs the actions below ADOPT. They start only after a creation or update has ended. Where such an
 * action failed, the status no longer shows how that creation or update ended.
 */
const meanings: Readonly<Record<Action, Readonly<Record<State, Meaning>>>> = {
  CREATE: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'failed'),
    FAILED: ended('failed-create', 'failed', 'failed'),
  },
  // A Create that sees these statuses was followed by an update.
  UPDATE: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'succeeded'),
    FAILED: ended('settled', 'failed', 'failed'),
  },
  DELETE: {
    IN_PROGRESS: { ...WORKING, condition: 'deleting' },
    COMPLETE: { condition: 'deleted', create: 'gone', update: 'gone', delete: 'gone' },
    FAILED: ended('delete-failed', 'failed', 'failed'),
  },
  // Both a creation and an update can end in it: the status does not show which.
  ROLLBACK: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('failed-create', 'failed', 'failed'),
    FAILED: ended('failed-create', 'failed', 'failed'),
  },
  ADOPT: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'failed'),
    FAILED: ended('failed-create', 'failed', 'failed'),
  },
  CHECK: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'succeeded'),
    FAILED: ended('settled', 'failed', 'failed'),
  },
  // Heat refuses to update a suspended stack.
  SUSPEND: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('stuck', 'succeeded', 'succeeded'),
    FAILED: ended('stuck', 'failed', 'failed'),
  },
  RESUME: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'succeeded'),
    FAILED: ended('settled', 'failed', 'failed'),
  },
  SNAPSHOT: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'succeeded'),
    FAILED: ended('settled', 'failed', 'failed'),
  },
  RESTORE: {
    IN_PROGRESS: WORKING,
    COMPLETE: ended('settled', 'succeeded', 'failed'),
    FAILED: ended('settled', 'failed', 'failed'),
  },
}

const byStatus = new Map<string, Meaning>(
  Object.entries(meanings).flatMap(([action, states]) =>
    Object.entries(states).map(([state, meaning]): [string, Meaning] => [`${action}_${state}`, meaning]),
  ),
)

/** An unknown status counts as in progress: the operation will end in a known one. */
export function meaningOf(status: string): Meaning {
  return byStatus.get(status) ?? WORKING
}

/** Whether the status shows that the creation of the stack has succeeded once: these actions follow only on that. */
export function wasCreated(status: string): boolean {
  return (
    meaningOf(status).condition === 'settled' ||
    /^(?:UPDATE|CHECK|SUSPEND|RESUME|SNAPSHOT|RESTORE)_/.test(status)
  )
}

/** The phase of an operation of this kind when the stack has this status; `read` takes any settled stack. */
export function phaseOf(status: string, kind: Watch['kind']): Phase {
  const meaning = meaningOf(status)
  switch (kind) {
    case 'create':
    case 'update':
    case 'delete':
      return meaning[kind]
    case 'read':
      // A suspended stack has its outputs.
      return meaning.condition === 'stuck' ? 'succeeded' : readPhase(meaning.condition)
    case 'repair':
      throw new TypeError('The Heat provider repairs nothing')
  }
}

/** With rollback enabled, Heat records the failure first and starts the rollback a moment later. */
export function mayRollBack(status: string): boolean {
  return status === 'CREATE_FAILED' || status === 'UPDATE_FAILED' || status === 'ADOPT_FAILED'
}

/**
 * Whether the status is one of a deletion. A settled stack in any other status shows that the deletion has not started.
 */
export function isOfDeletion(status: string): boolean {
  return status.startsWith('DELETE_')
}

/** What an engineer can do about a stack in this status. */
export function adviceFor(status: string, name: string): string | undefined {
  switch (meaningOf(status).condition) {
    case 'stuck':
      return `Heat does not update a suspended stack: resume it (openstack stack resume ${name}) and try again`
    case 'delete-failed':
      return "Mend what keeps the resource and delete again, or set OnDeleteFailed to ['retry']: Heat often succeeds the second time"
    case 'failed-create':
      return status.startsWith('ROLLBACK_')
        ? undefined
        : 'A stack whose creation failed is best deleted and created anew'
    case 'settled':
    case 'working':
    case 'deleting':
    case 'deleted':
      return undefined
  }
}
