import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { refused, succeeded } from '../outcome-assertions.ts'

/**
 * The AWS CloudFormation provider with an independent implementation: the CloudFormation-compatible API of a real OpenStack
 * Heat, which checks AWS signatures and runs real stacks. Its differences from AWS, and the consequences:
 *
 * - A name that is taken is `AlreadyExists`, an unknown stack `InvalidParameterValue`: the provider knows both.
 * - It ignores request tokens: a repeated Create finds the name taken and adopts the stack by its derived name.
 * - DescribeStackEvents is HTTP 500, a defect of its own: reasons are the stack's status reason.
 * - It shows no tags: ownership is the derived name, or the id that ROS echoes.
 * - UpdateStack without a change runs to UPDATE_COMPLETE; a rolled-back update is ROLLBACK_COMPLETE.
 */

const heat = inject('realHeat')
let world: BridgeWorld
let count = 0

beforeEach(async () => {
  count += 1
  const environment = { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_POLL_MAX_MS: '500' }
  world = await startBridgeWorld({ rollback: false, environment, stackName: `ros-${String(count)}` })
})
afterEach(() => world.close())

const testResource = (properties: JsonObject = {}): JsonObject => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: { Thing: { Type: 'OS::Heat::TestResource', Properties: { value: 'hello', ...properties } } },
  Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'output'] } } },
})

function parameters(stack: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    AccessKeyId: heat['HEAT_EC2_ACCESS_KEY'] ?? '',
    AccessKeySecret: heat['HEAT_EC2_SECRET_KEY'] ?? '',
    RegionId: 'RegionOne',
    Endpoint: heat['HEAT_CFN_URL'] ?? '',
    Stack: stack,
    ...more,
  }
}

function resource(stack: JsonObject, more: JsonObject = {}, logicalResourceId = 'Foreign'): SandboxResource {
  const resourceType = 'Custom::AwsCloudFormationStack'
  return new SandboxResource(world.ros, {
    logicalResourceId,
    resourceType,
    parameters: parameters(stack, more),
  })
}

describe('on a real Heat', () => {
  it('a stack is created, updated, updated without a change, and deleted, with the right answers', async () => {
    const made = resource({ Template: testResource() })
    expect(succeeded(await made.create())).toEqual({ Value: 'hello' })
    expect(made.physicalResourceId).toMatch(
      /^arn:openstack:heat::[^:]+:stacks\/ros-\d+-Foreign-[0-9a-f]{12}\//,
    )
    const next = parameters({ Template: testResource({ value: 'goodbye', wait_secs: 1 }) })
    expect(succeeded(await made.update(next))).toEqual({ Value: 'goodbye' })
    expect(succeeded(await made.update(next))).toEqual({ Value: 'goodbye' })
    succeeded(await made.delete())
    succeeded(await made.delete())
  })

  it('a slow stack is polled until it has settled', async () => {
    const made = resource({ Template: testResource({ wait_secs: 3 }) })
    expect(succeeded(await made.create())).toEqual({ Value: 'hello' })
    succeeded(await made.delete())
  })

  it.each([
    [{ OnFailure: 'DO_NOTHING' }, 'CREATE_FAILED'],
    [{ OnFailure: 'ROLLBACK' }, 'ROLLBACK_COMPLETE'],
  ])(
    'a Create that fails with %o ends in %s, has that reason, and leaves no stack after the Delete',
    async (more, status) => {
      const made = resource({ Template: testResource({ fail: true }), ...more })
      const reason = refused(await made.create())
      expect(reason).toContain(status)
      succeeded(await made.delete())
      expect(succeeded(await resource({ Template: testResource() }).create())).toEqual({ Value: 'hello' })
      succeeded(await made.delete())
    },
  )

  it('an Update that fails is FAILED, and the Update that reverts it succeeds', async () => {
    const made = resource({ Template: testResource() })
    succeeded(await made.create())
    refused(await made.update(parameters({ Template: testResource({ value: 'x', fail: true }) })))
    expect(succeeded(await made.update(parameters({ Template: testResource() })))).toEqual({ Value: 'hello' })
    succeeded(await made.delete())
  })

  it("another owner's stack of the same name is neither adopted nor deleted", async () => {
    const name = `taken-${String(count)}`
    const otherOwner = resource({ Name: name, Template: testResource() }, {}, 'OtherOwner')
    succeeded(await otherOwner.create())
    const made = resource({ Name: name, Template: testResource({ value: 'mine' }) })
    expect(refused(await made.create())).toContain('exists already')
    succeeded(await made.delete())
    expect(succeeded(await otherOwner.update(parameters({ Name: name, Template: testResource() })))).toEqual({
      Value: 'hello',
    })
    succeeded(await otherOwner.delete())
  })

  it('the same Create delivered twice at once makes one stack', async () => {
    const made = resource({ Template: testResource({ wait_secs: 2 }) })
    const creating = made.create()
    await expect.poll(() => world.events).toHaveLength(1)
    const [event] = world.events
    if (event === undefined) throw new Error('no event was sent')
    await Promise.all([creating, world.invoke(event)])
    expect(world.served.map((served) => ('verdict' in served ? served.verdict.status : served.kind))).toEqual(
      ['SUCCESS', 'SUCCESS'],
    )
    const ids = world.served.map((served) =>
      'verdict' in served && 'stack' in served.verdict ? served.verdict.stack?.id : '',
    )
    expect(new Set(ids).size).toBe(1)
    succeeded(await made.delete())
  })

  it('two stacks at once do not disturb each other', async () => {
    const one = resource({ Template: testResource({ value: 'one', wait_secs: 1 }) }, {}, 'One')
    const two = resource({ Template: testResource({ value: 'two', fail: true }) }, {}, 'Two')
    const [first, second] = await Promise.all([one.create(), two.create()])
    expect(succeeded(first)).toEqual({ Value: 'one' })
    refused(second)
    await Promise.all([one.delete(), two.delete()])
  })

  it('the reason names wrong keys', async () => {
    const made = resource({ Template: testResource() }, { AccessKeySecret: 'not-the-right-secret' })
    expect(refused(await made.create())).toMatch(
      /SignatureDoesNotMatch|AccessDenied|InvalidClientTokenId|403/,
    )
  })

  it('the reason names an unknown resource type', async () => {
    const broken = {
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: { Thing: { Type: 'No::Such::Type' } },
    }
    expect(refused(await resource({ Template: broken }).create())).toContain('No::Such::Type')
  })
})
