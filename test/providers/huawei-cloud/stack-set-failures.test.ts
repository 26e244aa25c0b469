import { describe, expect, it } from 'vitest'
import { CloudError } from '../../../src/providers/call-error.ts'
import { diagnoseInstances } from '../../../src/providers/huawei-cloud/stack-set-failures.ts'
import type { RfsStackInstance } from '../../../src/providers/huawei-cloud/stack-sets.ts'

const instance = (region: string, more: Partial<RfsStackInstance> = {}): RfsStackInstance => ({
  region,
  stack_domain_id: 'd'.repeat(32),
  status: 'OPERATION_FAILED',
  status_message: null,
  stack_id: 's-1',
  stack_name: 'one',
  latest_stack_set_operation_id: 'operation-1',
  update_time: '2026-01-01T00:00:00Z',
  ...more,
})

const set = { stack_set_name: 'my-set', status: 'IDLE' }
const asked = { set, stack: { id: 'id', name: 'my-set' }, own: (all: readonly RfsStackInstance[]) => all }
const operation = {
  ...{ stack_set_operation_id: 'operation-1', action: 'CREATE_STACK_INSTANCES', status: 'OPERATION_FAILED' },
  ...{ status_message: 'two instances failed', create_time: '2025-12-31T23:59:00Z' },
}

describe('a diagnosis of stack instances', () => {
  it('begins with the instance that has a message, and says whose the stacks behind them are', async () => {
    const diagnosis = await diagnoseInstances(
      {
        instances: () =>
          Promise.resolve([
            instance('cn-north-1', { status: 'CANCEL_COMPLETE' }),
            instance('cn-north-4', { status_message: 'quota exceeded' }),
            instance('cn-east-3', { status: 'OPERATION_COMPLETE' }),
          ]),
        operation: () => Promise.resolve(operation),
      },
      asked,
    )
    expect(diagnosis.failures.map(({ path, isConsequence }) => [path, isConsequence])).toEqual([
      [`cn-north-4/${'d'.repeat(32)}`, false],
      ['my-set', true],
      [`cn-north-1/${'d'.repeat(32)}`, true],
    ])
    expect(diagnosis.notes.join()).toContain('only credentials of that account can read them')
    expect(diagnosis.notes.join()).toContain('the rights to call GetStackMetadata and ListStackEvents')
  })

  it('names only the denied call', async () => {
    const denied = () => Promise.reject(new CloudError('denied', 'RFS ListStackInstances: HTTP 403'))
    const diagnosis = await diagnoseInstances({ instances: denied, operation: denied }, asked)
    expect(diagnosis).toMatchObject({
      failures: [],
      missing: [{ action: 'RFS ListStackInstances', isDenied: true }],
    })
  })
})
