import { ownValue } from '../../../platform/own-value.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import { reasonOf, ResourceFailure } from '../../resource-failure.ts'
import { isMet, resolve, type Scope } from './functions.ts'
import type { HeatContext } from './heat-context.ts'
import { typedValue } from './parameters.ts'
import { groupAttribute } from './resource-groups.ts'
import { hasAttribute, inventedAttributeOf, isKnownType, type ResourceContext } from './resource-values.ts'
import type { SandboxHeatResource, SandboxHeatStack } from './stack.ts'
import { needsIn, type ResourceDefinition } from './template.ts'

export interface HeatOutput {
  readonly key: string
  readonly description: string
  readonly value: JsonValue | undefined
  readonly error: string | undefined
}

/** Each output with its value, or with the error that Heat shows instead. */
export function outputsOf(stack: SandboxHeatStack, context: HeatContext): HeatOutput[] {
  const scope = scopeOf(stack, context)
  return [...stack.design.template.outputs].map(([key, { value, description, condition }]) => {
    const shown = { key, description: description ?? 'No description given' }
    try {
      const isGiven = condition === undefined || isMet(condition, scope)
      return { ...shown, value: isGiven ? resolve(value, scope) : null, error: undefined }
    } catch (error) {
      return { ...shown, value: undefined, error: reasonOf(error) }
    }
  })
}

export function propertiesOf(
  stack: SandboxHeatStack,
  { properties }: ResourceDefinition,
  context: HeatContext,
): JsonObject {
  const scope = scopeOf(stack, context)
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, resolve(value, scope)]))
}

/** The same where references to other resources are not resolved. */
export function unresolvedPropertiesOf(
  stack: SandboxHeatStack,
  { properties }: ResourceDefinition,
  context: HeatContext,
): JsonObject {
  const scope: Scope = { ...scopeOf(stack, context), resource: (name) => name, attribute: () => null }
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, resolve(value, scope)]))
}

function scopeOf(stack: SandboxHeatStack, context: HeatContext): Scope {
  const incorrect = (name: string) =>
    new ResourceFailure(`The specified reference "${name}" (in unknown) is incorrect.`)
  const pseudo: JsonObject = {
    'OS::stack_name': stack.name,
    'OS::stack_id': stack.id,
    'OS::project_id': context.project,
  }
  const { template, parameters, files } = stack.design
  return {
    conditions: template.conditions,
    note: context.note,
    parameter(name) {
      const [value, definition] = [parameters.get(name), template.parameters.get(name)]
      if (value !== undefined && definition !== undefined) return typedValue(value, definition)
      return ownValue(pseudo, name) ?? null
    },
    resource(name) {
      const resource = stack.resources.get(name)
      if (resource === undefined) throw incorrect(name)
      return resource.reference
    },
    attribute(name, attribute) {
      const resource = stack.resources.get(name)
      if (resource === undefined) throw incorrect(name)
      const value = attributeOf(stack, resource, attribute, context)
      if (value === undefined)
        throw new ResourceFailure(`The Referenced Attribute (${name} ${attribute}) is incorrect.`)
      return value
    },
    file: (name) => ownValue(files, name) ?? null,
  }
}

function attributeOf(
  stack: SandboxHeatStack,
  resource: SandboxHeatResource,
  attribute: string,
  context: HeatContext,
): JsonValue | undefined {
  const { mapped: type, nested, physicalId, attributes } = resource
  const own = attributes.get(attribute)
  if (own !== undefined) return own
  if (nested !== undefined) return groupAttribute(nested, attribute, resource.properties)
  if (!hasAttribute(type, attribute)) return undefined
  const invented = inventedAttributeOf(resourceContextOf(stack, resource, context), physicalId, attribute)
  // Of types that take any attribute nothing more is to be said.
  if (!isKnownType(type))
    context.note(`the sandbox does not know the attribute ${attribute} of ${type}: its value is invented`)
  return invented
}

export function resourceContextOf(
  { name: stackName }: SandboxHeatStack,
  { mapped: type, name, properties, seed }: SandboxHeatResource,
  { project }: HeatContext,
): ResourceContext {
  return { type, name, properties, seed, stackName, project }
}

/** The resources whose condition is true, by level: each level depends on earlier levels only. */
export function levelsOf(stack: SandboxHeatStack, context: HeatContext): [string, ResourceDefinition][][] {
  const desired = new Map(
    [...stack.design.template.resources].filter(([name]) => isIncluded(stack, name, context)),
  )
  return dependencyLevels(desired, ({ properties, dependsOn }) => [...needsIn(properties), ...dependsOn])
}

export function isIncluded(stack: SandboxHeatStack, name: string, context: HeatContext): boolean {
  const definition = stack.design.template.resources.get(name)
  if (definition === undefined) return false
  return definition.condition === undefined || isMet(definition.condition, scopeOf(stack, context))
}
