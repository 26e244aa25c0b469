import { describe, expect, it } from 'vitest'
import { adviceFor, conditionOf, phaseOf } from '../../../../src/providers/huawei-cloud/rfs-stack/status.ts'

/** Every status that RFS documents: https://support.huaweicloud.com/intl/en-us/api-aos/GetStackMetadata.html */
const TABLE = [
  // status, condition, deployment, deletion, repair, read
  ['CREATION_COMPLETE', 'settled', 'working', 'failed', 'failed', 'succeeded'],
  ['DEPLOYMENT_IN_PROGRESS', 'working', 'working', 'working', 'working', 'working'],
  ['DEPLOYMENT_COMPLETE', 'settled', 'succeeded', 'failed', 'failed', 'succeeded'],
  ['DEPLOYMENT_FAILED', 'settled', 'failed', 'failed', 'failed', 'failed'],
  ['ROLLBACK_IN_PROGRESS', 'working', 'working', 'working', 'working', 'working'],
  ['ROLLBACK_COMPLETE', 'settled', 'failed', 'failed', 'succeeded', 'succeeded'],
  ['ROLLBACK_FAILED', 'stuck', 'failed', 'failed', 'failed', 'failed'],
  ['DELETION_IN_PROGRESS', 'deleting', 'working', 'working', 'working', 'working'],
  ['DELETION_FAILED', 'delete-failed', 'failed', 'failed', 'failed', 'failed'],
  ['SOMETHING_NEW', 'working', 'working', 'working', 'working', 'working'],
] as const

describe("an RFS stack's status", () => {
  it.each(TABLE)('%s is %s', (status, condition, deploy, deletion, repair, read) => {
    expect(conditionOf(status)).toBe(condition)
    for (const kind of ['create', 'update'] as const) expect(phaseOf(status, kind, true)).toBe(deploy)
    expect(phaseOf(status, 'delete', true)).toBe(deletion)
    expect(phaseOf(status, 'repair', true)).toBe(repair)
    expect(phaseOf(status, 'read', true)).toBe(read)
  })

  it('CREATION_COMPLETE is the end if there is no template to deploy', () => {
    expect(phaseOf('CREATION_COMPLETE', 'create', false)).toBe('succeeded')
  })

  it('that is stuck has advice', () => {
    expect(adviceFor('ROLLBACK_FAILED')).toContain('ContinueRollback')
    expect(adviceFor('DELETION_FAILED')).toContain('OnDeleteFailed')
    expect(adviceFor('DEPLOYMENT_COMPLETE')).toBeUndefined()
  })
})
