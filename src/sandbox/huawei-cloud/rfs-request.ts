import * as v from 'valibot'
import type { JsonObject } from '../../platform/json.ts'
import { badRequest } from './fault.ts'
import { parsedBody } from './request-schema.ts'

/** Checks that RFS's requests for stacks and for stack sets share. */

/** The name of a stack or a stack set. */
export const rfsName = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\-\u4e00-\u9fa5]{0,127}$/),
)

const PAGE = 10

/** The body, checked against the schema. Throws the fault that RFS answers, for undocumented fields as well. */
export function parsed<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  body: JsonObject,
): v.InferOutput<Schema> {
  return parsedBody(schema, body, (path, problem) => badRequest(`Invalid parameter ${path}: ${problem}`))
}

export function paged<Item>(items: readonly Item[], query: URLSearchParams) {
  const start = Number(query.get('marker') ?? 0)
  const end = start + Number(query.get('limit') ?? PAGE)
  const page = items.slice(start, end)
  const info = { next_marker: end < items.length ? String(end) : null, current_count: page.length }
  return { page, info }
}

/** The content of an object in OBS. */
export function objectAt(objects: ReadonlyMap<string, string>, uri: string): string {
  const content = objects.get(uri)
  if (content === undefined) throw badRequest('The URI cannot be read', 'RF.10011002')
  return content
}
