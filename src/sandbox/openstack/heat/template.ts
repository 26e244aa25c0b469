import {
  asText,
  isJsonList,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { settingProblem } from '../../resource-settings.ts'
import type { ResourceShape, TemplateShape } from '../../template-shape.ts'
import { badRequest, HeatFault } from '../fault.ts'
import { mappedType, type HeatEnvironment } from './environment.ts'
import { parameterOf, type ParameterDefinition } from './parameters.ts'
import { isKnownType, isPluginType } from './resource-values.ts'
import { parsedYaml } from './yaml-document.ts'

/** The parts of a HOT template that the sandbox supports. */
export interface Template extends TemplateShape<ParameterDefinition, ResourceDefinition, OutputDefinition> {
  readonly description: string | undefined
  readonly conditions: ReadonlyMap<string, JsonValue>
}

export interface ResourceDefinition extends ResourceShape {
  /** The type, or the file of a nested template, that the environment gives for `type`. */
  readonly mapped: string
  readonly condition: JsonValue | undefined
  readonly metadata: JsonObject
  /** Of a resource that exists already, and that Heat does not make. */
  readonly externalId: string | undefined
  /** Whether Heat only forgets the resource where it would delete it. */
  readonly retained: boolean
}

export interface OutputDefinition {
  readonly value: JsonValue
  readonly description: string | undefined
  readonly condition: JsonValue | undefined
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#template-structure */
const SECTIONS = [
  ...['heat_template_version', 'description', 'parameter_groups', 'parameters', 'resources', 'outputs'],
  'conditions',
]

/** Throws the fault that Heat answers for a template that it cannot read. */
export function parseTemplate(
  source: JsonValue | undefined,
  files: JsonObject,
  environment: HeatEnvironment,
): Template {
  const document = documentOf(source)
  if (!('heat_template_version' in document))
    throw badRequest('Template not in valid format: "heat_template_version" is missing')
  const version = asText(document['heat_template_version'] ?? '')
  const resources = new Map(
    sectionOf(document, 'resources').map(([name, definition]) => [
      name,
      resourceOf(name, definition, { files, environment, version }),
    ]),
  )
  const section = Object.keys(document).find((name) => !SECTIONS.includes(name))
  if (section !== undefined)
    throw new HeatFault(400, 'StackValidationFailed', `The template section is invalid: ${section}`)
  const { description, conditions = {} } = document
  const template = {
    description: typeof description === 'string' ? description : undefined,
    conditions: new Map(Object.entries(isJsonObject(conditions) ? conditions : {})),
    parameters: new Map(
      sectionOf(document, 'parameters').map(([name, definition]) => [name, parameterOf(definition)]),
    ),
    resources,
    outputs: new Map(
      sectionOf(document, 'outputs').map(([name, definition]) => [name, outputOf(definition)]),
    ),
  }
  return template
}

function documentOf(source: JsonValue | undefined): JsonObject {
  if (source !== undefined && isJsonObject(source)) return source
  if (typeof source !== 'string') throw badRequest('No template specified')
  const read = parsedYaml(source)
  if (!read.ok) throw badRequest(`Template not in valid format: ${read.problem}`)
  if (isJsonObject(read.value) && isJsonValue(read.value)) return read.value
  throw badRequest('Template not in valid format: The template is not a JSON object or YAML mapping.')
}

function sectionOf(document: JsonObject, name: string): [string, JsonObject][] {
  const section = document[name]
  if (!isJsonObject(section ?? null)) return []
  return Object.entries(section ?? {}).map(([key, value]: [string, JsonValue]) => {
    if (!isJsonObject(value)) throw new HeatFault(400, 'StackValidationFailed', `"${key}" must be a map`)
    return [key, value]
  })
}

function outputOf({ value = null, description, condition }: JsonObject): OutputDefinition {
  return { value, description: typeof description === 'string' ? description : undefined, condition }
}

interface TemplateSurroundings {
  readonly files: JsonObject
  readonly environment: HeatEnvironment
  /** The template's `heat_template_version`. */
  readonly version: string
}

function resourceOf(
  name: string,
  definition: JsonObject,
  { files, environment, version }: TemplateSurroundings,
): ResourceDefinition {
  const { type, condition, metadata = {}, external_id: externalId } = definition
  if (typeof type !== 'string')
    throw new HeatFault(400, 'InvalidTemplate', `Each resource must contain a type key: ${name}`)
  const mapped = mappedType(type, name, environment)
  if (!isKnownType(mapped) && !isPluginType(mapped) && !Object.hasOwn(files, mapped))
    throw new HeatFault(400, 'StackValidationFailed', `The Resource Type (${type}) could not be found.`)
  const properties = definition['properties'] ?? {}
  const settings = { type: mapped, metadata: isJsonObject(metadata) ? metadata : {} }
  // `Fault` is that of Nova.
  const problem = settingProblem(settings, {}, ['Fault'])
  if (problem !== undefined)
    throw new HeatFault(400, 'StackValidationFailed', `resources.${name}: ${problem}`)
  const depends = definition['depends_on'] ?? []
  return {
    type,
    mapped,
    condition,
    metadata: settings.metadata,
    externalId: typeof externalId === 'string' ? externalId : undefined,
    retained: isRetained(definition, { name, mapped, version }),
    properties: isJsonObject(properties) ? properties : {},
    dependsOn: isJsonList(depends) ? depends.map(asText) : [asText(depends)],
  }
}

const POLICIES = ['Delete', 'Retain', 'Snapshot']
/** Before 2016-10-14. */
const WITHOUT_SMALL_LETTERS = /^201(?:[0-5]|6-0)/
/** The types of heat/engine/resources that have `handle_snapshot_delete`. */
const HAS_SNAPSHOTS = /^(?:OS::Cinder::Volume|OS::Nova::Server|AWS::EC2::Volume)$/

/** heat/engine/template_common.py, `_rsrc_defn_args`, and heat/engine/resource.py, `validate_deletion_policy`. */
function isRetained(
  { deletion_policy: policy = null }: JsonObject,
  { name, mapped, version }: { readonly name: string; readonly mapped: string; readonly version: string },
): boolean {
  if (policy === null || isJsonObject(policy)) return false
  const small = WITHOUT_SMALL_LETTERS.test(version) ? [] : POLICIES.map((one) => one.toLowerCase())
  const policyText = asText(policy)
  if (![...POLICIES, ...small].includes(policyText))
    throw new HeatFault(400, 'StackValidationFailed', `Invalid deletion policy "${policyText}"`)
  if (policyText.toLowerCase() === 'snapshot' && !HAS_SNAPSHOTS.test(mapped))
    throw new HeatFault(
      400,
      'StackValidationFailed',
      `resources.${name}.deletion_policy: "Snapshot" deletion policy not supported`,
    )
  return policyText.toLowerCase() === 'retain'
}

/** The name that a function refers to: of a resource, or with `get_param` of a parameter. */
export function referenceIn(key: string, value: JsonValue): string | undefined {
  const first = isJsonList(value) ? value[0] : value
  return ['get_resource', 'get_attr', 'get_param'].includes(key) && typeof first === 'string'
    ? first
    : undefined
}

/** The resources that a value depends on, by name. */
export function needsIn(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(needsIn)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const name = key === 'get_param' ? undefined : referenceIn(key, item)
    return name === undefined ? needsIn(item) : [name]
  })
}
