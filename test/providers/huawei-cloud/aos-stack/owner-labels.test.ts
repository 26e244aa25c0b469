import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createdIn,
  LABEL,
  LONGEST_LABEL,
  ownerLabels,
  ownershipOf,
  readLabels,
  userLabels,
} from '../../../../src/providers/huawei-cloud/aos-stack/owner-labels.ts'

const owner = { rosStackId: 'ros-stack-1', rosStackName: 'ros', logicalResourceId: 'Network' }

describe("an owner's labels", () => {
  it('are valid labels for AOS, for all of ROS’s names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (rosStackId, logicalResourceId) => {
        const labels = ownerLabels(
          { owner: { ...owner, rosStackId, logicalResourceId }, stackDigest: 'abcdef12' },
          'created',
        )
        for (const [key, value] of Object.entries(labels)) {
          expect(key).toMatch(LABEL)
          expect(value === '' || LABEL.test(value)).toBe(true)
          expect(Math.max(key.length, value.length)).toBeLessThanOrEqual(LONGEST_LABEL)
        }
        expect(ownershipOf(labels, { ...owner, rosStackId, logicalResourceId })).toEqual({ mark: 'ours' })
      }),
    )
  })

  it('are read in each form that the documents show', () => {
    const labels = { team: 'blue', ...ownerLabels({ owner }, 'c1') }
    const pairs = Object.entries(labels).map((pair) => pair.join('='))
    for (const form of [labels, JSON.stringify(labels), pairs.join(',')]) {
      const read = readLabels(form)
      expect(ownershipOf(read, owner)).toEqual({ mark: 'ours' })
      expect(createdIn(read)).toBe('c1')
      expect(userLabels(read)).toEqual({ team: 'blue' })
    }
  })

  it.each([[''], [undefined], [null], [5], ['nonsense']])('are not found in %j', (given) => {
    expect(ownershipOf(readLabels(given), owner)).toEqual({ mark: 'unmarked' })
  })
})
