import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeSortedJson } from '../../../src/channels/http/sorted-json.ts'
import { cpuMs } from '../../cpu-time.ts'

function sorted(text: string | Uint8Array, spacing: 'spaced' | 'compact' = 'spaced'): string {
  const pieces: string[] = []
  const write = (piece: Uint8Array) => void pieces.push(Buffer.from(piece).toString('latin1'))
  writeSortedJson(Buffer.from(text), { spacing, without: 'Signature', write })
  return pieces.join('')
}

/** As Python's json.dumps writes the value of JSON.parse; slow and simple. */
function reference(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reference).join(', ')}]`
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value).replaceAll(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  const entries = Object.entries(value).sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  )
  return `{${entries.map(([name, item]) => `${reference(name)}: ${reference(item)}`).join(', ')}}`
}

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', '\\', '/', '\n', '\u007f', '{', ','),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
})
const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 })

describe('JSON for a signature', () => {
  it("is the same as Python's, for any strings and keys", () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(json, text)), fc.constantFrom(0, 2), (value, indent) => {
        const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'Signature'))
        // -0 is "0" for JSON.stringify, which has written the text, too.
        expect(sorted(JSON.stringify(value, null, indent))).toBe(reference(JSON.parse(JSON.stringify(rest))))
      }),
    )
  })

  it('keeps each number as it was written', () => {
    const numbers = '[1.0, 1E5, -0, 12345678901234567890, 1e-400, 0.10]'
    expect(sorted(`{"a":${numbers}}`)).toBe(`{"a": ${numbers}}`)
  })

  it("equals the result of JSON.parse if a key is repeated, and if a key is a prototype's name", () => {
    expect(sorted('{"b":1,"a":2,"b":{"c":3}}')).toBe('{"a": 2, "b": {"c": 3}}')
    expect(sorted('{"__proto__":1,"Signature":{"x":1},"a":{"Signature":2}}')).toBe(
      '{"__proto__": 1, "a": {"Signature": 2}}',
    )
  })

  it.each(['{"a":,"a":true}', '{"a":{"b":tru},"a":1}', '{"a":{"b":[01],"b":2}}', '{"Signature":tru,"a":1}'])(
    'is refused if JSON.parse refuses a part that would not be written: %s',
    (text) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError)
      expect(() => sorted(text)).toThrow(SyntaxError)
    },
  )

  it('is refused if JSON.parse refuses the text', () => {
    const parts = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '01',
      '-',
      'true',
      'tru',
      ' ',
      '\\',
      '\u0001',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (pieces) => {
        const given = `{"a":${pieces.join('')}}`
        const isRefused = refuses(() => sorted(given))
        expect(isRefused).toBe(refuses(() => JSON.parse(given)))
      }),
      { numRuns: 2000 },
    )
  })

  it('is refused like by JSON.parse if one piece of a valid text is missing, moved or repeated', () => {
    const tokens = /[[\]{},:]|"(?:[^"\\]|\\.)*"|[^[\]{},:"]+/g
    const change = fc.constantFrom<'omit' | 'repeat' | 'swap'>('omit', 'repeat', 'swap')
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), change, fc.nat(), fc.nat(), (value, kind, one, other) => {
        const pieces = JSON.stringify({ a: value, b: [value, {}] }).match(tokens) ?? []
        const [from, to] = [one % pieces.length, other % pieces.length]
        const [moved = ''] = pieces.slice(from, from + 1)
        if (kind !== 'repeat') pieces.splice(from, 1)
        if (kind !== 'omit') pieces.splice(to, 0, moved)
        const given = pieces.join('')
        expect(refuses(() => sorted(given))).toBe(refuses(() => parsedObject(given)))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    '[1,]',
    '[,1]',
    '[,]',
    '[1,,2]',
    '{"b":1,}',
    '{,}',
    '{,"b":1}',
    '[[],]',
    '[{},]',
    '["",]',
    '[1 2]',
    '[:]',
    '{"b"}',
  ])('is refused for a comma or colon in the wrong place: %s', (value) => {
    expect(() => sorted(`{"a":${value}}`)).toThrow(SyntaxError)
    expect(() => sorted(`{"Signature":${value},"a":1}`)).toThrow(SyntaxError)
    expect(() => sorted(`{"a":${value},"a":1}`)).toThrow(SyntaxError)
  })

  it.each<[string, string | Uint8Array]>([
    ['nesting that would exhaust the stack', `{"a":${'['.repeat(1_000_000)}`],
    ['more members than two templates have', `{${'"a":1,'.repeat(50_001)}"b":1}`],
    ['what is no object', '[1]'],
    ['what is no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ])('is refused for %s', (_, given) => {
    expect(() => sorted(given)).toThrow(SyntaxError)
  })

  it('takes time in proportion to the text', () => {
    const nested = (blob: string) => `${'{"b":1,"a":'.repeat(150)}${blob}${'}'.repeat(150)}`
    for (const given of [
      `{"a":[${'1,'.repeat(1_000_000)}1]}`,
      `{"a":"${'\\u00e9'.repeat(300_000)}"}`,
      `{"a":"${'\u007f'.repeat(2_000_000)}"}`,
      nested(`"${'x'.repeat(2_000_000)}"`),
      nested(`[${'[],'.repeat(600_000)}1]`),
    ]) {
      // A hundredth of it would do; it must never take minutes.
      expect(cpuMs(() => sorted(given))).toBeLessThan(10_000)
    }
  })
})

function parsedObject(given: string): void {
  const value: unknown = JSON.parse(given)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('must be a JSON object')
}

function refuses(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch {
    return true
  }
}
