import type { Reference } from '../ros-template/references.ts'
import { error, type Finding } from '../validate/finding.ts'
import { cycleIn } from '../dependency-cycle.ts'
import { withoutIndex } from './missing-names.ts'
import { namesIn, type Resource } from './sections.ts'

/**
 * Finds resources that need each other whatever the parameters are: those with a `Condition`, and references that an `Fn::If`
 * decides about, do not count.
 */
export function circularFindings(
  resources: readonly Resource[],
  references: readonly Reference[],
): Finding[] {
  const certain = new Map(
    resources.flatMap(({ name, definition }): [string, string[]][] =>
      definition['Condition'] === undefined ? [[name, namesIn(definition['DependsOn'])]] : [],
    ),
  )
  for (const { path, name, isConditional } of references) {
    const [section, resource = '', part] = path.split('.', 3)
    const needed = withoutIndex(name)
    if (section === 'Resources' && part === 'Properties' && !isConditional)
      certain.get(resource)?.push(needed)
  }
  const dependencies = new Map(
    [...certain].map(([name, needed]): [string, string[]] => [
      name,
      needed.filter((one) => certain.has(one)),
    ]),
  )
  const cycle = cycleIn(dependencies)
  return cycle === undefined
    ? []
    : [error(`Resources.${cycle[0] ?? ''}`, `depends on itself: ${cycle.join(' → ')}`)]
}
