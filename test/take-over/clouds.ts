import { systemClock, type Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { heatStack } from '../contract/heat-stack.ts'
import { awsConnection, heatConnection, rfsConnection, rosConnection } from '../embedded-connections.ts'

/** An embedded cloud with stacks of one resource and one output `Value`. */
export interface TakeOverCloud {
  readonly resourceType: string
  parameters(spec: {
    readonly name: string
    readonly value: string
    readonly waitSeconds?: number
  }): JsonObject
  /** The number of existing stacks. */
  count(): number
  /** The operations on the stacks' resources so far; grows with each operation that changes one. */
  workDone(): number
  close(): Promise<void>
}

export const CLOUDS: Readonly<Record<string, (clock: Clock) => Promise<TakeOverCloud>>> = {
  async 'AWS CloudFormation'(clock) {
    const aws = await startSandboxCloudFormation({ resourceDelayMs: 10, clock, signatureClock: systemClock })
    const stacks = () => [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
    return {
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: ({ name, value, waitSeconds = 0 }) => ({
        ...awsConnection(aws),
        Stack: { Name: name, Template: { Resources: thing(value, waitSeconds), Outputs: output() } },
      }),
      count: () => stacks().length,
      workDone: () =>
        stacks().flatMap(({ events }) => events.filter(({ logicalId }) => logicalId === 'Thing')).length,
      close: () => aws.close(),
    }
  },
  async ROS(clock) {
    const ros = await startSandboxAliyunRos({ resourceDelayMs: 10, clock })
    const stacks = () => [...ros.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
    return {
      resourceType: 'Custom::RosStack',
      parameters: ({ name, value, waitSeconds = 0 }) => ({
        ...rosConnection(ros),
        Stack: {
          Name: name,
          Template: {
            ROSTemplateFormatVersion: '2015-09-01',
            Resources: thing(value, waitSeconds),
            Outputs: output(),
          },
        },
      }),
      count: () => stacks().length,
      workDone: () => ros.requests.filter(({ action }) => action === 'UpdateStack').length,
      close: () => ros.close(),
    }
  },
  async Heat(clock) {
    const cloud = await startSandboxOpenStack({ clock })
    const stacks = () => [...cloud.heat.stacks.values()].filter(({ action }) => action !== 'DELETE')
    return {
      resourceType: 'Custom::HeatStack',
      parameters: ({ name, value, waitSeconds = 0 }) => ({
        ...heatConnection(cloud),
        Stack: heatStack({ name, value, waitSeconds, rosStackName: '' }),
      }),
      count: () => stacks().length,
      workDone: () =>
        stacks()
          .flatMap(({ events }) => events)
          .filter(({ resource }) => resource === 'thing').length,
      close: () => cloud.close(),
    }
  },
  async 'Huawei RFS'(clock) {
    const cloud = await startSandboxHuaweiCloud({ clock })
    return {
      resourceType: 'Custom::HuaweiRfsStack',
      parameters: ({ name, value, waitSeconds = 0 }) => ({
        ...rfsConnection(cloud),
        Stack: { Name: name, TemplateBody: TERRAFORM, Parameters: { value, wait_seconds: waitSeconds } },
      }),
      count: () => cloud.rfs.stacks.size,
      workDone: () =>
        cloud.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/deployments')).length,
      close: () => cloud.close(),
    }
  },
}

function thing(Value: string, DelaySeconds: number): JsonObject {
  return { Thing: { Type: 'Sandbox::Resource', Properties: { Value, DelaySeconds } } }
}

function output(): JsonObject {
  return { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } }
}

const TERRAFORM = `
variable "value" {}
variable "wait_seconds" {}
resource "sandbox_thing" "thing" {
  value        = var.value
  wait_seconds = var.wait_seconds
}
output "Value" { value = sandbox_thing.thing.value }
`
