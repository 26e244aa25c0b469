import type { EpochMs } from '../platform/clock.ts'
import type { StackEvent } from '../providers/provider.ts'
import type { Renderer } from './report.ts'

/** Reports each event of a stack once. Its elapsed time counts from `startedAt`; it is negative for an earlier event. */
export class UnseenEvents {
  readonly #renderer: Renderer
  readonly #startedAt: EpochMs
  readonly #earliestMs: number
  readonly #seen = new Set<string>()

  /**
   * `earliestMs`: the least elapsed time. 0 where no event can be earlier than `startedAt`: an earlier time then means that
   * the cloud's clock is behind.
   */
  constructor(renderer: Renderer, startedAt: EpochMs, earliestMs = -Infinity) {
    this.#renderer = renderer
    this.#startedAt = startedAt
    this.#earliestMs = earliestMs
  }

  /** Events that are not to be reported: they happened before. */
  skip(events: readonly StackEvent[]): void {
    for (const { id } of events) this.#seen.add(id)
  }

  show(events: readonly StackEvent[]): void {
    for (const event of events) {
      if (this.#seen.has(event.id)) continue
      this.#seen.add(event.id)
      const { type: resourceType, ...rest } = event
      const elapsedMs = Math.max(this.#earliestMs, event.at - this.#startedAt)
      this.#renderer.report({ type: 'stack-event', elapsedMs, resourceType, ...rest })
    }
  }
}
