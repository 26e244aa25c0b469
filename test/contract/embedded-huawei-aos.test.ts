import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { THING_TEMPLATE_ID } from '../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { aosConnection } from '../embedded-connections.ts'

/** Longer than any Timeout of the suite; AOS cannot cancel, so that a Delete has to wait for its end. */
const LONGEST_WAIT_SECONDS = 9

async function start(clock: Clock): Promise<ContractCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiAosStack',
    parameters: (spec) => ({
      ...aosConnection(cloud),
      Stack: stack(spec),
    }),
    existing: () => Promise.resolve([...cloud.aos.stacks.values()].map(({ name }) => name)),
    unmark: () => {
      for (const stack of cloud.aos.stacks.values()) stack.labels = {}
    },
    interceptNextWrites: () => {
      for (const action of ['PUT actions', 'DELETE stack'])
        for (const kind of PROXY_FAULTS) cloud.faults.add(kind, { action })
    },
    failNextCalls: () => {
      cloud.iam.revokeAll()
      failEachWayTwice(cloud.faults)
    },
    reason: /^thing: Test Resource failed/,
    diagnosed: /Test Resource failed/,
    inProgress: /Processing/,
    close: () => cloud.close(),
  }
}

function stack({ name, value, waitSeconds = 0, fails = false, rollsBack = true }: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    TemplateId: THING_TEMPLATE_ID,
    InputsJson: { value, fail: fails, wait_seconds: Math.min(waitSeconds, LONGEST_WAIT_SECONDS) },
    ActionParameters: { FailureStrategy: rollsBack ? 'Rollback' : 'DoNothing' },
  }
}

describeContract(start, 'embedded Huawei AOS')
