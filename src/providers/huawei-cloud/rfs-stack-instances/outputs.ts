import type { Secrets } from '../../../platform/secrets.ts'
import type { RfsStackInstance, RfsStackSet } from '../stack-sets.ts'
import type { Outputs } from '../../provider.ts'

/** The outputs for the ROS template. RFS itself has no outputs of instances, which are stacks in other accounts. */
export function outputsOf(
  set: RfsStackSet,
  instances: readonly RfsStackInstance[],
  operationId: string | undefined,
  secrets: Secrets,
): Outputs {
  const sorted = [...instances].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  return {
    StackSetId: set.stack_set_id,
    StackSetName: set.stack_set_name,
    StackSetOperationId: operationId ?? null,
    Instances: sorted.map(({ region, stack_domain_id, status, stack_id, stack_name, status_message }) => ({
      Region: region,
      DomainId: stack_domain_id,
      Status: status,
      StackId: stack_id ?? null,
      StackName: stack_name ?? null,
      ...(status_message === undefined || status_message === null
        ? {}
        : { StatusMessage: secrets.mask(status_message) }),
    })),
  }
}

function keyOf({ region, stack_domain_id }: RfsStackInstance): string {
  return JSON.stringify([region, stack_domain_id])
}
