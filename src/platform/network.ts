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

/** The one way out of the process, for every client: one rule of which addresses may be reached, and one set of limits. */
export interface Network {
  /** Says before anything is sent what `request` would refuse, as far as no name is resolved. Throws `ForbiddenAddressError`. */
  check(url: string, purpose: Purpose): URL
  /**
   * One request over connections that are kept. Connects to no address that the rule forbids, follows no redirects, and ends
   * by `network-limits.ts` at the latest, its body included. Rejects as undici's `request` does, with `TimeLimitError`, or with
   * the signal's reason; the connection of a request that was given up is closed.
   */
  request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Dispatcher.ResponseData>
  close(): Promise<void>
}

export interface RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Gives the request up, its body included. */
  readonly signal?: AbortSignal
  /** Milliseconds for all of it, where the purpose's own limit is not right. */
  readonly totalMs?: number
  /** Milliseconds that an idle connection is kept for. */
  readonly keepAliveMs?: number
  readonly tls?: TlsOptions
}

export interface NetworkOptions {
  readonly allowPrivateAddresses: boolean
  /** CIDR; ROS's intranet callback may be there. */
  readonly intranetCallbackRanges: readonly string[]
  /** `dns.lookup`, unless a test brings its own. */
  readonly lookup?: typeof systemLookup
  /** What time limits run on; the system's, unless a test brings its own. */
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
      // Loaded with the first request, so that a process that makes none does not pay for it.
      const undici = await import('./undici.ts')
      const key = JSON.stringify([purpose, keepAliveMs, tls.ca, tls.rejectUnauthorized])
      const pool = recent(pools, key, () => {
        const connect = guardedConnector(undici.buildConnector, { rule, purpose, resolve }, tls)
        return new undici.Agent(poolOptions(purpose, keepAliveMs, connect))
      })
      const asking = undici.request(url, { ...rest, signal: limit.signal, dispatcher: pool })
      // A request that waits for a connection does not hear of the signal before it gets one.
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

/** The pool of the key, made where there is none; the oldest goes where they become too many. */
function recent(pools: Map<string, Agent>, key: string, create: () => Agent): Agent {
  const pool = pools.get(key) ?? create()
  pools.delete(key)
  pools.set(key, pool)
  const [oldest] = pools
  if (pools.size > MOST_POOLS && oldest !== undefined) {
    pools.delete(oldest[0])
    // Ends once its requests have ended.
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
    // The limit of the whole request is shorter, and holds for both.
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
  // Node 20.10 loses the host of a URL that spells an IPv4 address in other digits than ASCII's.
  if (url.hostname === '') throw new ForbiddenAddressError('names no host')
  const why = forbiddenHost(url.hostname, guard)
  if (why !== undefined) throw why
  return url
}
