import { type JsonObject, type JsonValue, writeJson } from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import { HeatFault } from '../fault.ts'
import { outputsOf } from './stack-scope.ts'
import { isDeleted, withNested, type SandboxHeatEvent, type SandboxHeatStack } from './stack.ts'

/** The project of the stacks, and their URLs. */
export interface Place {
  readonly project: string
  readonly href: (stack: SandboxHeatStack) => string
}

export function describeStack(
  stack: SandboxHeatStack,
  resolveOutputs: string,
  { project, href }: Place,
): JsonObject {
  const { template, parameters } = stack.design
  const outputs = outputsOf(stack).map(({ key, value, error }) => ({
    output_key: key,
    description: 'No description given',
    ...(error === undefined ? {} : { output_error: error }),
    output_value: value ?? null,
  }))
  const shown = [...parameters].map(([name, value]): [string, JsonValue] => {
    const text = typeof value === 'string' ? value : writeJson(value)
    return [name, template.parameters.get(name)?.hidden === true ? '******' : text]
  })
  return {
    stack_name: stack.name,
    id: stack.id,
    links: [{ href: href(stack), rel: 'self' }],
    creation_time: wholeSeconds(stack.createdAt),
    updated_time: stack.updatedAt === undefined ? null : wholeSeconds(stack.updatedAt),
    deletion_time: null,
    parameters: {
      'OS::stack_id': stack.id,
      'OS::project_id': project,
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

export function describeEvents(stack: SandboxHeatStack, query: URLSearchParams, place: Place): JsonValue[] {
  const depth = Number(query.get('nested_depth') ?? 0)
  const all = withNested(stack, depth)
    .flatMap((one) => one.events.map((event) => ({ stack: one, event })))
    .sort((one, other) => other.event.id.localeCompare(one.event.id))
  const marker = query.get('marker')
  const from = marker === null ? 0 : all.findIndex(({ event }) => event.id === marker) + 1
  const limit = Number(query.get('limit') ?? all.length)
  return all.slice(from, from + limit).map(({ stack: one, event }) => describeEvent(one, event, place))
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
  { href }: Place,
): JsonValue[] {
  return withNested(stack, Number(query.get('nested_depth') ?? 0)).flatMap((one) =>
    [...one.resources.values()].map((resource) => ({
      resource_name: resource.name,
      logical_resource_id: resource.name,
      resource_type: resource.type,
      physical_resource_id: resource.physicalId,
      links: [
        { href: `${href(one)}/resources/${resource.name}`, rel: 'self' },
        { href: href(one), rel: 'stack' },
        ...(resource.nested === undefined ? [] : [{ href: href(resource.nested), rel: 'nested' }]),
      ],
    })),
  )
}
