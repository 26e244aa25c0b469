import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { GENERIC_TYPE } from '../../src/providers/registry.ts'
import { LONGEST_SERVICE_TOKEN, SERVICE_TOKENS, TIMEOUT_SECONDS } from '../../src/ros/custom-resource.ts'
import { DRAFT } from './convert.ts'
import { isMap, mapValues, without } from './json-maps.ts'
import type { ProviderSchema } from './parameters.ts'

const FUNCTION = { $ref: '#/definitions/RosFunction' }

/** Describes only the resources that Stackbridge serves; the rest of a template is not checked. */
export function templateSchema(providers: readonly ProviderSchema[]): JsonObject {
  const types = [...providers.flatMap(({ resourceTypes }) => resourceTypes), GENERIC_TYPE]
  return {
    $schema: DRAFT,
    title: 'A ROS template with custom resources that Stackbridge serves',
    type: 'object',
    properties: {
      Resources: { type: 'object', additionalProperties: { $ref: '#/definitions/Resource' } },
    },
    definitions: {
      RosFunction: {
        description:
          'A function of ROS, such as {Ref: Name}: its value is not known until the template is deployed.',
        type: 'object',
        minProperties: 1,
        maxProperties: 1,
        patternProperties: { '^(Ref|Fn::.+)$': {} },
        additionalProperties: false,
      },
      Resource: {
        type: 'object',
        properties: { Type: { anyOf: [{ enum: types }, { type: 'string' }] } },
        allOf: providers.flatMap(({ name, resourceTypes }) => [
          {
            if: { properties: { Type: { enum: resourceTypes } }, required: ['Type'] },
            then: withProperties(name),
          },
          { if: genericResourceOf(name), then: withProperties(name) },
        ]),
      },
      ...Object.fromEntries(
        providers.map(({ name, parameters }) => [name, resourceProperties(name, parameters)]),
      ),
    },
  }
}

function withProperties(name: string): JsonObject {
  return { properties: { Properties: { $ref: `#/definitions/${name}` } }, required: ['Properties'] }
}

function genericResourceOf(name: string): JsonObject {
  const parameters = { properties: { Provider: { const: name } }, required: ['Provider'] }
  return {
    properties: {
      Type: { const: GENERIC_TYPE },
      Properties: { properties: { Parameters: parameters }, required: ['Parameters'] },
    },
    required: ['Type', 'Properties'],
  }
}

function resourceProperties(name: string, parameters: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: {
      ServiceToken: orFunction({
        description:
          "Where ROS sends its events: the ARN of Stackbridge's function, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge. It cannot change.",
        type: 'string',
        maxLength: LONGEST_SERVICE_TOKEN,
        pattern: SERVICE_TOKENS.map(({ source }) => source).join('|'),
      }),
      Timeout: orFunction({
        description:
          'Seconds, 1 to 43200, that ROS waits for an answer. Repeat it in Parameters: ROS does not tell it.',
        type: 'integer',
        minimum: TIMEOUT_SECONDS.min,
        maximum: TIMEOUT_SECONDS.max,
      }),
      HttpConfig: orFunction({ description: 'Of no use to a function.', type: 'object' }),
      Parameters: orFunction({
        description: `What the stack of ${name} is to be.`,
        ...withFunctions(parameters),
      }),
    },
    required: ['ServiceToken', 'Timeout', 'Parameters'],
    additionalProperties: false,
  }
}

/** Allows a function of ROS for every value inside a property; names of properties stay literal. */
function withFunctions(schema: JsonObject): JsonObject {
  const { properties, additionalProperties, items, anyOf, then } = schema
  return {
    ...schema,
    ...(isMap(properties) ? { properties: mapValues(properties, orFunctionWithin) } : {}),
    ...(isMap(additionalProperties) ? { additionalProperties: orFunctionWithin(additionalProperties) } : {}),
    ...(isMap(items) ? { items: orFunctionWithin(items) } : {}),
    ...(isMap(then) ? { then: withFunctions(then) } : {}),
    ...(anyOf !== undefined && isJsonList(anyOf)
      ? { anyOf: anyOf.map((one) => (isJsonObject(one) ? withFunctions(one) : one)) }
      : {}),
  }
}

function orFunctionWithin(schema: JsonValue): JsonValue {
  const isAnything = !isJsonObject(schema) || Object.keys(schema).length === 0
  return isAnything ? schema : orFunction(withFunctions(schema))
}

/** The description stays at the outer level, where editors read it. */
function orFunction(schema: JsonObject): JsonObject {
  const { description, anyOf } = schema
  const inner = without(schema, 'description')
  const alternatives =
    anyOf !== undefined && isJsonList(anyOf) && Object.keys(inner).length === 1 ? anyOf : [inner]
  return {
    ...(description === undefined ? {} : { description }),
    anyOf: [...alternatives, FUNCTION],
  }
}
