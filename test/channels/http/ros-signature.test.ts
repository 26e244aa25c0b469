import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  problemOfDate,
  problemOfSignature,
  type RosSignature,
} from '../../../src/channels/http/ros-signature.ts'
import { findSignature } from '../../../src/channels/http/signature-field.ts'

const KEY = 'a sign key of no value'
const DATE = '2026-03-11T13:32:02Z'
const NOW = Date.parse(DATE)
const URL = 'https://bridge.example.com/ros'
const FORM = ['hmac', 'hex', 'spaced'] as const

function problem(
  body: string,
  options: Partial<RosSignature> & {
    readonly now?: number
    readonly url?: string
    readonly headers?: Record<string, string>
  } = {},
): string | undefined {
  const json = Buffer.from(body)
  const { now = NOW, url = URL, headers = {}, ...signature } = options
  const given = findSignature('application/json', json)
  if (given === undefined) return 'the request has no Signature'
  return (
    problemOfDate(given, now) ??
    problemOfSignature({ contentType: 'application/json', headers, url, json }, given, {
      keys: [KEY],
      form: FORM,
      headerNames: [],
      ...signature,
    })
  )
}

const signed = (data: string, value: string, date = DATE) =>
  `${data.slice(0, -1)}${data === '{}' ? '' : ','}"Signature":{"Date":"${date}","Value":"${value}"}}`

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const hmac = (text: string) => createHmac('sha1', KEY).update(text).digest('hex')

describe("ROS's signature", () => {
  const data = '{"b":1.0,"a":{"ü":"x\\ty","large":12345678901234567890},"list":[true,null,"1"]}'
  // As Python's json.dumps(sort_keys=True) writes it.
  const sorted =
    '{"a": {"large": 12345678901234567890, "\\u00fc": "x\\ty"}, "b": 1.0, "list": [true, null, "1"]}'
  const text = `POST\napplication/json\n${md5(sorted)}\n${DATE}\n${URL}`

  it('is accepted if it was made with the key for this URL and this body', () => {
    expect(problem(signed(data, hmac(text)))).toBeUndefined()
    expect(problem(signed(data, hmac(text).toUpperCase()))).toBeUndefined()
  })

  it.each([
    ['another key', signed(data, createHmac('sha1', 'another').update(text).digest('hex')), {}],
    ['another body', signed('{"b":1}', hmac(text)), {}],
    ['another spelling of a number', signed(data.replace('1.0', '1'), hmac(text)), {}],
    ['another URL', signed(data, hmac(text)), { url: `${URL}/sync` }],
    ['another date', signed(data, hmac(text), '2026-03-11T13:32:03Z'), {}],
    ['an empty value', signed(data, ''), {}],
  ])('is refused with %s', (_, body, options) => {
    expect(problem(body, options)).toBe(
      'the Signature is not one of STACKBRIDGE_SIGN_KEY for this URL and body',
    )
  })

  it('is refused if a string imitates a number and the fields after it', () => {
    const original = '{"A":1,"B":{"c":"d"}}'
    const forged = String.raw`{"A":"\u0000number:1, \"B\": {\"c\": \"d\"}"}`
    const value = hmac(`POST\napplication/json\n${md5('{"A": 1, "B": {"c": "d"}}')}\n${DATE}\n${URL}`)
    expect(problem(signed(original, value))).toBeUndefined()
    expect(problem(signed(forged, value))).toContain('is not one of STACKBRIDGE_SIGN_KEY')
  })

  it('is refused if it is missing, undated or old', () => {
    expect(problem('{}')).toBe('the request has no Signature')
    expect(problem('{"Signature":"x"}')).toBe('the request has no Signature')
    expect(problem(signed('{}', 'x', 'today'))).toContain('not an ISO 8601 date')
    const late = NOW + 15 * 60_000 + 1
    expect(problem(signed(data, hmac(text)), { now: late })).toContain('more than 15 minutes off')
  })

  it('is accepted with the old key while a new one replaces it', () => {
    expect(problem(signed(data, hmac(text)), { keys: ['a newer key of no value', KEY] })).toBeUndefined()
  })

  it('covers the headers that the template adds, sorted by name', () => {
    const headers = { 'x-b': '2', 'x-a': '1' }
    const withHeaders = `POST\napplication/json\n${md5('{}')}\n${DATE}\nX-A:1\nX-B:2\n${URL}`
    const body = signed('{}', hmac(withHeaders))
    expect(problem(body, { headers, headerNames: ['X-B', 'X-A'] })).toBeUndefined()
    expect(problem(body, { headers: { ...headers, 'x-b': '3' }, headerNames: ['X-B', 'X-A'] })).toBeDefined()
  })

  it('is accepted in another form if the settings name that form', () => {
    const compact = createHash('md5').update('{"a":[1,2]}').digest('base64')
    const other = `POST\napplication/json\n${compact}\n${DATE}\n${URL}`
    const value = createHash('sha1').update(`${other}${KEY}`).digest('hex')
    const body = signed('{"a":[1,2]}', value)
    expect(problem(body, { form: ['appended', 'base64', 'compact'] })).toBeUndefined()
    expect(problem(body)).toBeDefined()
  })

  // Each pair by Python 3.11: json.dumps(json.loads(body), sort_keys=True).
  it.each([
    ['{"\uff5e":1,"\ud83d\ude00":2,"Z":3,"a":4}', '{"Z": 3, "a": 4, "\\uff5e": 1, "\\ud83d\\ude00": 2}'],
    [
      '{"a":"\\u0000\\u0007\\b\\f\\n\\r\\t\\u001f\\u007f\\/\\"\\\\"}',
      '{"a": "\\u0000\\u0007\\b\\f\\n\\r\\t\\u001f\\u007f/\\"\\\\"}',
    ],
    [
      '{"a":{},"b":[],"c":[[],{}],"d":"1.0","e":-7}',
      '{"a": {}, "b": [], "c": [[], {}], "d": "1.0", "e": -7}',
    ],
  ])('is computed from the text that Python writes for %j', (body, sortedByPython) => {
    const value = hmac(`POST\napplication/json\n${md5(sortedByPython)}\n${DATE}\n${URL}`)
    expect(problem(signed(body, value))).toBeUndefined()
  })
})
