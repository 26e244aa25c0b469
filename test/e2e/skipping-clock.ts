import { systemClock, type Clock, type EpochMs } from '../../src/platform/clock.ts'

/** How often a sleeper checks whether time was skipped. */
const CHECK_MS = 20

/**
 * Real time that a test can advance. So an operation of an embedded cloud lasts until the test has made its observations, even
 * on a slow machine.
 */
export class SkippingClock implements Clock {
  #skippedMs = 0

  now(): EpochMs {
    return systemClock.now() + this.#skippedMs
  }

  skip(ms: number): void {
    this.#skippedMs += ms
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const end = this.now() + ms
    for (let left = ms; left > 0; left = end - this.now())
      await systemClock.sleep(Math.min(left, CHECK_MS), signal)
  }
}
