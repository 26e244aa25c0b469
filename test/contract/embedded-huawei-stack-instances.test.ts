import type { Clock } from '../../src/platform/clock.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { makeStackSet, unmarkSet, valuesIn } from '../providers/huawei-cloud/stack-set-world.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { rfsConnection } from '../embedded-connections.ts'

/** Longer than any Timeout of the suite; RFS cannot stop an operation, so that a Delete has to wait for its end. */
const LONGEST_WAIT_SECONDS = 9

/** All tests share one stack set; the region of a ROS stack's instances has the name of the ROS stack. */
async function start(clock: Clock): Promise<ContractCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  const set = makeStackSet(cloud, 'contract_set')
  return {
    resourceType: 'Custom::HuaweiRfsStackInstances',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      StackSetName: 'contract_set',
      ...instances(spec),
    }),
    existingValue: (rosStackName) =>
      Promise.resolve(valuesIn(cloud, set)[`${rosStackName}-region/6cbcca2a2f114a63841bdbc7a19b7b12`]),
    existing: () => Promise.resolve([...set.instances.values()].map(({ region }) => region)),
    unmark: () => {
      unmarkSet(set)
    },
    interceptNextWrites: () => {
      for (const action of ['PATCH stack-instances', 'POST deletion'])
        for (const kind of PROXY_FAULTS) cloud.faults.add(kind, { action })
    },
    failNextCalls: () => {
      failEachWayTwice(cloud.faults)
    },
    reason: /^contract-\d+-region\/6cbcca2a2f114a63841bdbc7a19b7b12: Error: Test Resource failed/,
    diagnosed: /Test Resource failed/,
    inProgress: /OPERATION_IN_PROGRESS/,
    close: () => cloud.close(),
  }
}

function instances({ name, rosStackName, value, waitSeconds = 0, fails = false }: StackSpec) {
  return {
    DeploymentTargets: {
      Regions: [name ?? `${rosStackName}-region`],
      DomainIds: ['6cbcca2a2f114a63841bdbc7a19b7b12'],
    },
    VarOverrides: {
      Parameters: { value, fail: fails, wait_seconds: Math.min(waitSeconds, LONGEST_WAIT_SECONDS) },
    },
  }
}

describeContract(start, 'embedded Huawei RFS, stack instances')
