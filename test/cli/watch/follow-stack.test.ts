import { describe, expect, it } from 'vitest'
import { followStack } from '../../../src/cli/watch/follow-stack.ts'
import type { Report } from '../../../src/cli/report.ts'
import { CloudError } from '../../../src/providers/provider.ts'
import { ModelCloud } from '../../bridge/model-cloud.ts'
import { FakeClock } from '../../fake-clock.ts'

function start() {
  const clock = new FakeClock()
  const cloud = new ModelCloud(clock)
  const session = cloud.session({ owner: 'us', requestId: 'r', name: 'stack' })
  const reports: Report[] = []
  const renderer = { report: (report: Report) => void reports.push(report), close: () => undefined }
  const follow = () =>
    clock.run(followStack(session, renderer, { clock, intervalMs: 2000, since: clock.now() - 60_000 }))
  return { cloud, session, reports, follow }
}

describe('watch', () => {
  it('ends with success once the operation succeeded', async () => {
    const { cloud, session, reports, follow } = start()
    cloud.plans.create = { takes: 5000 }
    await session.create()
    expect(await follow()).toBe(true)
    expect(reports.at(0)).toMatchObject({ type: 'watching', status: 'CREATE_IN_PROGRESS' })
    expect(reports.at(-1)).toMatchObject({ outcome: 'succeeded', status: 'CREATE_COMPLETE', elapsedMs: 6000 })
  })

  it('waits for a second poll before it reports a failure, since a rollback may follow', async () => {
    const { cloud, session, reports, follow } = start()
    const stack = cloud.add({ name: 'stack', status: 'CREATE_FAILED' })
    const find = session.find.bind(session)
    let polls = 0
    session.find = () => {
      polls += 1
      if (polls > 1) stack.status = 'ROLLBACK_COMPLETE'
      return find()
    }
    expect(await follow()).toBe(false)
    expect(reports.at(-1)).toMatchObject({ outcome: 'failed', status: 'ROLLBACK_COMPLETE' })
  })

  it('ends with success once the stack is deleted, and with failure if it never existed', async () => {
    const there = start()
    const { stack } = await started(there.session.create())
    await there.session.delete(stack, 0)
    expect(await there.follow()).toBe(true)
    expect(there.reports.at(-1)).toMatchObject({ outcome: 'gone', stackId: stack.id })
    const absent = start()
    expect(await absent.follow()).toBe(false)
    expect(absent.reports).toMatchObject([{ type: 'settled', outcome: 'absent' }])
  })

  it('reports the stack as deleted if another stack with the same name replaced it', async () => {
    const { cloud, session, reports, follow } = start()
    const stack = cloud.add({ name: 'stack', status: 'DELETE_IN_PROGRESS' })
    const find = session.find.bind(session)
    let polls = 0
    session.find = () => {
      polls += 1
      if (polls === 2) {
        cloud.stacks.splice(0)
        cloud.add({ name: 'stack' })
      }
      return find()
    }
    expect(await follow()).toBe(true)
    expect(reports.at(-1)).toMatchObject({ outcome: 'gone', stackId: stack.id })
  })

  it('continues after a temporary error, which it reports once, and stops after a refusal', async () => {
    const { cloud, session, reports, follow } = start()
    await session.create()
    const busy = () => new CloudError('unavailable', 'the cloud gave no answer')
    cloud.faults.push(busy, busy)
    expect(await follow()).toBe(true)
    expect(reports.filter(({ type }) => type === 'trouble')).toHaveLength(1)
    cloud.faults.push(() => new CloudError('denied', 'the key is not known'))
    await expect(follow()).rejects.toThrow('the key is not known')
  })

  it('continues without events if they cannot be read', async () => {
    const { session, reports, follow } = start()
    await session.create()
    session.events = () => Promise.reject(new CloudError('denied', 'the events are not allowed'))
    expect(await follow()).toBe(true)
    expect(reports).toContainEqual({
      type: 'trouble',
      customResource: null,
      stackId: expect.any(String),
      kind: 'denied',
      message: 'the events are not allowed',
      elapsedMs: 0,
    })
  })
})

async function started(creation: ReturnType<ReturnType<typeof start>['session']['create']>) {
  const outcome = await creation
  if (outcome.outcome !== 'started') throw new Error(`not started: ${outcome.outcome}`)
  return outcome.watch
}
