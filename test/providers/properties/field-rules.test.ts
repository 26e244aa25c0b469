import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fieldRule, notTogether } from '../../../src/providers/properties/field-rules.ts'
import { integer, problemsOf, text } from '../../../src/providers/properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../../src/providers/properties/stack-schemas.ts'

const stack = v.pipe(
  v.strictObject({ Name: v.optional(text), URL: v.optional(text), Size: v.optional(integer(1, 10)) }),
  fieldRule('Size', ({ Name, Size }) => Size === undefined || Name !== undefined, 'must be given with Name'),
  notTogether('URL', 'Name', ', which is the same'),
)
const schema = stackSchema({ Endpoint: v.optional(text) }, stack, {})

function problems(value: unknown): string[] {
  const parsed = v.safeParse(schema, value)
  return parsed.success
    ? []
    : problemsOf(parsed.issues, schema).map(({ path, problem }) => `${path} ${problem}`)
}

describe('a rule about several properties', () => {
  it.each([
    [{ Name: 'a', Size: 1 }, []],
    [{ Size: 1 }, ['Stack.Size must be given with Name']],
    [{ Name: 'a', URL: 'b' }, ['Stack.URL must not be given together with Name, which is the same']],
    // The rules wait until the types are right.
    [{ Size: 'x' }, ['Stack.Size must be a whole number from 1 to 10']],
  ])('%o', (given, expected) => {
    expect(problems({ Stack: given })).toEqual(expected)
  })
})

describe('the properties of a Delete', () => {
  const existing = existingSchema({ Endpoint: v.optional(text) }, { Name: ifValid(text) }, {})

  it.each([
    [
      { Timeout: 60, Stack: { Name: 'a' } },
      { Timeout: 60, Stack: { Name: 'a' } },
    ],
    [{ Timeout: 0, Stack: { Name: 5, Template: 7 }, Unknown: 1 }, { Stack: {} }],
    [{ Stack: 'no map' }, { Stack: {} }],
    [{}, { Stack: {} }],
  ])('accept all properties that do not identify the stack: %o', (given, expected) => {
    expect(v.parse(existing, given)).toEqual(expected)
  })

  it('refuse a connection that cannot be read', () => {
    expect(v.safeParse(existing, { Endpoint: 5 }).success).toBe(false)
  })
})
