const LONGEST_NAME = 100

/**
 * The name of which the unknown one is probably a misspelling; upper and lower case count as the same. A long name is
 * compared with none, since that would take too long. `most`: how many letters may be wrong, missing or too many.
 */
export function nearest(
  name: string,
  names: readonly string[],
  most = Math.max(2, name.length / 4),
): string | undefined {
  if (name.length > LONGEST_NAME) return undefined
  const ranked = names
    .map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  const [best] = ranked
  return best !== undefined && best.distance <= most ? best.known : undefined
}

/** A shorter one is the beginning of too many names. */
const SHORTEST_BEGINNING = 4

/** The names that go on where the unknown one ends, or that it goes on after: `Template` and `TemplateBody`. */
export function namesWithSameBeginning(name: string, names: readonly string[]): readonly string[] {
  const given = name.toLowerCase()
  return names.filter((one) => {
    const [shorter = '', longer = ''] = [given, one.toLowerCase()].sort((a, b) => a.length - b.length)
    return shorter.length >= SHORTEST_BEGINNING && longer.startsWith(shorter)
  })
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1]
    for (const [column, other] of to.split('').entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
