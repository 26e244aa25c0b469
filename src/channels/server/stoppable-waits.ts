import type { Clock, EpochMs } from '../../platform/clock.ts'

/** Waits for points in time, thousands at once, all of which one call ends. */
export class StoppableWaits {
  readonly #clock: Clock
  // One signal for all would be slow: for each listener that is added, it searches all that it has.
  readonly #waiting = new Set<AbortController>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves at `dueAt`, or at the stop. */
  async until(dueAt: EpochMs): Promise<void> {
    const wait = dueAt - this.#clock.now()
    if (wait <= 0) return
    const woken = new AbortController()
    this.#waiting.add(woken)
    await this.#clock.sleep(wait, woken.signal).catch(() => undefined)
    this.#waiting.delete(woken)
  }

  /** Ends the current waits. Later ones are not affected. */
  stop(): void {
    for (const woken of this.#waiting) woken.abort()
  }
}
