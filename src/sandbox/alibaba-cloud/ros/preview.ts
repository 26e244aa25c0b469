import { isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { resolve } from './functions.ts'
import { createOnlyProperties } from './resource-types.ts'
import { scopeOf } from './stack-scope.ts'
import { STACK_TYPE, type Design, type SandboxRosResource, type SandboxRosStack } from './stack.ts'
import { referencesIn, type ResourceDefinition } from './template.ts'

/**
 * What a creation, or an update of `stack`, would do to each resource. The resources of nested stacks are not previewed.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack
 */
export function previewedResources(stack: SandboxRosStack | undefined, next: Design): JsonObject[] {
  const wanted = [...next.template.resources].map(([logicalId, definition]) => ({
    LogicalResourceId: logicalId,
    ResourceType: definition.type,
    ...changeOf(stack, logicalId, definition, next),
  }))
  const gone = [...(stack?.resources.values() ?? [])].filter(
    ({ logicalId }) => !next.template.resources.has(logicalId),
  )
  return [
    ...wanted,
    ...gone.map(({ logicalId, type, physicalId }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      Action: 'Remove',
      PhysicalResourceId: physicalId,
    })),
  ]
}

function changeOf(
  stack: SandboxRosStack | undefined,
  logicalId: string,
  definition: ResourceDefinition,
  next: Design,
): JsonObject {
  const standing = stack?.resources.get(logicalId)
  if (stack === undefined || standing === undefined) return { Action: 'Add' }
  const known = knownProperties(stack, definition, next)
  const isSame = JSON.stringify(known) === JSON.stringify(standing.properties)
  if (isSame && definition.type !== STACK_TYPE) return { Action: 'None' }
  return {
    Action: 'Modify',
    PhysicalResourceId: standing.physicalId,
    Replacement: isReplaced(standing, known) ? 'True' : 'False',
  }
}

/** `undefined`: they depend on a resource that does not exist yet. */
function knownProperties(
  stack: SandboxRosStack,
  { properties }: ResourceDefinition,
  next: Design,
): JsonObject | undefined {
  const scope = scopeOf(stack, next)
  if (referencesIn(properties).some((name) => scope.ref(name) === undefined)) return undefined
  const resolved = resolve(properties, scope)
  return isJsonObject(resolved) ? resolved : {}
}

function isReplaced({ type, properties: before }: SandboxRosResource, after: JsonObject = {}): boolean {
  return createOnlyProperties(type).some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
}
