import type { PropertyProblem } from './property-problem.ts'

/** The bridge reserves tags whose key has the prefix. */
export function reservedTagProblems(keys: readonly string[], prefix: string): PropertyProblem[] {
  return keys.some((key) => key.startsWith(prefix))
    ? [
        {
          path: 'Stack.Tags',
          problem: `must not hold a tag that begins with ${prefix}, which marks the owner`,
        },
      ]
    : []
}
