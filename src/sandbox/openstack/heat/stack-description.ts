import {
  isJsonList,
  isJsonValue,
  type JsonObject,
  type JsonValue,
  writeJson,
} from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import { HeatFault } from '../fault.ts'
import type { HeatContext } from './heat-context.ts'
import { outputsOf, type HeatOutput } from './stack-scope.ts'
import { needsIn } from './template.ts'
import {
  isDeleted,
  withNested,
  type Design,
  type SandboxHeatEvent,
  type SandboxHeatResource,
  type SandboxHeatStack,
} from './stack.ts'
import { parsedYaml } from './yaml-document.ts'

/** The cloud of the stacks, and their URLs. */
export interface Place {
  readonly context: HeatContext
  readonly href: (stack: SandboxHeatStack) => string
}

export function describeStack(
  stack: SandboxHeatStack,
  resolveOutputs: string,
  { context, href }: Place,
): JsonObject {
  const { template, parameters } = stack.design
  const outputs = outputsOf(stack, context).map(describeOutput)
  const shown = [...parameters].map(([name, value]): [string, JsonValue] => {
    const text = typeof value === 'string' ? value : writeJson(value)
    return [name, template.parameters.get(name)?.hidden === true ? '******' : text]
  })
  return {
    stack_name: stack.name,
    id: stack.id,
    links: [{ href: href(stack), rel: 'self' }],
    description: template.description ?? 'No description',
    stack_owner: null,
    stack_user_project_id: context.project,
    capabilities: [],
    notification_topics: [],
    creation_time: wholeSeconds(stack.createdAt),
    updated_time: stack.updatedAt === undefined ? null : wholeSeconds(stack.updatedAt),
    deletion_time: null,
    parameters: {
      'OS::stack_id': stack.id,
      'OS::project_id': context.project,
      'OS::stack_name': stack.name,
      ...Object.fromEntries(shown),
    },
    disable_rollback: stack.disableRollback,
    timeout_mins: stack.timeoutMins ?? null,
    parent: stack.parent?.id ?? null,
    tags: stack.tags,
    stack_status: `${stack.action}_${stack.state}`,
    stack_status_reason: stack.reason,
    ...(resolveOutputs.toLowerCase() === 'false' || isDeleted(stack) ? {} : { outputs }),
  }
}

export function describeOutput({ key, description, value, error }: HeatOutput): JsonObject {
  return {
    output_key: key,
    description,
    ...(error === undefined ? {} : { output_error: error }),
    output_value: value ?? null,
  }
}

/** Of one resource, or of all. The order is that of Heat: newest first, unless `sort_dir` is `asc`. */
export function describeEvents(
  stack: SandboxHeatStack,
  query: URLSearchParams,
  place: Place,
  resource?: string,
): JsonValue[] {
  const depth = Number(query.get('nested_depth') ?? 0)
  const direction = query.get('sort_dir') === 'asc' ? -1 : 1
  const all = withNested(stack, depth)
    .flatMap((one) => one.events.map((event) => ({ stack: one, event })))
    .filter(({ event }) => resource === undefined || event.resource === resource)
    .filter(({ event }) => FILTERS.every(([name, field]) => isAsked(query, name, event[field])))
    .sort((one, other) => direction * other.event.id.localeCompare(one.event.id))
  const marker = query.get('marker')
  const from = marker === null ? 0 : all.findIndex(({ event }) => event.id === marker) + 1
  const limit = Number(query.get('limit') ?? all.length)
  return all.slice(from, from + limit).map(({ stack: one, event }) => {
    const described = describeEvent(one, event, place)
    const links = described['links'] ?? []
    const root = { href: place.href(stack), rel: 'root_stack' }
    return depth === 0 || !isJsonList(links) ? described : { ...described, links: [...links, root] }
  })
}

const FILTERS = [
  ['resource_name', 'resource'],
  ['resource_type', 'type'],
  ['resource_status', 'status'],
] as const

