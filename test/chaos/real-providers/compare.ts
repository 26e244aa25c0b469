import type { HistoryResult } from './run-history.ts'

/** A rule that the bridge is known to break, until it is mended. */
export interface KnownViolation {
  /** The rule, in words. */
  readonly rule: string
  /** Names of histories in which it shows. They are always run. */
  readonly histories: readonly string[]
  /** Names of others in which it may show; `*` stands for any text. */
  readonly alsoIn?: readonly string[]
  /** Each violation of these histories that belongs to the rule. */
  readonly shows: RegExp
}

/** Compares what was run with what is known. */
export class Comparison {
  /** Violations that nobody knew. */
  readonly unknown: string[] = []
  /** What is known and does not show any more. */
  readonly gone: string[] = []
  count = 0
  knownCount = 0
  readonly #known: readonly KnownViolation[]

  constructor(known: readonly KnownViolation[]) {
    this.#known = known
  }

  /** Whether a history is named in full by what is known. */
  isNamed(name: string): boolean {
    return this.#known.some(({ histories }) => histories.includes(name))
  }

  add({ name, violations }: HistoryResult): void {
    this.count += 1
    const matching = this.#known.filter(
      ({ histories, alsoIn = [] }) =>
        histories.includes(name) || alsoIn.some((pattern) => matches(pattern, name)),
    )
    // What follows from a known violation in the same history is not a finding of its own.
    const isKnown = violations.some((violation) => matching.some(({ shows }) => shows.test(violation)))
    for (const { rule, histories, shows } of matching)
      if (histories.includes(name) && !violations.some((violation) => shows.test(violation)))
        this.gone.push(`${name}: ${rule}`)
    if (violations.length === 0) return
    if (isKnown) this.knownCount += 1
    else this.unknown.push(`${name}: ${violations.join(' | ')}`)
  }
}

/** Whether `name` is what `pattern` says, in which `*` stands for any text. */
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
