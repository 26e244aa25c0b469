import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { referencesIn, resolve, type Scope } from './intrinsic-functions.ts'
import type { XmlValue } from './query-protocol.ts'
import { replacementBy } from './resource-types.ts'
import { isIncluded, scopeOf, type ScopeContext } from './stack-scope.ts'
import { STACK_TYPE, type Design, type SandboxStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/**
 * What a change set would do to one resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export interface PlannedResource {
  readonly action: 'Add' | 'Modify' | 'Remove'
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string | undefined
  /** For `Modify`. */
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined
  readonly details: readonly PropertyChange[]
  /** The properties of a nested stack that is kept, with all functions computed. */
  readonly nested: JsonObject | undefined
}

interface PropertyChange {
  readonly name: string
  /** `Dynamic`: the value is known only once the change set is executed. */
  readonly evaluation: 'Static' | 'Dynamic'
  readonly requiresRecreation: 'Always' | 'Conditionally' | 'Never'
}

export function plannedChanges(
  before: SandboxStack | undefined,
  next: Design,
  context: ScopeContext,
): PlannedResource[] {
  if (before === undefined)
    return [...next.template.resources].map(([logicalId, { type }]) => added(logicalId, type))
  const scope = scopeOf(before, next, context)
  const desired = new Map([...next.template.resources].filter(([, resource]) => isIncluded(resource, scope)))
  const replaced = new Set<string>()
  const changes = [...desired].flatMap((resource) => {
    const change = changeOf(before, resource, scope, replaced)
    if (change?.replacement !== undefined && change.replacement !== 'False') replaced.add(change.logicalId)
    return change ?? []
  })
  const removed = [...before.resources.values()]
    .filter(({ logicalId }) => !desired.has(logicalId))
    .map(({ logicalId, type, physicalId }) => ({
      ...added(logicalId, type),
      action: 'Remove' as const,
      physicalId,
    }))
  return [...changes, ...removed]
}

export function describeChange(
  { action, logicalId, type, physicalId, replacement, details }: PlannedResource,
  nestedChangeSet: string | undefined,
): XmlValue {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: replacement,
      ChangeSetId: nestedChangeSet,
      Scope: action === 'Modify' ? ['Properties'] : [],
      Details: details.map(({ name, evaluation, requiresRecreation }) => ({
        Target: { Attribute: 'Properties', Name: name, RequiresRecreation: requiresRecreation },
        Evaluation: evaluation,
        ChangeSource: evaluation === 'Static' ? 'DirectModification' : 'ResourceReference',
      })),
    },
  }
}

function added(logicalId: string, type: string): PlannedResource {
  return {
    action: 'Add',
    logicalId,
    type,
    physicalId: undefined,
    replacement: undefined,
    details: [],
    nested: undefined,
  }
}

function changeOf(
  before: SandboxStack,
  [logicalId, { type, properties }]: readonly [string, ResourceDefinition],
  scope: Scope,
  replaced: ReadonlySet<string>,
): PlannedResource | undefined {
  const existing = before.resources.get(logicalId)
  if (existing === undefined || existing.physicalId === '') return added(logicalId, type)
  const names = [...new Set([...Object.keys(properties), ...Object.keys(existing.properties)])]
  const details = names.flatMap((name) => {
    const evaluation = evaluationOf(properties[name], existing.properties[name], scope, replaced)
    return evaluation === undefined ? [] : [{ name, evaluation, requiresRecreation: recreation(type, name) }]
  })
  const isNested = type === STACK_TYPE
  if (details.length === 0 && !isNested) return undefined
  return {
    action: 'Modify',
    logicalId,
    type,
    physicalId: existing.physicalId,
    details,
    replacement: isNested ? 'False' : replacementFor(details),
    nested: isNested ? resolvedKnown(properties, scope) : undefined,
  }
}

/** How the change of a value is known; `undefined`: it stays as it is. */
function evaluationOf(
  desired: JsonValue | undefined,
  existing: JsonValue | undefined,
  scope: Scope,
  replaced: ReadonlySet<string>,
): PropertyChange['evaluation'] | undefined {
  if (desired === undefined) return 'Static'
  const known = resolvedIfKnown(desired, scope)
  if (known === undefined || referencesIn(desired).some((name) => replaced.has(name))) return 'Dynamic'
  return JSON.stringify(known.value) === JSON.stringify(existing) ? undefined : 'Static'
}

/** `undefined`: the value depends on a resource that does not exist yet. */
function resolvedIfKnown(value: JsonValue, scope: Scope): { readonly value: JsonValue } | undefined {
  const missing = referencesIn(value).some(
    (name) => scope.ref(name) === undefined && !name.startsWith('AWS::'),
  )
  return missing ? undefined : { value: resolve(value, scope) }
}

function resolvedKnown(properties: JsonObject, scope: Scope): JsonObject {
  const known = resolvedIfKnown(properties, scope)?.value
  return isJsonObject(known) ? known : {}
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceTargetDefinition.html */
function recreation(type: string, name: string): PropertyChange['requiresRecreation'] {
  switch (replacementBy(type, name)) {
    case 'yes':
      return 'Always'
    case 'no':
      return 'Never'
    default:
      return 'Conditionally'
  }
}

/** The change with the most impact decides. */
function replacementFor(details: readonly PropertyChange[]): 'True' | 'False' | 'Conditional' {
  if (
    details.some(
      ({ requiresRecreation, evaluation }) => requiresRecreation === 'Always' && evaluation === 'Static',
    )
  )
    return 'True'
  return details.some(({ requiresRecreation }) => requiresRecreation !== 'Never') ? 'Conditional' : 'False'
}
