import type { Dispatcher } from 'undici'
import type { Purpose } from './address-rule.ts'
import type { Network, RequestOptions } from './network.ts'

/** The caller of the request no longer waits for it. The AWS SDK does not retry after errors with this name. */
export class AbortedCallError extends Error {
  override readonly name = 'AbortError'
}

/**
 * The network of one operation: when the operation aborts its requests, their connections are closed. After it is
 * closed, no request starts: a call that was given up must not reach the cloud after ROS has the answer.
 */
export class CallScope implements Network {
  /** The network of the process, which outlives the operation. */
  readonly process: Network
  readonly #onPlainHttp: (origin: string) => void
  readonly #plainOrigins = new Set<string>()
  #calls = new AbortController()
  #isClosed = false

  /** `onPlainHttp` is called once for each origin of an endpoint without TLS, when a provider checks its URL. */
  constructor(network: Network, onPlainHttp: (origin: string) => void = () => undefined) {
    this.process = network
    this.#onPlainHttp = onPlainHttp
  }

  /** Aborts with the current requests. Later requests have another signal, unless the scope is closed. */
  get signal(): AbortSignal {
    return this.#calls.signal
  }

  check(url: string, purpose: Purpose): URL {
    const checked = this.process.check(url, purpose)
    const { protocol, origin } = checked
    if (protocol === 'http:' && !this.#plainOrigins.has(origin)) {
      this.#plainOrigins.add(origin)
      this.#onPlainHttp(origin)
    }
    return checked
  }

  request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Dispatcher.ResponseData> {
    const signal = options.signal === undefined ? this.signal : AbortSignal.any([options.signal, this.signal])
    return this.process.request(url, purpose, { ...options, signal })
  }

  /** Ends all current requests and closes their connections. The scope remains usable. */
  abort(): void {
    const calls = this.#calls
    if (!this.#isClosed) this.#calls = new AbortController()
    calls.abort(new AbortedCallError('the call was given up'))
  }

  /** Ends all current requests, and refuses later ones. The network of the process stays open. */
  close(): Promise<void> {
    this.#isClosed = true
    this.abort()
    return Promise.resolve()
  }
}
