import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthIn, ownerTags, ownershipOf } from '../../../../src/providers/alibaba-cloud/ros/marks.ts'
import { clientToken } from '../../../../src/providers/alibaba-cloud/ros/request-token.ts'
import {
  formatStackId,
  longestName,
  parseStackId,
  STACK_NAME,
} from '../../../../src/providers/alibaba-cloud/ros/stack-id.ts'
import { derivedStackName } from '../../../../src/providers/alibaba-cloud/ros/stack-name.ts'
import type { StackRequest } from '../../../../src/providers/provider.ts'

const owners = fc.record({
  rosStackId: fc.string({ minLength: 1, maxLength: 60 }),
  rosStackName: fc.string({ maxLength: 255 }),
  logicalResourceId: fc.string({ minLength: 1, maxLength: 200 }),
})
const account = '1234567890123456'
const uuid = '4a6c9851-3b0f-4f5f-b4ca-a14bf6910000'

describe('a derived stack name', () => {
  it('is valid for ROS for all names, and leaves room for an id of 255 bytes', () => {
    fc.assert(
      fc.property(owners, fc.constantFrom('cn-hangzhou', 'ap-southeast-1'), (owner, region) => {
        const name = derivedStackName(owner, region)
        expect(name).toMatch(STACK_NAME)
        expect(formatStackId({ region, account, name, id: uuid }).length).toBeLessThanOrEqual(255)
      }),
    )
  })
})

describe("a stack's id", () => {
  it('is read back as it was written, up to the longest name', () => {
    const region = 'cn-hangzhou'
    const names = fc.stringMatching(/^[a-zA-Z][-_a-zA-Z0-9]*$/)
    fc.assert(
      fc.property(names, (given) => {
        const id = { region, account, name: given.slice(0, longestName(region, account)), id: uuid }
        expect(formatStackId(id).length).toBeLessThanOrEqual(255)
        expect(parseStackId(formatStackId(id))).toEqual(id)
      }),
    )
  })

  it.each(['', 'my-stack', uuid, `acs:ros:cn-hangzhou:${account}:stack/${uuid}`, 'my-ros-stack-Foreign-ABC'])(
    '%s is none',
    (text) => {
      expect(parseStackId(text)).toBeUndefined()
    },
  )
})

describe('a client token', () => {
  const request = (more: Partial<StackRequest>): StackRequest => ({
    kind: 'create',
    owner: { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'A[0]' },
    requestId: 'r',
    properties: {},
    fingerprint: 'f',
    ...more,
  })

  it('is valid for ROS for all ids', () => {
    fc.assert(
      fc.property(owners, fc.string(), (owner, requestId) => {
        expect(clientToken(request({ owner, requestId }), 'update')).toMatch(/^[-_a-zA-Z0-9]{1,64}$/)
      }),
    )
  })

  it('is the same for the same request, and differs for another attempt with the same RequestId', () => {
    expect(clientToken(request({}), 'create')).toBe(clientToken(request({}), 'create'))
    expect(clientToken(request({}), 'create')).not.toBe(clientToken(request({ fingerprint: 'g' }), 'create'))
    expect(clientToken(request({}), 'create')).not.toBe(clientToken(request({}), 'update'))
  })
})

describe('the mark', () => {
  it('is recognised for all ids, and consists of what ROS takes in tags', () => {
    fc.assert(
      fc.property(owners, (owner) => {
        const tags = ownerTags(owner)
        for (const { Value } of tags) expect(Value).toMatch(/^[\w .:/=+\-@[\]~]{1,128}$/)
        expect(ownershipOf(tags, owner)).toEqual({ mark: 'ours' })
      }),
    )
  })

  it('of another resource names another owner', () => {
    const owner = { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'A[0]' }
    const tags = ownerTags({ ...owner, logicalResourceId: 'A[1]' })
    expect(ownershipOf(tags, owner)).toMatchObject({ mark: 'another' })
    expect(ownershipOf([], owner)).toEqual({ mark: 'unmarked' })
  })

  it('with an invalid depth counts as depth 0', () => {
    expect(depthIn([{ Key: 'stackbridge:depth', Value: '2' }])).toBe(2)
    expect(depthIn([{ Key: 'stackbridge:depth', Value: 'deep' }])).toBe(0)
    expect(depthIn([])).toBe(0)
  })
})
