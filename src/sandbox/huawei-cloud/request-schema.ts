import * as v from 'valibot'
import type { JsonObject } from '../../platform/json.ts'
import type { HuaweiFault } from './fault.ts'

/** A text of at most so many characters, or none. */
export const optionalText = (longest: number) => v.optional(v.pipe(v.string(), v.maxLength(longest)))

/** What the body holds. Throws what `refuse` makes of the first problem; a field that the schema has not is one, too. */
export function parsedBody<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  body: JsonObject,
  refuse: (path: string, problem: string) => HuaweiFault,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body)
  if (result.success) return result.output
  const [issue] = result.issues
  throw refuse((issue.path ?? []).map(({ key }) => String(key)).join('.'), issue.message)
}
