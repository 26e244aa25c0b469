import type { EpochMs } from '../../platform/clock.ts'
import type { StackEvent, StackRef } from '../../providers/provider.ts'
import type { Renderer } from '../report.ts'

export interface StackEventReporterOptions {
  readonly renderer: Pick<Renderer, 'report'>
  /** The custom resource that the stack belongs to. */
  readonly customResource: string | null
  /** When the elapsed time is 0; that of an earlier event is negative. */
  readonly zeroAt: EpochMs
  /**
   * No event can be earlier: an earlier time means that the cloud's clock is behind. Absent where events of the past are to be
   * reported.
   */
  readonly earliest?: EpochMs
}

/** Reports each event of a stack once. */
export class StackEventReporter {
  readonly #options: StackEventReporterOptions
  readonly #seen = new Set<string>()

  constructor(options: StackEventReporterOptions) {
    this.#options = options
  }

  /** Events that are not to be reported: they happened before. */
  skip(events: readonly StackEvent[]): void {
    for (const { id } of events) this.#seen.add(id)
  }

  report(events: readonly StackEvent[], stack: StackRef): void {
    const { renderer, customResource, zeroAt, earliest = -Infinity } = this.#options
    for (const event of events) {
      if (this.#seen.has(event.id)) continue
      this.#seen.add(event.id)
      const { type: resourceType, ...rest } = event
      renderer.report({
        type: 'stack-event',
        customResource,
        stackId: stack.id,
        stackName: stack.name,
        elapsedMs: Math.max(earliest, event.at) - zeroAt,
        resourceType,
        ...rest,
      })
    }
  }
}
