import { parseDocument } from 'yaml'
import {
  asText,
  isJsonList,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { keepSourceNumbers } from '../../../platform/yaml.ts'
import type { ResourceShape, TemplateShape } from '../../template-shape.ts'
import { badRequest, HeatFault } from '../fault.ts'

/** The parts of a HOT template that the sandbox supports. */
export type Template = TemplateShape<ParameterDefinition, ResourceShape, JsonValue>

export interface ParameterDefinition {
  readonly type: string
  readonly defaultValue: JsonValue | undefined
  readonly hidden: boolean
}

/** The resource types of the sandbox. A type may also be the file name of a nested template. */
const TYPES = ['OS::Heat::TestResource', 'OS::Heat::RandomString', 'OS::Heat::Value', 'OS::Heat::None']

/** Throws the fault that Heat answers for an invalid template. */
export function parseTemplate(source: JsonValue | undefined, files: JsonObject): Template {
  const document = documentOf(source)
  if (!('heat_template_version' in document))
    throw badRequest('Template not in valid format: "heat_template_version" is missing')
  const resources = new Map(
    sectionOf(document, 'resources').map(([name, definition]) => [name, resourceOf(name, definition, files)]),
  )
  const template = {
    parameters: new Map(
      sectionOf(document, 'parameters').map(([name, definition]) => [name, parameterOf(definition)]),
    ),
    resources,
    outputs: new Map(
      sectionOf(document, 'outputs').map(([name, definition]) => [name, definition['value'] ?? null]),
    ),
  }
  for (const [name, { properties }] of resources) checkReferences(`${name}.Properties`, properties, template)
  return template
}

function documentOf(source: JsonValue | undefined): JsonObject {
  if (source !== undefined && isJsonObject(source)) return source
  if (typeof source !== 'string') throw badRequest('No template specified')
  try {
    const document = parseDocument(source, { logLevel: 'silent' })
    const [wrong] = document.errors
    if (wrong !== undefined) throw wrong
    keepSourceNumbers(document)
    const parsed: unknown = document.toJS()
    if (isJsonObject(parsed) && isJsonValue(parsed)) return parsed
  } catch (error) {
    if (error instanceof TypeError) throw error
    throw badRequest(`Template not in valid format: ${error instanceof Error ? error.message : ''}`)
  }
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

function parameterOf(definition: JsonObject): ParameterDefinition {
  return {
    type: typeof definition['type'] === 'string' ? definition['type'] : 'string',
    defaultValue: definition['default'],
    hidden: definition['hidden'] === true,
  }
}

function resourceOf(name: string, definition: JsonObject, files: JsonObject): ResourceShape {
  const type = definition['type']
  if (typeof type !== 'string')
    throw new HeatFault(400, 'InvalidTemplate', `Each resource must contain a type key: ${name}`)
  if (!TYPES.includes(type) && !(type in files))
    throw new HeatFault(400, 'StackValidationFailed', `The Resource Type (${type}) could not be found.`)
  const properties = definition['properties'] ?? {}
  const depends = definition['depends_on'] ?? []
  return {
    type,
    properties: isJsonObject(properties) ? properties : {},
    dependsOn: isJsonList(depends) ? depends.map(asText) : [asText(depends)],
  }
}

function checkReferences(place: string, value: JsonValue, template: Template): void {
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) checkReferences(`${place}[${String(index)}]`, item, template)
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const name = referenceIn(key, item)
      if (
        name !== undefined &&
        !template.resources.has(name) &&
        !(key === 'get_param' && template.parameters.has(name))
      )
        if (!name.startsWith('OS::'))
          throw new HeatFault(
            400,
            'InvalidTemplateReference',
            `The specified reference "${name}" (in ${place}) is incorrect.`,
          )
      checkReferences(`${place}.${key}`, item, template)
    }
  }
}

function referenceIn(key: string, value: JsonValue): string | undefined {
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

/** The value of each parameter. Refuses unknown and missing parameters, as Heat does. */
export function parameterValues(template: Template, given: JsonObject): ReadonlyMap<string, JsonValue> {
  for (const name of Object.keys(given))
    if (!template.parameters.has(name))
      throw new HeatFault(400, 'UnknownUserParameter', `The Parameter (${name}) was not defined in template.`)
  return new Map(
    [...template.parameters].map(([name, { type, defaultValue }]) => {
      const value = given[name] ?? defaultValue
      if (value === undefined)
        throw new HeatFault(400, 'UserParameterMissing', `The Parameter (${name}) was not provided.`)
      if (type === 'number' && Number.isNaN(Number(value)))
        throw new HeatFault(
          400,
          'StackValidationFailed',
          `Parameter '${name}' is invalid: could not convert string to float: '${asText(value)}'`,
        )
      return [name, value]
    }),
  )
}
