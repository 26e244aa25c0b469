import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../src/platform/json.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { stackDigestOf } from '../../../src/providers/recognition/stack-digest.ts'

function digest(properties: JsonObject): string {
  const secrets = new Secrets()
  secrets.addFrom(properties)
  return stackDigestOf(properties, (text) => secrets.mask(text))
}

/** The same data with the names of its maps in another order. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  )
}

describe('the digest of the stack that a Create asks for', () => {
  const stack = { Template: { Resources: {} }, Parameters: { Zone: 'a', Size: 3 } }

  it('is the same for any order of names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (parameters) => {
        const properties: JsonObject = JSON.parse(JSON.stringify({ Stack: { Parameters: parameters } }))
        const other = reversed(properties)
        expect(digest(other as JsonObject)).toBe(digest(properties))
      }),
    )
  })

  it('is the same with null, other credentials, another Timeout and another password', () => {
    const one = { Stack: { ...stack, Parameters: { ...stack.Parameters, DbPassword: 'correct-horse-1' } } }
    const other = {
      Stack: { ...stack, Name: null, Parameters: { ...stack.Parameters, DbPassword: 'battery-staple-2' } },
      Auth: { Password: 'another' },
      Timeout: 7200,
    }
    expect(digest(other)).toBe(digest(one))
  })

  it('is another with another template or parameter', () => {
    expect(digest({ Stack: { ...stack, Parameters: { Zone: 'b', Size: 3 } } })).not.toBe(
      digest({ Stack: stack }),
    )
    expect(digest({ Stack: { ...stack, Template: {} } })).not.toBe(digest({ Stack: stack }))
  })
})
