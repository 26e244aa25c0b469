import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge/local-bridge.ts'
import { planEvent } from '../../src/cli/plan/plan.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { succeeded } from '../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../test-time.ts'
import { CLOUDS, type TakeOverCloud } from './clouds.ts'

describe('the plan of a take-over', () => {
  let time: TestTime
  let cloud: TakeOverCloud
  let world: BridgeWorld

  beforeEach(async () => {
    time = startSimulatedTime()
    const start = CLOUDS['Heat']
    if (start === undefined) throw new Error('there is no such cloud')
    cloud = await start(time.clock)
    world = await startBridgeWorld({ time, rollback: false })
  })
  afterEach(async () => {
    await world.close()
    await cloud.close()
    await time.stop()
  })

  const properties = () => cloud.parameters({ name: 'shared', value: 'kept' })

  async function notesOf(more: JsonObject): Promise<readonly string[]> {
    const bridge = createLocalBridge({ environment: {} })
    const event = completeEvent({
      RequestType: 'Create',
      ResourceType: cloud.resourceType,
      LogicalResourceId: 'New',
      StackId: world.ros.stackId,
      ResourceProperties: { ...properties(), ...more },
    })
    const surroundings = { ...bridge.surroundings(), clock: time.clock }
    const asked = { signal: new AbortController().signal, allowAdoption: true, isCloudEmpty: false }
    const report = await planEvent(event, surroundings, undefined, asked)
    await bridge.close()
    if (report.outcome === 'planned') return report.notes
    throw new Error(`no plan: ${JSON.stringify(report)}`)
  }

  it('warns that a rollback of ROS deletes the stack, unless the stack is retained', async () => {
    succeeded(
      await new SandboxResource(world.ros, {
        logicalResourceId: 'Old',
        resourceType: cloud.resourceType,
        parameters: properties(),
      }).create(),
    )
    const TakeOverFrom = { StackId: world.ros.stackId, LogicalResourceId: 'Old' }
    expect(await notesOf({ TakeOverFrom })).toEqual([expect.stringMatching(/^Without OnDelete: retain/)])
    expect(await notesOf({ TakeOverFrom, OnDelete: 'retain' })).toEqual([])
  })
})
