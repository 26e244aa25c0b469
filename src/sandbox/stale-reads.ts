/** Stale reads: for a number of reads after a change, a stack shows as it was before. */
export class StaleReads<Description> {
  readonly #stale = new Map<string, { remaining: number; readonly shown: Description }>()

  /** The next `reads` reads of this stack return `shown`. */
  hold(stackId: string, reads: number, shown: Description): void {
    this.#stale.set(stackId, { remaining: reads, shown })
  }

  /** The result of a stale read. `undefined`: the read is current. */
  take(stackId: string): Description | undefined {
    const stale = this.#stale.get(stackId)
    if (stale === undefined || stale.remaining === 0) return undefined
    stale.remaining -= 1
    return stale.shown
  }
}
