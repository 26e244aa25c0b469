import type { LookupAddress, LookupOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import type { buildConnector } from 'undici'
import { isAddress, type AddressRule, type Purpose } from './address-rule.ts'
import type { Clock } from './clock.ts'
import { skipContinueResponses } from './interim-responses.ts'
import { CONNECT_TIMEOUT_MS, PROXIED_NAME_MS } from './network-limits.ts'

export interface TlsOptions {
  /** PEM, in addition to the authorities that Node trusts. */
  readonly ca?: string
  readonly rejectUnauthorized?: boolean
}

export interface Guard {
  readonly rule: AddressRule
  readonly purpose: Purpose
  /** Has the signature of `dns.lookup`. */
  readonly resolve: typeof lookup
}

/** The host of a URL must not be reached. The message has the host and the rule, never the URL, which may be signed. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
}

/**
 * Creates a connector that connects only to addresses that the rule allows: literal ones, and those to which a name
 * resolves. All TLS connections share one context, since reading all root certificates takes tens of milliseconds.
 */
export function guardedConnector(
  build: typeof buildConnector,
  guard: Guard,
  tls: TlsOptions,
): buildConnector.connector {
  const options = { lookup: guardedLookup(guard), timeout: CONNECT_TIMEOUT_MS }
  const plain = build(options)
  let secure: buildConnector.connector | undefined
  return (target, callback) => {
    const why = forbiddenHost(target.hostname, guard)
    if (why !== undefined) {
      callback(why, null)
      return
    }
    const connected: buildConnector.Callback = (...result) => {
      if (result[0] === null) callback(null, skipContinueResponses(result[1]))
      else callback(result[0], null)
    }
    if (target.protocol !== 'https:') {
      plain(target, connected)
      return
    }
    secure ??= build({
      ...options,
      secureContext: secureContextOf(tls),
      ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    })
    secure(target, connected)
  }
}

/** Why the host of a URL must not be reached; `undefined` if it may. A name is not resolved here. */
export function forbiddenHost(
  hostname: string,
  { rule, purpose }: Omit<Guard, 'resolve'>,
): ForbiddenAddressError | undefined {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const why = isAddress(host) ? rule.forbids(host, purpose) : rule.forbidsName(host, purpose)
  return why === undefined ? undefined : forbidden(host, why)
}

/** The certificates to trust: those of Node, and `ca` beside them. */
export function secureContextOf({ ca }: TlsOptions): SecureContext {
  return createSecureContext(ca === undefined ? {} : { ca: [...rootCertificates, ca] })
}

/** When a check before a proxied request ends at the latest. */
interface CheckLimit {
  readonly clock: Clock
  /** That of the request. */
  readonly signal: AbortSignal
}

/**
 * Why a host that a proxy is to call must not be reached: the literal address, or any address of the name. A name that does
 * not resolve here within `PROXIED_NAME_MS` is left to the proxy. Stops waiting when the signal aborts.
 */
export async function forbiddenBehindProxy(
  hostname: string,
  guard: Guard,
  limit: CheckLimit,
): Promise<ForbiddenAddressError | undefined> {
  const why = forbiddenHost(hostname, guard)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (why !== undefined || isAddress(host)) return why
  for (const { address } of await addressesInTime(host, guard, limit)) {
    const forbids = guard.rule.forbids(address, guard.purpose)
    if (forbids !== undefined) return forbidden(hostname, forbids)
  }
  return undefined
}

/** Empty for a name that is not known, or for which the resolver has no answer in time: the proxy resolves it itself. */
async function addressesInTime(
  host: string,
  { resolve }: Guard,
  { clock, signal }: CheckLimit,
): Promise<readonly LookupAddress[]> {
  const done = new AbortController()
  const none = (): readonly LookupAddress[] => []
  // Aborted where the resolver has answered, or the request is given up.
  const late = clock.sleep(PROXIED_NAME_MS, AbortSignal.any([signal, done.signal])).then(none, none)
  const found = new Promise<readonly LookupAddress[]>((settle) => {
    resolve(host, { all: true }, (error, addresses) => {
      settle(error === null ? addresses : [])
    })
  })
  try {
    return await Promise.race([found, late])
  } finally {
    done.abort()
  }
}

/** Refuses a name if any of its addresses is forbidden, since it is not known which address will be used. */
function guardedLookup({ rule, purpose, resolve }: Guard): LookupFunction {
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
  // No setting allows the others, such as those of metadata services.
  const isAllowable = /\b(?:loopback|private)\b/.test(why)
  const remedy = isAllowable ? '; STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES=true would allow it' : ''
  return new ForbiddenAddressError(`leads to ${host}, ${why}${remedy}`)
}
