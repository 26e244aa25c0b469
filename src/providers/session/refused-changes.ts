import type { Refusals } from '../properties/plan-policy.ts'
import type { PlannedChange } from '../provider.ts'

/** Why the plan of an Update is refused, with the resources that it would take away; `undefined`: it is not. */
export function refusedChanges(
  changes: readonly PlannedChange[],
  { replacement, removal }: Refusals,
): string | undefined {
  const those = (holds: (change: PlannedChange) => boolean): string =>
    changes.filter(holds).map(inWords).join(', ')
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

function inWords({ resource, type, physicalId }: PlannedChange): string {
  return physicalId === undefined ? `${resource} (${type})` : `${resource} (${type} ${physicalId})`
}
