import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { diagnoseInstances } from '../stack-set-failures.ts'
import type { StackRef } from '../../provider.ts'
import type { RfsStackSet } from '../stack-sets.ts'
import type { InstancesSetup } from './session-setup.ts'
import { instancesOf } from './targets.ts'

/** What RFS tells of the resource's instances that failed. Reads only. */
export function diagnoseStackInstances(
  { sets, desired }: InstancesSetup,
  set: RfsStackSet,
  stack: StackRef,
): Promise<Diagnosis> {
  return diagnoseInstances(sets, { set, stack, own: (all) => instancesOf(all, desired.targets) })
}
