import type { Renderer, Report } from '../report.ts'

/** Passes reports on, and remembers whether an operation on a foreign stack has failed. */
export class FailuresSeen implements Renderer {
  readonly #renderer: Renderer
  #hasFailedOperation = false

  constructor(renderer: Renderer) {
    this.#renderer = renderer
  }

  /** False where all failures were refusals. A refusal starts no operation, so only its reason is known. */
  get hasFailedOperation(): boolean {
    return this.#hasFailedOperation
  }

  report(report: Report): void {
    if (report.type === 'resource' && report.status.endsWith('_FAILED') && report.refused !== true)
      this.#hasFailedOperation = true
    this.#renderer.report(report)
  }

  close(): void {
    this.#renderer.close()
  }
}
