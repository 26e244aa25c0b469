import type { HistoryResult } from './run-history.ts'

/** A rule that the bridge is known to break, until it is fixed. */
export interface KnownViolation {
  /** The rule, in words. */
  readonly rule: string
  /** Names of histories that violate the rule. They are always run. */
  readonly histories: readonly string[]
  /** Names of histories that may violate it; `*` stands for any text. */
  readonly alsoIn?: readonly string[]
  /** Matches each violation of the rule in these histories. */
  readonly shows: RegExp
}

/** Compares the violations of a run with the known ones. */
export class Comparison {
  /** Violations that are not listed. */
  readonly unknown: string[] = []
  /** Listed violations that no longer occur. */
  readonly gone: string[] = []
  count = 0
  knownCount = 0
  readonly #known: readonly KnownViolation[]

  constructor(known: readonly KnownViolation[]) {
    this.#known = known
  }

  /** Whether `histories` of a known violation names the history in full. */
  isNamed(name: string): boolean {
    return this.#known.some(({ histories }) => histories.includes(name))
  }

  add({ name, violations }: HistoryResult): void {
    this.count += 1
    const matching = this.#known.filter(
      ({ histories, alsoIn = [] }) =>
        histories.includes(name) || alsoIn.some((pattern) => matches(pattern, name)),
    )
    // A consequence of a known violation in the same history is not reported as new.
    const isKnown = violations.some((violation) => matching.some(({ shows }) => shows.test(violation)))
    for (const { rule, histories, shows } of matching)
      if (histories.includes(name) && !violations.some((violation) => shows.test(violation)))
        this.gone.push(`${name}: ${rule}`)
    if (violations.length === 0) return
    if (isKnown) this.knownCount += 1
    else this.unknown.push(`${name}: ${violations.join(' | ')}`)
  }
}

/** Whether the pattern matches `name`; `*` stands for any text. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === name
  if (!name.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const at = name.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return pattern.endsWith('*') || from === name.length
}
