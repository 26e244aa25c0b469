import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import { HeatFault } from '../fault.ts'
import { schemaOf } from './resource-types.ts'
import { hasAttribute } from './resource-values.ts'
import { needsIn, referenceIn, type ResourceDefinition, type Template } from './template.ts'

/**
 * Throws the fault that Heat answers for a template whose parts do not fit together. `isEnabled`: whether the condition of a
 * resource or an output holds. The order and the texts are those of a real Heat 19.
 */
export function checkTemplate(
  template: Template,
  files: JsonObject,
  isEnabled: (definition: { readonly condition: JsonValue | undefined }) => boolean,
): void {
  checkConditionNames(template)
  const resources = [...template.resources].filter(([, definition]) => isEnabled(definition))
  const names = new Set(resources.map(([name]) => name))
  for (const [name, { dependsOn }] of resources)
    for (const need of dependsOn) if (!template.resources.has(need)) throw incorrect(need, name)
  for (const [name, { properties }] of resources)
    checkReferences(`${name}.Properties`, properties, template, names)
  checkCircles(new Map(resources))
  for (const [name, definition] of resources) {
    checkProperties(name, definition, files)
    checkAttributes(`resources.${name}.properties`, definition.properties, template)
  }
  for (const [name, output] of template.outputs)
    if (isEnabled(output)) checkOutput(`outputs.${name}.value`, output.value, template, names)
}

function checkConditionNames({ conditions, resources, outputs }: Template): void {
  const named = [
    ...[...resources].map(([name, { condition }]) => [`resources.${name}`, condition] as const),
    ...[...outputs].map(([name, { condition }]) => [`outputs.${name}`, condition] as const),
  ]
  for (const [place, condition] of named)
    if (typeof condition === 'string' && !conditions.has(condition))
      throw invalid(`${place}.condition: Invalid condition "${condition}"`)
}

function checkReferences(
  place: string,
  value: JsonValue,
  template: Template,
  names: ReadonlySet<string>,
): void {
  forEachCall(place, value, (key, argument, at) => {
    const name = referenceIn(key, argument)
    if (name === undefined || name.startsWith('OS::') || names.has(name)) return
    if (key !== 'get_param' || !template.parameters.has(name)) throw incorrect(name, at)
  })
}

/** Heat words a missing reference of an output differently from that of a property. */
function checkOutput(place: string, value: JsonValue, template: Template, names: ReadonlySet<string>): void {
  forEachCall(place, value, (key, argument, at) => {
    const name = key === 'get_param' ? undefined : referenceIn(key, argument)
    if (name !== undefined && !names.has(name))
      throw invalid(`${at}.${key}: The specified reference "${name}" (in unknown) is incorrect.`)
  })
  checkAttributes(place, value, template)
}

/** Types whose members or nested stacks have the attributes. */
const GROUPS = /^OS::Heat::(?:ResourceGroup|AutoScalingGroup|ResourceChain)$/

function checkAttributes(place: string, value: JsonValue, template: Template): void {
  forEachCall(place, value, (key, argument, at) => {
    if (key !== 'get_attr' || !isJsonList(argument)) return
    const [name = '', attribute] = argument
    const type = template.resources.get(asText(name))?.mapped
    if (type === undefined || typeof attribute !== 'string' || GROUPS.test(type)) return
    if (!hasAttribute(type, attribute))
      throw invalid(`${at}.get_attr: The Referenced Attribute (${asText(name)} ${attribute}) is incorrect.`)
  })
}

function checkProperties(
  name: string,
  { mapped, properties, externalId }: ResourceDefinition,
  files: JsonObject,
): void {
  const place = `resources.${name}.properties`
  for (const [property, value] of Object.entries(properties))
    forEachCall(`${place}.${property}`, value, (key, argument, at) => {
      if (key === 'get_file' && typeof argument === 'string' && !Object.hasOwn(files, argument))
        throw invalid(
          `Property error: ${at}: No content found in the "files" section for get_file path: ${argument}`,
        )
    })
  const schema = schemaOf(mapped)
  // Heat makes no resource that has an id already.
  if (schema === undefined || mapped === 'OS::Heat::None' || externalId !== undefined) return
  const unknown = Object.keys(properties).find((property) => !schema.properties.includes(property))
  if (unknown !== undefined) throw invalid(`Property error: ${place}: Unknown Property ${unknown}`)
  // Heat translates deprecated names such as `network_id` into `network`.
  const missing = schema.required.find(
    (property) => (properties[property] ?? properties[`${property}_id`] ?? null) === null,
  )
  if (missing !== undefined) throw invalid(`Property error: ${place}: Property ${missing} not assigned`)
}

function checkCircles(resources: ReadonlyMap<string, ResourceDefinition>): void {
  const needs = ({ properties, dependsOn }: ResourceDefinition) => [...needsIn(properties), ...dependsOn]
  const made = new Set(
    dependencyLevels(resources, needs)
      .flat()
      .map(([name]) => name),
  )
  const circle = [...resources].filter(([name]) => !made.has(name))
  if (circle.length === 0) return
  const shown = (name: string) => `${resources.get(name)?.type.split('::').at(-1) ?? ''} "${name}"`
  const graph = circle.map(([name, definition]) => {
    const needed = needs(definition).filter((need) => resources.has(need) && !made.has(need))
    return `${shown(name)}: {${needed.map(shown).join(', ')}}`
  })
  throw new HeatFault(500, 'CircularDependencyException', `Circular Dependency Found: {${graph.join(', ')}}`)
}

/** Each function of a value; not those of which `if` chooses one. */
function forEachCall(
  place: string,
  value: JsonValue,
  check: (key: string, argument: JsonValue, place: string) => void,
): void {
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) forEachCall(`${place}[${String(index)}]`, item, check)
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'if') continue
      check(key, item, place)
      forEachCall(`${place}.${key}`, item, check)
    }
  }
}

function incorrect(name: string, place: string): HeatFault {
  return new HeatFault(
    400,
    'InvalidTemplateReference',
    `The specified reference "${name}" (in ${place}) is incorrect.`,
  )
}

function invalid(message: string): HeatFault {
  return new HeatFault(400, 'StackValidationFailed', message)
}
