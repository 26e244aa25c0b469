import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import type { Clock, EpochMs } from '../platform/clock.ts'

interface Sleeper {
  readonly wakesAt: EpochMs
  wake(): void
}

/** Diagnostics channels of the HTTP clients of Node and undici: a request starts, a request ends. */
const STARTS = ['http.client.request.start', 'undici:request:create']
const ENDS = [
  'http.client.response.finish',
  'http.client.request.error',
  'undici:request:trailers',
  'undici:request:error',
]
/** Idle milliseconds of real time after which all work counts as waiting for the simulated time. */
const QUIET_MS = 2
const MOST_BUSY_MS = 1

/**
 * A clock for code in this process that uses real sockets. The time stands still while a request is in flight or code
 * runs, and jumps to the next wake-up when all code waits. Hours pass in seconds, and requests take no time.
 */
export class SimulatedClock implements Clock {
  readonly #sleepers = new Set<Sleeper>()
  readonly #quantumMs: number
  readonly #stuckMs: number
  #now: EpochMs
  #inFlight = 0
  #activity = 0
  #hasEnded = false
  readonly #running = new Set<{ sleeping: number }>()

  /**
   * `quantumMs`: sleepers that are due within so many milliseconds of the next one wake together with it. `stuckMs`: after so
   * many milliseconds of real time, work that the clock cannot observe counts as waiting for the time.
   */
  constructor({ now = Date.UTC(2026, 0, 1), quantumMs = 0, stuckMs = 500 } = {}) {
    this.#now = now
    this.#stuckMs = stuckMs
    this.#quantumMs = quantumMs
  }

  now(): EpochMs {
    this.#activity += 1
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#activity += 1
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers.delete(sleeper)
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
      }
      const sleeper = {
        wakesAt: this.#now + ms,
        wake() {
          signal?.removeEventListener('abort', abort)
          resolve()
        },
      }
      if (signal?.aborted === true) {
        abort()
        return
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#sleepers.add(sleeper)
    })
  }

  /**
   * Runs work with a clock of its own. The time stands still unless the work sleeps on that clock. A sleep with a
   * signal does not count, since it is a deadline for other work. After the work has ended, its sleeps do not count.
   */
  async employ<T>(work: (clock: Clock) => Promise<T>): Promise<T> {
    const own = { sleeping: 0 }
    this.#running.add(own)
    try {
      return await work({
        now: () => this.now(),
        sleep: async (ms, signal) => {
          if (signal !== undefined) return this.sleep(ms, signal)
          own.sleeping += 1
          try {
            await this.sleep(ms)
          } finally {
            own.sleeping -= 1
          }
        },
      })
    } finally {
      this.#running.delete(own)
    }
  }

  /** Advances the time until `work` settles. */
  async run<T>(work: Promise<T>): Promise<T> {
    const onStart = (): void => {
      this.#inFlight += 1
      this.#activity += 1
    }
    const onEnd = (): void => {
      this.#inFlight -= 1
      this.#activity += 1
    }
    for (const channel of STARTS) subscribe(channel, onStart)
    for (const channel of ENDS) subscribe(channel, onEnd)
    const advancing = this.#advance()
    try {
      return await work
    } finally {
      this.#hasEnded = true
      await advancing
      for (const channel of STARTS) unsubscribe(channel, onStart)
      for (const channel of ENDS) unsubscribe(channel, onEnd)
    }
  }

  async #advance(): Promise<void> {
    while (!this.#hasEnded) {
      await this.#untilIdle()
      const next = Math.min(...[...this.#sleepers].map(({ wakesAt }) => wakesAt))
      if (next === Infinity) continue
      this.#now = Math.max(this.#now, next + this.#quantumMs)
      for (const sleeper of [...this.#sleepers].filter(({ wakesAt }) => wakesAt <= this.#now)) {
        this.#sleepers.delete(sleeper)
        sleeper.wake()
      }
    }
  }

  /** Resolves once no request is in flight, the clock is not read and the event loop is idle. */
  async #untilIdle(): Promise<void> {
    const since = performance.now()
    for (;;) {
      if (this.#hasEnded) return
      const [activity, startedAt, idle] = [this.#activity, performance.now(), idleMs()]
      await delay(QUIET_MS)
      await turn()
      const busyMs = performance.now() - startedAt - (idleMs() - idle)
      const isQuiet = this.#inFlight <= 0 && this.#activity === activity && busyMs < MOST_BUSY_MS
      const isWorkAsleep = this.#isAllAsleep() || performance.now() - since > this.#stuckMs
      if (isQuiet && isWorkAsleep) return
    }
  }

  #isAllAsleep(): boolean {
    return [...this.#running].every(({ sleeping }) => sleeping > 0)
  }
}

function idleMs(): number {
  return performance.nodeTiming.idleTime
}
