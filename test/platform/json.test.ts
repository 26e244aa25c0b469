import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isJsonValue,
  parseAnswer,
  parseJson,
  SourceNumber,
  writeJson,
  type JsonValue,
} from '../../src/platform/json.ts'

function parsed(text: string): JsonValue {
  const json = parseJson(Buffer.from(text))
  if (!json.ok) throw new Error(json.problem)
  return json.value
}

/** As RFC 8259 spells numbers. */
const numberText = fc.stringMatching(/^-?(?:0|[1-9]\d{0,24})(?:\.\d{1,24})?(?:[eE][+-]?\d{1,3})?$/)

describe('a number of a JSON text', () => {
  it('is written as it was read, at any place', () => {
    fc.assert(
      fc.property(numberText, numberText, fc.string(), (one, other, text) => {
        const written = `{"a":${one},"b":[${other},${JSON.stringify(text)},{"c":${one}}],"d":null}`
        expect(writeJson(parsed(written))).toBe(written)
      }),
    )
  })

  it('is a plain number if a double can represent it exactly', () => {
    expect(parsed('[0,1,-7,0.1,600,9007199254740991,1e+21]')).toEqual([
      0, 1, -7, 0.1, 600, 9_007_199_254_740_991, 1e21,
    ])
  })

  it.each(['8.0', '1e3', '-0', '0.12345678901234567890', '9007199254740993', '0.0000001', '1e400', '1E5'])(
    'keeps the text %s',
    (text) => {
      expect(parsed(text)).toEqual(new SourceNumber(text))
      expect(isJsonValue(parsed(text))).toBe(true)
      expect(JSON.stringify({ text: parsed(text) })).toBe(`{"text":"${text}"}`)
    },
  )
})

describe("a cloud's answer", () => {
  it.each(['NaN', 'Infinity', '-Infinity'])('carries %s as a text', (constant) => {
    const answer = `{"a":[${constant},"${constant} \\" ${constant}"],"b":${constant}}`
    expect(parseAnswer(Buffer.from(answer))).toEqual({
      ok: true,
      value: { a: [constant, `${constant} " ${constant}`], b: constant },
    })
    expect(parseJson(Buffer.from(answer))).toEqual({ ok: false, problem: 'is not valid JSON' })
  })
})

describe('JSON with a number that a double would change', () => {
  it('is otherwise parsed like JSON.parse', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (json, space) => {
        const pretty = JSON.stringify(JSON.parse(json), undefined, space)
        const [value] = [parsed(`[${pretty},${space}8.0${space}]`)].flatMap((list) =>
          Array.isArray(list) ? list : [],
        )
        expect(value).toEqual(parsed(pretty))
        expect(JSON.stringify(value)).toBe(JSON.stringify(parsed(pretty)))
      }),
    )
  })

  it('uses the last of equal names, and no name changes a prototype', () => {
    const value = parsed('{"a":1,"__proto__":{"b":8.0},"a":2}')
    expect(Object.entries(value ?? {})).toEqual([
      ['a', 2],
      ['__proto__', { b: new SourceNumber('8.0') }],
    ])
  })

  it.each(['8.', '08.0', '+8.0', '.5', '1e', 'NaN', '[8.0', '8.0]', '{"a":8.0,}', '"8.0'])(
    'is refused: %s',
    (text) => {
      expect(parseJson(Buffer.from(text))).toEqual({ ok: false, problem: 'is not valid JSON' })
    },
  )
})
