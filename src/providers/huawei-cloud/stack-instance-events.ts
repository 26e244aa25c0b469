import type { EpochMs } from '../../platform/clock.ts'
import type { StackEvent } from '../provider.ts'
import type { RfsStackInstance } from './stack-sets.ts'

/** RFS keeps no events of a stack set, so each instance's current status is one. Oldest first. */
export function instanceEvents(instances: readonly RfsStackInstance[], since: EpochMs): StackEvent[] {
  return instances
    .map((instance) => ({ instance, at: Date.parse(instance.update_time ?? '') }))
    .filter(({ at }) => at >= since)
    .sort((one, other) => one.at - other.at)
    .map(({ instance, at }) => ({
      id: JSON.stringify([addressOf(instance), instance.status, instance.latest_stack_set_operation_id]),
      at,
      resource: addressOf(instance),
      type: 'RFS stack instance',
      status: instance.status,
      ...(instance.status_message === undefined || instance.status_message === null
        ? {}
        : { reason: instance.status_message }),
    }))
}

/** For example `cn-north-4/0123456789abcdef0123456789abcdef`. */
export function addressOf({ region, stack_domain_id }: RfsStackInstance): string {
  return `${region}/${stack_domain_id}`
}
