import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import {
  SANDBOX_KEY,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { checksOf } from '../../../checks-of.ts'
import { succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'

/** What `stackbridge doctor` finds of the embedded ROS. */

const LIMITED = { ...SANDBOX_KEY, accessKeyId: 'LTAI-limited', accessKeySecret: 'a-secret-of-few-rights' }

let time: TestTime
let ros: SandboxAliyunRos
let world: BridgeWorld
afterEach(async () => {
  await Promise.all([world.close(), ros.close()])
  await time.stop()
})

/** The results by name, for a key that is denied these actions, after another key has created a stack. */
async function checked(denied: readonly string[], more: JsonObject = {}, hasStack = true) {
  time = startSimulatedTime()
  ros = await startSandboxAliyunRos({
    clock: time.clock,
    resourceDelayMs: 10,
    keys: [SANDBOX_KEY, { ...LIMITED, denied }],
  })
  world = await startBridgeWorld({ time, rollback: false })
  const properties = (key: typeof SANDBOX_KEY): JsonObject => ({
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.accessKeySecret,
    RegionId: ros.region,
    Endpoint: ros.url,
    StsEndpoint: ros.url,
    Stack: {
      Name: 'checked',
      Template: {
        ROSTemplateFormatVersion: '2015-09-01',
        Resources: { Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: 'a-bucket' } } },
      },
    },
  })
  if (hasStack)
    succeeded(
      await new SandboxResource(world.ros, {
        logicalResourceId: 'Foreign',
        resourceType: 'Custom::RosStack',
        parameters: properties(SANDBOX_KEY),
        timeoutSeconds: 120,
      }).create(),
    )
  const before = ros.calls.length
  const event = { ResourceType: 'Custom::RosStack', ResourceProperties: { ...properties(LIMITED), ...more } }
  const checks = await checksOf(event, time)
  return { checks, calls: ros.calls.slice(before) }
}

const namesAndResults = ({ checks }: Awaited<ReturnType<typeof checked>>) =>
  checks.map(({ name, result }) => `${name} ${result}`)

describe('the checks of ROS', () => {
  it('find nothing missing, with calls that only read', async () => {
    const found = await checked([], { OnDrift: 'report' })
    expect(namesAndResults(found)).toEqual([
      'properties ok',
      'credentials ok',
      'ListStacks, GetStack ok',
      'ListStackEvents ok',
      'ListStackResources ok',
      'ListStackResourceDrifts ok',
      'DetectStackDrift … unknown',
      'CreateStack … unknown',
    ])
    expect(found.calls.filter((call) => !/^(?:Get|List)/.test(call))).toEqual([])
  })

  it('ask for no right of drift without OnDrift, and for none about a stack that does not exist', async () => {
    expect(namesAndResults(await checked([], {}))).not.toContainEqual(expect.stringContaining('Drift'))
    await Promise.all([world.close(), ros.close()])
    await time.stop()
    expect(namesAndResults(await checked([], { OnDrift: 'refuse' }, false))).toEqual([
      'properties ok',
      'credentials ok',
      'ListStacks, GetStack ok',
      'CreateStack … unknown',
    ])
  })

  it.each([
    ['report', 'degraded'],
    ['refuse', 'missing'],
  ])('name the rights that OnDrift %s lacks', async (OnDrift, result) => {
    const found = await checked(['ListStackResourceDrifts'], { OnDrift })
    expect(found.checks).toContainEqual({
      name: 'ListStackResourceDrifts',
      result,
      detail: expect.stringContaining('a policy allows the call'),
    })
  })

  it.each(['GetCallerIdentity', 'ListStacks'])('end with %s if it is denied', async (action) => {
    expect((await checked([action])).checks.at(-1)).toMatchObject({ result: 'missing' })
  })
})