function isAsked(query: URLSearchParams, name: string, value: string): boolean {
  const selected = query.getAll(name)
  return selected.length === 0 || selected.includes(value)
}

export function describeEventOf(stack: SandboxHeatStack, id: string, place: Place): JsonValue {
  const event = stack.events.find((one) => one.id === id)
  if (event === undefined) throw new HeatFault(404, 'EntityNotFound', `The Event (${id}) could not be found.`)
  return { ...describeEvent(stack, event, place), resource_type: event.type }
}

function describeEvent(stack: SandboxHeatStack, event: SandboxHeatEvent, place: Place): JsonObject {
  const href = place.href(stack)
  return {
    id: event.id,
    links: [
      { href: `${href}/resources/${event.resource}/events/${event.id}`, rel: 'self' },
      { href: `${href}/resources/${event.resource}`, rel: 'resource' },
      { href, rel: 'stack' },
    ],
    event_time: wholeSeconds(event.at),
    logical_resource_id: event.resource,
    resource_name: event.resource,
    physical_resource_id: event.physicalId,
    resource_status: event.status,
    resource_status_reason: event.reason,
  }
}

export function describeResources(
  stack: SandboxHeatStack,
  query: URLSearchParams,
  place: Place,
): JsonValue[] {
  return withNested(stack, Number(query.get('nested_depth') ?? 0)).flatMap((one) =>
    [...one.resources.values()]
      .filter(({ name, type, status }) => {
        const [action = '', state = ''] = status.split(/_(.*)/)
        return (
          isAsked(query, 'name', name) &&
          isAsked(query, 'type', type) &&
          isAsked(query, 'action', action) &&
          isAsked(query, 'status', state)
        )
      })
      .map((resource) => summary(one, resource, place)),
  )
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#show-resource-data */
export function describeResource(stack: SandboxHeatStack, name: string, place: Place): JsonObject {
  const resource = stack.resources.get(name)
  if (resource === undefined)
    throw new HeatFault(
      404,
      'ResourceNotFound',
      `The Resource (${name}) could not be found in Stack ${stack.name}.`,
    )
  const attributes = [...resource.attributes].filter(([attribute]) => attribute !== 'show')
  return {
    ...summary(stack, resource, place),
    description: '',
    attributes: Object.fromEntries(attributes),
  }
}

function summary(stack: SandboxHeatStack, resource: SandboxHeatResource, { href }: Place): JsonObject {
  const { name, type, physicalId, status, reason, createdAt, updatedAt, nested } = resource
  const needing = [...stack.design.template.resources].filter(([, { properties, dependsOn }]) =>
    [...needsIn(properties), ...dependsOn].includes(name),
  )
  return {
    resource_name: name,
    logical_resource_id: name,
    resource_type: type,
    physical_resource_id: physicalId,
    resource_status: status,
    resource_status_reason: reason,
    creation_time: wholeSeconds(createdAt),
    updated_time: wholeSeconds(updatedAt),
    required_by: needing.map(([other]) => other),
    ...(stack.parent === undefined ? {} : { parent_resource: parentName(stack) }),
    links: [
      { href: `${href(stack)}/resources/${name}`, rel: 'self' },
      { href: href(stack), rel: 'stack' },
      ...(nested === undefined ? [] : [{ href: href(nested), rel: 'nested' }]),
    ],
  }
}

function parentName(stack: SandboxHeatStack): string {
  const resources = [...(stack.parent?.resources.values() ?? [])]
  return resources.find(({ nested }) => nested === stack)?.name ?? ''
}

/** As a map, also where the request had a text. */
export function describeTemplate({ source }: Design): JsonValue {
  const read = typeof source === 'string' ? parsedYaml(source) : { ok: true, value: source }
  return read.ok && isJsonValue(read.value) ? read.value : source
}

export function describeEnvironment({ environment }: Design): JsonObject {
  return {
    parameters: environment.parameters,
    parameter_defaults: environment.parameterDefaults,
    resource_registry: environment.registry,
    encrypted_param_names: [],
    event_sinks: [],
  }
}
