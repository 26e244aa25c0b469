import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { handOverBy, type Baggage } from '../../src/bridge/hand-over.ts'
import type { Host, SelfInvocation } from '../../src/bridge/host.ts'
import { startOperation, type Operation } from '../../src/bridge/operation.ts'
import type { Invoked } from '../../src/platform/function-compute.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { FakeClock } from '../fake-clock.ts'

const KEY = { STACKBRIDGE_CONTINUATION_KEY: 'a key for the tests' }

function world(environment: Record<string, string>, invoke: (count: number) => Invoked) {
  const clock = new FakeClock(1_000_000)
  const { settings } = readSettings(environment)
  const sent: { payload: Uint8Array; delaySeconds: number; taskId: string }[] = []
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void warnings.push(JSON.parse(line).why) })
  const host: Host = {
    clock,
    random: () => 0.5,
    environment,
    settings,
    misconfiguration: [],
    network: createNetwork(settings),
    registry: { resolve: () => ({ ok: false, problem: '' }), writersOf: () => [], isWritten: () => false },
    log: () => log,
  }
  const self: SelfInvocation = {
    possible: true,
    invoke(invocation) {
      sent.push(invocation)
      return Promise.resolve(invoke(sent.length))
    },
  }
  const handOver = (baggage: Partial<Baggage> = {}, invokeSelf: SelfInvocation = self) =>
    handOverBy({ host, log }, invokeSelf, () => ({ ...plain, ...baggage }))
  return { handOver, sent, warnings, clock }
}

const plain: Baggage = {
  chain: 'c',
  resourceType: 'Custom::Model',
  providerName: 'Model',
  rosStackName: 's',
  replyTo: { responseUrls: {}, stackId: 's', requestId: 'r', logicalResourceId: 'l' },
  fingerprint: 'f',
  bridge: {},
  secrets: [],
  properties: {},
}

function operation(step: Operation['step'], notBefore = 1_000_000): Operation {
  const policy = {
    onExisting: 'own',
    onTimeout: 'leave',
    deleteAttempts: 1,
    repair: false,
    pollMinMs: 1,
    pollMaxMs: 2,
  } as const
  const times = { startedAt: 0, deadline: 1, answerBy: 2, end: 3 }
  return { ...startOperation({ kind: 'create', policy, ...times }), notBefore, hops: 4, step }
}

const watch = { kind: 'create', stack: { id: 'i', name: 'n' }, marker: {} } as const
const observing = { at: 'observe', watch, since: 0, doubts: 0, attempt: 0, then: 'answer' } as const
const taken = { invoked: true, fcRequestId: 'next' } as const

describe('an operation that is handed over', () => {
  it('comes back when its next look is due, under an id of its hop', async () => {
    const { handOver, sent } = world(KEY, () => taken)
    expect(await handOver()(operation(observing, 1_000_000 + 12_300))).toBe(true)
    expect(sent).toMatchObject([{ delaySeconds: 13, taskId: 'stackbridge-c-5' }])
  })

  it('comes back at once when it is late, and within the hour that FC allows', async () => {
    const { handOver, sent } = world(KEY, () => taken)
    await handOver()(operation(observing, 0))
    await handOver()(operation(observing, 1_000_000 + 9_000_000))
    expect(sent.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 3600])
  })

  it('leaves a template behind that it no longer needs', async () => {
    const { handOver, sent } = world(KEY, () => taken)
    const whole = { properties: { Template: randomBytes(200_000).toString('hex') }, oldProperties: undefined }
    expect(await handOver({ whole })(operation(observing))).toBe(true)
    expect(sent[0]?.payload.byteLength).toBeLessThan(2000)
  })

  it('stays where it is as long as it needs a template that is too large', async () => {
    const { handOver, sent, warnings } = world(KEY, () => taken)
    const whole = { properties: { Template: randomBytes(200_000).toString('hex') }, oldProperties: undefined }
    const over = handOver({ whole })
    expect(await over(operation({ at: 'find' }))).toBe(false)
    expect(await over(operation({ at: 'find' }))).toBe(false)
    expect(warnings).toEqual([expect.stringContaining('give the template by TemplateURL')])
    expect(await over(operation(observing))).toBe(true)
    expect(sent).toHaveLength(1)
  })

  it.each<[string, Record<string, string>, SelfInvocation | undefined, RegExp]>([
    ['where it is switched off', { ...KEY, STACKBRIDGE_CONTINUATION: 'off' }, undefined, /is off/],
    ['without a key', {}, undefined, /KEY is not set/],
    ['without a role', KEY, { possible: false, whyNot: 'the function has no role' }, /no role/],
  ])('stays where it is %s, and says so once', async (_, environment, self, why) => {
    const { handOver, sent, warnings } = world(environment, () => taken)
    const over = handOver({}, self)
    expect([await over(operation(observing)), await over(operation(observing))]).toEqual([false, false])
    expect(sent).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(why)])
  })

  it('is tried again after a failure that may pass, and not after one that does not', async () => {
    const passes = world(KEY, (count) =>
      count === 1 ? { invoked: false, again: true, why: 'throttled' } : taken,
    )
    const over = passes.handOver()
    expect([await over(operation(observing)), await over(operation(observing))]).toEqual([false, true])
    const stays = world(KEY, () => ({ invoked: false, again: false, why: 'HTTP 403' }))
    const again = stays.handOver()
    expect([await again(operation(observing)), await again(operation(observing))]).toEqual([false, false])
    expect(stays.sent).toHaveLength(1)
  })
})
