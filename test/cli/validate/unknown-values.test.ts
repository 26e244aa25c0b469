import { describe, expect, it } from 'vitest'
import { checkWhateverTheValues } from '../../../src/cli/validate/unknown-values.ts'
import type { PropertyProblem } from '../../../src/providers/properties/property-problem.ts'
import type { JsonObject } from '../../../src/platform/json.ts'

const unknown = { Ref: 'P' }

type Rule = (given: JsonObject) => PropertyProblem | undefined

/** A check by rules on the properties, as a provider's schema would make it. */
function rules(...all: Rule[]) {
  return async (given: JsonObject) => all.flatMap((rule) => rule(given) ?? [])
}

function problem(path: string, text: string): PropertyProblem {
  return { path, problem: text }
}

const isFlag = (name: string) => (given: JsonObject) =>
  given[name] === undefined || typeof given[name] === 'boolean'
    ? undefined
    : problem(name, `must be true or false, is ${typeof given[name]}`)

describe('a check whatever the values', () => {
  it('blames no value that is not known yet', async () => {
    const check = rules(isFlag('A'), ({ A }) => (A === undefined ? problem('A', 'is missing') : undefined))
    expect(await checkWhateverTheValues({ A: unknown }, check)).toEqual({ problems: [], unknown: 1 })
  })

  it('blames the name of a property, whatever its value will be', async () => {
    const check = rules(({ Nmae }) =>
      Nmae === undefined ? undefined : problem('Nmae', 'is not a known property'),
    )
    const { problems } = await checkWhateverTheValues({ Nmae: unknown }, check)
    expect(problems).toEqual([{ path: 'Nmae', problem: 'is not a known property' }])
  })

  it('finds what is wrong beside a value that has to be of a certain kind', async () => {
    const check = async (given: JsonObject) => {
      const own = await rules(isFlag('A'))(given)
      // As a provider does: what depends on valid properties is looked at afterwards.
      return own.length > 0 ? own : [{ path: 'B', problem: 'is missing' }]
    }
    const { problems } = await checkWhateverTheValues({ A: unknown }, check)
    expect(problems).toEqual([{ path: 'B', problem: 'is missing' }])
  })

  it('leaves out what another value would take away', async () => {
    const check = rules(isFlag('A'), ({ A, B }) =>
      A === true || B === undefined ? undefined : problem('B', 'must be given with A: true'),
    )
    expect((await checkWhateverTheValues({ A: unknown, B: 1 }, check)).problems).toEqual([])
    expect((await checkWhateverTheValues({ A: false, B: 1, C: unknown }, check)).problems).toHaveLength(1)
  })

  it('takes a value for given, unless a condition can take it away', async () => {
    const check = rules(({ A, B }) =>
      A !== undefined && B === undefined ? problem('B', 'must be given with A') : undefined,
    )
    const maybe = { 'Fn::If': ['C', 1, { Ref: 'ALIYUN::NoValue' }] }
    expect((await checkWhateverTheValues({ A: unknown }, check)).problems).toHaveLength(1)
    expect((await checkWhateverTheValues({ A: maybe }, check)).problems).toEqual([])
    expect(await checkWhateverTheValues({ A: { Ref: 'ALIYUN::NoValue' } }, check)).toEqual({
      problems: [],
      unknown: 0,
    })
  })

  it('doubts what it finds where nothing that it can think of fits', async () => {
    const check = rules(
      ({ A }) =>
        A === undefined || A === 'a certain word'
          ? undefined
          : problem('A', `must be a certain word, is ${typeof A}`),
      ({ A, B }) => (A === undefined && B === undefined ? problem('B', 'must be given, or A') : undefined),
    )
    expect((await checkWhateverTheValues({ A: unknown }, check)).problems).toEqual([])
  })

  it('takes the same function for the same value, and another one for any that stands elsewhere', async () => {
    const check = rules(({ A, B }) => (A === B ? undefined : problem('A', 'must be the same as B')))
    expect((await checkWhateverTheValues({ A: unknown, B: unknown, C: [unknown] }, check)).problems).toEqual(
      [],
    )
    const listed = rules(({ A, B }) =>
      JSON.stringify(A) === JSON.stringify(B) ? undefined : problem('A', 'must be the same as B'),
    )
    expect((await checkWhateverTheValues({ A: ['x'], B: [unknown] }, listed)).problems).toEqual([])
    expect((await checkWhateverTheValues({ A: [5], B: 6, C: unknown }, listed)).problems).toHaveLength(1)
  })

  it('looks into lists and maps for values that are not known', async () => {
    const seen: JsonObject[] = []
    const check = async (given: JsonObject) => {
      seen.push(given)
      return []
    }
    const checked = await checkWhateverTheValues({ A: [{ B: unknown }, unknown], C: 'x' }, check)
    expect(checked.unknown).toBe(2)
    expect(JSON.stringify(seen)).not.toContain('Ref')
  })
})
