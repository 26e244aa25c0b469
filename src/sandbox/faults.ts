/** What can be made to go wrong on the way to an embedded cloud. */
export type FaultKind =
  | 'throttle'
  /** HTTP 500 with the service's own error. */
  | 'internal-error'
  /** The connection breaks before the call is done. */
  | 'reset-before'
  /** The call is done, and then the connection breaks: the caller cannot know. */
  | 'reset-after'
  /** HTTP 200 with what is no answer. */
  | 'garbage'

interface Fault {
  readonly action: string | undefined
  readonly kind: FaultKind
  times: number
}

/** Faults that are waiting for their call. */
export class Faults {
  readonly #waiting: Fault[] = []

  /** The next `times` calls of `action`, or of any action, go wrong. */
  add(kind: FaultKind, options: { readonly action?: string; readonly times?: number } = {}): void {
    this.#waiting.push({ kind, action: options.action, times: options.times ?? 1 })
  }

  take(action: string): FaultKind | undefined {
    const fault = this.#waiting.find(
      (one) => one.times > 0 && (one.action === undefined || one.action === action),
    )
    if (fault === undefined) return undefined
    fault.times -= 1
    return fault.kind
  }
}
