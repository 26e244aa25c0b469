import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject } from '../../src/platform/json.ts'
import { without } from './json-maps.ts'

/**
 * Draft 7 is what the YAML and JSON modes of editors know best.
 * https://json-schema.org/draft-07
 */
export const DRAFT = 'http://json-schema.org/draft-07/schema#'

/**
 * A schema that the bridge parses with, as JSON Schema. What only code can check (properties that exclude each other, sizes,
 * addresses) is not in it: `stackbridge validate` does that. Throws where something cannot be expressed otherwise.
 */
export function converted(schema: GenericSchema): JsonObject {
  const converted: unknown = toJsonSchema(schema, {
    target: 'draft-07',
    // What a template holds, not what parsing makes of it.
    typeMode: 'input',
    ignoreActions: ['check', 'partial_check', 'raw_check'],
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? {} : undefined),
    overrideAction: ({ valibotAction, jsonSchema }) => overridden(valibotAction, jsonSchema),
  })
  if (!isJsonValue(converted) || !isJsonObject(converted))
    throw new Error('A JSON Schema must be a JSON object')
  return without(converted, '$schema')
}

/** What the converter refuses for fear of other meanings, though it has one. */
function overridden(action: object, schema: JsonSchema): JsonSchema | undefined {
  if (!('requirement' in action) || !('type' in action)) return undefined
  const { type, requirement } = action
  // Patterns of JSON Schema are Unicode anyway; other flags have no equivalent, and are an error.
  if (requirement instanceof RegExp && requirement.flags === 'u')
    return { ...schema, pattern: requirement.source }
  // Of several types: each keyword speaks of one of them and lets the others pass.
  if (type === 'max_length' && typeof requirement === 'number' && schema.type === undefined)
    return { ...schema, maxLength: requirement, maxItems: requirement }
  return undefined
}
