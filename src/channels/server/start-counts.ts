import type { Logger } from '../../platform/log.ts'
import type { Journal } from './journal.ts'

/**
 * How often each event was started without an end, running ones included. The journal has the counts too, so that the next
 * process knows an event that has ended this one.
 */
export class StartCounts {
  readonly #journal: Journal
  readonly #log: Logger
  readonly #counts: Map<string, number>

  constructor(journal: Journal, log: Logger) {
    this.#journal = journal
    this.#log = log
    this.#counts = new Map(journal.unfinished.map(({ key, starts }) => [key, starts]))
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  /** Resolves when the journal has the count, or could not write it: with a full disk the work starts anyway. */
  async set(key: string, starts: number): Promise<void> {
    this.#counts.set(key, starts)
    await this.#journal.begin(key, starts).catch((error: unknown) => {
      this.#log.warn({ err: error, key }, 'the journal could not count the start of a call')
    })
  }

  /** Only in this process: the journal forgets a count with its next entry for the event. */
  forget(key: string): void {
    this.#counts.delete(key)
  }

  /** Calls that an orderly stop interrupts did not end the process, so their starts must not count. */
  async uncount(interrupted: ReadonlySet<string>): Promise<void> {
    const written = [...interrupted].map((key) => this.#journal.begin(key, this.of(key) - 1))
    const failed = (await Promise.allSettled(written)).some(({ status }) => status === 'rejected')
    if (failed) this.#log.warn('the journal keeps counting calls that were cut short by the stop')
  }
}
