import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { bindRequest } from '../../src/bridge/bind-request.ts'
import {
  readContinuation,
  writeContinuation,
  type Continuation,
} from '../../src/bridge/continuation/continuation.ts'
import type { Host } from '../../src/bridge/host.ts'
import { startOperation } from '../../src/bridge/operation.ts'
import { parseRequest } from '../../src/bridge/parse-request.ts'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import { PAYLOAD_LIMITS } from '../../src/platform/limits/function-compute.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { FakeClock } from '../fake-clock.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'
import { POLICY } from './operation-values.ts'

const KEY = CONTINUATION_KEY
const NOW = 1_000_000

function world() {
  const { settings } = readSettings({ STACKBRIDGE_CONTINUATION_KEY: KEY })
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const host: Host = {
    clock: new FakeClock(NOW),
    random: () => 0.5,
    environment: {},
    settings,
    payloadLimits: PAYLOAD_LIMITS,
    misconfiguration: [],
    network: createNetwork(settings),
    registry: { resolve: () => ({ ok: false, problem: '' }), writersOf: () => [], isWritten: () => false },
    log: () => log,
  }
  return { host, lines }
}

function continuation(handOffs: Continuation['handOffs']): Uint8Array {
  const times = { startedAt: 0, deadline: NOW + 600_000, answerBy: NOW + 610_000, end: NOW + 620_000 }
  return writeContinuation(
    {
      chain: 'c',
      resourceType: 'Custom::Model',
      providerName: 'Model',
      rosStackName: 's',
      replyTo: { responseUrls: {}, stackId: 's', requestId: 'r', logicalResourceId: 'l' },
      properties: {},
      whole: false,
      fingerprint: 'f',
      bridge: {},
      secrets: [],
      ...(handOffs === undefined ? {} : { handOffs }),
      operation: { ...startOperation({ kind: 'create', policy: POLICY, ...times }), step: { at: 'find' } },
    },
    KEY,
  )
}

describe('an invocation that arrives before its delay is over', () => {
  it('logs once per chain what that costs', () => {
    const { host, lines } = world()
    const parsed = parseRequest(continuation({ at: NOW - 100, delaySeconds: 30 }), host)
    expect(lines).toEqual([
      expect.objectContaining({
        msg: expect.stringContaining('x-fc-async-delay is not honoured'),
        delaySeconds: 30,
        earlyMs: 29_900,
        billedSecondsAtMost: 600,
      }),
    ])
    if (parsed.kind !== 'continuation') throw new Error(parsed.kind)
    const { handOffs } = parsed.continuation
    parseRequest(continuation({ ...handOffs, at: NOW - 100, delaySeconds: 30 }), host)
    expect(lines).toHaveLength(1)
  })

  it.each([
    ['in time', { at: NOW - 30_000, delaySeconds: 30 }],
    ['late', { at: NOW - 90_000, delaySeconds: 30 }],
    ['early by the difference of two clocks', { at: NOW - 29_700, delaySeconds: 30 }],
    ['a little early', { at: NOW - 29_000, delaySeconds: 30 }],
    ['at once if no delay was requested', { at: NOW, delaySeconds: 0 }],
    ['from a version that did not write the time', undefined],
  ])('logs no warning if it arrives %s', (_, handOffs) => {
    const { host, lines } = world()
    expect(parseRequest(continuation(handOffs), host)).toMatchObject({ kind: 'continuation' })
    expect(lines).toEqual([])
  })
})

describe('an event', () => {
  const event = (bytes: number) => {
    const given = {
      RequestType: 'Create',
      ResponseURL: 'https://ros.example.com/callback',
      StackId: 's',
      StackName: 'n',
      RequestId: 'r',
      LogicalResourceId: 'l',
      ResourceType: 'Custom::Model',
      ResourceProperties: { Template: '' },
    }
    const empty = JSON.stringify(given).length
    given.ResourceProperties.Template = 'x'.repeat(bytes - empty)
    return Buffer.from(JSON.stringify(given))
  }

  it('gets a warning if it is too large for every failure destination', () => {
    const { host, lines } = world()
    parseRequest(event(PAYLOAD_LIMITS.rescuable), host)
    expect(lines).toEqual([])
    parseRequest(event(PAYLOAD_LIMITS.rescuable + 1), host)
    expect(lines).toMatchObject([
      { bytes: PAYLOAD_LIMITS.rescuable + 1, rescuableBytes: PAYLOAD_LIMITS.rescuable },
    ])
  })
})

describe('a continuation', () => {
  it("keeps the chain's observations of its hand-offs", () => {
    const handOffs = { at: NOW, delaySeconds: 3, isDelayIgnored: true, returns: 2 }
    const json = parseJson(continuation(handOffs))
    const read = json.ok && isJsonObject(json.value) ? readContinuation(json.value, [KEY]) : undefined
    expect(read).toMatchObject({ kind: 'continuation', continuation: { handOffs } })
  })

  it.each([true, false])(
    'adopts an unmarked stack only if the continuing process may: %s',
    async (allowAdoption) => {
      const { host } = world()
      const settings = { ...host.settings, allowAdoption }
      const parsed = parseRequest(continuation(undefined), { ...host, settings })
      if (parsed.kind !== 'continuation') throw new Error(parsed.kind)
      const { operation } = parsed.continuation
      const verdict = { status: 'FAILED', reason: 'why' } as const
      const bound = await bindRequest({
        ...parsed,
        continuation: {
          ...parsed.continuation,
          operation: {
            ...operation,
            // The permission of the process that handed it off.
            policy: { ...operation.policy, mayAdoptUnmarked: !allowAdoption },
            step: { at: 'answer', verdict, tries: 0 },
          },
        },
      })
      expect(bound).toMatchObject({ operation: { policy: { mayAdoptUnmarked: allowAdoption } } })
    },
  )

  it.each([
    ['in the rest of its wait, where it comes early', NOW - 10_000, NOW + 20_000, NOW + 20_000],
    ['at once, where it comes late', NOW - 90_000, NOW - 60_000, NOW - 60_000],
    ['after its wait, where this clock is an hour behind', NOW + 3_600_000, NOW + 3_630_000, NOW + 30_000],
    ['when it is due, where nothing says when it was handed off', undefined, NOW + 20_000, NOW + 20_000],
  ])('goes on %s', async (_, at, notBefore, expected) => {
    const parsed = parseRequest(continuation({ at, delaySeconds: 30, isDelayIgnored: true }), world().host)
    if (parsed.kind !== 'continuation') throw new Error(parsed.kind)
    const verdict = { status: 'FAILED', reason: 'why' } as const
    const operation = {
      ...parsed.continuation.operation,
      notBefore,
      step: { at: 'answer', verdict, tries: 1 },
    } as const
    const bound = await bindRequest({ ...parsed, continuation: { ...parsed.continuation, operation } })
    expect(bound).toMatchObject({ operation: { notBefore: expected }, inlineUntil: expected })
  })
})
