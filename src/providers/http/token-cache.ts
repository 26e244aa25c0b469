import { createHash } from 'node:crypto'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { TlsOptions } from '../../platform/network.ts'

export interface CachedToken {
  readonly value: string
  readonly issuedAt: EpochMs
  readonly expiresAt: EpochMs
}

/**
 * The tokens of one process, so that a warm function and a long wait do not log in for each call. The key contains all
 * the credentials of a token, so only events that have them can use it.
 */
export interface TokenCache<Token extends CachedToken> {
  /** Returns a token that does not expire soon. Events that need one at the same time share one login. */
  get(key: string, issue: () => Promise<Token>, clock: Clock): Promise<Token>
  /** Call it after the cloud has refused `token`: the next `get` asks for a new one. */
  forget(key: string, token: Token): void
}

/** The most tokens that are kept. */
const MOST_TOKENS = 100
const RENEW_BEFORE_EXPIRY_MS = 60_000

export function createTokenCache<Token extends CachedToken>(): TokenCache<Token> {
  const tokens = new Map<string, Token>()
  const logins = new Map<string, Promise<Token>>()
  return {
    async get(key, issue, clock) {
      const known = tokens.get(key)
      if (known !== undefined && isFresh(known, clock.now())) return known
      const running = logins.get(key)
      if (running !== undefined) return running
      const login = issue()
      logins.set(key, login)
      try {
        const token = await login
        tokens.delete(key)
        tokens.set(key, token)
        const [oldest] = tokens.keys()
        if (tokens.size > MOST_TOKENS && oldest !== undefined) tokens.delete(oldest)
        return token
      } finally {
        logins.delete(key)
      }
    },
    forget(key, token) {
      if (tokens.get(key)?.value === token.value) tokens.delete(key)
    },
  }
}

function isFresh({ issuedAt, expiresAt }: CachedToken, now: EpochMs): boolean {
  return now < expiresAt - Math.min(RENEW_BEFORE_EXPIRY_MS, (expiresAt - issuedAt) / 10)
}

/** A hash, since a heap dump should not show credentials as keys of a map. */
export function tokenKey(credentials: object, tls: TlsOptions): string {
  return createHash('sha256')
    .update(JSON.stringify([credentials, tls]))
    .digest('hex')
}
