import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import type { Clock, EpochMs } from '../platform/clock.ts'

interface Sleeper {
  readonly wakesAt: EpochMs
  wake(): void
}

/** Channels on which Node's and undici's HTTP clients tell that a request begins, and that it has ended. */
const BEGINNINGS = ['http.client.request.start', 'undici:request:create']
const ENDS = [
  'http.client.response.finish',
  'http.client.request.error',
  'undici:request:trailers',
  'undici:request:error',
]
/** Real milliseconds in which nothing happened, after which nothing will happen without the time going on. */
const QUIET_MS = 2
const MOST_BUSY_MS = 1
/** The same where a worker is busy with something that this clock cannot see: whatever it waits for will not come. */
const STUCK_MS = 500

/**
 * A clock for code in this process that really talks over sockets: it stands still while a request is under way or code
 * runs, and jumps to the next sleeper when everybody waits. Hours pass in seconds, and no request takes any time.
 */
export class SimulatedClock implements Clock {
  readonly #sleepers = new Set<Sleeper>()
  readonly #quantumMs: number
  #now: EpochMs
  #inFlight = 0
  #touched = 0
  #isOver = false
  readonly #employed = new Set<{ resting: number }>()

  /** `quantumMs`: whoever wakes this soon after the next one wakes with it. */
  constructor({ now = Date.UTC(2026, 0, 1), quantumMs = 0 } = {}) {
    this.#now = now
    this.#quantumMs = quantumMs
  }

  now(): EpochMs {
    this.#touched += 1
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#touched += 1
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
   * Runs work that uses the clock it is given. As long as it does anything but sleep (without a signal: such a sleep is a
   * time limit) the time stands still, whatever it is busy with. What it left asleep at its end does not count any more.
   */
  async employ<T>(work: (clock: Clock) => Promise<T>): Promise<T> {
    const employee = { resting: 0 }
    this.#employed.add(employee)
    try {
      return await work({
        now: () => this.now(),
        sleep: async (ms, signal) => {
          if (signal !== undefined) return this.sleep(ms, signal)
          employee.resting += 1
          try {
            await this.sleep(ms)
          } finally {
            employee.resting -= 1
          }
        },
      })
    } finally {
      this.#employed.delete(employee)
    }
  }

  /** Lets the time pass until `work` has ended. */
  async run<T>(work: Promise<T>): Promise<T> {
    const begin = (): void => {
      this.#inFlight += 1
      this.#touched += 1
    }
    const end = (): void => {
      this.#inFlight -= 1
      this.#touched += 1
    }
    for (const channel of BEGINNINGS) subscribe(channel, begin)
    for (const channel of ENDS) subscribe(channel, end)
    const pass = this.#pass()
    try {
      return await work
    } finally {
      this.#isOver = true
      await pass
      for (const channel of BEGINNINGS) unsubscribe(channel, begin)
      for (const channel of ENDS) unsubscribe(channel, end)
    }
  }

  async #pass(): Promise<void> {
    while (!this.#isOver) {
      await this.#quiet()
      const next = Math.min(...[...this.#sleepers].map(({ wakesAt }) => wakesAt))
      if (next === Infinity) continue
      this.#now = Math.max(this.#now, next + this.#quantumMs)
      for (const sleeper of [...this.#sleepers].filter(({ wakesAt }) => wakesAt <= this.#now)) {
        this.#sleepers.delete(sleeper)
        sleeper.wake()
      }
    }
  }

  /** Until nobody asks for anything, and the event loop has had nothing to do. */
  async #quiet(): Promise<void> {
    const since = performance.now()
    for (;;) {
      if (this.#isOver) return
      const [touched, begun, idle] = [this.#touched, performance.now(), idleMs()]
      await delay(QUIET_MS)
      await turn()
      const busyMs = performance.now() - begun - (idleMs() - idle)
      const isQuiet = this.#inFlight <= 0 && this.#touched === touched && busyMs < MOST_BUSY_MS
      const areAtRest = this.#areAllResting() || performance.now() - since > STUCK_MS
      if (isQuiet && areAtRest) return
    }
  }

  #areAllResting(): boolean {
    return [...this.#employed].every(({ resting }) => resting > 0)
  }
}

function idleMs(): number {
  return performance.nodeTiming.idleTime
}
