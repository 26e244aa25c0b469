import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import type { AosExecution, AosStack } from '../../../../src/providers/huawei-cloud/aos-stack/client.ts'
import { pollRules } from '../../../../src/providers/huawei-cloud/aos-stack/poll-rules.ts'
import { conditionOf } from '../../../../src/providers/huawei-cloud/aos-stack/status.ts'
import type { Condition, Observation, Watch } from '../../../../src/providers/provider.ts'
import { judgePoll } from '../../../../src/providers/session/judge-poll.ts'

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
  ])('for status %j follows from the last run', (status, last, condition) => {
    expect(conditionOf(status, last)).toBe(condition)
  })
})

describe('the judgement of a poll', () => {
  const marker = { startedAt: 0, runs: true, rollsBack: false }
  const rules = pollRules({ outputs: async () => ({}) })
  const judged = (
    kind: Watch['kind'],
    status: string,
    own: AosExecution | undefined,
    more: { readonly last?: AosExecution; readonly marker?: JsonObject } = {},
  ): Promise<Observation> =>
    judgePoll(
      { stack: stack(status), own, last: more.last ?? own },
      { kind, stack: { id: 'i', name: 'n' }, marker: { ...marker, ...more.marker } },
      rules,
      { now: 0, secrets: new Secrets() },
    )

  it('trusts the run more than the status, which may change later', async () => {
    expect(await judged('create', 'Processing', run('create', 'Succeeded'))).toMatchObject({
      phase: 'succeeded',
    })
    expect(await judged('update', 'Running', run('upgrade', 'Failed'))).toMatchObject({
      phase: 'failed',
      final: true,
    })
  })

  it('uses the status if the run has an unknown phase', async () => {
    expect(await judged('create', 'Running', run('create', 'Unheard'))).toMatchObject({ phase: 'succeeded' })
    expect(await judged('create', 'Abnormal', run('create', 'Unheard'))).toMatchObject({ phase: 'failed' })
    expect(await judged('create', 'Pending', run('create', 'Unheard'))).toMatchObject({ phase: 'working' })
  })

  it('polls on after a failure that AOS will roll back, until it has', async () => {
    const rollsBack = { rollsBack: true }
    const failed = run('create', 'Failed')
    expect(await judged('create', 'Abnormal', failed, { marker: rollsBack })).toMatchObject({
      phase: 'failed',
      final: false,
    })
    const rolling = { marker: rollsBack, last: run('rollback', 'Processing') }
    expect(await judged('create', 'Processing', failed, rolling)).toMatchObject({ phase: 'working' })
    const rolled = { marker: rollsBack, last: run('rollback', 'Succeeded') }
    expect(await judged('create', 'Pending', failed, rolled)).toMatchObject({ phase: 'failed', final: true })
  })

  it('does not mistake a rollback from before an upgrade for its own', async () => {
    const before = run('rollback', 'Succeeded')
    const read = { last: before, marker: { before: before.metadata.name } }
    expect(await judged('update', 'Running', run('upgrade', 'Processing'), read)).toMatchObject({
      phase: 'working',
    })
  })

  it('waits until a deleted stack does not exist any more', async () => {
    expect(await judged('delete', 'Running', run('delete', 'Succeeded'))).toMatchObject({ phase: 'working' })
    // A read that is older than the one which has seen the deletion at work.
    const seen = { marker: { seen: true } }
    expect(await judged('delete', 'Running', undefined, seen)).toMatchObject({ phase: 'working' })
    expect(await judged('delete', 'Abnormal', undefined, seen)).toMatchObject({ phase: 'failed' })
  })

  it('uses only the status where AOS keeps no record of a new stack’s creation', async () => {
    expect(await judged('create', 'Running', undefined)).toMatchObject({ phase: 'succeeded' })
    expect(await judged('create', 'Abnormal', undefined)).toMatchObject({ phase: 'failed' })
    expect(await judged('create', '', undefined)).toEqual({ phase: 'working', status: 'Pending' })
    expect(await judged('update', 'Running', undefined)).toEqual({
      phase: 'working',
      status: 'Running (from before)',
    })
    expect(await judged('update', 'Running', undefined, { marker: { seen: true } })).toMatchObject({
      phase: 'succeeded',
    })
  })
})
