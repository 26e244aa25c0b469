import type { Clock } from '../../../src/platform/clock.ts'
import { THING_TEMPLATE_ID } from '../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { startSandboxHuaweiCloud, type SandboxHuaweiCloud } from '../../../src/sandbox/huawei-cloud/server.ts'
import type { SandboxStackSet } from '../../../src/sandbox/huawei-cloud/rfs-stack-set/engine.ts'
import { UNRELATED_404 } from './canned-answers.ts'
import { countAdded, type EmbeddedCloud, type StackSpec } from './embedded-cloud.ts'
import { aosConnection, rfsConnection } from '../../embedded-connections.ts'

const TEMPLATE = `
variable "value" {}
variable "fail" { default = false }
variable "wait_seconds" { default = 0 }
variable "made_for" { default = "" }
resource "sandbox_thing" "thing" {
  value        = var.value
  fail         = var.fail
  wait_seconds = var.wait_seconds
  replaced_by  = var.made_for
}
output "Value" { value = sandbox_thing.thing.value }
`
const SET_NAME = 'existing_set'
const DOMAIN_ID = '6cbcca2a2f114a63841bdbc7a19b7b12'
const REASON = /Test Resource failed/

export async function rfsStack(clock: Clock): Promise<EmbeddedCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  cloud.rfs.readsUntilPlanned = 1
  return {
    resourceType: 'Custom::HuaweiRfsStack',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      Stack: {
        ...named(spec),
        TemplateBody: TEMPLATE,
        Parameters: { ...variables(spec), made_for: spec.madeFor ?? '' },
        EnableAutoRollback: true,
      },
    }),
    values: () =>
      [...cloud.rfs.stacks.values()].map(
        ({ resources }) => resources.get('sandbox_thing.thing')?.properties['value'] ?? null,
      ),
    made: countAdded(cloud.rfs.stacks),
    leftByPlans: () => [...cloud.rfs.stacks.keys()].flatMap((name) => cloud.rfs.plansOf(name)),
    reason: REASON,
    hasOutput: true,
    unrelated404: UNRELATED_404,
    close: () => cloud.close(),
  }
}

export async function aosStack(clock: Clock): Promise<EmbeddedCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  return {
    resourceType: 'Custom::HuaweiAosStack',
    parameters: (spec) => ({
      ...aosConnection(cloud),
      Stack: {
        ...named(spec),
        TemplateId: THING_TEMPLATE_ID,
        InputsJson: variables(spec),
        ActionParameters: { FailureStrategy: 'Rollback' },
      },
    }),
    values: () => [...cloud.aos.stacks.values()].map(({ inputs }) => inputs['value'] ?? null),
    made: countAdded(cloud.aos.stacks),
    reason: REASON,
    hasOutput: true,
    unrelated404: UNRELATED_404,
    close: () => cloud.close(),
  }
}

export async function stackSet(clock: Clock): Promise<EmbeddedCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  const { sets } = cloud.stackSets
  return {
    resourceType: 'Custom::HuaweiRfsStackSet',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      StackSet: {
        ...named(spec),
        AdministrationAgencyName: 'rfs_admin',
        ManagedAgencyName: 'rfs_member',
        // A set without instances can only fail by its template.
        TemplateBody: spec.fails === true ? 'resource {' : TEMPLATE,
        Parameters: variables({ ...spec, fails: false }),
      },
    }),
    values: () => [...sets.values()].map((set) => set.variables['value'] ?? null),
    made: countAdded(sets),
    reason: /Invalid template body/,
    hasOutput: false,
    unrelated404: UNRELATED_404,
    close: () => cloud.close(),
  }
}

export async function stackInstances(clock: Clock): Promise<EmbeddedCloud> {
  const cloud = await startSandboxHuaweiCloud({ clock })
  const { instances } = existingSet(cloud)
  return {
    resourceType: 'Custom::HuaweiRfsStackInstances',
    parameters: (spec) => ({
      ...rfsConnection(cloud),
      StackSetName: SET_NAME,
      DeploymentTargets: { Regions: [spec.name ?? 'region-1'], DomainIds: [DOMAIN_ID] },
      VarOverrides: { Parameters: variables(spec) },
    }),
    values: () =>
      [...instances.values()].map(
        (instance) => cloud.stackSets.engine.outputs(instance).get('Value') ?? null,
      ),
    made: countAdded(instances),
    reason: REASON,
    hasOutput: false,
    unrelated404: UNRELATED_404,
    close: () => cloud.close(),
  }
}

function named({ name }: StackSpec) {
  return name === undefined ? {} : { Name: name }
}

function variables({ value, fails = false, waitSeconds = 0 }: StackSpec) {
  return { value, fail: fails, wait_seconds: waitSeconds }
}

/** The stack set that the instances of a scenario belong to. Its owner is not the bridge. */
function existingSet({ stackSets }: SandboxHuaweiCloud): SandboxStackSet {
  stackSets.answer({
    method: 'POST',
    segments: [],
    query: new URLSearchParams(),
    body: {
      stack_set_name: SET_NAME,
      template_body: TEMPLATE,
      vars_body: 'value = "of the set"\nfail = false\nwait_seconds = 0\n',
      administration_agency_name: 'rfs_admin',
      managed_agency_name: 'rfs_member',
    },
  })
  const set = stackSets.sets.get(SET_NAME)
  if (set === undefined) throw new Error('the stack set was not made')
  return set
}
