import type { EpochMs } from '../platform/clock.ts'
import type { StackEvent } from '../providers/provider.ts'
import type { Renderer } from './report.ts'

/** Reports each of a stack's events once, with its distance from `startedAt`, which is negative for one from before. */
export class UnseenEvents {
  readonly #renderer: Renderer
  readonly #startedAt: EpochMs
  readonly #earliestMs: number
  readonly #seen = new Set<string>()

  /** `earliestMs`: where nothing can be from before, an earlier time is a cloud's clock that is behind ours. */
  constructor(renderer: Renderer, startedAt: EpochMs, earliestMs = -Infinity) {
    this.#renderer = renderer
    this.#startedAt = startedAt
    this.#earliestMs = earliestMs
  }

  /** What the stack went through before is not news. */
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
