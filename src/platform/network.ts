import { lookup as systemLookup } from 'node:dns'
import type { Dispatcher, Pool } from 'undici'
import { createAddressRule, type Purpose } from './address-rule.ts'
import { systemClock, type Clock } from './clock.ts'
import {
  ForbiddenAddressError,
  forbiddenBehindProxy,
  forbiddenHost,
  guardedConnector,
  type Guard,
  type TlsOptions,
} from './guarded-connector.ts'
import { KEEP_ALIVE_MS, MOST_CONNECTIONS, MOST_POOLS, REQUEST_LIMITS } from './network-limits.ts'
import { ProxyError, proxyFor, type ProxyServer, type ProxySettings } from './proxy.ts'
import { startTimeLimit } from './time-limit.ts'

export { ForbiddenAddressError, type TlsOptions } from './guarded-connector.ts'
export { ProxyError } from './proxy.ts'

/** All clients send their requests through this interface: it has one address rule and one set of limits. */
export interface Network {
  /** Checks a URL without resolving its name. Throws `ForbiddenAddressError` if `request` would refuse it. */
  check(url: string, purpose: Purpose): URL
  /**
   * Sends one request over a pooled connection. Connects to no address that the rule forbids and follows no redirects. The
   * limits in `network-limits.ts` include the answer's body. Rejects with the errors of undici's `request`, with
   * `TimeLimitError`, or with the signal's reason. Closes the connection of a request that was given up.
   */
  request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Dispatcher.ResponseData>
  close(): Promise<void>
}

export interface RequestOptions {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Aborts the request and the reading of its answer's body. */
  readonly signal?: AbortSignal
  /** Milliseconds for the whole request, instead of the purpose's limit. */
  readonly totalMs?: number
  /** Milliseconds that an idle connection is kept for. */
  readonly keepAliveMs?: number
  readonly tls?: TlsOptions
}

/** Without proxies every request goes out directly. */
export interface NetworkOptions extends ProxySettings {
  readonly allowPrivateAddresses: boolean
  /** CIDR ranges that are allowed for ROS's intranet callback. */
  readonly intranetCallbackRanges: readonly string[]
  /** `dns.lookup` by default. */
  readonly lookup?: typeof systemLookup
  /** The clock of the time limits; the system's by default. */
  readonly clock?: Clock
}

/** Creates the network of a process. Opens no connection until the first request. */
export function createNetwork(options: NetworkOptions): Network {
  const rule = createAddressRule(options)
  const { lookup: resolve = systemLookup, clock = systemClock } = options
  const pools = new Map<string, Dispatcher>()

  async function request(
    url: URL,
    purpose: Purpose,
    asked: RequestOptions,
  ): Promise<Dispatcher.ResponseData> {
    const { tls = {}, keepAliveMs = KEEP_ALIVE_MS, totalMs, signal, ...rest } = asked
    const limit = startTimeLimit(clock, totalMs ?? REQUEST_LIMITS[purpose].totalMs, signal)
    try {
      // Loaded with the first request, since loading takes time and memory.
      const undici = await import('./undici.ts')
      const guard = { rule, purpose, resolve }
      const proxy = proxyFor(url, purpose, options)
      const forbidden =
        proxy === undefined
          ? undefined
          : await Promise.race([
              forbiddenBehindProxy(url.hostname, guard, { clock, signal: limit.signal }),
              limit.over,
            ])
      if (forbidden !== undefined) throw forbidden
      const key = JSON.stringify([purpose, keepAliveMs, tls.ca, tls.rejectUnauthorized, proxy])
      const limits = poolOptions(purpose, keepAliveMs)
      const create = proxy === undefined ? undefined : (await import('./proxy-agent.ts')).proxyAgent
      const pool = poolFor(pools, key, () =>
        proxy === undefined || create === undefined
          ? new undici.Agent({ ...limits, connect: guardedConnector(undici.buildConnector, guard, tls) })
          : create(proxy, tls, limits),
      )
      const asking = undici.request(url, { ...rest, signal: limit.signal, dispatcher: pool })
      // Undici ignores the signal while a request waits for a free connection.
      const answer = await Promise.race([
        proxy === undefined ? asking : namingProxy(asking, proxy, limit.signal),
        limit.over,
      ])
      answer.body.once('close', () => {
        limit.stop()
      })
      // The reader of the body gets its errors. An error of a body that is destroyed unread must not end the process.
      answer.body.on('error', () => undefined)
      return answer
    } catch (error) {
      limit.stop()
      throw error
    }
  }

  return {
    check: (url, purpose) => checkUrl(url, { rule, purpose }),
    request,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

/** The pool with this key; creates it if there is none, and closes the least recently used pool if there are too many. */
function poolFor(pools: Map<string, Dispatcher>, key: string, create: () => Dispatcher): Dispatcher {
  const pool = pools.get(key) ?? create()
  pools.delete(key)
  pools.set(key, pool)
  const [oldest] = pools
  if (pools.size > MOST_POOLS && oldest !== undefined) {
    pools.delete(oldest[0])
    // Resolves when its requests have ended.
    void oldest[1].close()
  }
  return pool
}

async function namingProxy<T>(asking: Promise<T>, proxy: ProxyServer, signal: AbortSignal): Promise<T> {
  try {
    return await asking
  } catch (error) {
    // An error of the time limit has its own text.
    if (signal.aborted) throw error
    throw new ProxyError(proxy, error)
  }
}

function poolOptions(purpose: Purpose, keepAliveMs: number): Pool.Options {
  return {
    // The limit of the whole request is shorter and includes headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    maxResponseSize: REQUEST_LIMITS[purpose].answerBytes,
    connections: MOST_CONNECTIONS,
  }
}

function checkUrl(text: string, guard: Omit<Guard, 'resolve'>): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    if (!URL.canParse(text)) throw new ForbiddenAddressError('is not a URL', { cause })
    throw cause
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ForbiddenAddressError(`uses ${url.protocol} where only http: and https: are allowed`)
  if (url.username !== '' || url.password !== '')
    throw new ForbiddenAddressError(`names a user before the host ${url.hostname}, which is not allowed`)
  // Node 20.10 parses a URL whose IPv4 address has digits other than ASCII to an empty host.
  if (url.hostname === '') throw new ForbiddenAddressError('names no host')
  const why = forbiddenHost(url.hostname, guard)
  if (why !== undefined) throw why
  return url
}
