/**
 * The definitions by level: each level depends on earlier levels only. Dependencies on undefined names are ignored.
 * Definitions that depend on each other are dropped.
 */
export function dependencyLevels<Definition>(
  definitions: ReadonlyMap<string, Definition>,
  needsOf: (definition: Definition, name: string) => readonly string[],
): [string, Definition][][] {
  const done = new Set<string>()
  const levels: [string, Definition][][] = []
  while (done.size < definitions.size) {
    const level = [...definitions].filter(
      ([name, definition]) =>
        !done.has(name) &&
        needsOf(definition, name).every((need) => done.has(need) || !definitions.has(need)),
    )
    if (level.length === 0) break
    for (const [name] of level) done.add(name)
    levels.push(level)
  }
  return levels
}
