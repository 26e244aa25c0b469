import { describe, expect, it } from 'vitest'
import { checkWithUnknownValues } from '../../../src/cli/validate/unknown-values.ts'
import type { PropertyProblem } from '../../../src/providers/properties/property-problem.ts'
import type { JsonObject } from '../../../src/platform/json.ts'

const unknown = { Ref: 'P' }

type Rule = (given: JsonObject) => PropertyProblem | undefined

/** A check with rules on the properties, like that of a provider's schema. */
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

describe('a check with unknown values', () => {
  it('runs once where all values are known', async () => {
    let runs = 0
    const check = async () => {
      runs += 1
      return [problem('A', 'is missing')]
    }
    expect((await checkWithUnknownValues({ B: 1 }, check)).problems).toHaveLength(1)
    expect(runs).toBe(1)
  })

  it('reports no problem of a value that is not known yet', async () => {
    const check = rules(isFlag('A'), ({ A }) => (A === undefined ? problem('A', 'is missing') : undefined))
    expect(await checkWithUnknownValues({ A: unknown }, check)).toEqual({ problems: [], unknown: 1 })
  })

  it('reports a wrong property name, for any value', async () => {
    const check = rules(({ Nmae }) =>
      Nmae === undefined ? undefined : problem('Nmae', 'is not a known property'),
    )
    const { problems } = await checkWithUnknownValues({ Nmae: unknown }, check)
    expect(problems).toEqual([{ path: 'Nmae', problem: 'is not a known property' }])
  })

  it('reports other problems beside a value that must have a certain type', async () => {
    const check = async (given: JsonObject) => {
      const own = await rules(isFlag('A'))(given)
      // As in a provider, rules that need valid properties are checked only afterwards.
      return own.length > 0 ? own : [{ path: 'B', problem: 'is missing' }]
    }
    const { problems } = await checkWithUnknownValues({ A: unknown }, check)
    expect(problems).toEqual([{ path: 'B', problem: 'is missing' }])
  })

  it('omits a problem that another value would remove', async () => {
    const check = rules(isFlag('A'), ({ A, B }) =>
      A === true || B === undefined ? undefined : problem('B', 'must be given with A: true'),
    )
    expect((await checkWithUnknownValues({ A: unknown, B: 1 }, check)).problems).toEqual([])
    expect((await checkWithUnknownValues({ A: false, B: 1, C: unknown }, check)).problems).toHaveLength(1)
  })

  it('treats a value as present, unless a condition can remove it', async () => {
    const check = rules(({ A, B }) =>
      A !== undefined && B === undefined ? problem('B', 'must be given with A') : undefined,
    )
    const maybe = { 'Fn::If': ['C', 1, { Ref: 'ALIYUN::NoValue' }] }
    expect((await checkWithUnknownValues({ A: unknown }, check)).problems).toHaveLength(1)
    expect((await checkWithUnknownValues({ A: maybe }, check)).problems).toEqual([])
    expect(await checkWithUnknownValues({ A: { Ref: 'ALIYUN::NoValue' } }, check)).toEqual({
      problems: [],
      unknown: 0,
    })
  })

  it('omits dependent problems if no substitute is valid', async () => {
    const check = rules(
      ({ A }) =>
        A === undefined || A === 'a certain word'
          ? undefined
          : problem('A', `must be a certain word, is ${typeof A}`),
      ({ A, B }) => (A === undefined && B === undefined ? problem('B', 'must be given, or A') : undefined),
    )
    expect((await checkWithUnknownValues({ A: unknown }, check)).problems).toEqual([])
  })

  it('uses the same value for the same function, and may let another one equal any other property', async () => {
    const check = rules(({ A, B }) => (A === B ? undefined : problem('A', 'must be the same as B')))
    expect((await checkWithUnknownValues({ A: unknown, B: unknown, C: [unknown] }, check)).problems).toEqual(
      [],
    )
    const listed = rules(({ A, B }) =>
      JSON.stringify(A) === JSON.stringify(B) ? undefined : problem('A', 'must be the same as B'),
    )
    expect((await checkWithUnknownValues({ A: ['x'], B: [unknown] }, listed)).problems).toEqual([])
    expect((await checkWithUnknownValues({ A: [5], B: 6, C: unknown }, listed)).problems).toHaveLength(1)
  })

  it('finds unknown values in lists and maps', async () => {
    const seen: JsonObject[] = []
    const check = async (given: JsonObject) => {
      seen.push(given)
      return []
    }
    const checked = await checkWithUnknownValues({ A: [{ B: unknown }, unknown], C: 'x' }, check)
    expect(checked.unknown).toBe(2)
    expect(JSON.stringify(seen)).not.toContain('Ref')
  })
})
