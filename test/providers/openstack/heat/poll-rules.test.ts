import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../../src/platform/log.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import type { HeatEvent, HeatStack } from '../../../../src/providers/openstack/heat/response-schemas.ts'
import type { Marker } from '../../../../src/providers/openstack/heat/marker.ts'
import { pollRules } from '../../../../src/providers/openstack/heat/poll-rules.ts'
import { judgePoll } from '../../../../src/providers/session/judge-poll.ts'
import { CloudError, type Watch } from '../../../../src/providers/provider.ts'

const stack = (stack_status: string, more: Partial<HeatStack> = {}): HeatStack => ({
  id: 'u',
  stack_name: 's',
  stack_status,
  stack_status_reason: 'because',
  ...more,
})

const watch = (kind: Watch['kind'], marker: Marker = { startedAt: 0 }): Watch => ({
  kind,
  stack: { id: 'i', name: 's' },
  marker,
})

const silent = createLogger({ level: 'silent', secrets: new Secrets() })

/** Heat's own rules; `events`: the stack's, newest first. */
const rulesWith = (events: HeatEvent[] | CloudError = []) =>
  pollRules(
    { events: () => (events instanceof CloudError ? Promise.reject(events) : Promise.resolve(events)) },
    silent,
  )

const poll = (watched: Watch, found: HeatStack | undefined, now = 1000, rules = rulesWith()) =>
  judgePoll(found, watched, rules, { now, secrets: new Secrets() })

describe('an operation on a stack', () => {
  it('on a stack that does not exist any more is gone', async () => {
    expect(await poll(watch('delete'), undefined)).toEqual({ phase: 'gone' })
    expect(await poll(watch('create'), stack('DELETE_COMPLETE'))).toEqual({ phase: 'gone' })
  })

  it.each([
    ['CREATE_FAILED', false, false],
    ['CREATE_FAILED', true, true],
    ['ROLLBACK_COMPLETE', false, true],
  ])(
    'in %s with disable_rollback %s: final is %s, since Heat writes a failure before it rolls back',
    async (status, disable_rollback, final) => {
      expect(await poll(watch('create'), stack(status, { disable_rollback }))).toMatchObject({
        phase: 'failed',
        final,
      })
    },
  )

  it('has outputs of every kind of JSON; failed ones are returned apart', async () => {
    const outputs = [
      { output_key: 'list', output_value: [1, { a: null }] },
      { output_key: 'number', output_value: 5 },
      { output_key: 'nothing', output_value: null },
      { output_key: '__proto__', output_value: 'x' },
      { output_key: 'broken', output_value: null, output_error: 'no such attribute' },
      { output_key: 'fine', output_value: 'y', output_error: null },
    ]
    const seen = await poll(watch('create'), stack('CREATE_COMPLETE', { outputs }))
    expect(seen).toMatchObject({
      outputs: { list: [1, { a: null }], number: 5, nothing: null, fine: 'y' },
      failedOutputs: { broken: 'no such attribute' },
    })
    expect(Object.keys(seen.phase === 'succeeded' ? seen.outputs : {})).toContain('__proto__')
  })

  it('masks secrets in a reason', async () => {
    const secrets = new Secrets()
    secrets.add('planted-secret')
    const failed = stack('CREATE_FAILED', { stack_status_reason: 'with planted-secret' })
    const seen = await judgePoll(failed, watch('create'), rulesWith(), { now: 0, secrets })
    expect(seen).toMatchObject({ statusReason: 'with [secret]' })
  })
})

