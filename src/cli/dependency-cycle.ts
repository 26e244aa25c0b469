/**
 * The names of a cycle in the order of their dependencies, the first one again at the end; `undefined` if there is none.
 * `dependencies`: by name, what each needs. Takes linear time.
 */
export function cycleIn(dependencies: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const finished = new Set<string>()
  for (const start of dependencies.keys()) {
    const cycle = cycleFrom(start, dependencies, finished)
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** Follows the dependencies without recursion, since a chain of them may be long. Adds what it has followed to `finished`. */
function cycleFrom(
  start: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
  finished: Set<string>,
): readonly string[] | undefined {
  const open = new Map<string, Iterator<string>>()
  const enter = (name: string) => open.set(name, (dependencies.get(name) ?? [])[Symbol.iterator]())
  const path: string[] = []
  if (!finished.has(start)) {
    enter(start)
    path.push(start)
  }
  for (let name = path.at(-1); name !== undefined; name = path.at(-1)) {
    const next = open.get(name)?.next()
    if (next === undefined || next.done === true) {
      path.pop()
      open.delete(name)
      finished.add(name)
    } else if (open.has(next.value)) return [...path.slice(path.indexOf(next.value)), next.value]
    else if (!finished.has(next.value)) {
      enter(next.value)
      path.push(next.value)
    }
  }
  return undefined
}
