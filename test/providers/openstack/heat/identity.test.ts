import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../../src/providers/recognition/fingerprint.ts'
import {
  LONGEST_TAG,
  ownershipOf,
  ownerTags,
  requestTag,
} from '../../../../src/providers/openstack/heat/marks.ts'
import {
  formatStackId,
  longestName,
  parseStackId,
  STACK_NAME,
} from '../../../../src/providers/openstack/heat/stack-id.ts'
import { derivedStackName } from '../../../../src/providers/openstack/heat/stack-name.ts'
import type { StackRequest } from '../../../../src/providers/provider.ts'

const owners = fc.record({
  rosStackId: fc.string({ minLength: 1, maxLength: 100, unit: 'binary' }),
  rosStackName: fc.string({ maxLength: 300, unit: 'binary' }),
  logicalResourceId: fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
})
const owner = { rosStackId: 'ros-1', rosStackName: 'shop', logicalResourceId: 'Network[0]' }
const uuid = '138f9438-113c-4374-936d-60af88d70c98'

describe('a derived stack name', () => {
  it('is readable, and the same for each event', () => {
    expect(derivedStackName(owner)).toMatch(/^shop-Network-0-[0-9a-f]{12}$/)
  })

  it("is valid for Heat and fits ROS's 255 bytes, for all ids", () => {
    fc.assert(
      fc.property(owners, (any) => {
        const name = derivedStackName(any)
        expect(name).toMatch(STACK_NAME)
        expect(formatStackId({ project: 'p'.repeat(64), name, id: uuid }).length).toBeLessThanOrEqual(255)
      }),
    )
  })

  it('differs from that of other resources', () => {
    fc.assert(
      fc.property(owners, owners, (one, other) => {
        const same = one.rosStackId === other.rosStackId && one.logicalResourceId === other.logicalResourceId
        fc.pre(!same)
        expect(derivedStackName(one)).not.toBe(derivedStackName(other))
      }),
    )
  })
})

describe('a PhysicalResourceId', () => {
  it('is read as it was written', () => {
    const id = { project: 'p1', name: 'my-stack', id: uuid }
    expect(parseStackId(formatStackId(id))).toEqual(id)
    expect(formatStackId({ ...id, name: 'n'.repeat(longestName('p1')) })).toHaveLength(255)
  })

  it.each([
    '',
    'my-stack',
    'arn:aws:cloudformation:eu-west-1:123456789012:stack/x/y',
    'arn:openstack:heat::p:stacks/x',
  ])('%o is not one of Heat', (text) => {
    expect(parseStackId(text)).toBeUndefined()
  })
})

describe('the mark of an owner', () => {
  it('fits into a tag of Heat, and is recognised', () => {
    fc.assert(
      fc.property(owners, (any) => {
        const tags = ownerTags(any)
        for (const tag of tags) {
          expect(tag.length).toBeLessThanOrEqual(LONGEST_TAG)
          expect(tag).toMatch(/^[\x21-\x7e]+$/)
          expect(tag).not.toContain(',')
        }
        expect(ownershipOf(tags.join(',').split(','), any)).toEqual({ mark: 'ours' })
      }),
    )
  })

  it("is not mistaken for another's", () => {
    fc.assert(
      fc.property(owners, owners, (one, other) => {
        const same = one.rosStackId === other.rosStackId && one.logicalResourceId === other.logicalResourceId
        fc.pre(!same)
        expect(ownershipOf(ownerTags(one), other).mark).toBe('another')
      }),
    )
  })

  it('names the owner', () => {
    expect(ownershipOf(ownerTags(owner), { ...owner, rosStackId: 'ros-2' })).toEqual({
      mark: 'another',
      owner: 'the resource Network[0] of the ROS stack ros-1',
    })
    expect(ownershipOf(['just', 'tags'], owner)).toEqual({ mark: 'unmarked' })
  })
})

describe('the mark of a request', () => {
  const request: StackRequest = { kind: 'create', owner, requestId: 'r1', properties: {}, fingerprint: 'one' }

  it('is the same when the event is delivered again', () => {
    expect(requestTag({ ...request }, 'create')).toBe(requestTag(request, 'create'))
  })

  it.each<[string, Partial<StackRequest>]>([
    ['another request', { requestId: 'r2' }],
    ['other properties under the same RequestId', { fingerprint: 'another' }],
    ['another resource', { owner: { ...owner, logicalResourceId: 'B' } }],
    ['another kind', { kind: 'update' }],
  ])('differs for %s', (_, change) => {
    expect(requestTag({ ...request, ...change }, 'update')).not.toBe(requestTag(request, 'update'))
  })

  it('contains nothing of the properties', () => {
    const fingerprint = fingerprintOf({ Password: 'planted' })
    expect(requestTag({ ...request, fingerprint }, 'create')).toMatch(/^stackbridge:request=[0-9a-f]{32}$/)
  })
})
