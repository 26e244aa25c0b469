import * as v from 'valibot'
import type { JsonObject } from '../../platform/json.ts'
import type { HuaweiFault } from './fault.ts'

/** An optional text of at most `longest` characters. */
export const optionalText = (longest: number) => v.optional(v.pipe(v.string(), v.maxLength(longest)))

/** The body, checked against the schema. Throws the fault that `refuse` returns for the first problem. */
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
