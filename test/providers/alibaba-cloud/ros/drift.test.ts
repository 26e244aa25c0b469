import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import {
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { driftOf } from '../../../drift-of.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'
import { rosConnection } from '../../../embedded-connections.ts'

/** Drift, detected by the embedded ROS. */

let time: TestTime
let ros: SandboxAliyunRos
let world: BridgeWorld
beforeEach(async () => {
  time = startSimulatedTime()
  ros = await startSandboxAliyunRos({ clock: time.clock, resourceDelayMs: 10 })
  world = await startBridgeWorld({ time, rollback: false })
})
afterEach(async () => {
  await Promise.all([world.close(), ros.close()])
  await time.stop()
})

const bucket = (BucketName: string, Sandbox: JsonObject = {}): JsonObject => ({
  Type: 'ALIYUN::OSS::Bucket',
  Properties: { BucketName },
  Metadata: { Sandbox },
})
const properties = (resources: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...rosConnection(ros),
  Stack: { Name: 'drifting', Template: { ROSTemplateFormatVersion: '2015-09-01', Resources: resources } },
  ...more,
})

async function created(resources: JsonObject) {
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Foreign',
    resourceType: 'Custom::RosStack',
    parameters: properties(resources),
    timeoutSeconds: 300,
  })
  succeeded(await made.create())
  const event = {
    RequestType: 'Update',
    ResourceType: 'Custom::RosStack',
    LogicalResourceId: 'Foreign',
    StackId: world.ros.stackId,
    PhysicalResourceId: made.physicalResourceId ?? '',
    ResourceProperties: properties(resources),
  }
  return { made, event }
}

describe('the drift of a stack of ROS', () => {
  it('includes nested stacks, and has all pages without values', async () => {
    const inner = Array.from({ length: 120 }, (_, index) => [
      `B${String(index)}`,
      bucket(`hunter2-${String(index)}`, { Drift: 'Acl' }),
    ])
    const body = { ROSTemplateFormatVersion: '2015-09-01', Resources: Object.fromEntries(inner) }
    const nested = { Type: 'ALIYUN::ROS::Stack', Properties: { TemplateBody: body } }
    const { event } = await created({
      Inner: nested,
      Gone: bucket('one', { Drift: 'DELETED' }),
      Never: bucket('two', { Drift: 'NOT_CHECKED' }),
    })
    const drift = await driftOf(event, time)
    expect(drift).toMatchObject({
      isWhole: true,
      notes: [expect.stringMatching(/^ROS has not checked Never:/)],
    })
    const drifted = 'drifted' in drift ? drift.drifted : []
    expect(drifted).toHaveLength(121)
    expect(drifted[0]).toMatchObject({ drift: 'deleted', resource: 'Gone' })
    expect(drifted[1]).toMatchObject({ drift: 'changed', resource: 'Inner/B0', properties: ['Acl'] })
    expect(ros.calls.filter((call) => call === 'DetectStackDrift')).toHaveLength(2)
  })

  it('reports what ROS failed to check, and then refuses an Update with OnDrift', async () => {
    const { made, event } = await created({
      One: bucket('one', { Drift: 'FAILED', Message: 'no right to read' }),
    })
    expect(await driftOf(event, time)).toMatchObject({
      isWhole: false,
      drifted: [],
      notes: [expect.stringContaining('no right to read'), expect.stringContaining('One')],
    })
    const next = properties({ Two: bucket('two') }, { OnDrift: 'refuse' })
    expect(refused(await made.update(next))).toContain('no right to read')
    expect(ros.calls).not.toContain('UpdateStack')
  })

  it('is not looked for while an operation runs, and an Update waits for its end', async () => {
    const { made, event } = await created({ One: bucket('one') })
    const [stored] = ros.cloud.stacks.values()
    if (stored === undefined) throw new Error('there is no stack')
    stored.status = 'UPDATE_IN_PROGRESS'
    expect(await driftOf(event, time)).toMatchObject({
      reason: expect.stringContaining('UPDATE_IN_PROGRESS'),
    })
    const updating = made.update(properties({ Two: bucket('two') }, { OnDrift: 'report' }))
    await time.clock.sleep(5000)
    expect(ros.calls).not.toContain('DetectStackDrift')
    stored.status = 'UPDATE_COMPLETE'
    expect(succeeded(await updating)).toMatchObject({ DriftStatus: 'IN_SYNC' })
  })

  it('makes one update where answers are lost', async () => {
    const { made } = await created({ One: bucket('one', { Drift: 'DELETED' }) })
    for (const action of ['DetectStackDrift', 'ListStackResourceDrifts', 'UpdateStack'])
      ros.faults.add('reset-after', { action, times: 1 })
    const next = properties({ Two: bucket('two') }, { OnDrift: 'report' })
    expect(succeeded(await made.update(next))).toMatchObject({ DriftStatus: 'DRIFTED' })
  })
})
