/** A fault that a test injects into calls of an embedded cloud. */
export type FaultKind =
  | 'throttle'
  /** HTTP 500 with the service's own error. */
  | 'internal-error'
  /** The connection breaks before the call is carried out. */
  | 'reset-before'
  /** The call is carried out, then the connection breaks: the client cannot know the outcome. */
  | 'reset-after'
  /** HTTP 200 with a body that the service never sends. */
  | 'garbage'
  | ProxyFault

/**
 * A proxy answers in the cloud's place, and the call is not carried out: HTTP 200 without a body, HTTP 200 with a page that is
 * XML as well, HTTP 302 to a login, HTTP 403 with a page.
 */
export const PROXY_FAULTS = ['empty', 'page', 'redirect', 'blocked'] as const
export type ProxyFault = (typeof PROXY_FAULTS)[number]

interface Fault {
  readonly action: string | undefined
  readonly kind: FaultKind
  times: number
}

/** Injected faults, each for a number of calls. */
export class Faults {
  readonly #waiting: Fault[] = []

  /** The next `times` calls of `action` (of any action by default) meet this fault. */
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
