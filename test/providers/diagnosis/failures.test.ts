import { describe, expect, it } from 'vitest'
import { failedResources, type ClassifiedEvent } from '../../../src/providers/diagnosis/failures.ts'
import { latestFailed, type OperationRules } from '../../../src/providers/diagnosis/operations.ts'

const classified = (
  path: string,
  at: number,
  failure: ClassifiedEvent['failure'],
  more = {},
): ClassifiedEvent => ({
  path,
  type: 'T',
  at,
  status: failure === 'none' ? 'CREATE_IN_PROGRESS' : 'CREATE_FAILED',
  failure,
  ...more,
})

describe('the resources that failed', () => {
  it('begin with the earliest failure that no other one caused, and end with the consequences', () => {
    const failures = failedResources([
      classified('cancelled', 1, 'consequence'),
      classified('second', 3, 'cause'),
      classified('first', 2, 'cause'),
      classified('fine', 1, 'none'),
    ])
    expect(failures.map(({ path, isConsequence }) => [path, isConsequence])).toEqual([
      ['first', false],
      ['second', false],
      ['cancelled', true],
    ])
  })

  it('begin with what a validation refused, whenever the cloud reports it', () => {
    const failures = failedResources([
      classified('resource', 1, 'cause'),
      classified('validated', 5, 'cause', { isValidation: true }),
    ])
    expect(failures.map(({ path }) => path)).toEqual(['validated', 'resource'])
  })

  it('have all their events in order, with the latest physical id', () => {
    const [failure] = failedResources([
      classified('one', 1, 'none'),
      classified('one', 2, 'cause', { physicalId: 'id-1', reason: 'because' }),
      classified('one', 3, 'consequence', { physicalId: 'id-2' }),
    ])
    expect(failure).toMatchObject({ physicalId: 'id-2', isConsequence: false })
    expect(failure?.history.map(({ at, reason }) => [at, reason])).toEqual([
      [1, undefined],
      [2, 'because'],
      [3, undefined],
    ])
  })

  it('keep the first and the last events of one that has very many', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      classified('one', at, at === 9999 ? 'cause' : 'none'),
    )
    const [failure] = failedResources(many)
    expect(failure?.history).toHaveLength(40)
    expect(failure?.history.at(0)?.at).toBe(0)
    expect(failure?.history.at(-1)?.at).toBe(9999)
  })
})

describe('the latest operation that failed', () => {
  const rules: OperationRules<string> = {
    isBegin: (event) => event.startsWith('begin'),
    isFailed: (event) => event.startsWith('failed'),
  }

  it('is found behind a later one that succeeded, which is mentioned', () => {
    const found = latestFailed(['done', 'begin 3', 'failed b', 'begin 2', 'failed a', 'begin 1'], rules)
    expect(found).toEqual({ events: ['begin 2', 'failed b'], later: ['begin 3', 'done'] })
  })

  it('is empty where none has failed', () => {
    expect(latestFailed(['done', 'begin'], rules)).toEqual({ events: [], later: [] })
    expect(latestFailed([], rules)).toEqual({ events: [], later: [] })
  })
})
