import { ownValue } from '../../../platform/own-value.ts'
import {
  asText,
  isJsonList,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { parsedYaml } from './yaml-document.ts'
import { badRequest, HeatFault } from '../fault.ts'
import { TYPE_ALIASES } from './type-attributes.ts'

/** https://docs.openstack.org/heat/latest/template_guide/environment.html */
export interface HeatEnvironment {
  readonly parameters: JsonObject
  /** Of this stack and of its nested stacks. */
  readonly parameterDefaults: JsonObject
  readonly registry: JsonObject
  /** Parameters of environment files beside others of the request: Heat ignores those that the template does not have. */
  readonly optional: readonly string[]
}

export const NO_ENVIRONMENT: HeatEnvironment = {
  ...{ parameters: {}, parameterDefaults: {}, registry: {} },
  optional: [],
}

const SECTIONS = [
  ...['parameters', 'parameter_defaults', 'resource_registry', 'encrypted_param_names'],
  ...['event_sinks', 'parameter_merge_strategies'],
]

/**
 * The environment of a request to create or update a stack. As in Heat, environment files take the place of an inline
 * environment, and win over the request's parameters: heat/common/environment_util.py, heat/api/openstack/v1/stacks.py.
 * Throws the fault that Heat answers for an environment that is not valid.
 */
export function environmentOf(body: JsonObject): HeatEnvironment {
  const files = mapOf(body['files'])
  const names = body['environment_files'] ?? []
  const given = isJsonList(names) ? names.map(asText) : []
  const inline = given.length > 0 ? {} : sectionsOf(body['environment'] ?? {}, 'Environment')
  const first: HeatEnvironment = {
    parameters: { ...mapOf(inline['parameters']), ...mapOf(body['parameters']) },
    parameterDefaults: mapOf(inline['parameter_defaults']),
    registry: mapOf(inline['resource_registry']),
    optional: [],
  }
  return given.reduce<HeatEnvironment>((environment, name) => {
    const content = ownValue(files, name)
    if (content === undefined) throw badRequest(`No such environment file: ${name}`)
    const sections = sectionsOfFile(content)
    const parameters = mapOf(sections['parameters'])
    const isFirst = Object.keys(environment.parameters).length === 0
    return {
      optional: [...environment.optional, ...(isFirst ? [] : Object.keys(parameters))],
      parameters: { ...environment.parameters, ...parameters },
      parameterDefaults: { ...environment.parameterDefaults, ...mapOf(sections['parameter_defaults']) },
      registry: { ...environment.registry, ...mapOf(sections['resource_registry']) },
    }
  }, first)
}

/** That of a nested stack, whose parameters are the properties of its resource. */
export function nestedEnvironment(
  parent: HeatEnvironment,
  resource: string,
  parameters: JsonObject,
): HeatEnvironment {
  const inner = mapOf(ownValue(mapOf(parent.registry['resources']), resource))
  return { ...parent, parameters, optional: [], registry: { ...parent.registry, ...inner } }
}

/** The type or the file that a resource's type stands for. Entries of one resource win, then exact ones, then wildcards. */
export function mappedType(type: string, resource: string, { registry }: HeatEnvironment): string {
  const ofResource = mapOf(ownValue(mapOf(registry['resources']), resource))
  for (const entries of [ofResource, registry, TYPE_ALIASES]) {
    const mapped = mappedBy(entries, type)
    if (mapped !== undefined && mapped !== type) return mapped
  }
  return type
}

function mappedBy(entries: JsonObject, type: string): string | undefined {
  const exact = Object.hasOwn(entries, type) ? entries[type] : undefined
  if (typeof exact === 'string') return exact
  for (const [pattern, target] of Object.entries(entries)) {
    if (!pattern.endsWith('*') || typeof target !== 'string') continue
    const beginning = pattern.slice(0, -1)
    if (type.startsWith(beginning))
      return target.endsWith('*') ? target.slice(0, -1) + type.slice(beginning.length) : target
  }
  return undefined
}

/** Heat does not say what is wrong with an environment file. */
function sectionsOfFile(content: JsonValue): JsonObject {
  try {
    return sectionsOf(content, 'Environment')
  } catch (error) {
    if (!(error instanceof HeatFault)) throw error
    throw new HeatFault(400, 'ValueError', '')
  }
}

function sectionsOf(source: JsonValue, what: string): JsonObject {
  const sections = typeof source === 'string' ? readText(source, what) : mapOf(source)
  const wrong = Object.keys(sections).find((name) => !SECTIONS.includes(name))
  if (wrong !== undefined)
    throw badRequest(`${what} not in valid format: environment has wrong section "${wrong}"`)
  const empty = Object.keys(sections).find((name) => sections[name] === null)
  if (empty !== undefined)
    throw badRequest(`${what} not in valid format: environment has empty section "${empty}"`)
  return sections
}

function readText(text: string, what: string): JsonObject {
  const read = parsedYaml(text)
  if (!read.ok) throw badRequest(`${what} not in valid format: ${read.problem}`)
  const value = read.value ?? {}
  if (isJsonObject(value) && isJsonValue(value)) return value
  throw badRequest(`${what} not in valid format: The environment is not a valid YAML mapping data type.`)
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}
