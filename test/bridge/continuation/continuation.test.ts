import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isContinuation,
  needsTemplate,
  readContinuation,
  writeContinuation,
  type Continuation,
} from '../../../src/bridge/continuation/continuation.ts'
import { startOperation, type Operation } from '../../../src/bridge/operation.ts'
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
  silence: { calls: 1, since: 0 },
  hops: 3,
  step: {
    at: 'observe',
    watch,
    since: 0,
    status: 'CREATE_IN_PROGRESS',
    doubts: 0,
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
  it('comes back as it was sent', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    expect(isContinuation(event)).toBe(true)
    expect(readContinuation(event, [KEY])).toEqual({ kind: 'continuation', continuation })
  })

  it('can be read while one key replaces another', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    expect(readContinuation(event, ['a new key of sixteen letters', KEY]).kind).toBe('continuation')
  })

  it('shows the ids of its event, so that a log can, and nothing else', () => {
    const { sealed, ...open } = eventOf(writeContinuation(continuation, KEY))
    expect(open).toEqual({
      stackbridge: 'continuation',
      version: 1,
      rosStackId: 'stack',
      requestId: 'request',
      logicalResourceId: 'A[0]',
      hop: 3,
    })
    expect(Buffer.from(asText(sealed ?? ''), 'base64').toString('latin1')).not.toContain(SECRET)
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

  it('is refused when anything in it was changed', () => {
    const event = eventOf(writeContinuation(continuation, KEY))
    const changed = fc.constantFrom(
      'rosStackId',
      'requestId',
      'logicalResourceId',
      'hop',
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

  it('is refused when it holds anything that this version does not write', () => {
    const strange = { ...continuation, operation: { ...operation, surprise: 1 } }
    expect(readContinuation(eventOf(writeContinuation(strange, KEY)), [KEY])).toMatchObject({
      problem: expect.stringContaining('not of the form'),
    })
  })

  it('that was made up never gets anywhere, and never throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (fields, sealed) => {
        const event = { ...(fields as JsonObject), stackbridge: 'continuation', version: 1, sealed }
        expect(readContinuation(event, [KEY]).kind).toBe('refused')
      }),
    )
  })
})

describe('what is left to do', () => {
  it('needs no template once the operation has begun', () => {
    expect(needsTemplate(operation)).toBe(false)
    expect(needsTemplate({ ...operation, kind: 'delete', step: { at: 'find' } })).toBe(false)
  })

  it.each<Operation['step']>([
    { at: 'create' },
    { at: 'find', busy: { status: 'UPDATE_IN_PROGRESS', since: 0 } },
    { at: 'update', stack: watch.stack },
    { at: 'observe', watch, since: 0, doubts: 0, attempt: 0, then: 'create' },
    { at: 'observe', watch: { ...watch, kind: 'repair' }, since: 0, doubts: 0, attempt: 0, then: 'answer' },
  ])('needs the template as long as it may have to begin: %o', (step) => {
    expect(needsTemplate({ ...operation, step })).toBe(true)
  })
})
