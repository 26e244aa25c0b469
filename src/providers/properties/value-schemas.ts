import * as v from 'valibot'
import { isJsonValue, type JsonValue } from '../../platform/json.ts'
import { certificateProblem, PEM_RULE, pemOf } from './certificates.ts'
import { map, number, text } from './property-schema.ts'

/** Values that the properties of several services hold. */

export const names = v.array(text)

export const scalar = v.union([v.string(), number, v.boolean()], 'must be a string, a number, true or false')

export const jsonValue = v.custom<JsonValue>((given) => isJsonValue(given), 'must be a JSON value')

/** A template, an environment or a policy: its text, or what the text says. */
export const document = v.union([text, map], 'must be a string or a map')

export const keyValueTags = v.union(
  [v.record(text, scalar), v.array(v.strictObject({ Key: text, Value: scalar }))],
  'must be a map of tag to value, or a list of {Key, Value}',
)

export const certificates = v.pipe(
  text,
  v.regex(/-----BEGIN CERTIFICATE-----/, PEM_RULE),
  v.check(
    (given) => certificateProblem(given) === undefined,
    ({ input }) => certificateProblem(input) ?? PEM_RULE,
  ),
  v.transform(pemOf),
)

/** Characters. */
export function textOfAtMost(most: number, advice = '') {
  return v.pipe(text, v.maxLength(most, `must be at most ${String(most)} characters long${advice}`))
}
