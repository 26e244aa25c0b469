import { randomInt } from 'node:crypto'

/** Above these limits the bridge masks each text completely: a search would take seconds and too much memory. */
const MOST_NODES = 2 * 1024 * 1024
const MOST_CHARACTERS = 24 * 1024 * 1024

const ROOT = 0
const SMALLEST_CAPACITY = 64
/** Random, so that the author of a template cannot choose texts whose nodes all collide in the table. */
const SEED = randomInt(2 ** 31)

/** A part of a text, from `start` to `end`, without the character at `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Finds all occurrences of a set of texts in another text in one pass (Aho and Corasick, 1975): the time depends only on the
 * length of the searched text. All nodes are in flat arrays, the edges in one hash table. The failure link of a node is
 * computed when a search first reaches the node, since most searches reach few nodes.
 */
export class SecretMatcher {
  #size = 1
  #parents: Int32Array
  #characters: Uint16Array
  /** One more than the node of the longest proper suffix that is in the trie too; 0 where that is not known yet. */
  #failures: Int32Array
  /** Of the longest text that ends at the node; 0 where none does, or where the node's failure is not known yet. */
  #lengths: Int32Array
  #table: Int32Array

  private constructor(capacity: number) {
    this.#parents = new Int32Array(capacity)
    this.#characters = new Uint16Array(capacity)
    this.#failures = new Int32Array(capacity)
    this.#lengths = new Int32Array(capacity)
    this.#table = new Int32Array(2 * capacity)
    this.#failures[ROOT] = ROOT + 1
  }

