import type { Clock } from '../../../src/platform/clock.ts'

/** One process of the function. After it is killed, nothing that it does has an effect. */
export class Process {
  readonly number: number
  /** The event or the continuation that it serves. */
  readonly payload: Uint8Array
  /** Why Function Compute passed the payload to the failure destination, if it did. */
  readonly givenUp: string | undefined
  readonly killed: Promise<void>
  #isKilled = false
  #resolveKilled: () => void = () => undefined

  constructor(number: number, payload: Uint8Array, givenUp: string | undefined) {
    this.number = number
    this.payload = payload
    this.givenUp = givenUp
    this.killed = new Promise((resolve) => {
      this.#resolveKilled = resolve
    })
  }

  get isKilled(): boolean {
    return this.#isKilled
  }

  kill(): void {
    this.#isKilled = true
    this.#resolveKilled()
  }

  /** The clock of this process: nothing wakes after the process was killed. */
  clockFrom(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        if (this.#isKilled) return never()
        await clock.sleep(ms, signal)
        if (this.#isKilled) await never()
      },
    }
  }
}

export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined)
}
