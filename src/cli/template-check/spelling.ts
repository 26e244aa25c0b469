import { nearest } from '../../providers/properties/property-schema.ts'

/** Looking for what a name may be a misspelling of takes time for each known name. */
const MOST_LOOKED_UP = 50

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
    return this.#lookedUp > MOST_LOOKED_UP || isUnlikely ? undefined : nearest(name, known)
  }
}

/** Every shorter name is near to another one. */
const SHORTEST_NAME = 3
const LONGEST_NAME = 128
