import { describe, expect, it } from 'vitest'
import { Secrets } from '../../../../src/platform/secrets.ts'
import type { AosExecution, AosStack } from '../../../../src/providers/huawei-cloud/aos-stack/client.ts'
import { judge, type Judgement } from '../../../../src/providers/huawei-cloud/aos-stack/observation.ts'
import { conditionOf } from '../../../../src/providers/huawei-cloud/aos-stack/status.ts'
import type { Condition, Watch } from '../../../../src/providers/provider.ts'

function run(action: string, phase: string, name = `${action}-1`): AosExecution {
  return { metadata: { name }, spec: { actionName: action }, status: { objectStatus: { phase } } }
}

const stack = (status: string): AosStack => ({ guid: 'g', name: 'n', status })

describe("an AOS stack's condition", () => {
  it.each<[string, AosExecution | undefined, Condition]>([
    ['Running', run('create', 'Succeeded'), 'settled'],
    ['Running', undefined, 'settled'],
    ['Stopped', run('upgrade', 'Succeeded'), 'settled'],
    ['PartialStopped', run('upgrade', 'Succeeded'), 'settled'],
    ['Abnormal', run('upgrade', 'Failed'), 'settled'],
    ['Abnormal', run('create', 'Succeeded'), 'settled'],
    ['Unknow', run('create', 'Succeeded'), 'settled'],
    ['Abnormal', run('create', 'Failed'), 'failed-create'],
    ['Pending', run('rollback', 'Succeeded'), 'failed-create'],
    ['Pending', undefined, 'failed-create'],
    ['', undefined, 'failed-create'],
    ['Processing', undefined, 'working'],
    ['Processing', run('upgrade', 'Processing'), 'working'],
    ['Running', run('upgrade', 'Pending'), 'working'],
    ['Unknow', run('upgrade', 'SomethingNew'), 'working'],
    ['Running', run('upgrade', 'SomethingNew'), 'settled'],
    ['Processing', run('delete', 'Processing'), 'deleting'],
    ['Abnormal', run('delete', 'Failed'), 'delete-failed'],
    ['Running', run('delete', 'Failed'), 'delete-failed'],
  ])('in %j is what the last run makes of it', (status, last, condition) => {
    expect(conditionOf(status, last)).toBe(condition)
  })
})

describe('the judgement of a look', () => {
  const marker = { startedAt: 0, runs: true, rollsBack: false }
  const judged = (
    kind: Watch['kind'],
    status: string,
    own: AosExecution | undefined,
    more: { readonly last?: AosExecution; readonly marker?: object } = {},
  ): Judgement =>
    judge(
      kind,
      { ...marker, ...more.marker },
      { stack: stack(status), own, last: more.last ?? own },
      new Secrets(),
    )

  it('believes the run and not the status, which may follow later', () => {
    expect(judged('create', 'Processing', run('create', 'Succeeded'))).toMatchObject({ judged: 'succeeded' })
    expect(judged('update', 'Running', run('upgrade', 'Failed'))).toMatchObject({
      observation: { phase: 'failed', final: true },
    })
  })

  it('asks the status where the run has a phase that nobody knows', () => {
    expect(judged('create', 'Running', run('create', 'Unheard'))).toMatchObject({ judged: 'succeeded' })
    expect(judged('create', 'Abnormal', run('create', 'Unheard'))).toMatchObject({
      observation: { phase: 'failed' },
    })
    expect(judged('create', 'Pending', run('create', 'Unheard'))).toMatchObject({
      observation: { phase: 'working' },
    })
  })

  it('looks again at a failure that AOS will roll back, until it has', () => {
    const rollsBack = { rollsBack: true }
    const failed = run('create', 'Failed')
    expect(judged('create', 'Abnormal', failed, { marker: rollsBack })).toMatchObject({
      observation: { phase: 'failed', final: false },
    })
    const rolling = { marker: rollsBack, last: run('rollback', 'Processing') }
    expect(judged('create', 'Processing', failed, rolling)).toMatchObject({
      observation: { phase: 'working' },
    })
    const rolled = { marker: rollsBack, last: run('rollback', 'Succeeded') }
    expect(judged('create', 'Pending', failed, rolled)).toMatchObject({
      observation: { phase: 'failed', final: true },
    })
  })

  it('does not take a rollback from before an upgrade for its own', () => {
    const before = run('rollback', 'Succeeded')
    const look = { last: before, marker: { before: before.metadata.name } }
    expect(judged('update', 'Running', run('upgrade', 'Processing'), look)).toMatchObject({
      observation: { phase: 'working' },
    })
  })

  it('waits for a deleted stack to be gone', () => {
    expect(judged('delete', 'Running', run('delete', 'Succeeded'))).toMatchObject({
      observation: { phase: 'working' },
    })
  })

  it('goes by the status alone where AOS keeps no record of a new stack’s creation', () => {
    expect(judged('create', 'Running', undefined)).toMatchObject({ judged: 'succeeded' })
    expect(judged('create', 'Abnormal', undefined)).toMatchObject({ observation: { phase: 'failed' } })
    expect(judged('create', '', undefined)).toEqual({ judged: false, status: 'Pending' })
    expect(judged('update', 'Running', undefined)).toEqual({ judged: false, status: 'Running' })
    expect(judged('update', 'Running', undefined, { marker: { seen: true } })).toMatchObject({
      judged: 'succeeded',
    })
  })
})
