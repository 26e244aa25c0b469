import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSignature } from '../../../src/channels/http/signature-field.ts'
import { cpuMs } from '../../cpu-time.ts'

const GIVEN = { Date: '2026-03-11T13:32:02Z', Value: 'ab' }
const FOUND = { date: GIVEN.Date, value: GIVEN.Value }
const inJson = (text: string) => findSignature('application/json', Buffer.from(text))
const inForm = (text: string) => findSignature('application/x-www-form-urlencoded', Buffer.from(text))

describe('the Signature of a body that is not parsed', () => {
  it('is found at any position at the top of an object, beside any other members', () => {
    const others = fc.dictionary(
      fc.string().filter((name) => name !== 'Signature' && name !== '__proto__'),
      fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }),
      { maxKeys: 4 },
    )
    fc.assert(
      fc.property(others, others, fc.constantFrom(0, 1), (before, after, indent) => {
        const body = { ...before, Signature: GIVEN, ...after }
        expect(inJson(JSON.stringify(body, null, indent))).toEqual(FOUND)
        const fields = Object.entries(body).map(([name, value]): [string, string] => [
          name,
          JSON.stringify(value),
        ])
        expect(inForm(new URLSearchParams(fields).toString())).toEqual(FOUND)
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ['there is none', '{"a":1}'],
    ['it is deeper', `{"a":{"Signature":${JSON.stringify(GIVEN)}}}`],
    ['it is in a text', '{"a":"\\"Signature\\":{}"}'],
    ['it is a value', '{"a":"Signature"}'],
    ['it has no date', '{"Signature":{"Value":"ab"}}'],
    ['its value is no text', '{"Signature":{"Date":"x","Value":1}}'],
    ['it is a text', '{"Signature":"x"}'],
    ['it is far too long', `{"Signature":{"Date":"x","Value":"${'0'.repeat(2000)}"}}`],
    ['the body is a list', `[{"Signature":${JSON.stringify(GIVEN)}}]`],
    ['the body is cut', '{"Signature":{"Date":"x"'],
    ['the body is empty', ''],
  ])('is not found if %s', (_, text) => {
    expect(inJson(text)).toBeUndefined()
  })

  it.each(['a=1', 'XSignature={}', 'a=Signature={}', 'Signature', `Signature=${'0'.repeat(2000)}`, ''])(
    'is not found in the form %s',
    (text) => {
      expect(inForm(text)).toBeUndefined()
    },
  )

  it('never throws, and reads each byte once, for any body', () => {
    fc.assert(fc.property(fc.string(), (text) => [inJson(text), inForm(text)].length === 2))
    for (const text of [
      '['.repeat(2_000_000),
      `{"a":"${'\\'.repeat(2_000_000)}`,
      `{${'"a":1,'.repeat(300_000)}`,
    ]) {
      expect(cpuMs(() => inJson(`${text}"Signature":{}`))).toBeLessThan(10_000)
    }
  })
})
