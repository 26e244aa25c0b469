import type { Surroundings } from '../provider.ts'

type Environment = Surroundings['environment']

/** The first of these variables that is set. An empty one counts as not set. */
export function firstSet(environment: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
}

/** The properties that the environment gives. `variables`: property to variables, of which the first that is set counts. */
export function environmentValues(
  environment: Environment,
  variables: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([property, names]): [string, string][] => {
      const value = firstSet(environment, names)
      return value === undefined ? [] : [[property, value]]
    }),
  )
}
