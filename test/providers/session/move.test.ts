import { describe, expect, it } from 'vitest'
import type { PlannedChange } from '../../../src/providers/plan.ts'
import { moveProblems, reasonAgainstMark, reasonAgainstMove } from '../../../src/providers/session/move.ts'

const planned = (...changes: PlannedChange[]) => ({ outcome: 'planned', changes }) as const
const retagged: PlannedChange = { action: 'change', resource: 'Topic', type: 'AWS::SNS::Topic' }

describe('the plan of a move', () => {
  it('allows no change of a resource, of an attribute or of anything else', () => {
    expect(reasonAgainstMove(planned(), [])).toBeUndefined()
    expect(reasonAgainstMove(planned(retagged), [])).toContain('Topic (AWS::SNS::Topic): would change')
    expect(reasonAgainstMove(planned(), ['Stack.Tags'])).toContain('Stack.Tags')
    expect(reasonAgainstMove({ ...planned(), changesOther: true }, [])).toContain('no resource')
    expect(reasonAgainstMove({ outcome: 'impossible', reason: 'No plan.' }, [])).toMatch(
      /^No plan\. .*AllowChanges/,
    )
  })

  it('names ten of many changes, so that the reason has room for the rest', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ ...retagged, resource: `T${String(index)}` }))
    const reason = reasonAgainstMove(planned(...many), []) ?? ''
    expect(reason).toContain('T9')
    expect(reason).not.toContain('T10')
    expect(reason).toContain('and 2 more')
  })
})

describe('the plan of the mark alone', () => {
  it('may change tags of resources, and may replace none', () => {
    expect(reasonAgainstMark(planned(retagged))).toBeUndefined()
    for (const change of [
      { ...retagged, action: 'replace' },
      { ...retagged, action: 'unknown' },
      { ...retagged, mayReplace: true },
    ] as const)
      expect(reasonAgainstMark(planned(change))).toContain('would or may replace Topic (AWS::SNS::Topic)')
  })
})

describe('the properties of a move', () => {
  const TakeOverFrom = { StackId: 'S', LogicalResourceId: 'A' }
  const given = { name: 'network', immovable: undefined }

  it('need a name, and no other rule for existing stacks', () => {
    expect(moveProblems({}, { name: undefined, immovable: undefined })).toEqual([])
    expect(moveProblems({ TakeOverFrom }, given)).toEqual([])
    expect(moveProblems({ TakeOverFrom, OnExisting: 'own' }, given)).toEqual([])
    expect(moveProblems({ TakeOverFrom }, { ...given, name: undefined })).toMatchObject([
      { path: 'TakeOverFrom' },
    ])
    for (const OnExisting of ['any', 'never'] as const)
      expect(moveProblems({ TakeOverFrom, OnExisting }, given)).toMatchObject([{ path: 'OnExisting' }])
  })

  it('are refused with the reason of a cloud that cannot move the mark', () => {
    const [problem] = moveProblems({ TakeOverFrom }, { ...given, immovable: 'it cannot' })
    expect(problem?.problem).toContain('it cannot')
  })
})
