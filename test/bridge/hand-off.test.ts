import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createHandOff, LONGEST_HAND_OFF_MS, type ContinuationContent } from '../../src/bridge/hand-off.ts'
import type { Host, SelfInvocation } from '../../src/bridge/host.ts'
import { readContinuation } from '../../src/bridge/continuation/continuation.ts'
import { startOperation, type Operation } from '../../src/bridge/operation.ts'
import type { Invoked } from '../../src/platform/function-compute.ts'
import {
  LARGEST_RESCUABLE_PAYLOAD_BYTES,
  PAYLOAD_LIMITS,
} from '../../src/platform/limits/function-compute.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { OperationTokens } from '../../src/providers/http/operation-tokens.ts'
import { FakeClock } from '../fake-clock.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'
import { observing, POLICY } from './operation-values.ts'

const KEY = { STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }

function world(environment: Record<string, string>, invoke: (count: number) => Invoked) {
  const clock = new FakeClock(1_000_000)
  const { settings } = readSettings(environment)
  const sent: { payload: Uint8Array; delaySeconds: number; taskId: string }[] = []
  const warnings: string[] = []
  const log = pino(
    { level: 'warn' },
    { write: (line) => void warnings.push(JSON.parse(line).why ?? JSON.parse(line).msg) },
  )
  const host: Host = {
    clock,
    random: () => 0.5,
    environment,
    settings,
    payloadLimits: PAYLOAD_LIMITS,
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
  const handOff = (
    content: Partial<ContinuationContent> = {},
    invokeSelf: SelfInvocation = self,
    isLastChance = false,
  ) => {
    const send = createHandOff({ host, log }, invokeSelf, () => ({ ...plain, ...content }))
    return (one: Operation) => send(one, { isLastChance })
  }
  return { handOff, sent, warnings, clock }
}

const plain: ContinuationContent = {
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
  const times = { startedAt: 0, deadline: 1, answerBy: 2, end: 3 }
  return { ...startOperation({ kind: 'create', policy: POLICY, ...times }), notBefore, hops: 4, step }
}

const watch = { kind: 'create', stack: { id: 'i', name: 'n' }, marker: {} } as const
const firstPoll = observing(watch)
const taken = { invoked: true, fcRequestId: 'next' } as const

describe('a hand-off that hangs', () => {
  it('starts no request after this call has continued the operation itself', async () => {
    const { handOff, clock } = world(KEY, () => taken)
    const signals: (AbortSignal | undefined)[] = []
    const handing = handOff(
      {},
      {
        possible: true,
        invoke({ signal }) {
          signals.push(signal)
          return new Promise(() => undefined)
        },
      },
    )(operation(firstPoll))
    await clock.advance(LONGEST_HAND_OFF_MS - 1)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    await clock.advance(1)
    expect(await handing).toBe(false)
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })
})

describe('an operation that is handed off', () => {
  it('is delayed until its next poll is due, with a task id of its hop', async () => {
    const { handOff, sent } = world(KEY, () => taken)
    expect(await handOff()(operation(firstPoll, 1_000_000 + 12_300))).toBe(true)
    expect(sent).toMatchObject([{ delaySeconds: 13, taskId: 'stackbridge-c-5' }])
  })

  it.each([
    [3000, 3],
    // The next invocation waits for the rest in place.
    [3001, 3],
    [3250, 3],
    [3251, 4],
    [250, 0],
    // Rounded up by less than a second.
    [12_001, 13],
  ])('that waits for %i ms is delayed by %i whole seconds', async (ms, delaySeconds) => {
    const { handOff, sent } = world(KEY, () => taken)
    await handOff()(operation(firstPoll, 1_000_000 + ms))
    expect(sent).toMatchObject([{ delaySeconds }])
  })

  it("is not delayed if it is late, and at most by FC's limit", async () => {
    const { handOff, sent } = world(KEY, () => taken)
    await handOff()(operation(firstPoll, 0))
    await handOff()(operation(firstPoll, 1_000_000 + 9_000_000))
    expect(sent.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 3599])
  })

  it('leaves out a template that it no longer needs', async () => {
    const { handOff, sent } = world(KEY, () => taken)
    const whole = { properties: { Template: randomBytes(200_000).toString('hex') }, oldProperties: undefined }
    expect(await handOff({ whole })(operation(firstPoll))).toBe(true)
    expect(sent[0]?.payload.byteLength).toBeLessThan(2000)
  })

  it('stays in this invocation if it needs a template that is too large', async () => {
    const { handOff, sent, warnings } = world(KEY, () => taken)
    const whole = { properties: { Template: randomBytes(200_000).toString('hex') }, oldProperties: undefined }
    const send = handOff({ whole })
    expect(await send(operation({ at: 'find' }))).toBe(false)
    expect(await send(operation({ at: 'find' }))).toBe(false)
    expect(warnings).toEqual([expect.stringContaining('give the template by TemplateURL')])
    expect(await send(operation(firstPoll))).toBe(true)
    expect(sent).toHaveLength(1)
  })

  const between = {
    // About 99 % of it cannot be compressed; sealing turns three bytes into four.
    properties: { Template: randomBytes(40_000).toString('hex') },
    oldProperties: { Template: randomBytes(40_000).toString('hex') },
  }

  it('stays in this invocation, if there is time, if it is too large for every failure destination', async () => {
    const { handOff, sent, warnings } = world(KEY, () => taken)
    expect(await handOff({ whole: between })(operation({ at: 'find' }))).toBe(false)
    expect(sent).toEqual([])
    expect(warnings).toEqual([
      expect.stringContaining(`can be given ${String(LARGEST_RESCUABLE_PAYLOAD_BYTES)} at most`),
    ])
  })

  it('is sent nevertheless if this invocation has no time left, with a warning', async () => {
    const { handOff, sent, warnings } = world(KEY, () => taken)
    expect(await handOff({ whole: between }, undefined, true)(operation({ at: 'find' }))).toBe(true)
    expect(sent[0]?.payload.byteLength).toBeGreaterThan(LARGEST_RESCUABLE_PAYLOAD_BYTES)
    expect(sent[0]?.payload.byteLength).toBeLessThan(PAYLOAD_LIMITS.largest)
    expect(warnings).toEqual([expect.stringContaining('too large for a failure destination')])
  })

  it.each<[string, Record<string, string>, SelfInvocation | undefined, RegExp]>([
    ['where it is switched off', { ...KEY, STACKBRIDGE_CONTINUATION: 'off' }, undefined, /is off/],
    ['without a key', {}, undefined, /KEY is not set/],
    ['without a role', KEY, { possible: false, whyNot: 'the function has no role' }, /no role/],
  ])('stays in this invocation %s, and logs why once', async (_, environment, self, why) => {
    const { handOff, sent, warnings } = world(environment, () => taken)
    const send = handOff({}, self)
    expect([await send(operation(firstPoll)), await send(operation(firstPoll))]).toEqual([false, false])
    expect(sent).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(why)])
  })

  it('is handed off again after a transient failure, but not after a permanent one', async () => {
    const passes = world(KEY, (count) =>
      count === 1 ? { invoked: false, again: true, why: 'throttled' } : taken,
    )
    const send = passes.handOff()
    expect([await send(operation(firstPoll)), await send(operation(firstPoll))]).toEqual([false, true])
    const stays = world(KEY, () => ({ invoked: false, again: false, why: 'HTTP 403' }))
    const again = stays.handOff()
    expect([await again(operation(firstPoll)), await again(operation(firstPoll))]).toEqual([false, false])
    expect(stays.sent).toHaveLength(1)
  })
})

