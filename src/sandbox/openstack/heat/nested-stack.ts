import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import { HeatFault } from '../fault.ts'
import { nestedEnvironment, type HeatEnvironment } from './environment.ts'
import { groupTemplate } from './resource-groups.ts'
import { designOf, type Design } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

export const NESTED_STACK = 'OS::Heat::Stack'

/** The template and the environment of a resource that is a stack of its own. */
export interface NestedSource {
  readonly source: JsonValue
  readonly environment: HeatEnvironment
}

/** `undefined`: the resource is not a stack of its own. */
export function nestedOf(
  { files, environment }: Design,
  { mapped }: ResourceDefinition,
  properties: JsonObject,
): NestedSource | undefined {
  const { template, parameters = {} } = properties
  if (mapped === NESTED_STACK)
    return {
      source: template ?? null,
      environment: nestedEnvironment(environment, '', isJsonObject(parameters) ? parameters : {}),
    }
  if (Object.hasOwn(files, mapped))
    return { source: files[mapped] ?? null, environment: nestedEnvironment(environment, mapped, properties) }
  const source = groupTemplate(mapped, properties)
  return source === undefined ? undefined : { source, environment: nestedEnvironment(environment, '', {}) }
}

/** Throws `ResourceFailure` for a template that Heat refuses. */
export function nestedDesign(
  source: JsonValue,
  files: JsonObject,
  environment: HeatEnvironment,
  resource: string,
): Design {
  try {
    return designOf(source, files, environment)
  } catch (error) {
    if (!(error instanceof HeatFault)) throw error
    throw new ResourceFailure(`StackValidationFailed: resources.${resource}: ${error.message}`)
  }
}
