import type { Change, ResourceChange } from '@aws-sdk/client-cloudformation'
import { modification, type PlannedChange } from '../../plan.ts'

const NESTED_TYPE = 'AWS::CloudFormation::Stack'

/**
 * What a change set says of one resource; `undefined` where nothing happens to it. `path`: of its nested stack, with a slash at
 * its end. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export function plannedChange({ ResourceChange }: Change, path: string): PlannedChange | undefined {
  if (ResourceChange === undefined) return undefined
  const change = changeIn(ResourceChange)
  if (change === undefined) return undefined
  const { LogicalResourceId = '?', ResourceType = '?', PhysicalResourceId } = ResourceChange
  const properties = change.action === 'change' || change.action === 'replace' ? namesIn(ResourceChange) : []
  return {
    ...change,
    resource: `${path}${LogicalResourceId}`,
    type: ResourceType,
    ...(PhysicalResourceId === undefined || PhysicalResourceId === ''
      ? {}
      : { physicalId: PhysicalResourceId }),
    ...(properties.length === 0 ? {} : { properties }),
  }
}

function changeIn({
  Action,
  Replacement,
  ResourceType,
  ChangeSetId,
}: ResourceChange): Pick<PlannedChange, 'action' | 'mayReplace'> | undefined {
  switch (Action) {
    case 'Add':
    case 'Import':
      return { action: 'add' }
    case 'Remove':
      return { action: 'remove' }
    // Only what CloudFormation keeps about the resource changes.
    case 'SyncWithActual':
      return undefined
    case 'Modify':
      // Only its own change set tells what happens inside a nested stack.
      return ResourceType === NESTED_TYPE && ChangeSetId === undefined
        ? { action: 'unknown' }
        : modification(Replacement)
    default:
      return { action: 'unknown' }
  }
}

/** Names of properties, and of attributes such as `Tags`; without the values. */
function namesIn({ Details = [] }: ResourceChange): string[] {
  const names = Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? [])
  return [...new Set(names)].sort()
}
