import { describe, expect, it } from 'vitest'
import { Comparison, type KnownViolation } from './compare.ts'

const known: readonly KnownViolation[] = [
  {
    rule: 'one answer',
    histories: ['aws update in-place: silent at UpdateStack#1'],
    alsoIn: ['aws failingUpdate *: silent at *'],
    shows: /two answers/,
  },
]

const history = (name: string, ...violations: string[]) => ({ name, violations, effects: [], logged: [] })

function compare(...histories: ReturnType<typeof history>[]): Comparison {
  const comparison = new Comparison(known)
  for (const one of histories) comparison.add(one)
  return comparison
}

describe('the comparison with the known violations', () => {
  it('passes if exactly the known violations occur', () => {
    const { unknown, gone, count, knownCount } = compare(
      history('aws update in-place: silent at UpdateStack#1', 'two answers'),
      history('aws create in-place: no fault'),
    )
    expect({ unknown, gone, count, knownCount }).toEqual({ unknown: [], gone: [], count: 2, knownCount: 1 })
  })

  it('fails if a history that is not listed violates a rule', () => {
    expect(compare(history('heat update in-place: silent at PUT#1', 'two answers')).unknown).toHaveLength(1)
  })

  it('fails if a listed history violates another rule', () => {
    const { unknown, gone } = compare(history('aws update in-place: silent at UpdateStack#1', 'an orphan'))
    expect(unknown).toEqual(['aws update in-place: silent at UpdateStack#1: an orphan'])
    expect(gone).toHaveLength(1)
  })

  it('passes if a violation occurs in a history of alsoIn, and also if it does not', () => {
    const name = 'aws failingUpdate in-place: silent at UpdateStack#1'
    for (const { unknown, gone } of [compare(history(name, 'two answers')), compare(history(name))])
      expect({ unknown, gone }).toEqual({ unknown: [], gone: [] })
  })

  it('fails if a known violation no longer occurs, but not if its histories were not run', () => {
    expect(compare(history('aws update in-place: silent at UpdateStack#1')).gone).toHaveLength(1)
    expect(compare(history('aws create in-place: no fault')).gone).toEqual([])
  })
})
