import type { Clock } from '../../../src/platform/clock.ts'

/** One process of the function. After its death nothing that it does has an effect. */
export class Process {
  readonly number: number
  /** The event or the continuation that it serves. */
  readonly payload: Uint8Array
  /** Why Function Compute gave the payload to the failure destination, if it did. */
  readonly givenUp: string | undefined
  readonly died: Promise<void>
  #isDead = false
  #resolveDied: () => void = () => undefined

  constructor(number: number, payload: Uint8Array, givenUp: string | undefined) {
    this.number = number
    this.payload = payload
    this.givenUp = givenUp
    this.died = new Promise((resolve) => {
      this.#resolveDied = resolve
    })
  }

  get isDead(): boolean {
    return this.#isDead
  }

  die(): void {
    this.#isDead = true
    this.#resolveDied()
  }

  /** The clock as this process sees it: nothing wakes after its death. */
  clockFrom(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        if (this.#isDead) return never()
        await clock.sleep(ms, signal)
        if (this.#isDead) await never()
      },
    }
  }
}

export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined)
}
