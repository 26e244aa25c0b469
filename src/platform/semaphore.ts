import type { Clock, EpochMs } from './clock.ts'

/** Gives a place back. A second call does nothing. */
export type Release = () => void

export interface SemaphoreOptions {
  /** How many callers are in at once. */
  readonly places: number
  /** Milliseconds after which a caller that is in no longer counts: one that hangs must not keep its place. */
  readonly longestMs: number
  readonly clock: Clock
}

/** Lets a fixed number of callers in at once. The others wait, and get a place in the order in which they came. */
export class Semaphore {
  readonly #options: SemaphoreOptions
  #free: number
  /** In their order. */
  readonly #waiting = new Set<() => void>()

  constructor(options: SemaphoreOptions) {
    this.#options = options
    this.#free = options.places
  }

  /** How many callers wait. */
  get waiting(): number {
    return this.#waiting.size
  }

  /**
   * Resolves with a place. At the time that `until` gives, it resolves without one: the caller waits no longer, however many
   * are in. `until` is asked only if the caller has to wait. Never rejects.
   */
  async enter(until: () => EpochMs = () => Infinity): Promise<Release> {
    return this.#free > 0 ? this.#take() : this.#wait(until())
  }

  /** Lets all waiting callers in, without a place: for the end of the process. */
  letAllIn(): void {
    for (const admit of this.#waiting) admit()
  }

  #take(): Release {
    const { clock, longestMs } = this.#options
    const released = new AbortController()
    this.#free -= 1
    const release = (): void => {
      if (released.signal.aborted) return
      released.abort()
      this.#free += 1
      const [admit] = this.#waiting
      admit?.()
    }
    clock.sleep(longestMs, released.signal).then(release, () => undefined)
    return release
  }

  #wait(until: EpochMs): Promise<Release> {
    return new Promise((resolve) => {
      const { clock } = this.#options
      const admitted = new AbortController()
      const admit = (): void => {
        this.#waiting.delete(admit)
        admitted.abort()
        resolve(this.#free > 0 ? this.#take() : () => undefined)
      }
      this.#waiting.add(admit)
      if (until === Infinity) return
      clock.sleep(Math.max(0, until - clock.now()), admitted.signal).then(admit, () => undefined)
    })
  }
}
