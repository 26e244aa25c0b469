import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { driftOf } from '../../../drift-of.ts'
import { heatConnection } from '../../../embedded-connections.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'

let heat: SandboxOpenStack
let world: BridgeWorld
beforeEach(async () => {
  heat = await startSandboxOpenStack({ clock: systemClock })
  world = await startBridgeWorld({ rollback: false, environment: { STACKBRIDGE_POLL_MIN_MS: '50' } })
})
afterEach(() => Promise.all([world.close(), heat.close()]))

const properties = (fails: boolean, more: JsonObject = {}): JsonObject => ({
  ...heatConnection(heat),
  ...more,
  Stack: {
    Name: 'failing',
    Template: {
      heat_template_version: '2018-08-31',
      resources: {
        good: { type: 'OS::Heat::TestResource', properties: { value: 'a' } },
        ...(fails ? { bad: { type: 'OS::Heat::TestResource', properties: { value: 'b', fail: true } } } : {}),
      },
    },
  },
})

/** Heat's check sets what has failed, and what it cannot check, to complete: no update would repair it. */
it('is not looked for in a stack of Heat whose last operation has failed, so that an update repairs it', async () => {
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Failing',
    resourceType: 'Custom::HeatStack',
    timeoutSeconds: 60,
    parameters: properties(false),
  })
  succeeded(await made.create())
  refused(await made.update(properties(true)))
  const event = {
    RequestType: 'Update',
    ResourceType: 'Custom::HeatStack',
    LogicalResourceId: 'Failing',
    StackId: world.ros.stackId,
    PhysicalResourceId: made.physicalResourceId ?? '',
    ResourceProperties: properties(true),
  }
  expect(await driftOf(event, { clock: systemClock })).toMatchObject({
    outcome: 'impossible',
    reason: expect.stringMatching(/^UPDATE_FAILED: /),
  })
  expect(refused(await made.update(properties(true, { OnDrift: 'refuse' })))).toContain('UPDATE_FAILED: ')
  // Tried again, and failed again.
  expect(refused(await made.update(properties(true, { OnDrift: 'report' })))).toContain('bad')
  expect(succeeded(await made.update(properties(false, { OnDrift: 'report' })))).toMatchObject({
    DriftStatus: 'UNKNOWN',
  })
  succeeded(await made.delete())
})
