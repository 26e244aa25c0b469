import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { CallScope } from '../../platform/call-scope.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Network, TlsOptions } from '../../platform/network.ts'
import type { OperationTokens } from './operation-tokens.ts'

export interface CachedToken {
  readonly value: string
  readonly issuedAt: EpochMs
  readonly expiresAt: EpochMs
}

/** How tokens of one service are written into a continuation, and read from it. */
export interface TokenForm<Token> {
  readonly schema: v.GenericSchema<unknown, Token>
  write(token: Token): JsonObject
  /** The values that must be masked. */
  secretsOf(token: Token): readonly string[]
}

/** The tokens of the operation that asks, and how they are written there. */
export interface ContinuationTokens<Token> {
  readonly form: TokenForm<Token>
  /** Absent where nothing is handed off. */
  readonly tokens: OperationTokens | undefined
}

/**
 * The tokens of one process, so that a warm function and a long wait do not log in for each call. The key contains all
 * the credentials of a token, so only events that have them can use it.
 */
export interface TokenCache<Token extends CachedToken> {
  /**
   * Returns a token that does not expire soon: of this process, else of the operation's continuation, else a new one. Events
   * that need one at the same time share one login.
   */
  get(
    key: string,
    issue: () => Promise<Token>,
    clock: Clock,
    carrying?: ContinuationTokens<Token>,
  ): Promise<Token>
  /** Call it after the cloud has refused `token`: the next `get` asks for a new one. */
  forget(key: string, token: Token, carried?: OperationTokens): void
}

/** The most tokens that are kept. */
const MOST_TOKENS = 100
const RENEW_BEFORE_EXPIRY_MS = 60_000

/** Keeps the tokens that were issued last, up to a hundred. */
export function createTokenCache<Token extends CachedToken>(): TokenCache<Token> {
  const tokens = new Map<string, Token>()
  const logins = new Map<string, Promise<Token>>()
  const keep = (key: string, token: Token): void => {
    tokens.delete(key)
    tokens.set(key, token)
    const [oldest] = tokens.keys()
    if (tokens.size > MOST_TOKENS && oldest !== undefined) tokens.delete(oldest)
  }
  const login = async (key: string, issue: () => Promise<Token>): Promise<Token> => {
    const running = logins.get(key)
    if (running !== undefined) return running
    const started = issue()
    logins.set(key, started)
    try {
      const token = await started
      keep(key, token)
      return token
    } finally {
      logins.delete(key)
    }
  }
  const known = (
    key: string,
    now: EpochMs,
    carrying: ContinuationTokens<Token> | undefined,
  ): Token | undefined => {
    const own = tokens.get(key)
    if (own !== undefined && isFresh(own, now)) return own
    const brought = carrying === undefined ? undefined : broughtToken(key, carrying)
    if (brought === undefined || !isFresh(brought, now)) return undefined
    keep(key, brought)
    return brought
  }
  return {
    async get(key, issue, clock, carrying) {
      const token = known(key, clock.now(), carrying) ?? (await login(key, issue))
      if (carrying !== undefined) carry(key, token, carrying)
      return token
    },
    forget(key, token, carried) {
      if (tokens.get(key)?.value === token.value) tokens.delete(key)
      carried?.drop(key)
    },
  }
}

/** `undefined` where the continuation brought none, or one of another form. */
function broughtToken<Token>(key: string, { form, tokens }: ContinuationTokens<Token>): Token | undefined {
  const parsed = v.safeParse(form.schema, tokens?.get(key)?.token)
  return parsed.success ? parsed.output : undefined
}

function carry<Token extends CachedToken>(
  key: string,
  token: Token,
  { form, tokens }: ContinuationTokens<Token>,
): void {
  const { expiresAt } = token
  tokens?.keep({ key, expiresAt, token: form.write(token), secrets: form.secretsOf(token) })
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

/** One cache for each network, of which a process has one. */
export function tokenCachePerNetwork<Token extends CachedToken>(): (network: Network) => TokenCache<Token> {
  const caches = new WeakMap<Network, TokenCache<Token>>()
  return (network) => {
    const ofProcess = network instanceof CallScope ? network.process : network
    const cache = caches.get(ofProcess) ?? createTokenCache<Token>()
    caches.set(ofProcess, cache)
    return cache
  }
}

/** The fields of `CachedToken` in a form's schema. */
export const cachedTokenEntries = { value: v.string(), issuedAt: v.number(), expiresAt: v.number() }

/**
 * When a role's session ends, by our own clock, since the cloud's may differ: after the time that was asked for, or earlier
 * where the cloud says so.
 */
export function sessionEnd(now: EpochMs, seconds: number, expiration: EpochMs): EpochMs {
  const requestedEnd = now + seconds * 1000
  return expiration > now && expiration < requestedEnd ? expiration : requestedEnd
}
