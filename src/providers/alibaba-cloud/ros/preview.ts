import { modification, type PlannedChange } from '../../plan.ts'
import type { PreviewedResource } from './client.ts'

/** ROS previews no resources of nested stacks, and calls the type of these so. */
const NESTED_TYPE = 'ALIYUN::ROS::Stack'

/** What PreviewStack says of each resource; those that do not change are left out. What a nested stack's change does is unknown. */
export function plannedChanges(
  resources: readonly PreviewedResource[],
  operation: 'create' | 'update',
): PlannedChange[] {
  return resources.flatMap((resource) => {
    const { LogicalResourceId, ResourceType, PhysicalResourceId } = resource
    const foreseen = changeIn(resource, operation)
    const isUnseen = foreseen?.action === 'change' && ResourceType === NESTED_TYPE
    const change = isUnseen ? { action: 'unknown' as const } : foreseen
    const physicalId = PhysicalResourceId ?? ''
    return change === undefined
      ? []
      : [
          {
            ...change,
            resource: LogicalResourceId,
            type: ResourceType,
            ...(physicalId === '' ? {} : { physicalId }),
          },
        ]
  })
}

export function hasNestedStack(resources: readonly PreviewedResource[]): boolean {
  return resources.some(({ ResourceType }) => ResourceType === NESTED_TYPE)
}

function changeIn(
  { Action, Replacement }: PreviewedResource,
  operation: 'create' | 'update',
): Pick<PlannedChange, 'action' | 'mayReplace'> | undefined {
  switch (Action) {
    case 'Add':
      return { action: 'add' }
    case 'Remove':
      return { action: 'remove' }
    case 'None':
      return undefined
    case 'Modify':
      return modification(Replacement)
    default:
      // Older answers about a creation have no Action.
      return { action: operation === 'create' ? 'add' : 'unknown' }
  }
}
