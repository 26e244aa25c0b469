import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readContinuation } from '../../../src/bridge/continuation/continuation.ts'
import { seal } from '../../../src/bridge/continuation/seal.ts'
import type { Operation } from '../../../src/bridge/operation.ts'
import type { JsonObject } from '../../../src/platform/json.ts'

/** Queues and journals contain continuations of 0.1.0 while the function is replaced. */

const KEY = 'a key of sixteen letters or more'
const stack = { id: 'arn:1', name: 'one' }
const watch = { kind: 'create', stack, marker: { token: 't', doubts: 1 } } as const
const policy = {
  onExisting: 'own',
  onTimeout: 'cancel',
  deleteAttempts: 2,
  repair: true,
  pollMinMs: 3000,
  pollMaxMs: 30_000,
} as const
const times = { startedAt: 1, deadline: 2, answerBy: 3, end: 4, notBefore: 5 }
const same = { kind: 'create', policy, ...times, throttles: 1, hops: 3 } as const

const oldObserve = { at: 'observe', watch, since: 6, status: 'S', doubts: 2, attempt: 1, then: 'create' }
const observe = {
  at: 'observe',
  watch,
  since: 6,
  status: 'S',
  consecutiveFailedPolls: 2,
  attempt: 1,
  then: 'create',
} as const
const failure = { status: 'CREATE_FAILED', statusReason: 'why' }
const verdict = { status: 'FAILED', reason: 'why' } as const
const busy = { status: 'UPDATE_IN_PROGRESS', since: 6 }

/** As 0.1.0 seals it. */
function written(operation: JsonObject): JsonObject {
  const open = {
    stackbridge: 'continuation',
    version: 1,
    rosStackId: 'stack',
    requestId: 'request',
    logicalResourceId: 'A[0]',
    hop: 3,
  }
  const content = {
    chain: 'abc',
    resourceType: 'Custom::Model',
    providerName: 'Model',
    rosStackName: 'ros',
    replyTo: {
      responseUrls: { public: 'https://ros/' },
      stackId: 'stack',
      requestId: 'request',
      logicalResourceId: 'A[0]',
    },
    properties: {},
    whole: false,
    fingerprint: 'f',
    bridge: {},
    secrets: [],
    operation,
  }
  return { ...open, sealed: seal(gzipSync(JSON.stringify(content)), JSON.stringify(open), KEY) }
}

function read(operation: JsonObject): Operation {
  const result = readContinuation(written(operation), [KEY])
  if (result.kind === 'refused') throw new Error(result.problem)
  return result.continuation.operation
}

describe('an operation of 0.1.0', () => {
  it.each<[JsonObject, Operation['step']]>([
    [{ at: 'find' }, { at: 'find' }],
    [
      { at: 'find', busy },
      { at: 'find', busy },
    ],
    [{ at: 'create' }, { at: 'create' }],
    [
      { at: 'update', stack },
      { at: 'update', stack },
    ],
    [
      { at: 'delete', stack, attempt: 1, then: 'answer' },
      { at: 'delete', stack, attempt: 1, then: 'answer' },
    ],
    [
      { at: 'repair', stack },
      { at: 'repair', stack },
    ],
    [oldObserve, observe],
    [
      { at: 'explain', observe: oldObserve, failure },
      { at: 'explain', observe, failure },
    ],
    [
      { at: 'last-look', observe: oldObserve },
      { at: 'final-poll', observe },
    ],
    [
      { at: 'explain-timeout', observe: oldObserve },
      { at: 'explain-timeout', observe },
    ],
    [
      { at: 'stop', observe: oldObserve, reason: 'r' },
      { at: 'stop', observe, reason: 'r' },
    ],
    [
      { at: 'answer', verdict, tries: 2 },
      { at: 'answer', verdict, tries: 2 },
    ],
    [
      { at: 'end', verdict, delivered: false },
      { at: 'end', verdict, delivered: false },
    ],
  ])('is continued at the same step, $at', (old, step) => {
    expect(read({ version: 1, ...same, step: old })).toEqual({ version: 2, ...same, step })
  })

  it('keeps the count of failed calls and the reason for giving up', () => {
    const old = { version: 1, ...same, silence: { calls: 4, since: 7 }, givenUp: 'g', step: oldObserve }
    expect(read(old)).toEqual({
      version: 2,
      ...same,
      failedCalls: { count: 4, since: 7 },
      givenUp: 'g',
      step: observe,
    })
  })

  it('is refused if a field has a form that 0.1.0 did not write', () => {
    const incomplete = { ...oldObserve, doubts: null }
    expect(() => read({ version: 1, ...same, step: incomplete })).toThrow(/not of the form/)
  })
})
