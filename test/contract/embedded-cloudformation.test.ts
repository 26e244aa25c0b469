import { systemClock, type Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  // The SDK signs by real time, whatever clock it is given.
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 10, clock, signatureClock: systemClock })
  aws.cloud.readsUntilPlanned = 2
  return {
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: (spec) => ({
      AccessKeyId: aws.key.accessKeyId,
      AccessKeySecret: aws.key.secretAccessKey,
      RegionId: aws.region,
      Endpoint: aws.url,
      Stack: stack(spec),
    }),
    existing: () =>
      Promise.resolve(
        [...aws.cloud.stacks.values()]
          .filter(({ status }) => status !== 'DELETE_COMPLETE')
          .map(({ name }) => name),
      ),
    unmark: () => {
      for (const stack of aws.cloud.stacks.values()) stack.tags = new Map()
    },
    failNextCalls: () => {
      for (const kind of ['reset-before', 'internal-error', 'throttle', 'garbage', 'reset-after'] as const)
        aws.faults.add(kind, { times: 2 })
    },
    leftByPlans: () => [...aws.cloud.stacks.keys()].flatMap((id) => aws.cloud.changeSetsOf(id)),
    reason: /^Thing \(Sandbox::Resource\): Test Resource failed\./,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => aws.close(),
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
      Resources: { Thing: { Type: 'Sandbox::Resource', Properties } },
      Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
    },
    OnFailure: rollsBack ? 'ROLLBACK' : 'DO_NOTHING',
  }
}

describeContract(start, 'embedded CloudFormation')
