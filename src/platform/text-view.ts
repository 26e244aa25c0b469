/**
 * A text, or what another text becomes when its escapes are decoded. Each code unit knows which part of the first text it
 * comes from: from `starts` to `ends`, without the character at `ends`.
 */
export interface TextView {
  readonly units: Uint16Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** In a view: where two decoded parts of a text meet that do not belong together. Not a character. */
export const GAP = 0xffff

/** The view of a text as it is: each code unit comes from its own position. */
export function viewOf(text: string): TextView {
  const units = new Uint16Array(text.length)
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    units[at] = text.charCodeAt(at)
    starts[at] = at
    ends[at] = at + 1
  }
  return { units, starts, ends }
}

/** Builds a view of at most as many code units as its source has. */
export class ViewBuilder {
  readonly #source: TextView
  readonly #units: Uint16Array
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  #length = 0

  constructor(source: TextView) {
    this.#source = source
    this.#units = new Uint16Array(source.units.length)
    this.#starts = new Int32Array(source.units.length)
    this.#ends = new Int32Array(source.units.length)
  }

  get length(): number {
    return this.#length
  }

  /** Adds a code unit that the source has, in another spelling, from `from` to before `to`. */
  put(unit: number, from: number, to: number): void {
    this.#units[this.#length] = unit
    this.#starts[this.#length] = this.#source.starts[from] ?? 0
    this.#ends[this.#length] = this.#source.ends[to - 1] ?? 0
    this.#length += 1
  }

  /** Adds a gap, unless there is one. */
  putGap(at: number): void {
    if (this.#length > 0 && this.#units[this.#length - 1] !== GAP) this.put(GAP, at, at + 1)
  }

  build(): TextView {
    return {
      units: this.#units.subarray(0, this.#length),
      starts: this.#starts.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#length),
    }
  }
}
