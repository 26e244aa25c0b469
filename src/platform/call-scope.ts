import type { Dispatcher } from 'undici'
import type { Purpose } from './address-rule.ts'
import type { Network, RequestOptions } from './network.ts'

/** Whoever made the request does not wait for it any more. The AWS SDK does not ask again after errors of this name. */
export class GivenUpError extends Error {
  override readonly name = 'AbortError'
}

/** The network as one operation uses it: what the operation gives up ends on the wire, too. */
export class CallScope implements Network {
  /** The network of the process, which outlives the operation. */
  readonly process: Network
  #calls = new AbortController()

  constructor(network: Network) {
    this.process = network
  }

  /** Aborts with the requests that are under way at this moment; another one for those that come after. */
  get signal(): AbortSignal {
    return this.#calls.signal
  }

  check(url: string, purpose: Purpose): URL {
    return this.process.check(url, purpose)
  }

  request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Dispatcher.ResponseData> {
    const signal = options.signal === undefined ? this.signal : AbortSignal.any([options.signal, this.signal])
    return this.process.request(url, purpose, { ...options, signal })
  }

  /** Ends all requests that are under way, with their connections. The scope can be used further. */
  giveUp(): void {
    const calls = this.#calls
    this.#calls = new AbortController()
    calls.abort(new GivenUpError('the call was given up'))
  }

  close(): Promise<void> {
    this.giveUp()
    return Promise.resolve()
  }
}
