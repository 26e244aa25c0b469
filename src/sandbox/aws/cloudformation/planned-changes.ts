import { referencesIn } from './intrinsic-functions.ts'
import type { XmlValue } from './query-protocol.ts'
import type { Design, SandboxStack } from './stack.ts'

/**
 * What a change set would do to each resource, without its details.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export function plannedChanges(before: SandboxStack | undefined, next: Design): XmlValue[] {
  const old = before?.design
  const changedParameters = [...next.parameters.keys()].filter(
    (name) => old?.parameters.get(name) !== next.parameters.get(name),
  )
  const areOtherMappings =
    JSON.stringify([...(old?.template.mappings ?? [])]) !== JSON.stringify([...next.template.mappings])
  const wanted = [...next.template.resources].flatMap(([logicalId, definition]) => {
    const standing = old?.template.resources.get(logicalId)
    const isChanged =
      JSON.stringify(standing) !== JSON.stringify(definition) ||
      referencesIn(definition.properties).some((name) => changedParameters.includes(name)) ||
      (areOtherMappings && JSON.stringify(definition.properties).includes('"Fn::FindInMap"'))
    if (standing !== undefined && !isChanged) return []
    return [changeOf(standing === undefined ? 'Add' : 'Modify', logicalId, definition.type, before)]
  })
  const removed = [...(old?.template.resources ?? [])].flatMap(([logicalId, { type }]) =>
    next.template.resources.has(logicalId) ? [] : [changeOf('Remove', logicalId, type, before)],
  )
  return [...wanted, ...removed]
}

function changeOf(
  action: 'Add' | 'Modify' | 'Remove',
  logicalId: string,
  type: string,
  before: SandboxStack | undefined,
): XmlValue {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: before?.resources.get(logicalId)?.physicalId,
      ResourceType: type,
      ...(action === 'Modify' ? { Replacement: 'Conditional' } : {}),
      Scope: action === 'Modify' ? ['Properties'] : [],
      Details: [],
    },
  }
}
