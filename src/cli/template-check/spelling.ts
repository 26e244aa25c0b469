import { nearest } from '../../platform/nearest-name.ts'

/** Comparing a name with others takes time for each of them. */
const MOST_LOOKED_UP = 30
const MOST_COMPARED = 500

/** Finds what misspelt names mean. One serves one template, so that a template of misspelt names takes linear time. */
export class Spelling {
  #lookedUp = 0

  /** `; did you mean X?`, or nothing. */
  hint(name: string, known: readonly string[]): string {
    const near = this.nearest(name, known)
    return near === undefined ? '' : `; did you mean ${near}?`
  }

  nearest(name: string, known: readonly string[]): string | undefined {
    this.#lookedUp += 1
    const isUnlikely = name.length < SHORTEST_NAME || name.length > LONGEST_NAME
    if (this.#lookedUp > MOST_LOOKED_UP || isUnlikely) return undefined
    const alike = known.filter((one) => Math.abs(one.length - name.length) <= MOST_DIFFERENT)
    const sharing = alike.length > MOST_COMPARED ? alike.filter((one) => sharesLetters(one, name)) : alike
    return nearest(name, sharing.slice(0, MOST_COMPARED))
  }
}

/** A shorter name is near to too many others. */
const SHORTEST_NAME = 3
const LONGEST_NAME = 128
/** Characters. */
const MOST_DIFFERENT = 8

/** A misspelling is in one place: one half of the name is as it should be. */
function sharesLetters(one: string, other: string): boolean {
  const [name, meant] = [other.toLowerCase(), one.toLowerCase()]
  const half = Math.floor(name.length / 2)
  return meant.startsWith(name.slice(0, half)) || meant.endsWith(name.slice(-half))
}
