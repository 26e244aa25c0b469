import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { failEachWayTwice } from './fail-each-way.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { describeContract, type ContractCloud, type StackSpec } from './behaviours.ts'
import { rfsConnection } from '../embedded-connections.ts'

const TEMPLATE = `
variable "value" {}
resource "sandbox_thing" "thing" {
  value        = var.value
  fail         = var.fail
  wait_seconds = var.wait_seconds
  replaced_by  = var.made_for
}
variable "fail" { default = false }
variable "wait_seconds" { default = 0 }
variable "made_for" { default = "" }
output "Value" { value = sandbox_thing.thing.value }
`

/** Longer than any Timeout of the suite; RFS cannot cancel, so that a Delete has to wait for its end. */
const LONGEST_WAIT_SECONDS = 9

async function start(clock: Clock): Promise<ContractCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  cloud.rfs.readsUntilPlanned = 2
  return {
    resourceType: 'Custom::HuaweiRfsStack',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      Stack: stack(spec),
    }),
    existing: () => Promise.resolve([...cloud.rfs.stacks.keys()]),
    unmark: () => {
      for (const stack of cloud.rfs.stacks.values()) stack.description = 'made by hand'
    },
    interceptNextWrites: () => {
      for (const action of ['POST deployments', 'DELETE stack'])
        for (const kind of PROXY_FAULTS) cloud.faults.add(kind, { action })
    },
    failNextCalls: () => {
      failEachWayTwice(cloud.faults)
    },
    leftByPlans: () => [...cloud.rfs.stacks.keys()].flatMap((name) => cloud.rfs.plansOf(name)),
    reason: /^thing \(sandbox_thing\): Error: Test Resource failed/,
    diagnosed: /Test Resource failed/,
    inProgress: /DEPLOYMENT_IN_PROGRESS/,
    close: () => cloud.close(),
  }
}

function stack({
  name,
  value,
  waitSeconds = 0,
  fails = false,
  rollsBack = true,
  madeFor = '',
}: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    TemplateBody: TEMPLATE,
    Parameters: {
      value,
      fail: fails,
      wait_seconds: Math.min(waitSeconds, LONGEST_WAIT_SECONDS),
      made_for: madeFor,
    },
    EnableAutoRollback: rollsBack,
  }
}

describeContract(start, 'embedded Huawei RFS')
