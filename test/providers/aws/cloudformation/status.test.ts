import { StackStatus } from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { meaningOf, phaseOf } from '../../../../src/providers/aws/cloudformation/status.ts'

const all = Object.values(StackStatus)
const inProgress = all.filter((status) => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')

describe('the table of statuses', () => {
  it('waits in each in-progress status, for each kind of operation', () => {
    for (const status of inProgress)
      for (const kind of ['create', 'update', 'delete', 'repair', 'read'] as const)
        expect(phaseOf(status, kind), `${status} ${kind}`).toBe('working')
  })

  it('never waits for ever in a settled status', () => {
    for (const status of all.filter((one) => !inProgress.includes(one)))
      for (const kind of ['create', 'update', 'delete', 'repair', 'read'] as const)
        expect(phaseOf(status, kind), `${status} ${kind}`).not.toBe('working')
  })

  it.each([
    ['ROLLBACK_COMPLETE', 'create', 'failed'],
    ['CREATE_COMPLETE', 'create', 'succeeded'],
    ['UPDATE_COMPLETE', 'create', 'succeeded'],
    ['UPDATE_ROLLBACK_COMPLETE', 'update', 'failed'],
    ['UPDATE_ROLLBACK_COMPLETE', 'read', 'succeeded'],
    ['UPDATE_ROLLBACK_COMPLETE', 'repair', 'succeeded'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'update', 'working'],
    ['UPDATE_COMPLETE', 'delete', 'failed'],
    ['CREATE_COMPLETE', 'delete', 'failed'],
    ['DELETE_COMPLETE', 'delete', 'gone'],
    ['DELETE_COMPLETE', 'create', 'gone'],
    ['A_STATUS_OF_TOMORROW', 'update', 'working'],
  ] as const)('%s of a %s is %s', (status, kind, phase) => {
    expect(phaseOf(status, kind)).toBe(phase)
  })

  it('allows updates of a settled stack only', () => {
    expect(all.filter((status) => meaningOf(status).condition === 'settled').sort()).toEqual([
      'CREATE_COMPLETE',
      'IMPORT_COMPLETE',
      'IMPORT_ROLLBACK_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_FAILED',
      'UPDATE_ROLLBACK_COMPLETE',
    ])
  })
})
