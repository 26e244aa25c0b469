import { setImmediate as turn } from 'node:timers/promises'
import type { Clock, EpochMs } from '../src/platform/clock.ts'

interface Sleeper {
  readonly ms: number
  readonly wakesAt: EpochMs
  wake(): void
}

/**
 * A clock that stops until all code that can run has run, and then jumps to the end of the next sleep. For code that waits only
 * for the clock: a test that waits for a socket must advance the clock itself.
 */
export class FakeClock implements Clock {
  readonly #sleepers = new Set<Sleeper>()
  /** Milliseconds of each completed sleep, in order. */
  readonly slept: number[] = []
  #now: EpochMs

  constructor(now: EpochMs = Date.UTC(2026, 0, 1)) {
    this.#now = now
  }

  now(): EpochMs {
    return this.#now
  }

  /** Milliseconds of each sleep that is neither completed nor aborted. */
  get waiting(): readonly number[] {
    return [...this.#sleepers].map(({ ms }) => ms)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
        return
      }
      const sleeper = {
        ms,
        wakesAt: this.#now + ms,
        wake: () => {
          signal?.removeEventListener('abort', stop)
          this.slept.push(ms)
          resolve()
        },
      }
      const stop = () => {
        this.#sleepers.delete(sleeper)
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
      }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', stop)
    })
  }

  /** Advances the time by `ms` milliseconds and ends the sleeps that are due. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await settle()
      const next = this.#next()
      if (next === undefined || next.wakesAt > end) break
      this.#wake(next)
    }
    this.#now = end
  }

  /** Jumps from one sleeper to the next until `promise` has settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const finished = promise.finally(() => {
      settled = true
    })
    finished.catch(() => undefined)
    for (;;) {
      await settle()
      if (settled) return finished
      const next = this.#next()
      if (next === undefined) throw new Error('nothing sleeps, and the promise has not settled')
      this.#wake(next)
    }
  }

  #next(): Sleeper | undefined {
    return [...this.#sleepers].sort((one, other) => one.wakesAt - other.wakesAt)[0]
  }

  #wake(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper)
    this.#now = Math.max(this.#now, sleeper.wakesAt)
    sleeper.wake()
  }
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await turn()
}
