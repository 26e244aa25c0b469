import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { Dispatcher } from 'undici'

/** The ways out of the process, all guarded by one rule of which addresses may be reached. */
export interface Network {
  /** Throws `ForbiddenAddressError` for a URL that must not be fetched: its scheme, its user info, a literal address. */
  check(url: string, purpose: 'endpoint' | 'public-callback' | 'intranet-callback'): URL
  /** For undici; refuses to connect to a resolved address that the rule forbids. */
  dispatcher(purpose: 'endpoint' | 'public-callback' | 'intranet-callback', tls?: TlsOptions): Dispatcher
  /** The same for clients that are built on Node's own `http` and `https`, such as the AWS SDK. */
  readonly httpAgent: HttpAgent
  readonly httpsAgent: HttpsAgent
  close(): Promise<void>
}

export interface TlsOptions {
  /** PEM; beside the authorities that Node trusts. */
  readonly ca?: string
  readonly rejectUnauthorized?: boolean
}
