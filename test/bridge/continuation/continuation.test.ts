import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isContinuation,
  needsTemplate,
  readContinuation,
  writeContinuation,
  type Continuation,
} from '../../../src/bridge/continuation/continuation.ts'
import { seal } from '../../../src/bridge/continuation/seal.ts'
import { startOperation, type Operation } from '../../../src/bridge/operation.ts'
import { readUnderWay } from '../../../src/bridge/read-under-way.ts'
import { asText, isJsonObject, parseJson, type JsonObject } from '../../../src/platform/json.ts'
import type { Watch } from '../../../src/providers/provider.ts'

const KEY = 'a key of sixteen letters or more'
const SECRET = 'planted-secret-in-a-continuation'

const watch: Watch = { kind: 'create', stack: { id: 'arn:1', name: 'one' }, marker: { token: 't' } }
const operation: Operation = {
  ...startOperation({
    kind: 'create',
    startedAt: 0,
    deadline: 1,
    answerBy: 2,
    end: 3,
    policy: {
      onExisting: 'own',
      onTimeout: 'leave',
      deleteAttempts: 1,
      repair: false,
      pollMinMs: 1,
      pollMaxMs: 2,
    },
  }),
  failedCalls: { count: 1, since: 0 },
  hops: 3,
  step: {
    at: 'observe',
    watch,
    since: 0,
    status: 'CREATE_IN_PROGRESS',
    consecutiveFailedPolls: 0,
    attempt: 0,
    then: 'answer',
  },
}

const continuation: Continuation = {
  chain: 'abc',
  resourceType: 'Custom::Model',
  providerName: 'Model',
  rosStackName: 'ros',
  replyTo: {
    responseUrls: { public: `https://ros/?signature=${SECRET}` },
    stackId: 'stack',
    requestId: 'request',
    logicalResourceId: 'A[0]',
  },
  properties: { AccessKeySecret: SECRET },
  whole: false,
  fingerprint: 'f',
  bridge: { Outputs: ['Url'] },
  secrets: [SECRET],
  operation,
}

function eventOf(bytes: Uint8Array): JsonObject {
  const parsed = parseJson(bytes)
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('not an object')
  return parsed.value
}

describe('a continuation', () => {
  it.each<[string, Partial<Operation>]>([
    [
      'that waits for a name',
      { nameTaken: { since: 5, latest: 5, message: 'Stack [a] already exists' }, step: { at: 'find' } },
    ],
    [
      'that waits for an operation of others',
      { step: { at: 'create', busy: { status: 'OPERATION_IN_PROGRESS', since: 7 } } },
    ],
  ])('of a Create %s is read unchanged', (_, changes) => {
    const waiting = { ...continuation, operation: { ...operation, ...changes } }
    expect(readContinuation(eventOf(writeContinuation(waiting, KEY)), [KEY])).toEqual({
      kind: 'continuation',
      continuation: waiting,
    })
  })

  it('is read unchanged', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    expect(isContinuation(event)).toBe(true)
    expect(readContinuation(event, [KEY])).toEqual({ kind: 'continuation', continuation })
  })

  it('can be read while one key replaces another', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    expect(readContinuation(event, ['a new key of sixteen letters', KEY]).kind).toBe('continuation')
  })

  it('shows logs and lists which operation it is for, and nothing else', () => {
    const { sealed, ...open } = eventOf(writeContinuation(continuation, KEY))
    expect(open).toEqual({
      stackbridge: 'continuation',
      version: 1,
      rosStackId: 'stack',
      requestId: 'request',
      logicalResourceId: 'A[0]',
      hop: 3,
      about: {
        resourceType: 'Custom::Model',
        provider: 'Model',
        rosStackName: 'ros',
        kind: 'create',
        stackId: 'arn:1',
        stackName: 'one',
        status: 'CREATE_IN_PROGRESS',
        since: 0,
        notBefore: 0,
        deadline: 1,
      },
    })
    expect(Buffer.from(asText(sealed ?? ''), 'base64').toString('latin1')).not.toContain(SECRET)
  })

  it('masks a secret that the name of its stack has', () => {
    const stack = { id: `arn:${SECRET}/1`, name: `a-${SECRET}` }
    const named = { ...operation, step: { ...operation.step, watch: { ...watch, stack } } } as Operation
    const { about } = eventOf(writeContinuation({ ...continuation, operation: named }, KEY))
    expect(about).toMatchObject({ stackId: 'arn:[secret]/1', stackName: 'a-[secret]' })
  })

  it('is read even if it does not show its operation, as in 0.1.0, or shows another one', () => {
    const { sealed, about, ...ids } = eventOf(writeContinuation(continuation, KEY))
    const plain = gzipSync(JSON.stringify(continuation))
    for (const open of [ids, { ...ids, about: 'later' }, { ...ids, about: { later: [1] }, later: 2 }]) {
      const event = { ...open, sealed: seal(plain, JSON.stringify(open), KEY) }
      expect(readContinuation(event, [KEY])).toEqual({ kind: 'continuation', continuation })
      expect(readUnderWay(Buffer.from(JSON.stringify(event)))).toMatchObject({
        requestId: 'request',
        hops: 3,
      })
    }
    expect([about, sealed]).not.toContain(undefined)
  })

  it.each([
    [
      'another key',
      continuation,
      ['another key of sixteen letters'],
      /not sealed under STACKBRIDGE_CONTINUATION_KEY/,
    ],
    ['no key', continuation, [], /STACKBRIDGE_CONTINUATION_KEY is not set/],
  ] as const)('is refused with %s', (_, written, keys, problem) => {
    const read = readContinuation(eventOf(writeContinuation(written, KEY)), keys)
    expect(read).toEqual({
      kind: 'refused',
      problem: expect.stringMatching(problem),
      ids: { rosStackId: 'stack', requestId: 'request', logicalResourceId: 'A[0]' },
    })
  })

  it('is refused if any part of it was changed', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    const changed = fc.constantFrom(
      'rosStackId',
      'requestId',
      'logicalResourceId',
      'hop',
      'about',
      'sealed',
      'version',
    )
    fc.assert(
      fc.property(changed, fc.jsonValue(), (name, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(event[name]))
        expect(readContinuation({ ...event, [name]: value as JsonObject }, [KEY]).kind).toBe('refused')
      }),
    )
  })

  it('that is forged is refused, and never throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (fields, sealed) => {
        const event = { ...(fields as JsonObject), stackbridge: 'continuation', version: 1, sealed }
        expect(readContinuation(event, [KEY]).kind).toBe('refused')
      }),
    )
  })
})

