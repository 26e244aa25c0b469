import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../../../src/sandbox/openstack/server.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'
import { heatConnection } from '../../../embedded-connections.ts'

/** Deletions of a stack in DELETE_FAILED, on a Heat that shows that status for a while after it has accepted another one. */

let time: TestTime
let cloud: SandboxOpenStack
let world: BridgeWorld
beforeEach(async () => {
  time = startSimulatedTime()
  cloud = await startSandboxOpenStack({ clock: time.clock })
  world = await startBridgeWorld({
    time,
    environment: { STACKBRIDGE_POLL_MIN_MS: '1000', STACKBRIDGE_POLL_MAX_MS: '2000' },
  })
})
afterEach(async () => {
  await world.close()
  await cloud.close()
  await time.stop()
})

async function createdStack(more: JsonObject = {}): Promise<SandboxResource> {
  const resource = new SandboxResource(world.ros, {
    logicalResourceId: 'R',
    resourceType: 'Custom::HeatStack',
    parameters: {
      ...heatConnection(cloud),
      Stack: {
        Name: 'one',
        Template: {
          heat_template_version: '2018-08-31',
          resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: 'x' } } },
        },
      },
      ...more,
    },
  })
  succeeded(await resource.create())
  return resource
}

const statuses = () => [...cloud.heat.stacks.values()].map(({ action, state }) => `${action}_${state}`)

describe('on a Heat that shows an earlier failure for 5 s after it has accepted a deletion', () => {
  it('the next Delete ends when the stack is deleted', async () => {
    const resource = await createdStack()
    cloud.heat.deletions.failing = 1
    expect(refused(await resource.delete())).toContain('in use')
    cloud.heat.deletions.startAfterMs = 5000
    succeeded(await resource.delete())
    expect(statuses()).toEqual(['DELETE_COMPLETE'])
  })

  it('a retry that OnDeleteFailed asks for is not used up by the failure before it', async () => {
    const resource = await createdStack({ OnDeleteFailed: ['retry'] })
    Object.assign(cloud.heat.deletions, { failing: 1, startAfterMs: 5000 })
    succeeded(await resource.delete())
    expect(statuses()).toEqual(['DELETE_COMPLETE'])
    expect(cloud.calls.filter((call) => call === 'DELETE stack')).toHaveLength(2)
  })

  it('a Delete that fails again reports this, even if no poll has seen it in progress', async () => {
    const resource = await createdStack()
    cloud.heat.deletions.failing = 2
    expect(refused(await resource.delete())).toContain('in use')
    cloud.heat.deletions.startAfterMs = 5000
    expect(refused(await resource.delete())).toContain('in use')
    expect(statuses()).toEqual(['DELETE_FAILED'])
  })
})
