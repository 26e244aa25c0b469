import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import type { CloudContext } from './cloud-context.ts'
import { holds, referencesIn, resolve, type Scope } from './intrinsic-functions.ts'
import { partitionOf } from '../partition.ts'
import type { ResourceContext } from '../../resource-values.ts'
import { inventedAttributeOf, isKnownType } from './resource-values.ts'
import { STACK_TYPE, type Design, type SandboxResource, type SandboxStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/** What the resolution of references needs of the cloud. */
export type ScopeContext = Pick<CloudContext, 'accountId' | 'region' | 'exportedValue' | 'note'>

/** Resolves the references of a design against the present state of the stack. */
export function scopeOf(stack: SandboxStack, design: Design, context: ScopeContext): Scope {
  const { accountId, region } = context
  const partition = partitionOf(region)
  const pseudo = new Map<string, JsonValue>([
    ['AWS::StackName', stack.name],
    ['AWS::StackId', stack.id],
    ['AWS::Region', region],
    ['AWS::AccountId', accountId],
    ['AWS::Partition', partition.name],
    ['AWS::URLSuffix', partition.dnsSuffix],
    ['AWS::NotificationARNs', []],
  ])
  return {
    conditions: design.template.conditions,
    mappings: design.template.mappings,
    region,
    ref: (name) => parameterValue(design, name) ?? pseudo.get(name) ?? stack.resources.get(name)?.physicalId,
    attribute: (logicalId, attribute) => attributeOf(stack, logicalId, attribute, context),
    importValue: (name) => context.exportedValue(name),
    note: context.note,
  }
}

/** An attribute that the table does not have is invented, but not an output of a nested stack: its template has them all. */
function attributeOf(
  stack: SandboxStack,
  logicalId: string,
  attribute: string,
  context: ScopeContext,
): JsonValue | undefined {
  const resource = stack.resources.get(logicalId)
  const known = resource?.attributes.get(attribute)
  if (known !== undefined || resource === undefined || resource.physicalId === '') return known
  if (resource.type === STACK_TYPE) return undefined
  const invented = inventedAttributeOf(
    resourceContextOf(stack, resource, context),
    resource.physicalId,
    attribute,
  )
  if (invented !== undefined && isKnownType(resource.type))
    context.note(
      `the sandbox does not know the attribute ${attribute} of ${resource.type}: its value is invented. ` +
        'AWS refuses an attribute that the type does not have',
    )
  return invented
}

export function resourceContextOf(
  { name }: SandboxStack,
  { type, properties, logicalId, seed }: SandboxResource,
  { accountId, region }: Pick<CloudContext, 'accountId' | 'region'>,
): ResourceContext {
  return { type, properties, logicalId, seed, accountId, region, stackName: name }
}

export function resolvedProperties(definition: ResourceDefinition, scope: Scope): JsonObject {
  const resolved = resolve(definition.properties, scope)
  return isJsonObject(resolved) ? resolved : {}
}

/** The resources by level: each level depends on earlier levels only. */
export function levelsOf(design: Design, scope: Scope): [string, ResourceDefinition][][] {
  const desired = new Map(
    [...design.template.resources].filter(([, definition]) => isIncluded(definition, scope)),
  )
  // A reference of a resource to itself does not block its creation.
  return dependencyLevels(desired, ({ properties, dependsOn }, name) =>
    [...referencesIn(properties), ...dependsOn].filter((need) => need !== name),
  )
}

/** False: a condition excludes the resource. */
export function isIncluded(definition: ResourceDefinition, scope: Scope): boolean {
  return definition.condition === undefined || holds(definition.condition, scope)
}

function parameterValue({ template, parameters }: Design, name: string): JsonValue | undefined {
  const value = parameters.get(name)
  const type = template.parameters.get(name)?.type ?? ''
  if (value === undefined) return undefined
  return type === 'CommaDelimitedList' || type.startsWith('List<') ? value.split(',') : value
}