  /**
   * `undefined` if `texts` are too many or too long. `expectedCharacters`: an estimate of their total length.
   */
  static of(texts: Iterable<string>, expectedCharacters: number): SecretMatcher | undefined {
    const capacity = 2 ** Math.ceil(Math.log2(Math.min(expectedCharacters + SMALLEST_CAPACITY, MOST_NODES)))
    const matcher = new SecretMatcher(capacity)
    let characters = 0
    for (const text of texts) {
      characters += text.length
      if (characters > MOST_CHARACTERS || matcher.#size + text.length > MOST_NODES) return undefined
      matcher.#insert(text)
    }
    return matcher
  }

  /**
   * The parts of `units` that the texts cover, in order. Overlapping occurrences are one span, adjacent ones are two.
   * Occurrences that are shorter than `shortest` do not count. `cut`: `units` is the beginning of a longer text, so a part of
   * at least that many units at its end that begins one of the texts is a span, too. So is a part before an ellipsis (`…`,
   * `...`), by which clouds shorten what they quote, where it is long enough to be no word.
   */
  spansIn(
    units: ArrayLike<number>,
    { shortest = 0, cut }: { readonly shortest?: number; readonly cut?: number | undefined } = {},
  ): Span[] {
    const spans: Span[] = []
    let node = ROOT
    let afterEllipsis = 0
    for (let at = 0; at < units.length; at += 1) {
      const ellipsis = ellipsisAt(units, at)
      if (ellipsis > 0) {
        // No further back than to the one before, so that many of them take no more time.
        addShortened(spans, units, at, this.#depthOf(node, at - afterEllipsis))
        afterEllipsis = at + ellipsis
      }
      node = this.#next(node, units[at] ?? 0)
      const length = this.#lengths[node] ?? 0
      if (length >= shortest) addSpan(spans, at + 1, length)
    }
    if (cut === undefined) return spans
    const begun = this.#depthOf(node)
    if (begun >= Math.max(cut, shortest)) addSpan(spans, units.length, begun)
    return spans
  }

  /** The number of characters from the root to the node, `most` at most. */
  #depthOf(node: number, most = Infinity): number {
    let depth = 0
    for (let at = node; at !== ROOT && depth < most; at = this.#parents[at] ?? ROOT) depth += 1
    return depth
  }

  /** `from` must have a failure link; the returned node has one too. */
  #next(from: number, character: number): number {
    const node = this.#childAlong(from, character)
    if (this.#failures[node] === 0) this.#link(node)
    return node
  }

  /** The child of the first node that has one for `character`, from `node` along the failures, which are known. */
  #childAlong(from: number, character: number): number {
    let node = from
    let child = this.#child(node, character)
    while (child === ROOT && node !== ROOT) {
      node = this.#failureOf(node)
      child = this.#child(node, character)
    }
    return child
  }

  #failureOf(node: number): number {
    return (this.#failures[node] ?? 0) - 1
  }

  /** Finds the failure of a node whose parent's is known, and those of all nodes that this leads to. */
  #link(first: number): void {
    const linked: number[] = []
    let node = first
    while (this.#failures[node] === 0) {
      const parent = this.#parents[node] ?? ROOT
      const failure =
        parent === ROOT ? ROOT : this.#childAlong(this.#failureOf(parent), this.#characters[node] ?? 0)
      this.#failures[node] = failure + 1
      linked.push(node)
      node = failure
    }
    for (const known of linked.reverse())
      if (this.#lengths[known] === 0) this.#lengths[known] = this.#lengths[this.#failureOf(known)] ?? 0
  }

  #insert(text: string): void {
    let node = ROOT
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at)
      const child = this.#child(node, character)
      node = child === ROOT ? this.#add(node, character) : child
    }
    this.#lengths[node] = text.length
  }

  #add(parent: number, character: number): number {
    if (this.#size === this.#parents.length) this.#grow()
    const node = this.#size
    this.#size += 1
    this.#parents[node] = parent
    this.#characters[node] = character
    this.#enter(node)
    return node
  }

  #grow(): void {
    const larger = (array: Int32Array): Int32Array => {
      const grown = new Int32Array(2 * array.length)
      grown.set(array)
      return grown
    }
    const characters = new Uint16Array(2 * this.#characters.length)
    characters.set(this.#characters)
    this.#characters = characters
    this.#parents = larger(this.#parents)
    this.#failures = larger(this.#failures)
    this.#lengths = larger(this.#lengths)
    this.#table = new Int32Array(2 * this.#table.length)
    for (let node = 1; node < this.#size; node += 1) this.#enter(node)
  }

  #enter(node: number): void {
    const last = this.#table.length - 1
    let slot = slotOf(this.#parents[node] ?? ROOT, this.#characters[node] ?? 0) & last
    while (this.#table[slot] !== ROOT) slot = (slot + 1) & last
    this.#table[slot] = node
  }

  /** `ROOT` if there is no such child: the root is never a child. */
  #child(parent: number, character: number): number {
    const last = this.#table.length - 1
    let slot = slotOf(parent, character) & last
    for (;;) {
      const node = this.#table[slot] ?? ROOT
      if (node === ROOT) return ROOT
      if (this.#parents[node] === parent && this.#characters[node] === character) return node
      slot = (slot + 1) & last
    }
  }
}

const SHORTEST_BEGINNING = 8
/** A shorter beginning without a digit may be a word that stands there by chance. */
const SHORTEST_BEGINNING_OF_LETTERS = 16

/** Adds a beginning of a secret, of `length` units, that ends at `end`. */
function addShortened(spans: Span[], units: ArrayLike<number>, end: number, length: number): void {
  const isLong = length >= SHORTEST_BEGINNING_OF_LETTERS
  if (isLong || (length >= SHORTEST_BEGINNING && hasDigit(units, end - length, end)))
    addSpan(spans, end, length)
}

function hasDigit(units: ArrayLike<number>, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (isDigit(units[at] ?? 0)) return true
  return false
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** The length of the ellipsis that begins there; 0 where there is none. */
function ellipsisAt(units: ArrayLike<number>, at: number): number {
  if (units[at] === ELLIPSIS) return 1
  return units[at] === DOT && units[at + 1] === DOT && units[at + 2] === DOT ? 3 : 0
}

const ELLIPSIS = 0x2026
const DOT = 0x2e

/** Adds what ends at `end`, together with those before that it overlaps. */
function addSpan(spans: Span[], end: number, length: number): void {
  if (length === 0) return
  let start = end - length
  for (let last = spans.at(-1); last !== undefined && last.end > start; last = spans.at(-1)) {
    start = Math.min(start, last.start)
    spans.pop()
  }
  spans.push({ start, end })
}

function slotOf(parent: number, character: number): number {
  const mixed = Math.imul(parent ^ SEED, 0x9e3779b1)
  const both = Math.imul(mixed ^ (mixed >>> 15) ^ Math.imul(character, 0x27d4eb2f), 0x85ebca6b)
  return both ^ (both >>> 13)
}
