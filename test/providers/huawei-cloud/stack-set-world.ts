import { vi } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import type { SandboxHuaweiCloud } from '../../../src/sandbox/huawei-cloud/server.ts'
import type { SandboxStackSet } from '../../../src/sandbox/huawei-cloud/rfs-stack-set/engine.ts'

/** A template with three variables, of which `value` is its output. */
export const SET_TEMPLATE = `
variable "value" {}
variable "fail" { default = false }
variable "wait_seconds" { default = 0 }
resource "sandbox_thing" "thing" {
  value        = var.value
  fail         = var.fail
  wait_seconds = var.wait_seconds
}
output "Value" { value = sandbox_thing.thing.value }
`

export const SET_VARS = 'value = "of the set"\nfail = false\nwait_seconds = 0\n'

/** A stack set that a user created without the bridge. */
export function makeStackSet(
  cloud: SandboxHuaweiCloud,
  name: string,
  more: JsonObject = {},
): SandboxStackSet {
  cloud.stackSets.answer({
    method: 'POST',
    segments: [],
    query: new URLSearchParams(),
    body: {
      stack_set_name: name,
      template_body: SET_TEMPLATE,
      vars_body: SET_VARS,
      ...(more['permission_model'] === 'SERVICE_MANAGED'
        ? {}
        : { administration_agency_name: 'rfs_admin', managed_agency_name: 'rfs_member' }),
      ...more,
    },
  })
  const set = cloud.stackSets.sets.get(name)
  if (set === undefined) throw new Error('the stack set was not made')
  return set
}

/** The marks of a set and the claims on its instances are in its description. */
export function unmarkSet(set: SandboxStackSet): void {
  set.attributes = { ...set.attributes, stack_set_description: 'made by hand' }
}

/** Runs something once, just before RFS answers the next request with this `method` and last part of the path. */
export function justBefore(cloud: SandboxHuaweiCloud, call: string, happens: () => void): void {
  const { stackSets } = cloud
  const answer = stackSets.answer.bind(stackSets)
  const spy = vi.spyOn(stackSets, 'answer').mockImplementation((asked) => {
    if (`${asked.method} ${asked.segments.at(-1) ?? ''}` === call) {
      spy.mockRestore()
      happens()
    }
    return answer(asked)
  })
}

/** The value that each instance's stack really has, by its address. */
export function valuesIn(cloud: SandboxHuaweiCloud, set: SandboxStackSet): Record<string, unknown> {
  return Object.fromEntries(
    [...set.instances].map(([address, instance]) => [
      address,
      cloud.stackSets.engine.outputs(instance).get('Value'),
    ]),
  )
}
