import { describe, expect, it } from 'vitest'
import { meaningOf, phaseOf, wasCreated } from '../../../../src/providers/alibaba-cloud/ros/status.ts'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack */
const operations = [
  ...['CREATE', 'UPDATE', 'DELETE', 'CREATE_ROLLBACK', 'ROLLBACK', 'CHECK'],
  ...['IMPORT_CREATE', 'IMPORT_CREATE_ROLLBACK', 'IMPORT_UPDATE', 'IMPORT_UPDATE_ROLLBACK'],
]
const inProgress = operations.map((operation) => `${operation}_IN_PROGRESS`)
const settled = operations.flatMap((operation) => [`${operation}_COMPLETE`, `${operation}_FAILED`])
const kinds = ['create', 'update', 'delete', 'repair', 'read'] as const

describe('the table of statuses', () => {
  it('shows of each status whether the creation has succeeded', () => {
    const created = [...inProgress, ...settled, 'REVIEW_IN_PROGRESS'].filter(wasCreated)
    const ofUpdates = ['UPDATE', 'ROLLBACK', 'CHECK', 'IMPORT_UPDATE', 'IMPORT_UPDATE_ROLLBACK']
    const states = ['IN_PROGRESS', 'COMPLETE', 'FAILED']
    const expected = ofUpdates.flatMap((operation) => states.map((state) => `${operation}_${state}`))
    expect(created.sort()).toEqual(['CREATE_COMPLETE', 'IMPORT_CREATE_COMPLETE', ...expected].sort())
  })

  it('waits in each in-progress status, for each kind of operation', () => {
    for (const status of inProgress)
      for (const kind of kinds) expect(phaseOf(status, kind), `${status} ${kind}`).toBe('working')
  })

  it('never waits for ever in a settled status', () => {
    for (const status of [...settled, 'REVIEW_IN_PROGRESS'])
      for (const kind of kinds) expect(phaseOf(status, kind), `${status} ${kind}`).not.toBe('working')
  })

  it.each([
    ['CREATE_COMPLETE', 'create', 'succeeded'],
    ['CREATE_ROLLBACK_COMPLETE', 'create', 'failed'],
    ['UPDATE_COMPLETE', 'create', 'succeeded'],
    ['UPDATE_COMPLETE', 'update', 'succeeded'],
    ['ROLLBACK_COMPLETE', 'update', 'failed'],
    ['ROLLBACK_COMPLETE', 'create', 'succeeded'],
    ['ROLLBACK_COMPLETE', 'read', 'succeeded'],
    ['ROLLBACK_FAILED', 'read', 'failed'],
    ['CREATE_COMPLETE', 'repair', 'succeeded'],
    ['CREATE_COMPLETE', 'delete', 'failed'],
    ['DELETE_COMPLETE', 'delete', 'gone'],
    ['DELETE_FAILED', 'delete', 'failed'],
    ['A_STATUS_OF_TOMORROW', 'update', 'working'],
  ] as const)('%s of a %s is %s', (status, kind, phase) => {
    expect(phaseOf(status, kind)).toBe(phase)
  })

  it('allows no update of a stack that a failed Create left', () => {
    expect(settled.filter((status) => meaningOf(status).condition === 'failed-create').sort()).toEqual([
      'CREATE_FAILED',
      'CREATE_ROLLBACK_COMPLETE',
      'CREATE_ROLLBACK_FAILED',
      'IMPORT_CREATE_FAILED',
      'IMPORT_CREATE_ROLLBACK_COMPLETE',
      'IMPORT_CREATE_ROLLBACK_FAILED',
    ])
  })
})
