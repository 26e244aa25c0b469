import type { JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import type { Scope } from './functions.ts'
import type { Design, SandboxRosStack } from './stack.ts'
import { referencesIn, type ResourceDefinition } from './template.ts'

/** Resolves the references of a design against the present state of the stack. */
export function scopeOf(stack: SandboxRosStack, design: Design): Scope {
  const pseudo = new Map<string, JsonValue>([
    ['ALIYUN::StackId', stack.id],
    ['ALIYUN::StackName', stack.name],
    ['ALIYUN::Region', stack.region],
    ['ALIYUN::TenantId', stack.accountId],
    ['ALIYUN::AccountId', stack.accountId],
  ])
  return {
    ref: (name) => design.parameters.get(name) ?? pseudo.get(name) ?? stack.resources.get(name)?.physicalId,
    attribute: (logicalId, attribute) => stack.resources.get(logicalId)?.attributes.get(attribute),
  }
}

/** The resources by level: each level depends on earlier levels only. */
export function levelsOf({ template: { resources } }: Design): [string, ResourceDefinition][][] {
  return dependencyLevels(resources, ({ properties, dependsOn }) => [
    ...referencesIn(properties),
    ...dependsOn,
  ])
}
