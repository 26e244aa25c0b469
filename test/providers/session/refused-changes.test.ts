import { describe, expect, it } from 'vitest'
import { plannedChange } from '../../../src/providers/aws/cloudformation/planned-change.ts'
import { plannedChanges } from '../../../src/providers/alibaba-cloud/ros/preview.ts'
import type { PlannedChange } from '../../../src/providers/plan.ts'
import { refusedChanges } from '../../../src/providers/session/refused-changes.ts'

const BOTH = { replacement: true, removal: true }

describe('the reason of a refused Update', () => {
  it('names ten resources of each kind and the number of the others, so that nothing behind them is cut off', () => {
    const many = (action: 'replace' | 'remove'): PlannedChange[] =>
      Array.from({ length: 5000 }, (_, index) => ({ action, resource: `R${String(index)}`, type: 'T' }))
    const reason = refusedChanges([...many('replace'), ...many('remove')], BOTH) ?? ''
    expect(reason).toMatch(/R9 \(T\) and 4990 more \(RefuseReplacement\); it would remove R0 \(T\)/)
    expect(reason).toMatch(/and 4990 more \(RefuseRemoval\)$/)
    expect(reason.length).toBeLessThan(1000)
  })
})

describe('a modified resource of which the cloud does not say whether it is replaced', () => {
  const word = (Replacement: 'True' | 'False' | 'Conditional' | undefined, more = {}) => ({
    Action: 'Modify' as const,
    LogicalResourceId: 'One',
    ResourceType: 'T',
    ...(Replacement === undefined ? {} : { Replacement }),
    ...more,
  })
  const ofAws = (replacement: Parameters<typeof word>[0], more = {}) =>
    plannedChange({ ResourceChange: word(replacement, more) }, '')?.action
  const ofRos = (replacement: Parameters<typeof word>[0], more = {}) =>
    plannedChanges([word(replacement, more)], 'update')[0]?.action

  it('is unknown, and so refused', () => {
    for (const of of [ofAws, ofRos]) {
      expect(of(undefined)).toBe('unknown')
      expect(of('False')).toBe('change')
      expect(of('Conditional')).toBe('change')
      expect(of('True')).toBe('replace')
    }
    expect(refusedChanges([{ action: 'unknown', resource: 'One', type: 'T' }], BOTH)).toMatch(
      /does not say what would happen to One \(T\)/,
    )
  })

  it('is unknown for a nested stack that the cloud does not inspect', () => {
    expect(ofRos('False', { ResourceType: 'ALIYUN::ROS::Stack' })).toBe('unknown')
    const nested = { ResourceType: 'AWS::CloudFormation::Stack' }
    expect(ofAws('False', nested)).toBe('unknown')
    const ChangeSetId = 'arn:aws:cloudformation:us-east-1:123456789012:changeSet/inner/1'
    expect(ofAws('False', { ...nested, ChangeSetId })).toBe('change')
  })
})
