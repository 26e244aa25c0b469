import { systemClock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { PLANTED } from '../../../planted-secrets.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'

/** ROS, the bridge with the real AWS SDK, and the embedded CloudFormation. */
export interface AwsWorld {
  readonly aws: SandboxCloudFormation
  readonly world: BridgeWorld
  readonly time: TestTime
  parameters(stack: JsonObject, more?: JsonObject): JsonObject
  resource(
    stack: JsonObject,
    more?: JsonObject,
    logicalResourceId?: string,
    timeoutSeconds?: number,
  ): SandboxResource
  calls(action: string): number
  close(): Promise<void>
}

export async function startAwsWorld(
  deniedActions: readonly string[] = [],
  // The SDK compares the end of a role's keys with real time, and signs by it.
  startsAt = systemClock.now(),
  itemsPerPage = 100,
): Promise<AwsWorld> {
  const time = startSimulatedTime({ now: startsAt })
  const key = {
    accessKeyId: PLANTED.accessKeyId,
    secretAccessKey: PLANTED.accessKeySecret,
    accountId: '123456789012',
    deniedActions,
  }
  const aws = await startSandboxCloudFormation({
    resourceDelayMs: 10,
    eventsPerPage: itemsPerPage,
    keys: [key],
    clock: time.clock,
    signatureClock: systemClock,
  })
  const world = await startBridgeWorld({ time, rollback: false })
  const parameters = (stack: JsonObject, more: JsonObject = {}): JsonObject => ({
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.secretAccessKey,
    RegionId: 'us-east-1',
    Endpoint: aws.url,
    Stack: { Name: 'stack-by-ros', ...stack },
    ...more,
  })
  return {
    aws,
    world,
    time,
    parameters,
    resource: (stack, more = {}, logicalResourceId = 'Foreign', timeoutSeconds = 60) =>
      new SandboxResource(world.ros, {
        logicalResourceId,
        resourceType: 'Custom::AwsCloudFormationStack',
        parameters: parameters(stack, more),
        timeoutSeconds,
      }),
    calls: (action) => aws.calls.filter((call) => call === action).length,
    async close() {
      await world.close()
      await aws.close()
      await time.stop()
    },
  }
}