describe('a continuation of another version', () => {
  /** Written by a version whose fields the types of this version do not allow. */
  const read = (changes: object, operationChanges: object = {}) => {
    const other = { ...continuation, ...changes, operation: { ...operation, ...operationChanges } }
    return readContinuation(eventOf(writeContinuation(other, KEY)), [KEY])
  }

  it.each<[string, object, object]>([
    ['the content', { later: 1 }, {}],
    ['the answer address', { replyTo: { ...continuation.replyTo, later: 1 } }, {}],
    ['the operation', {}, { later: { deep: [1] } }],
    ['the policy', {}, { policy: { ...operation.policy, later: 1 } }],
    ['the failed calls', {}, { failedCalls: { count: 1, since: 0, later: 'throttled' } }],
    ['the step', {}, { step: { ...operation.step, later: 1 } }],
    ['what is polled', {}, { step: { ...operation.step, watch: { ...watch, later: 1 } } }],
  ])('is continued if %s has an additional field', (_, changes, operationChanges) => {
    expect(read(changes, operationChanges)).toEqual({ kind: 'continuation', continuation })
  })

  it('is continued without its tokens if they have another form', () => {
    for (const tokens of [[{ later: 1 }], 'later', 7])
      expect(read({ tokens })).toEqual({ kind: 'continuation', continuation })
  })

  it('keeps everything that a provider has written into its marker', () => {
    const marker = { later: { deep: [1] } }
    const step = { ...operation.step, watch: { ...watch, marker } }
    expect(read({}, { step })).toMatchObject({ continuation: { operation: { step: { watch: { marker } } } } })
  })

  it('is continued if its envelope has an additional field, which the seal covers', () => {
    const { sealed: replaced, ...open } = eventOf(writeContinuation(continuation, KEY))
    const longer = { ...open, later: 1 }
    const sealed = seal(gzipSync(JSON.stringify(continuation)), JSON.stringify(longer), KEY)
    expect(sealed).not.toBe(replaced)
    expect(readContinuation({ ...longer, sealed }, [KEY])).toEqual({ kind: 'continuation', continuation })
    expect(readContinuation({ ...longer, later: 2, sealed }, [KEY]).kind).toBe('refused')
  })

  it.each<[string, object, RegExp]>([
    ['a version of the operation', { version: 3 }, /has version 3; .* reads 1 and 2/],
    ['an operation without a version', { version: undefined }, /has no version/],
    ['a step', { step: { at: 'verify' } }, /at the step 'verify', which .* does not know/],
    ['a step that lacks a field', { step: { at: 'update' } }, /not of the form that this version reads/],
  ])('is refused with the cause if this version cannot read %s', (_, changes, problem) => {
    expect(read({}, changes)).toMatchObject({
      kind: 'refused',
      problem: expect.stringMatching(problem),
      ids: { requestId: 'request' },
    })
  })

  it('is refused with the cause if its envelope has another version', () => {
    const event = { ...eventOf(writeContinuation(continuation, KEY)), version: 2 }
    expect(readContinuation(event, [KEY])).toMatchObject({
      problem: expect.stringContaining('envelope does not have version 1'),
    })
  })
})

describe('the remaining operation', () => {
  it('needs no template after it has started', () => {
    expect(needsTemplate(operation)).toBe(false)
    expect(needsTemplate({ ...operation, kind: 'delete', step: { at: 'find' } })).toBe(false)
  })

  it.each<Operation['step']>([
    { at: 'create' },
    { at: 'find', busy: { status: 'UPDATE_IN_PROGRESS', since: 0 } },
    { at: 'update', stack: watch.stack },
    { at: 'observe', watch, since: 0, consecutiveFailedPolls: 0, attempt: 0, then: 'create' },
    {
      at: 'observe',
      watch: { ...watch, kind: 'repair' },
      since: 0,
      consecutiveFailedPolls: 0,
      attempt: 0,
      then: 'answer',
    },
  ])('needs the template as long as it may write to the stack: %o', (step) => {
    expect(needsTemplate({ ...operation, step })).toBe(true)
  })
})
