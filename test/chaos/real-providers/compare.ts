import type { PlayedHistory } from './play.ts'

/** A rule that the bridge is known to break, until it is mended. */
export interface KnownViolation {
  /** The rule, in words. */
  readonly rule: string
  /** Names of histories; `*` stands for any text. */
  readonly histories: readonly string[]
  /** Each violation of these histories that belongs to the rule. */
  readonly shows: RegExp
}

/** Compares what was played with what is known. */
export class Comparison {
  /** Violations that nobody knew. */
  readonly unknown: string[] = []
  count = 0
  knownCount = 0
  readonly #known: readonly KnownViolation[]
  readonly #played = new Set<string>()
  readonly #shown = new Set<string>()

  constructor(known: readonly KnownViolation[]) {
    this.#known = known
  }

  /** Whether a history is named in full by what is known. */
  isNamed(name: string): boolean {
    return this.#known.some(({ histories }) => histories.includes(name))
  }

  add({ name, violations }: PlayedHistory): void {
    this.count += 1
    const matching = this.#known.flatMap(({ rule, histories, shows }) =>
      histories
        .filter((pattern) => matches(pattern, name))
        .map((pattern) => ({ key: keyOf(rule, pattern), shows })),
    )
    for (const { key, shows } of matching) {
      this.#played.add(key)
      if (violations.some((violation) => shows.test(violation))) this.#shown.add(key)
    }
    const isKnown = (violation: string): boolean =>
      // What follows from a known violation of the same history is not a finding of its own.
      matching.some(({ shows }) => shows.test(violation))
    if (violations.length === 0) return
    if (violations.some(isKnown)) this.knownCount += 1
    else this.unknown.push(`${name}: ${violations.join(' | ')}`)
  }

  /** What is known and does not show any more, though its histories were played. */
  get gone(): string[] {
    return [...this.#played].filter((key) => !this.#shown.has(key))
  }
}

function keyOf(rule: string, pattern: string): string {
  return `${pattern}: ${rule}`
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
