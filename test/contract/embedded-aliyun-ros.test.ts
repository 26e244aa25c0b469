import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { thingTemplate } from '../thing-template.ts'
import { rosConnection } from '../embedded-connections.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  const ros = await startSandboxAliyunRos({ resourceDelayMs: 10, clock })
  return {
    resourceType: 'Custom::RosStack',
    parameters: (spec) => ({
      ...rosConnection(ros),
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
    interceptNextWrites: () => {
      for (const action of ['UpdateStack', 'DeleteStack'])
        for (const kind of PROXY_FAULTS) ros.faults.add(kind, { action })
    },
    failNextCalls: () => {
      failEachWayTwice(ros.faults)
    },
    reason: /^Thing \(Sandbox::Resource\): Test Resource failed\./,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => ros.close(),
  }
}

function stack({ name, rollsBack = true, ...thing }: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: { ROSTemplateFormatVersion: '2015-09-01', ...thingTemplate(thing) },
    DisableRollback: !rollsBack,
  }
}

describeContract(start, 'embedded ROS')
