import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import { reasonOf } from '../../resource-failure.ts'
import type { ResourceShape } from '../../template-shape.ts'
import { resolve, type Scope } from './functions.ts'
import type { SandboxHeatStack } from './stack.ts'
import { needsIn, type Template } from './template.ts'

export interface HeatOutput {
  readonly key: string
  readonly value: JsonValue | undefined
  readonly error: string | undefined
}

/** Each output with its value, or with the error that Heat shows instead. */
export function outputsOf(stack: SandboxHeatStack): HeatOutput[] {
  const scope = scopeOf(stack)
  return [...stack.design.template.outputs].map(([key, definition]) => {
    try {
      return { key, value: resolve(definition, scope), error: undefined }
    } catch (error) {
      return { key, value: undefined, error: reasonOf(error) }
    }
  })
}

export function propertiesOf(stack: SandboxHeatStack, { properties }: ResourceShape): JsonObject {
  const scope = scopeOf(stack)
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, resolve(value, scope)]))
}

function scopeOf(stack: SandboxHeatStack): Scope {
  const incorrect = (name: string) =>
    new Error(`The specified reference "${name}" (in unknown) is incorrect.`)
  const pseudo: JsonObject = { 'OS::stack_name': stack.name, 'OS::stack_id': stack.id }
  return {
    parameter: (name) => stack.design.parameters.get(name) ?? pseudo[name] ?? null,
    resource(name) {
      const resource = stack.resources.get(name)
      if (resource === undefined) throw incorrect(name)
      return resource.physicalId
    },
    attribute(name, attribute) {
      const resource = stack.resources.get(name)
      if (resource === undefined) throw incorrect(name)
      const value = resource.attributes.get(attribute)
      if (value === undefined)
        throw new Error(`The Referenced Attribute (${name} ${attribute}) is incorrect.`)
      return value
    },
    file: (name) => stack.design.files[name] ?? null,
  }
}

/** The resources by level: each level depends on earlier levels only. */
export function levelsOf({ resources }: Template): [string, ResourceShape][][] {
  return dependencyLevels(resources, ({ properties, dependsOn }) => [...needsIn(properties), ...dependsOn])
}
