import { lookup as systemLookup } from 'node:dns'
import type { Agent, Dispatcher } from 'undici'
import { createAddressRule, type Purpose } from './address-rule.ts'
import { systemClock, type Clock } from './clock.ts'
import {
  ForbiddenAddressError,
  forbiddenHost,
  guardedConnector,
  type Guard,
  type TlsOptions,
} from './guarded-connector.ts'
import { KEEP_ALIVE_MS, MOST_CONNECTIONS, MOST_POOLS, REQUEST_LIMITS } from './network-limits.ts'
import { startTimeLimit } from './time-limit.ts'

export { ForbiddenAddressError, type TlsOptions } from './guarded-connector.ts'

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
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
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

export interface NetworkOptions {
  readonly allowPrivateAddresses: boolean
  /** CIDR ranges that are allowed for ROS's intranet callback. */
  readonly intranetCallbackRanges: readonly string[]
  /** `dns.lookup` by default. */
  readonly lookup?: typeof systemLookup
  /** The clock of the time limits; the system's by default. */
  readonly clock?: Clock
}

export function createNetwork(options: NetworkOptions): Network {
  const rule = createAddressRule(options)
  const { lookup: resolve = systemLookup, clock = systemClock } = options
  const pools = new Map<string, Agent>()

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
      const key = JSON.stringify([purpose, keepAliveMs, tls.ca, tls.rejectUnauthorized])
      const pool = poolFor(pools, key, () => {
        const connect = guardedConnector(undici.buildConnector, { rule, purpose, resolve }, tls)
        return new undici.Agent(poolOptions(purpose, keepAliveMs, connect))
      })
      const asking = undici.request(url, { ...rest, signal: limit.signal, dispatcher: pool })
      // Undici ignores the signal while a request waits for a free connection.
      const answer = await Promise.race([asking, limit.over])
      answer.body.once('close', () => {
        limit.stop()
      })
      // Who reads the body hears of its errors; one that is destroyed unread must not end the process.
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
function poolFor(pools: Map<string, Agent>, key: string, create: () => Agent): Agent {
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

function poolOptions(
  purpose: Purpose,
  keepAliveMs: number,
  connect: NonNullable<Agent.Options['connect']>,
): Agent.Options {
  return {
    connect,
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
