import * as v from 'valibot'
import type { PropertyProblem } from './provider.ts'

/**
 * Building blocks for properties as ROS templates give them: ROS keeps JSON types, but a value that passed through a
 * ROS parameter of type String arrives as text, so `"600"` serves for 600 and `"true"` for true.
 */
export function integer(min: number, max: number) {
  return v.union(
    [
      v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)),
      v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.minValue(min), v.maxValue(max)),
    ],
    `must be a whole number from ${String(min)} to ${String(max)}`,
  )
}

export const flag = v.union(
  [
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', 'True', 'False']),
      v.transform((text) => text.toLowerCase() === 'true'),
    ),
  ],
  'must be true or false',
)

export const text = v.pipe(v.string('must be a string'), v.nonEmpty('must not be empty'))

/**
 * Puts a schema's findings into words: path, what is wrong, what would be right. Values are left out, since they may be
 * secrets.
 */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): PropertyProblem[] {
  return issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message }))
}