describe('the tokens of an operation that is handed off', () => {
  const token = (key: string, expiresAt = 2_000_000, value = 'a-token-of-the-test') => ({
    key,
    expiresAt,
    token: { value },
    secrets: [value],
  })
  const broughtBy = (payload: Uint8Array | undefined) => {
    const json = parseJson(payload ?? new Uint8Array())
    if (!json.ok || !isJsonObject(json.value)) throw new Error('no continuation')
    const read = readContinuation(json.value, [CONTINUATION_KEY])
    if (read.kind === 'refused') throw new Error(read.problem)
    return read.continuation.tokens
  }

  it('are passed on, encrypted, until they expire', async () => {
    const { handOff, sent } = world(KEY, () => taken)
    const tokens = new OperationTokens([token('valid'), token('expired', 999_999)])
    await handOff({ tokens })(operation(firstPoll))
    expect(broughtBy(sent[0]?.payload)).toEqual([token('valid')])
    expect(Buffer.from(sent[0]?.payload ?? []).toString()).not.toContain('a-token-of-the-test')
  })

  it.each([
    ['the setting says no', { ...KEY, STACKBRIDGE_HAND_OFF_TOKENS: 'false' }, firstPoll],
    [
      'only the answer is left',
      KEY,
      { at: 'answer', verdict: { status: 'FAILED', reason: 'r' }, tries: 0 } as const,
    ],
  ])('are not passed on if %s', async (_, environment, step) => {
    const { handOff, sent } = world(environment, () => taken)
    await handOff({ tokens: new OperationTokens([token('valid')]) })(operation(step))
    expect(sent).toHaveLength(1)
    expect(broughtBy(sent[0]?.payload)).toBeUndefined()
  })

  it.each([
    ['a failure destination', KEY, 80_000],
    [
      'a message of the queue',
      { ...KEY, STACKBRIDGE_HAND_OFF_QUEUE: 'https://1.mns.cn-hangzhou.aliyuncs.com/queues/q' },
      30_000,
    ],
  ])('are omitted before they make it too large for %s', async (_, environment, bytes) => {
    const { handOff, sent, warnings } = world(environment, () => taken)
    const large = token('large', 2_000_000, randomBytes(bytes).toString('hex'))
    expect(await handOff({ tokens: new OperationTokens([large]) })(operation(firstPoll))).toBe(true)
    expect(broughtBy(sent[0]?.payload)).toBeUndefined()
    expect(warnings).toEqual([])
  })
})
