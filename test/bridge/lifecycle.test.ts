import { describe, expect, it } from 'vitest'
import { absorb, expire, nextAction } from '../../src/bridge/lifecycle.ts'
import { startOperation, type Operation } from '../../src/bridge/operation.ts'
import type { Watch } from '../../src/providers/provider.ts'

const watch: Watch = { kind: 'create', stack: { id: 'arn:1', name: 'one' }, marker: { token: 't' } }

function operation(overrides: Partial<Operation> = {}): Operation {
  return {
    ...startOperation({
      kind: 'create',
      physicalResourceId: undefined,
      startedAt: 0,
      deadline: 600_000,
      answerBy: 615_000,
      end: 630_000,
      policy: {
        onExisting: 'own',
        onTimeout: 'leave',
        deleteAttempts: 1,
        repair: false,
        pollMinMs: 2000,
        pollMaxMs: 30_000,
      },
    }),
    ...overrides,
  }
}

const at = (now: number) => ({ now, random: 0.5 })

describe('the lifecycle', () => {
  it('continues an operation that was serialized and read again', () => {
    const observing = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(100))
    const revived: Operation = JSON.parse(JSON.stringify(observing))
    expect(revived).toEqual(observing)
    expect(nextAction(revived, 10_000)).toEqual({ do: 'describe', watch })
  })

  it('accepts a failure that may be rolled back only after three polls in a row', () => {
    const failing = { phase: 'failed', status: 'CREATE_FAILED', final: false } as const
    let observing = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0))
    for (const now of [2000, 4000])
      observing = absorb(observing, { of: 'describe', observation: failing }, at(now))
    expect(observing.step.at).toBe('observe')
    const rollingBack = { phase: 'working', status: 'ROLLBACK_IN_PROGRESS' } as const
    const reassured = absorb(observing, { of: 'describe', observation: rollingBack }, at(6000))
    expect(absorb(reassured, { of: 'describe', observation: failing }, at(8000)).step.at).toBe('observe')
    expect(absorb(observing, { of: 'describe', observation: failing }, at(6000)).step.at).toBe('explain')
  })

  it('never waits beyond the deadline', () => {
    const waiting = operation({ notBefore: 900_000 })
    expect(nextAction(expire(waiting, 0), 0)).toEqual({ do: 'wait', until: 600_000 })
  })

  it('answers at once when the time for the answer has come, at any step', () => {
    const observing = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0))
    expect(nextAction(expire(observing, 615_000), 615_000)).toMatchObject({
      do: 'deliver',
      verdict: { status: 'FAILED' },
    })
  })

  it('polls less often while the cloud throttles, and more often afterwards', () => {
    const throttled = { of: 'failure', failure: { kind: 'throttled', message: 'Rate exceeded' } } as const
    const working = {
      of: 'describe',
      observation: { phase: 'working', status: 'CREATE_IN_PROGRESS' },
    } as const
    const calm = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0))
    const twice = absorb(absorb(calm, throttled, at(2000)), throttled, at(6000))
    const after = absorb(twice, working, at(10_000))
    const later = absorb(absorb(after, working, at(20_000)), working, at(30_000))
    expect(after.notBefore - 10_000).toBeGreaterThan(later.notBefore - 30_000)
  })
})
