import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { SET_TEMPLATE, unmarkSet } from '../providers/huawei-cloud/stack-set-world.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { rfsConnection } from '../embedded-connections.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiRfsStackSet',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      StackSet: stackSet(spec),
    }),
    existingValue: (rosStackName) =>
      Promise.resolve(
        [...cloud.stackSets.sets.values()].find(({ name }) => name.startsWith(`${rosStackName}-`))?.variables[
          'value'
        ],
      ),
    existing: () => Promise.resolve([...cloud.stackSets.sets.keys()]),
    unmark: () => {
      for (const set of cloud.stackSets.sets.values()) unmarkSet(set)
    },
    interceptNextWrites: () => {
      for (const action of ['POST deployments', 'DELETE stack-set'])
        for (const kind of PROXY_FAULTS) cloud.faults.add(kind, { action })
    },
    failNextCalls: () => {
      failEachWayTwice(cloud.faults)
    },
    reason: /RF\.10011073: Invalid template body/,
    diagnosed: /Test Resource failed/,
    inProgress: /OPERATION_IN_PROGRESS/,
    close: () => cloud.close(),
  }
}

/** A set without instances can only fail by its template. */
function stackSet({ name, value, waitSeconds = 0, fails = false }: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    AdministrationAgencyName: 'rfs_admin',
    ManagedAgencyName: 'rfs_member',
    TemplateBody: fails ? 'resource {' : SET_TEMPLATE,
    Parameters: { value, fail: false, wait_seconds: waitSeconds },
  }
}

describeContract(start, 'embedded Huawei RFS, stack sets')
