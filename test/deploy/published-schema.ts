import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

/**
 * fc3's published schema, from the file that FC3_SCHEMA names, made strict: an object may have only the listed properties. It
 * is not part of this repository: https://github.com/devsapp/fc3/blob/master/src/schema.json
 */
export function publishedSchemaProblems(path: string): (props: unknown) => readonly string[] {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: true })
  const validate = ajv.compile(closed(schema))
  return (props) => {
    validate(props)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    )
  }
}

function closed(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null) throw new TypeError('A schema is a JSON object')
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => [key, closeIn(value)])
  const isOpen = 'properties' in schema && !('additionalProperties' in schema) && 'type' in schema
  return { ...Object.fromEntries(entries), ...(isOpen ? { additionalProperties: false } : {}) }
}

function closeIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeIn)
  return typeof value === 'object' && value !== null ? closed(value) : value
}
