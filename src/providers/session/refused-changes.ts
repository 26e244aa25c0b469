import type { Refusals } from '../properties/plan-policy.ts'
import type { PlannedChange } from '../provider.ts'

/** Why the plan of an Update is refused, with the resources that it would take away; `undefined`: it is not. */
export function refusedChanges(
  changes: readonly PlannedChange[],
  { replacement, removal }: Refusals,
): string | undefined {
  const those = (holds: (change: PlannedChange) => boolean): string => listed(changes.filter(holds))
  const replaced = replacement ? those(({ action }) => action === 'replace') : ''
  const perhaps = replacement ? those(({ mayReplace }) => mayReplace === true) : ''
  const removed = removal ? those(({ action }) => action === 'remove') : ''
  const unknown = those(({ action }) => action === 'unknown')
  const parts = [
    ...(replaced === '' ? [] : [`it would replace ${replaced} (RefuseReplacement)`]),
    ...(removed === '' ? [] : [`it would remove ${removed} (RefuseRemoval)`]),
    ...(perhaps === '' ? [] : [`it may replace ${perhaps} (RefuseReplacement)`]),
    ...(unknown === '' ? [] : [`the cloud does not say what would happen to ${unknown}`]),
  ]
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** Resources that a reason names. Of a long list, ROS's limit would cut off what comes after it, such as the stack's id. */
const MOST_NAMES = 10

function listed(changes: readonly PlannedChange[]): string {
  const names = changes.slice(0, MOST_NAMES).map(inWords).join(', ')
  const others = changes.length - MOST_NAMES
  return others > 0 ? `${names} and ${String(others)} more` : names
}

function inWords({ resource, type, physicalId }: PlannedChange): string {
  return physicalId === undefined ? `${resource} (${type})` : `${resource} (${type} ${physicalId})`
}
