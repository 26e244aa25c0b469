import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject } from '../../src/platform/json.ts'
import { without } from './json-maps.ts'

/**
 * Draft 7 has the best support in editors.
 * https://json-schema.org/draft-07
 */
export const DRAFT = 'http://json-schema.org/draft-07/schema#'

/**
 * Converts a schema of the bridge to JSON Schema. Rules that only code can check (properties that exclude each other, sizes,
 * addresses) are left out: `stackbridge validate` checks them. Throws for any other rule without an equivalent.
 */
export function converted(schema: GenericSchema): JsonObject {
  const result: unknown = toJsonSchema(schema, {
    target: 'draft-07',
    // The type before parsing, as in a template.
    typeMode: 'input',
    ignoreActions: ['check', 'partial_check', 'raw_check'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => overriddenSchema(valibotSchema.type, jsonSchema),
    overrideAction: ({ valibotAction, jsonSchema }) => overridden(valibotAction, jsonSchema),
  })
  if (!isJsonValue(result) || !isJsonObject(result)) throw new Error('A JSON Schema must be a JSON object')
  return without(result, '$schema')
}

/** Accepts no value. */
const NOTHING: JsonSchema = { not: {} }

function overriddenSchema(type: string, schema: JsonSchema): JsonSchema | undefined {
  if (type === 'custom') return {}
  // A number with its source text is the only class in a schema; each schema takes a plain number beside it.
  if (type === 'instance') return NOTHING
  const { anyOf, ...rest } = schema
  if (anyOf === undefined) return undefined
  const distinct = anyOf.filter((one) => JSON.stringify(one) !== JSON.stringify(NOTHING))
  const [only] = distinct
  return distinct.length === 1 && typeof only === 'object'
    ? { ...rest, ...only }
    : { ...rest, anyOf: distinct }
}

/** Actions that the converter refuses in general, but that have an equivalent here. */
function overridden(action: object, schema: JsonSchema): JsonSchema | undefined {
  if (!('requirement' in action) || !('type' in action)) return undefined
  const { type, requirement } = action
  // JSON Schema patterns are Unicode patterns; the converter throws for other flags.
  if (requirement instanceof RegExp && requirement.flags === 'u')
    return { ...schema, pattern: requirement.source }
  // For a union of types: each keyword applies to one type and ignores the others.
  if (type === 'max_length' && typeof requirement === 'number' && schema.type === undefined)
    return { ...schema, maxLength: requirement, maxItems: requirement }
  return undefined
}
