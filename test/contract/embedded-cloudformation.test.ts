import { systemClock, type Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { thingTemplate } from '../thing-template.ts'
import { awsConnection } from '../embedded-connections.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  // The SDK signs with the real time, independent of the test's clock.
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 10, clock, signatureClock: systemClock })
  aws.cloud.readsUntilPlanned = 2
  return {
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: (spec) => ({
      ...awsConnection(aws),
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
    interceptNextWrites: () => {
      for (const action of ['UpdateStack', 'DeleteStack'])
        for (const kind of PROXY_FAULTS) aws.faults.add(kind, { action })
    },
    failNextCalls: () => {
      failEachWayTwice(aws.faults)
    },
    leftByPlans: () => [...aws.cloud.stacks.keys()].flatMap((id) => aws.cloud.changeSetsOf(id)),
    reason: /^Thing \(Sandbox::Resource\): Test Resource failed\./,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => aws.close(),
  }
}

function stack({ name, rollsBack = true, ...thing }: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: thingTemplate(thing),
    OnFailure: rollsBack ? 'ROLLBACK' : 'DO_NOTHING',
  }
}

describeContract(start, 'embedded CloudFormation')
