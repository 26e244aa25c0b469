import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { Agent as HttpAgent, type AgentOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { rootCertificates } from 'node:tls'
import type { Agent, Dispatcher } from 'undici'
import { createAddressRule, type AddressRule, type Purpose } from './address-rule.ts'

/** The ways out of the process, all guarded by one rule of which addresses may be reached. */
export interface Network {
  /**
   * Has to be asked for each URL before it is fetched: Node looks no literal address up, so that the guard at the
   * connection sees host names only. Throws `ForbiddenAddressError`.
   */
  check(url: string, purpose: Purpose): URL
  /**
   * One request by undici, over connections that are kept; refuses to connect to a resolved address that the rule forbids.
   * Follows no redirects. Rejects as undici's `request` does.
   */
  request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Dispatcher.ResponseData>
  /** The same for clients that are built on Node's own `http` and `https`, such as the AWS SDK. */
  readonly httpAgent: HttpAgent
  readonly httpsAgent: HttpsAgent
  close(): Promise<void>
}

export interface RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Milliseconds. */
  readonly headersTimeout?: number
  readonly bodyTimeout?: number
  readonly tls?: TlsOptions
}

export interface TlsOptions {
  /** PEM; beside the authorities that Node trusts. */
  readonly ca?: string
  readonly rejectUnauthorized?: boolean
}

export interface NetworkOptions {
  readonly allowPrivateAddresses: boolean
  /** CIDR; ROS's intranet callback may be there. */
  readonly intranetCallbackRanges: readonly string[]
  /** `dns.lookup`, unless a test brings its own. */
  readonly lookup?: typeof systemLookup
}

/** The host of a URL may not be reached. Names host and rule, never the URL: it may be signed. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
}

const CONNECT_TIMEOUT_MS = 5000
const HEADERS_TIMEOUT_MS = 30_000
const BODY_TIMEOUT_MS = 30_000
const KEEP_ALIVE_MS = 15_000
/** An answer without an end would take all memory. */
const LARGEST_RESPONSE_BYTES = 32 * 1024 * 1024
const MOST_SOCKETS = 50

export function createNetwork(options: NetworkOptions): Network {
  const rule = createAddressRule(options)
  const resolve = options.lookup ?? systemLookup
  const dispatchers = new Map<string, Agent>()
  const agentOptions: AgentOptions & { lookup: LookupFunction } = {
    keepAlive: true,
    maxSockets: MOST_SOCKETS,
    lookup: guardedLookup(rule, 'endpoint', resolve),
  }
  const httpAgent = new HttpAgent(agentOptions)
  const httpsAgent = new HttpsAgent(agentOptions)

  return {
    check: (url, purpose) => checkUrl(url, purpose, rule),
    async request(url, purpose, { tls = {}, ...options }) {
      // Loaded with the first request: the AWS provider's own do not need it, and a cold start pays for what is loaded.
      const undici = await import('./undici.ts')
      const key = JSON.stringify([purpose, tls.ca, tls.rejectUnauthorized])
      const dispatcher =
        dispatchers.get(key) ?? new undici.Agent(agentOptionsOf(guardedLookup(rule, purpose, resolve), tls))
      dispatchers.set(key, dispatcher)
      return undici.request(url, { ...options, dispatcher })
    },
    httpAgent,
    httpsAgent,
    async close() {
      httpAgent.destroy()
      httpsAgent.destroy()
      await Promise.all([...dispatchers.values()].map((agent) => agent.close()))
    },
  }
}

function agentOptionsOf(lookup: LookupFunction, tls: TlsOptions): Agent.Options {
  return {
    connectTimeout: CONNECT_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: LARGEST_RESPONSE_BYTES,
    // To one origin; whoever comes more waits for a free one.
    connections: MOST_SOCKETS,
    connect: {
      lookup,
      timeout: CONNECT_TIMEOUT_MS,
      ...(tls.ca === undefined ? {} : { ca: [...rootCertificates, tls.ca] }),
      ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    },
  }
}

function checkUrl(text: string, purpose: Purpose, rule: AddressRule): URL {
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
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const why = isIP(host) === 0 ? rule.forbidsName(host) : rule.forbids(host, purpose)
  if (why !== undefined) throw forbidden(host, why)
  return url
}

/** Resolves a name and refuses it whole when one of its addresses is forbidden: which one is taken is up to chance. */
function guardedLookup(rule: AddressRule, purpose: Purpose, resolve: typeof systemLookup): LookupFunction {
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        callback(error, '', 4)
        return
      }
      for (const { address } of addresses) {
        const why = rule.forbids(address, purpose)
        if (why === undefined) continue
        callback(forbidden(hostname, why), '', 4)
        return
      }
      const [first] = addresses
      if (options.all === true) callback(null, addresses)
      else if (first === undefined) callback(new Error(`${hostname} has no address`), '', 4)
      else callback(null, first.address, first.family)
    })
  }
}

function forbidden(host: string, why: string): ForbiddenAddressError {
  return new ForbiddenAddressError(
    `leads to ${host}, ${why}; STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES=true would allow loopback and private addresses`,
  )
}
