import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  const ros = await startSandboxAliyunRos({ resourceDelayMs: 10, clock })
  return {
    resourceType: 'Custom::RosStack',
    parameters: (spec) => ({
      AccessKeyId: ros.key.accessKeyId,
      AccessKeySecret: ros.key.accessKeySecret,
      RegionId: ros.region,
      Endpoint: ros.url,
      StsEndpoint: ros.url,
      Stack: stack(spec),
    }),
    existing: () =>
      Promise.resolve(
        [...ros.cloud.stacks.values()]
          .filter(({ status }) => status !== 'DELETE_COMPLETE')
          .map(({ name }) => name),
      ),
    unmark: () => {
      for (const stack of ros.cloud.stacks.values()) stack.tags = new Map()
    },
    failNextCalls: () => {
      for (const kind of ['reset-before', 'internal-error', 'throttle', 'garbage', 'reset-after'] as const)
        ros.faults.add(kind, { times: 2 })
    },
    reason: /^Thing \(Sandbox::Resource\): Test Resource failed\./,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => ros.close(),
  }
}

function stack({
  name,
  value,
  waitSeconds = 0,
  fails = false,
  rollsBack = true,
  madeFor,
  drifts = false,
}: StackSpec): JsonObject {
  const Properties = {
    Value: value,
    DelaySeconds: waitSeconds,
    Message: 'Test Resource failed',
    ...(madeFor === undefined ? {} : { ReplacedBy: madeFor }),
    ...(drifts ? { Drift: 'Value' } : {}),
    ...(fails ? { FailOn: 'create,update' } : {}),
  }
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: {
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: { Thing: { Type: 'Sandbox::Resource', Properties } },
      Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
    },
    DisableRollback: !rollsBack,
  }
}

describeContract(start, 'embedded ROS')
