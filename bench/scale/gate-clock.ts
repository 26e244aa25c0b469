import type { Clock, EpochMs } from '../../src/platform/clock.ts'

/** Real time, but no sleep ends before the gate is opened; after that each sleep ends at once. */
export class GateClock implements Clock {
  readonly #waiting: (() => void)[] = []
  #isOpen = false

  now(): EpochMs {
    return Date.now()
  }

  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(new Error('aborted'))
    if (this.#isOpen) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve)
      signal?.addEventListener('abort', () => void reject(new Error('aborted')), { once: true })
    })
  }

  open(): void {
    this.#isOpen = true
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