describe('an Update', () => {
  const marker: Marker = { startedAt: 0, requestTag: 'ours', updatedTime: 'T1', showsTags: true }

  it('does not end while the stack is in its old state', async () => {
    expect(
      await poll(watch('update', marker), stack('UPDATE_COMPLETE', { updated_time: 'T1', tags: [] })),
    ).toEqual({
      phase: 'working',
      status: 'UPDATE_COMPLETE (from before)',
    })
  })

  it('does not end with a read that is older than its beginning', async () => {
    const older = stack('UPDATE_COMPLETE', { updated_time: 'T0', tags: ['theirs'] })
    expect((await poll(watch('update', marker), older)).phase).toBe('working')
  })

  it('that never starts is FAILED after a minute', async () => {
    const seen = await poll(watch('update', marker), stack('UPDATE_COMPLETE', { updated_time: 'T1' }), 60_000)
    expect(seen).toMatchObject({
      phase: 'failed',
      final: true,
      statusReason: expect.stringContaining('did not begin'),
    })
  })

  it('can end in the same second as the update before it, when the stack has its tag', async () => {
    const seen = await poll(
      watch('update', marker),
      stack('UPDATE_COMPLETE', { updated_time: 'T1', tags: ['ours'] }),
    )
    expect(seen.phase).toBe('succeeded')
  })

  it("does not mistake another update's end for its own", async () => {
    const seen = await poll(
      watch('update', marker),
      stack('UPDATE_COMPLETE', { updated_time: 'T2', tags: ['theirs'] }),
    )
    expect(seen).toMatchObject({ phase: 'failed', statusReason: expect.stringContaining('Another update') })
  })

  it('is recognized by its time if a cloud shows no tags', async () => {
    const untagged: Marker = { startedAt: 0, requestTag: 'ours' }
    expect(
      (await poll(watch('update', untagged), stack('UPDATE_COMPLETE', { updated_time: 'T1' }))).phase,
    ).toBe('succeeded')
    expect(
      (await poll(watch('update', untagged), stack('UPDATE_COMPLETE', { updated_time: null }))).phase,
    ).toBe('working')
  })
})

describe('a Delete', () => {
  it('that leaves the stack unchanged counts as refused after a minute', async () => {
    expect((await poll(watch('delete'), stack('UPDATE_COMPLETE'))).phase).toBe('working')
    expect(await poll(watch('delete'), stack('UPDATE_COMPLETE'), 60_000)).toMatchObject({
      phase: 'failed',
      final: true,
    })
  })

  it('that failed has a reason with a remedy', async () => {
    expect(await poll(watch('delete'), stack('DELETE_FAILED'))).toMatchObject({
      phase: 'failed',
      final: true,
      advice: expect.stringContaining('OnDeleteFailed'),
    })
  })

  describe('of a stack in which an earlier deletion had failed', () => {
    const again = watch('delete', { startedAt: 0, failedBefore: { event: 'e2' } })
    const event = (id: string, resource_status: string, physical_resource_id = 'u'): HeatEvent => ({
      id,
      event_time: '2026-01-01T00:00:00Z',
      physical_resource_id,
      resource_status,
      links: [],
    })
    const before = [event('e2', 'DELETE_FAILED'), event('e1', 'DELETE_IN_PROGRESS')]
    const restarted = [event('e4', 'DELETE_FAILED'), event('e3', 'DELETE_IN_PROGRESS'), ...before]

    it('does not end by the earlier failure, which an older Heat still shows', async () => {
      expect(await poll(again, stack('DELETE_FAILED'), 1000, rulesWith(before))).toEqual({
        phase: 'working',
        status: 'DELETE_FAILED (from before)',
      })
    })

    it.each([
      ['its own events show that it began and failed', again, restarted],
      ['a poll has seen it at work', watch('delete', { ...again.marker, startedAt: 0, seen: true }), before],
    ])('has failed once %s', async (_, watched, events) => {
      expect(await poll(watched, stack('DELETE_FAILED'), 1000, rulesWith(events))).toMatchObject({
        phase: 'failed',
        statusReason: 'because',
      })
    })

    it.each([
      ['that it began', [event('e3', 'DELETE_IN_PROGRESS'), ...before]],
      ['the late record of the earlier failure', [event('e3', 'DELETE_FAILED'), ...before]],
      [
        'a failure of one of its resources',
        [event('e4', 'DELETE_FAILED', 'r'), event('e3', 'DELETE_IN_PROGRESS', 'r'), ...before],
      ],
    ])('has not failed yet if the new events are only %s', async (_, events) => {
      expect((await poll(again, stack('DELETE_FAILED'), 1000, rulesWith(events))).phase).toBe('working')
    })

    it('counts as failed after a minute, also if the events may not be read', async () => {
      const denied = new CloudError('denied', 'for a test')
      for (const events of [before, denied]) {
        expect((await poll(again, stack('DELETE_FAILED'), 59_000, rulesWith(events))).phase).toBe('working')
        expect(await poll(again, stack('DELETE_FAILED'), 60_000, rulesWith(events))).toMatchObject({
          phase: 'failed',
          advice: expect.stringContaining('OnDeleteFailed'),
        })
      }
    })

    it('ends as soon as the stack is gone', async () => {
      expect(await poll(again, undefined, 1000, rulesWith(before))).toEqual({ phase: 'gone' })
    })
  })
})
