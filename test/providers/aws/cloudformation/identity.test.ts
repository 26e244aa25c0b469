import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../src/platform/json.ts'
import { parseStackArn, STACK_NAME } from '../../../../src/providers/aws/cloudformation/arn.ts'
import { ownershipOf, tagsWithMark } from '../../../../src/providers/aws/cloudformation/ownership.ts'
import { fingerprintOf } from '../../../../src/providers/recognition/fingerprint.ts'
import { requestToken } from '../../../../src/providers/aws/cloudformation/request-token.ts'
import { derivedStackName } from '../../../../src/providers/aws/cloudformation/stack-name.ts'

const owners = fc.record({
  rosStackId: fc.string({ minLength: 1, maxLength: 60 }),
  rosStackName: fc.string({ maxLength: 255 }),
  logicalResourceId: fc.string({ minLength: 1, maxLength: 100 }),
})

describe('a derived stack name', () => {
  it('is valid for CloudFormation for all of ROS’s names', () => {
    fc.assert(fc.property(owners, (owner) => STACK_NAME.test(derivedStackName(owner))))
  })

  it('is the same for the same resource, and differs for others', () => {
    const one = { rosStackId: 'a', rosStackName: 'n', logicalResourceId: 'A[0]' }
    expect(derivedStackName(one)).toBe(derivedStackName({ ...one }))
    expect(derivedStackName(one)).not.toBe(derivedStackName({ ...one, logicalResourceId: 'A[1]' }))
    expect(derivedStackName(one)).not.toBe(derivedStackName({ ...one, rosStackId: 'b' }))
  })
})

describe('a request token', () => {
  const request = (
    owner: { rosStackId: string; rosStackName: string; logicalResourceId: string },
    properties: Record<string, JsonValue>,
  ) => ({
    kind: 'create' as const,
    owner,
    requestId: 'r',
    properties,
    fingerprint: fingerprintOf(properties),
  })

  it('is valid for CloudFormation for all ids', () => {
    fc.assert(
      fc.property(owners, (owner) => {
        expect(requestToken(request(owner, {}), 'delete-2')).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/)
      }),
    )
  })

  it('differs for another attempt with the same RequestId', () => {
    const owner = { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'l' }
    expect(requestToken(request(owner, { A: 1 }), 'create')).not.toBe(
      requestToken(request(owner, { A: 2 }), 'create'),
    )
  })
})

describe('the mark', () => {
  it('is recognised for all ids, and consists of what AWS allows in tags', () => {
    fc.assert(
      fc.property(owners, (owner) => {
        const tags = tagsWithMark(undefined, { owner, adopted: false })
        for (const { Value } of tags) expect(Value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u)
        expect(ownershipOf({ StackId: 'arn:aws:…', StackName: 'x', Tags: tags }, owner)).toEqual({
          mark: 'ours',
        })
      }),
    )
  })

  it('of another resource names another owner', () => {
    const owner = { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'A[0]' }
    const Tags = tagsWithMark(undefined, { owner: { ...owner, logicalResourceId: 'A[1]' }, adopted: false })
    expect(ownershipOf({ StackId: 'arn:aws:…', StackName: 'x', Tags }, owner)).toMatchObject({
      mark: 'another',
    })
  })
})

describe('a stack’s ARN', () => {
  it.each([
    [
      'arn:aws:cloudformation:us-east-1:123456789012:stack/my-stack/0a1b2c3d-0000-4000-8000-00000000000a',
      'us-east-1',
      'my-stack',
    ],
    [
      'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/s/0a1b2c3d-0000-4000-8000-00000000000a',
      'cn-north-1',
      's',
    ],
    ['arn:openstack:heat::0123456789abcdef:stacks/s/0a1b2c3d-0000-4000-8000-00000000000a', '', 's'],
  ])('%s is read', (arn, region, name) => {
    expect(parseStackArn(arn)).toMatchObject({ region, name })
  })

  it.each([
    ...['', 'my-stack', 'arn:aws:s3:::bucket', 'ros-stack-Foreign-ABCDEF'],
    // Names that only Heat's native API takes.
    ...['a_b', 'a.b', 'a'.repeat(129)].map(
      (name) => `arn:openstack:heat::abc:stacks/${name}/0a1b2c3d-0000-4000-8000-00000000000a`,
    ),
  ])('%s is not an ARN', (text) => {
    expect(parseStackArn(text)).toBeUndefined()
  })
})
