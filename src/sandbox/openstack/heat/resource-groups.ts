import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { SandboxHeatStack } from './stack.ts'

/**
 * The template of the stack in which Heat makes the members of a group. `undefined`: the type is no group.
 * https://docs.openstack.org/heat/latest/template_guide/openstack.html#OS::Heat::ResourceGroup
 */
export function groupTemplate(type: string, properties: JsonObject): JsonObject | undefined {
  const members = membersOf(type, properties)
  return members === undefined
    ? undefined
    : { heat_template_version: '2018-08-31', resources: Object.fromEntries(members) }
}

function membersOf(
  type: string,
  properties: JsonObject,
): [name: string, definition: JsonObject][] | undefined {
  switch (type) {
    case 'OS::Heat::ResourceGroup': {
      const { count = 1, index_var: variable = '%index%', resource_def: definition = {} } = properties
      return memberNames(Number(count), removedFrom(properties)).map((name) => [
        name,
        withIndex(mapOf(definition), asText(variable), name),
      ])
    }
    case 'OS::Heat::AutoScalingGroup': {
      const { desired_capacity: desired, min_size: least = 0, resource = {} } = properties
      return memberNames(Number(desired ?? least), []).map((name) => [name, mapOf(resource)])
    }
    case 'OS::Heat::ResourceChain': {
      const { resources = [], resource_properties: common = {} } = properties
      return (isJsonList(resources) ? resources : []).map((one, index) => [
        String(index),
        { type: one, properties: common },
      ])
    }
    default:
      return undefined
  }
}

/** The numbers from 0, without those that were removed. */
function memberNames(count: number, removed: readonly string[]): string[] {
  const names: string[] = []
  for (let index = 0; names.length < Math.min(count, MOST_MEMBERS); index += 1)
    if (!removed.includes(String(index))) names.push(String(index))
  return names
}

/** heat.conf's max_resources_per_stack */
const MOST_MEMBERS = 1000

function removedFrom({ removal_policies: policies = [] }: JsonObject): string[] {
  return (isJsonList(policies) ? policies : [])
    .flatMap((policy) => mapOf(policy)['resource_list'] ?? [])
    .flat()
    .map(asText)
}

function withIndex<Value extends JsonValue>(value: Value, variable: string, index: string): Value
function withIndex(value: JsonValue, variable: string, index: string): JsonValue {
  if (typeof value === 'string') return value.replaceAll(variable, index)
  if (isJsonList(value)) return value.map((item) => withIndex(item, variable, index))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withIndex(item, variable, index)]),
  )
}

/**
 * An attribute of a group: of all members as a list, of one (`resource.0.name`), or of all by their names. `undefined`: no
 * member has it.
 */
export function groupAttribute(
  members: SandboxHeatStack,
  attribute: string,
  properties: JsonObject,
): JsonValue | undefined {
  const resources = [...members.resources.values()]
  const [, member, ofMember] = /^resource\.([^.]+)(?:\.(.+))?$/.exec(attribute) ?? []
  if (member !== undefined) {
    const resource = members.resources.get(member)
    return ofMember === undefined ? resource?.reference : resource?.attributes.get(ofMember)
  }
  switch (attribute) {
    case 'refs':
      return resources.map(({ reference }) => reference)
    case 'refs_map':
      return Object.fromEntries(resources.map(({ name, reference }) => [name, reference]))
    case 'removed_rsrc_list':
      return removedFrom(properties)
    case 'current_size':
      return resources.length
    case 'attributes':
    case 'outputs':
      return byAttribute(members, (name) =>
        Object.fromEntries(resources.map((one) => [one.name, one.attributes.get(name) ?? null])),
      )
    case 'outputs_list':
      return byAttribute(members, (name) => resources.map((one) => one.attributes.get(name) ?? null))
    default: {
      const values = resources.map(({ attributes }) => attributes.get(attribute))
      return values.every((value) => value !== undefined) ? values : undefined
    }
  }
}

function byAttribute(members: SandboxHeatStack, valueOf: (attribute: string) => JsonValue): JsonObject {
  const names = new Set([...members.resources.values()].flatMap(({ attributes }) => [...attributes.keys()]))
  return Object.fromEntries([...names].map((name) => [name, valueOf(name)]))
}

function mapOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {}
}
