import { describe, expect, it } from 'vitest'
import { createColors } from '../../../src/cli/terminal/colors.ts'
import type { TakeOverReport } from '../../../src/cli/report.ts'
import { planLines } from '../../../src/cli/view/plan-lines.ts'

const takeOver: TakeOverReport = {
  stackName: 'network',
  stackId: 'id',
  mark: 'another',
  owner: 'the resource A of the ROS stack S',
  missing: [],
  touches: 'The mark is tags.',
}
const options = { colors: createColors(false), width: 200 }
const shown = (given: Partial<TakeOverReport>): string =>
  planLines(
    {
      ...{ type: 'plan', resource: 'B', resourceType: 'Custom::HeatStack' },
      ...{
        outcome: 'planned',
        operation: 'update',
        stackName: 'network',
        stackId: 'id',
        changes: [],
        notes: [],
      },
      takeOver: { ...takeOver, ...given },
    },
    options,
  ).join('\n')

describe('the plan of a Create that takes a stack over', () => {
  it('names the stack, its owner, the effects of the mark, and that it is allowed', () => {
    const text = shown({})
    expect(text).toContain('take over stack network')
    expect(text).toContain('owner now: the resource A of the ROS stack S')
    expect(text).toContain('take-over: allowed')
    expect(text).toContain('mark: The mark is tags.')
    expect(text).toContain('the value of the deployed function decides')
  })

  it('names missing conditions', () => {
    const text = shown({ mark: 'unmarked', owner: null, missing: ['one', 'two'] })
    expect(text).toContain("owner now: nobody: the stack has no owner's mark")
    expect(text).toContain('take-over: FAILED, since one, and two')
  })

  it('is shown also if the changes cannot be planned', () => {
    const report = { type: 'plan', resource: 'B', resourceType: 'T', outcome: 'impossible' } as const
    const text = planLines({ ...report, reason: 'No plan.', takeOver }, options).join('\n')
    expect(text).toContain('No plan.')
    expect(text).toContain('owner now: the resource A')
  })
})
