import { cycleIn } from '../dependency-cycle.ts'
import { referencesIn } from './references.ts'
import { TemplateError, type ResourceDefinition } from './template.ts'

/** The resources that each resource needs first: those that its functions name, and its `DependsOn`. */
export type Dependencies = ReadonlyMap<string, readonly string[]>

/** Of the given resources only; a resource whose condition is false is not among them. Throws `TemplateError` for a cycle. */
export function dependenciesOf(resources: ReadonlyMap<string, ResourceDefinition>): Dependencies {
  const dependencies = new Map(
    [...resources].map(([name, { properties, dependsOn }]): [string, string[]] => {
      const needed = new Set([...referencesIn(properties), ...dependsOn])
      return [name, [...needed].filter((one) => resources.has(one))]
    }),
  )
  const cycle = cycleIn(dependencies)
  if (cycle !== undefined)
    throw new TemplateError('Resources', `depend on each other in a circle: ${cycle.join(' → ')}`)
  return dependencies
}

/** `names`, and all that they need. */
export function withDependencies(names: readonly string[], dependencies: Dependencies): ReadonlySet<string> {
  const all = new Set<string>()
  const add = (name: string): void => {
    if (all.has(name)) return
    all.add(name)
    for (const needed of dependencies.get(name) ?? []) add(needed)
  }
  for (const name of names) add(name)
  return all
}
