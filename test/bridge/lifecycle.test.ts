import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatReadOnlyId } from '../../src/providers/identifiers/read-only-id.ts'
import { absorb, expire, nextAction } from '../../src/bridge/lifecycle.ts'
import { giveUp, startOperation, type Operation, type Step } from '../../src/bridge/operation.ts'
import type { Found, Watch } from '../../src/providers/provider.ts'
import { observing } from './operation-values.ts'

type FoundStack = Extract<Found, { found: true }>

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

  it('answers at once at the time for the answer, in any step', () => {
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

  it('reads the stack after an unanswered write, since the cloud may have applied it', () => {
    const unanswered = { of: 'failure', failure: { kind: 'unavailable', message: 'HTTP 503' } } as const
    const { stack } = watch
    const writes: readonly Step[] = [
      { at: 'create' },
      { at: 'update', stack },
      { at: 'delete', stack, attempt: 0, then: 'answer' },
      { at: 'repair', stack },
    ]
    for (const step of writes) {
      const after = absorb(operation({ step }), unanswered, at(1000))
      expect(after.step).toEqual({ at: 'find' })
      expect(after.notBefore).toBeGreaterThan(1000)
    }
  })

  it('lets a Delete without an id search for a while before it reports that there is no stack', () => {
    const missing = { of: 'find', found: { found: false, mayAppear: true } } as const
    let searching = operation({ kind: 'delete', step: { at: 'find' } })
    const reads: number[] = []
    for (let now = 0; searching.step.at === 'find'; now = searching.notBefore) {
      reads.push(now)
      searching = absorb(searching, missing, at(now))
    }
    expect(reads).toEqual([0, 2000, 4000, 8000, 16_000, 20_000])
    expect(searching.step).toMatchObject({ at: 'answer', verdict: { status: 'SUCCESS' } })
  })

  it('answers a Delete that still searches at its deadline with SUCCESS, or with the failure if the cloud fails', () => {
    const missing = { of: 'find', found: { found: false, mayAppear: true } } as const
    const searching = absorb(operation({ kind: 'delete', step: { at: 'find' } }), missing, at(599_000))
    expect(expire(searching, 600_000).step).toMatchObject({ verdict: { status: 'SUCCESS' } })
    const failure = { kind: 'unavailable', message: 'HTTP 503' } as const
    const failing = absorb(searching, { of: 'failure', failure }, at(599_500))
    expect(expire(failing, 600_000).step).toMatchObject({ verdict: { status: 'FAILED' } })
  })

  it('changes nothing for a request that ROS no longer waits for', () => {
    const stack = { id: 'arn:1', name: 'one' }
    const superseded = { of: 'find', found: { found: 'superseded', stack } } as const
    const update = absorb(operation({ kind: 'update', step: { at: 'find' } }), superseded, at(0))
    expect(update.step).toMatchObject({ at: 'answer', verdict: { status: 'FAILED' } })
    const deletion = absorb(operation({ kind: 'delete', step: { at: 'find' } }), superseded, at(0))
    expect(deletion.step).toMatchObject({ at: 'answer', verdict: { status: 'SUCCESS' } })
  })

  describe('a running operation whose request the cloud does not tell,', () => {
    const watch: Watch = { kind: 'update', stack: { id: 'arn:1', name: 'one' }, marker: {} }
    const found: FoundStack = {
      found: true,
      stack: watch.stack,
      status: 'WORKING',
      condition: 'working',
      ownership: { mark: 'ours' },
      by: 'id',
      started: watch,
      mayBeAnothers: true,
    }
    const next = (step: Step, more: Partial<Operation> = {}, seen: FoundStack = found) =>
      absorb(operation({ kind: 'update', ...more, step }), { of: 'find', found: seen }, at(0)).step.at
    const busy: Step = { at: 'find', busy: { status: 'WORKING', since: 0 } }

    it('is followed by a request that may have started it', () => {
      expect(next({ at: 'find' })).toBe('observe')
    })

    it('is waited for by a request that the cloud refused because of it', () => {
      const unexplained = { count: 1, since: 0, kind: 'unexplained' } as const
      expect(next(busy)).toBe('find')
      expect(next({ at: 'find' }, { failedCalls: unexplained })).toBe('find')
    })

    it('is followed for certain if the cloud tells that the request has started it', () => {
      expect(next(busy, {}, { ...found, mayBeAnothers: false })).toBe('observe')
    })
  })

  describe('a Delete without an id of a stack of another Create', () => {
    const next = (status: string, condition: FoundStack['condition'], busy?: string): Step => {
      const found: FoundStack = {
        found: true,
        stack: { id: 'arn:1', name: 'one' },
        status,
        condition,
        ownership: { mark: 'ours' },
        by: 'name',
        isOfAnotherCreation: true,
      }
      const waited = busy === undefined ? {} : { busy: { status: busy, since: 0 } }
      const before: Step = { at: 'find', ...waited }
      return absorb(operation({ kind: 'delete', step: before }), { of: 'find', found }, at(0)).step
    }

    it.each([
      ['CREATE_COMPLETE', 'settled'],
      ['SUSPEND_COMPLETE', 'stuck'],
      ['ROLLBACK_COMPLETE', 'failed-create'],
      ['UPDATE_FAILED', 'delete-failed'],
    ] as const)('does not change it in %s', (status, condition) => {
      expect(next(status, condition)).toMatchObject({ at: 'answer', verdict: { status: 'FAILED' } })
    })

    it('does not change it after an update that it waited for', () => {
      expect(next('UPDATE_IN_PROGRESS', 'working')).toMatchObject({ at: 'find' })
      expect(next('UPDATE_COMPLETE', 'settled', 'UPDATE_IN_PROGRESS')).toMatchObject({ at: 'answer' })
    })

    it('deletes it if its creation is in progress, has failed, or was seen in progress', () => {
      expect(next('CREATE_IN_PROGRESS', 'working')).toMatchObject({ at: 'delete' })
      expect(next('CREATE_FAILED', 'failed-create')).toMatchObject({ at: 'delete' })
      expect(next('CREATE_COMPLETE', 'settled', 'CREATE_IN_PROGRESS')).toMatchObject({ at: 'delete' })
    })
  })

  it('asks for the cause of a failure for a minute while the cloud gives no answer, and three times if it cannot read it', () => {
    const observe = observing(watch)
    const lasts = (isUnreadable: boolean) => {
      const failure = { kind: 'unavailable', message: 'HTTP 503', isUnreadable } as const
      let explaining = operation({ step: { at: 'explain', observe, failure: { status: 'CREATE_FAILED' } } })
      let calls = 0
      let now = 0
      for (; explaining.step.at === 'explain'; now = explaining.notBefore) {
        calls += 1
        explaining = absorb(explaining, { of: 'failure', failure }, at(now))
      }
      return { calls, now }
    }
    expect(lasts(true).calls).toBe(3)
    expect(lasts(false).now).toBeGreaterThan(60_000)
    expect(lasts(false).now).toBeLessThan(100_000)
  })

  it('gives up after half a minute on a refusal that the state does not explain, with its message', () => {
    const failure = { kind: 'unavailable', message: 'no such input', isUnexplained: true } as const
    const stack = { id: 'arn:1', name: 'one' }
    let updating = operation({ kind: 'update', step: { at: 'update', stack } })
    updating = absorb(updating, { of: 'failure', failure }, at(0))
    expect(updating.step).toEqual({ at: 'find' })
    const again = { ...updating, step: { at: 'update', stack } } as const
    expect(absorb(again, { of: 'failure', failure }, at(29_000)).step).toEqual({ at: 'find' })
    expect(absorb(again, { of: 'failure', failure }, at(31_000)).step).toMatchObject({
      verdict: { status: 'FAILED', reason: expect.stringContaining('no such input') },
    })
  })

  it('gives up a write that fails for five minutes, even if the reads between succeed', () => {
    const unanswered = { of: 'failure', failure: { kind: 'unavailable', message: 'HTTP 500' } } as const
    const notFound = { of: 'find', found: { found: false } } as const
    let failing = operation({ deadline: 3_600_000, answerBy: 3_615_000, end: 3_630_000 })
    for (let now = 0; failing.step.at !== 'answer' && now < 1_000_000; now += 10_000)
      failing = absorb(failing, failing.step.at === 'find' ? notFound : unanswered, at(now))
    expect(failing).toMatchObject({
      step: { at: 'answer', verdict: { reason: expect.stringMatching(/^HTTP 500/) } },
    })
    expect(failing.notBefore).toBeLessThan(400_000)
  })

  it('sends a throttled write again, since the cloud did not apply it', () => {
    const throttled = { of: 'failure', failure: { kind: 'throttled', message: 'Rate exceeded' } } as const
    const step: Step = { at: 'update', stack: watch.stack }
    expect(absorb(operation({ step }), throttled, at(1000)).step).toEqual(step)
  })

  it('reports a new stack as missing only after three polls in a row', () => {
    const missing = { of: 'describe', observation: { phase: 'gone' } } as const
    const working = {
      of: 'describe',
      observation: { phase: 'working', status: 'CREATE_IN_PROGRESS' },
    } as const
    const polling = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0))
    const twice = absorb(absorb(polling, missing, at(2000)), missing, at(4000))
    expect(twice.step.at).toBe('observe')
    const seen = absorb(twice, working, at(6000))
    expect(absorb(seen, missing, at(8000)).step.at).toBe('observe')
    expect(absorb(twice, missing, at(6000)).step.at).toBe('explain')
  })

  it("begins the reason with the cloud's last message, however the wait ended", () => {
    const { stack } = watch
    const observe = observing(watch)
    const steps = fc.constantFrom<Step>(
      { at: 'find' },
      { at: 'create' },
      { at: 'update', stack },
      { at: 'delete', stack, attempt: 0, then: 'answer' },
      { at: 'repair', stack },
      observe,
    )
    const kinds = fc.constantFrom('unavailable' as const, 'throttled' as const)
    const message = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `AWS CreateStack: ${text}!`)
    fc.assert(
      fc.property(steps, kinds, message, fc.boolean(), (step, kind, said, isGivenUp) => {
        const failing = absorb(
          operation({ step }),
          { of: 'failure', failure: { kind, message: said } },
          at(10),
        )
        const ended = isGivenUp ? giveUp(failing, 'The function was killed', 20) : failing
        const action = nextAction(expire(ended, 616_000), 616_000)
        expect(action).toMatchObject({ do: 'deliver', verdict: { status: 'FAILED' } })
        if (action.do === 'deliver' && action.verdict.status === 'FAILED')
          expect(action.verdict.reason.startsWith(said)).toBe(true)
      }),
    )
  })

  it('never blames the cloud for a call that the bridge interrupted, and keeps the earlier message', () => {
    const cutShort = {
      of: 'failure',
      failure: { kind: 'unavailable', message: 'No time', isCutShort: true },
    } as const
    const said = { of: 'failure', failure: { kind: 'unavailable', message: 'Heat: HTTP 500' } } as const
    const reasonAfter = (...results: (typeof cutShort | typeof said)[]): string => {
      const failing = results.reduce<Operation>(
        (before, result) => absorb(before, result, at(10)),
        operation(),
      )
      const action = nextAction(expire(failing, 616_000), 616_000)
      return action.do === 'deliver' && action.verdict.status === 'FAILED' ? action.verdict.reason : ''
    }
    expect(reasonAfter(cutShort)).toMatch(/^Timed out after/)
    expect(reasonAfter(said, cutShort)).toMatch(/^Heat: HTTP 500\. Timed out after/)
    const observe = observing(watch)
    const explaining = operation({ step: { at: 'explain', observe, failure: { status: 'CREATE_FAILED' } } })
    const asked = [0, 30_000, 60_000].reduce((before, now) => absorb(before, cutShort, at(now)), explaining)
    expect(asked.step).toMatchObject({
      verdict: { reason: expect.stringContaining('could not be read: the time was over') },
    })
  })

  describe('before an operation has started', () => {
    const starting = fc.constantFrom<Step>(
      { at: 'find' },
      { at: 'create' },
      { at: 'update', stack: watch.stack },
      { at: 'delete', stack: watch.stack, attempt: 0, then: 'answer' },
    )

    it('gives up a failure that is rarely temporary after 20 s, and any other one after 5 minutes', () => {
      fc.assert(
        fc.property(
          starting,
          fc.boolean(),
          fc.integer({ min: 1, max: 400_000 }),
          (step, isLasting, pause) => {
            const failure = { kind: 'unavailable' as const, message: 'no such host', isLasting }
            const first = absorb(operation({ step }), { of: 'failure', failure }, at(0))
            const second = absorb(first, { of: 'failure', failure }, at(pause))
            const isOver = pause >= (isLasting ? 20_000 : 300_000)
            expect(second.step.at === 'answer').toBe(isOver)
            if (second.step.at === 'answer')
              expect(second.step.verdict).toMatchObject({ reason: expect.stringMatching(/^no such host\./) })
          },
        ),
      )
    })

    it.each([
      [true, 20_000],
      [false, 300_000],
    ])('makes the last attempt at the end of the retry period: lasting %s, after %s ms', (isLasting, end) => {
      const failure = { kind: 'unavailable' as const, message: 'no such host', isLasting }
      let state = operation({ step: { at: 'find' } })
      let now = 0
      while (state.step.at !== 'answer') {
        now = state.notBefore
        state = absorb(state, { of: 'failure', failure }, at(now))
      }
      expect(now).toBe(end)
    })

    it('waits during a failure that is rarely temporary after an operation has started', () => {
      const failure = { kind: 'unavailable' as const, message: 'no such host', isLasting: true }
      const observing = absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0))
      const failing = absorb(observing, { of: 'failure', failure }, at(10))
      expect(absorb(failing, { of: 'failure', failure }, at(500_000)).step.at).toBe('observe')
    })
  })

  describe('the reason of a failed operation whose events could not be read', () => {
    const failed = { phase: 'failed', status: 'CREATE_FAILED', final: true } as const
    const explaining = (statusReason?: string) =>
      absorb(
        absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch } }, at(0)),
        {
          of: 'describe',
          observation: { ...failed, ...(statusReason === undefined ? {} : { statusReason }) },
        },
        at(10),
      )
    const reasonOf = ({ step }: Operation) =>
      step.at === 'answer' && step.verdict.status === 'FAILED' ? step.verdict.reason : `still at ${step.at}`

    it.each([
      ['denied', {}, 'the credentials may not read the events'],
      ['rejected', {}, 'the cloud refuses the call'],
      ['throttled', {}, 'the cloud throttles the call'],
      ['unavailable', {}, 'the cloud did not answer'],
      ['unavailable', { isUnreadable: true }, 'the answer is not in a form that the bridge knows'],
    ] as const)("says so, and the cloud's reply to the call: %s %o", (kind, more, words) => {
      let state = explaining()
      for (let now = 20; state.step.at === 'explain'; now += 40_000)
        state = absorb(state, { of: 'failure', failure: { kind, message: 'Said', ...more } }, at(now))
      expect(reasonOf(state)).toMatch(
        new RegExp(`^The cloud's reason could not be read: ${words}: Said\\. Creating stack one failed`),
      )
    })

    it('begins with the status reason if there is one', () => {
      const failure = { kind: 'denied', message: 'AccessDenied' } as const
      expect(reasonOf(absorb(explaining('Quota exceeded'), { of: 'failure', failure }, at(20)))).toMatch(
        /^Quota exceeded\. The stack's events, which may say more, could not be read: the credentials may not read the events: AccessDenied\./,
      )
    })

    it('says that there were too many events, or no time', () => {
      const tooMany = { of: 'explain', explanation: { unread: { why: 'too-long' } } } as const
      expect(reasonOf(absorb(explaining(), tooMany, at(20)))).toMatch(
        /^The cloud's reason could not be read: there are more events than the bridge reads\./,
      )
      expect(reasonOf(expire(explaining(), 616_000))).toMatch(
        /^The cloud's reason could not be read: the time was over\./,
      )
    })

    it('says that the cloud has no reason only if the cloud has none', () => {
      expect(reasonOf(absorb(explaining(), { of: 'explain', explanation: {} }, at(20)))).toMatch(
        /^the cloud gives no reason\./,
      )
    })
  })

  describe('a read-only resource whose read the cloud denies', () => {
    const stack = { id: formatReadOnlyId('Heat', '0123456789abcdef01234567'), name: 'theirs' }
    const reading = { kind: 'read', stack, marker: {} } as const
    const started = () =>
      absorb(operation(), { of: 'create', outcome: { outcome: 'started', watch: reading } }, at(0))
    const denied = {
      of: 'failure',
      failure: { kind: 'denied', message: 'Heat stack find: Forbidden' },
    } as const

    it('is FAILED at once, and the reason says that a right is missing', () => {
      expect(absorb(started(), denied, at(10)).step).toMatchObject({
        at: 'answer',
        verdict: {
          status: 'FAILED',
          reason:
            'Heat stack find: Forbidden. Stack theirs could not be read. Allow the call: docs/read-and-retain.md names the ' +
            'rights of Mode read-only.',
        },
      })
    })

    it('asks again where it could read before, and names no id as that of the stack', () => {
      const observation = { phase: 'working', status: 'UPDATE_IN_PROGRESS' } as const
      const read = absorb(started(), { of: 'describe', observation }, at(10))
      const again = absorb(read, denied, at(20))
      expect(again.step.at).toBe('observe')
      expect(absorb(again, denied, at(60_000)).step).toMatchObject({
        verdict: {
          reason:
            'Heat stack find: Forbidden. The bridge can no longer see stack theirs, whose last known status is ' +
            'UPDATE_IN_PROGRESS.',
        },
      })
    })
  })

  describe('a name that belongs to a stack that the cloud does not show', () => {
    const said = 'AWS CreateStack: AlreadyExistsException: Stack [one] already exists'
    const taken = { of: 'create', outcome: { outcome: 'taken', message: said } } as const
    const notFound = { of: 'find', found: { found: false } } as const
    const askedAt = (...times: readonly number[]) =>
      times.reduce((state, now) => absorb(absorb(state, taken, at(now)), notFound, at(now + 10)), operation())

    it('is requested again while it may be released', () => {
      expect(askedAt(10, 3010, 6010).step.at).toBe('create')
    })

    it('is requested again after a search that hung for more than a minute, since one refusal proves little', () => {
      const hung = absorb(absorb(operation(), taken, at(10)), notFound, at(95_000))
      expect(hung.step.at).toBe('create')
    })

    it("ends in the cloud's message after a minute", () => {
      expect(nextAction(askedAt(10, 3010, 60_010), 60_020)).toMatchObject({
        verdict: {
          reason: `${said}. The cloud shows no stack of that name. The stack could not be created.`,
        },
      })
    })

    it("ends in the cloud's message at an earlier deadline, too", () => {
      expect(nextAction(expire(askedAt(10), 616_000), 616_000)).toMatchObject({
        verdict: { reason: expect.stringContaining(`${said}. Timed out after`) },
      })
    })

    it('is counted again from zero after the stack with this name was seen', () => {
      const deleting = {
        found: true,
        stack: { id: 'id', name: 'one' },
        status: 'DELETE_IN_PROGRESS',
        condition: 'deleting',
        ownership: { mark: 'ours' },
        by: 'name',
      } as const
      const seen = absorb(absorb(askedAt(10), taken, at(3000)), { of: 'find', found: deleting }, at(50_000))
      const again = absorb(absorb(seen, notFound, at(61_000)), taken, at(64_000))
      expect(absorb(again, notFound, at(64_010)).step.at).toBe('create')
    })
  })

  it('names the operation that a Create has waited for', () => {
    const busy = { of: 'create', outcome: { outcome: 'busy', status: 'OPERATION_IN_PROGRESS' } } as const
    const waiting = absorb(absorb(operation(), busy, at(10)), busy, at(5000))
    expect(waiting.step).toEqual({ at: 'create', busy: { status: 'OPERATION_IN_PROGRESS', since: 10 } })
    expect(nextAction(expire(waiting, 616_000), 616_000)).toMatchObject({
      verdict: {
        reason: expect.stringContaining(
          'Another operation on it had not ended; its status was OPERATION_IN_PROGRESS.',
        ),
      },
    })
  })
})
