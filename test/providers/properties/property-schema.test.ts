import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { flag, integer, map, problemsOf, text } from '../../../src/providers/properties/property-schema.ts'

const schema = v.strictObject({
  RegionId: v.optional(text),
  Size: v.optional(integer(1, 10)),
  On: v.optional(flag),
  Stack: v.strictObject({
    Template: v.optional(v.union([text, map], 'must be a string or a map')),
    Mode: v.optional(v.picklist(['fast', 'slow'])),
    Tags: v.optional(v.array(text)),
    Schedule: v.optional(v.strictObject({ At: text, Every: integer(1, 5) })),
  }),
})

function problems(value: unknown): string[] {
  const parsed = v.safeParse(schema, value)
  return parsed.success
    ? []
    : problemsOf(parsed.issues, schema).map(({ path, problem }) => `${path} ${problem}`)
}

describe('a problem with a property', () => {
  it.each([
    [{}, 'Stack is missing; it must be a map'],
    [{ Stack: 'x' }, 'Stack must be a map'],
    [{ Stack: { Schedule: { Every: 1 } } }, 'Stack.Schedule.At is missing; it must be a string'],
    [
      { Stack: { Schedule: { At: 'x' } } },
      'Stack.Schedule.Every is missing; it must be a whole number from 1 to 5',
    ],
    [{ Stack: {}, RegionId: 5 }, 'RegionId must be a string, but is a number'],
    [{ Stack: {}, RegionId: '' }, 'RegionId must not be empty'],
    [{ Stack: {}, Size: 11 }, 'Size must be a whole number from 1 to 10'],
    [{ Stack: {}, On: 'yes' }, 'On must be true or false'],
    [{ Stack: { Template: 7 } }, 'Stack.Template must be a string or a map, but is a number'],
    [{ Stack: { Mode: 'medium' } }, 'Stack.Mode must be one of fast, slow'],
    [{ Stack: { Tags: ['a', null] } }, 'Stack.Tags[1] must be a string, but is null'],
    [{ Stack: { TemplateBody: 'x' } }, 'Stack.TemplateBody is not a known property; did you mean Template?'],
    [{ Stack: {}, Region: 'x' }, 'Region is not a known property; did you mean RegionId?'],
    [{ Stack: { Te: 'x' } }, 'Stack.Te is not a known property'],
    [{ Stack: { Templat: 'x' } }, 'Stack.Templat is not a known property; did you mean Template?'],
    [{ Stack: {}, regionId: 'x' }, 'regionId is not a known property; did you mean RegionId?'],
    [{ Stack: {}, Completely: 'x' }, 'Completely is not a known property'],
  ])('%o: %s', (value, expected) => {
    expect(problems(value)).toEqual([expected])
  })

  it('shortens a name of ten million characters, without delay', () => {
    const [problem = ''] = problems({ Stack: {}, ['x'.repeat(10_000_000)]: 1 })
    expect(problem).toBe(`${'x'.repeat(100)}… is not a known property`)
  })

  it('is reported once for any number of issues', () => {
    expect(problems({ Stack: { Tags: Array.from({ length: 10_000 }, () => null) } })).toHaveLength(10_000)
  })

  it('never shows a value', () => {
    const secret = 'hunter2-hunter2'
    const values = {
      RegionId: [secret],
      Size: secret,
      On: secret,
      Stack: { Mode: secret, Tags: secret, [secret.slice(0, 3)]: secret },
    }
    expect(problems(values).join()).not.toContain(secret)
  })
})

describe('a number or a flag that passed through a text parameter of ROS', () => {
  it('is read as its value', () => {
    expect(v.parse(schema, { Size: '7', On: 'False', Stack: {} })).toMatchObject({ Size: 7, On: false })
  })
})
