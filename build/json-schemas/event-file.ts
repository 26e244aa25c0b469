import { isJsonList, type JsonObject } from '../../src/platform/json.ts'
import { GENERIC_TYPE } from '../../src/providers/registry.ts'
import { eventFieldDescriptions } from '../../src/ros/event-field-descriptions.ts'
import { eventSchema } from '../../src/ros/event.ts'
import { converted, DRAFT } from './convert.ts'
import { mapOf, mapValues, propertiesOf } from './json-maps.ts'
import type { ProviderSchema } from './parameters.ts'

export function eventFileSchema(providers: readonly ProviderSchema[]): JsonObject {
  const fields = eventFields()
  return {
    $schema: DRAFT,
    title: 'An event file of stackbridge',
    description:
      'A custom resource event as ROS sends it. What is left out is filled in by stackbridge invoke, and taken as right by stackbridge validate.',
    type: 'object',
    properties: mapValues(fields, (field, name) => ({ description: descriptionOf(name), ...mapOf(field) })),
    allOf: providers.flatMap(({ name, resourceTypes }) => [
      { if: { allOf: [forStack, ofType(resourceTypes)] }, then: withResourceProperties(name) },
      { if: { allOf: [forStack, ofProvider(name)] }, then: withResourceProperties(name) },
    ]),
    definitions: Object.fromEntries(providers.map(({ name, parameters }) => [name, parameters])),
  }
}

/** A Delete needs fewer properties, so that a stack with wrong ones can be deleted. */
const forStack = { not: { properties: { RequestType: { const: 'Delete' } }, required: ['RequestType'] } }

function ofType(resourceTypes: readonly string[]): JsonObject {
  return { properties: { ResourceType: { enum: resourceTypes } }, required: ['ResourceType'] }
}

function ofProvider(name: string): JsonObject {
  return {
    properties: {
      ResourceType: { const: GENERIC_TYPE },
      ResourceProperties: { properties: { Provider: { const: name } }, required: ['Provider'] },
    },
    required: ['ResourceType', 'ResourceProperties'],
  }
}

function withResourceProperties(name: string): JsonObject {
  return {
    properties: { ResourceProperties: { $ref: `#/definitions/${name}` } },
    required: ['ResourceProperties'],
  }
}

/** The fields of all three request types. */
function eventFields(): JsonObject {
  const { oneOf } = converted(eventSchema)
  const kinds = oneOf !== undefined && isJsonList(oneOf) ? oneOf.map(mapOf).map(propertiesOf) : []
  const types = kinds.flatMap(({ RequestType }) => mapOf(RequestType)['const'] ?? [])
  const maps = { ResourceProperties: { type: 'object' }, OldResourceProperties: { type: 'object' } }
  const fields = Object.fromEntries(kinds.flatMap((kind) => Object.entries(kind)))
  return { ...fields, RequestType: { enum: types }, ...maps }
}

function descriptionOf(field: string): string {
  const text = new Map<string, string>(Object.entries(eventFieldDescriptions)).get(field)
  if (text === undefined) throw new Error(`The field ${field} of an event is not described`)
  return text
}
