import { describe, expect, it } from 'vitest'
import {
  adviceFor,
  mayRollBack,
  meaningOf,
  phaseOf,
  wasCreated,
} from '../../../../src/providers/openstack/heat/status.ts'

const ACTIONS = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'ROLLBACK',
  'ADOPT',
  'CHECK',
  'SUSPEND',
  'RESUME',
  'SNAPSHOT',
  'RESTORE',
]

describe('a stack status', () => {
  it.each(ACTIONS)('%s_IN_PROGRESS means that the bridge waits, for every operation', (action) => {
    const status = `${action}_IN_PROGRESS`
    expect((['create', 'update', 'delete', 'read'] as const).map((kind) => phaseOf(status, kind))).toEqual(
      Array.from({ length: 4 }, () => 'working'),
    )
    expect(meaningOf(status).condition).toBe(action === 'DELETE' ? 'deleting' : 'working')
  })

  it.each([
    ['CREATE_COMPLETE', 'succeeded', 'failed', 'failed', 'settled'],
    ['CREATE_FAILED', 'failed', 'failed', 'failed', 'failed-create'],
    ['UPDATE_COMPLETE', 'succeeded', 'succeeded', 'failed', 'settled'],
    ['UPDATE_FAILED', 'failed', 'failed', 'failed', 'settled'],
    ['DELETE_COMPLETE', 'gone', 'gone', 'gone', 'deleted'],
    ['DELETE_FAILED', 'failed', 'failed', 'failed', 'delete-failed'],
    ['ROLLBACK_COMPLETE', 'failed', 'failed', 'failed', 'failed-create'],
    ['ROLLBACK_FAILED', 'failed', 'failed', 'failed', 'failed-create'],
    ['ADOPT_COMPLETE', 'succeeded', 'failed', 'failed', 'settled'],
    ['ADOPT_FAILED', 'failed', 'failed', 'failed', 'failed-create'],
    ['CHECK_COMPLETE', 'succeeded', 'succeeded', 'failed', 'settled'],
    ['CHECK_FAILED', 'failed', 'failed', 'failed', 'settled'],
    ['SUSPEND_COMPLETE', 'succeeded', 'succeeded', 'failed', 'stuck'],
    ['SUSPEND_FAILED', 'failed', 'failed', 'failed', 'stuck'],
    ['RESUME_COMPLETE', 'succeeded', 'succeeded', 'failed', 'settled'],
    ['RESUME_FAILED', 'failed', 'failed', 'failed', 'settled'],
    ['SNAPSHOT_COMPLETE', 'succeeded', 'succeeded', 'failed', 'settled'],
    ['SNAPSHOT_FAILED', 'failed', 'failed', 'failed', 'settled'],
    ['RESTORE_COMPLETE', 'succeeded', 'failed', 'failed', 'settled'],
    ['RESTORE_FAILED', 'failed', 'failed', 'failed', 'settled'],
  ] as const)(
    '%s: a Create %s, an Update %s, a Delete %s; the stack is %s',
    (status, create, update, deletion, condition) => {
      expect(phaseOf(status, 'create')).toBe(create)
      expect(phaseOf(status, 'update')).toBe(update)
      expect(phaseOf(status, 'delete')).toBe(deletion)
      expect(meaningOf(status).condition).toBe(condition)
    },
  )

  it('shows whether the creation has succeeded, but for a rollback, which can be that of an update', () => {
    for (const status of ['CREATE_COMPLETE', 'UPDATE_FAILED', 'UPDATE_IN_PROGRESS', 'CHECK_IN_PROGRESS'])
      expect(wasCreated(status), status).toBe(true)
    for (const status of ['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'DELETE_FAILED'])
      expect(wasCreated(status), status).toBe(false)
  })

  it('that is unknown means that the bridge waits', () => {
    expect(phaseOf('MIGRATE_COMPLETE', 'create')).toBe('working')
    expect(meaningOf('toString').condition).toBe('working')
  })

  it('is shown shortly before a rollback only where something failed that can be rolled back', () => {
    expect(['CREATE_FAILED', 'UPDATE_FAILED', 'ADOPT_FAILED'].every(mayRollBack)).toBe(true)
    expect(['ROLLBACK_FAILED', 'DELETE_FAILED', 'CREATE_COMPLETE'].some(mayRollBack)).toBe(false)
  })

  it('that an engineer can correct has advice', () => {
    expect(adviceFor('SUSPEND_COMPLETE', 'my-stack')).toContain('openstack stack resume my-stack')
    expect(adviceFor('DELETE_FAILED', 'x')).toContain('OnDeleteFailed')
    expect(adviceFor('CREATE_FAILED', 'x')).toContain('deleted')
    expect(adviceFor('UPDATE_COMPLETE', 'x')).toBeUndefined()
  })
})
