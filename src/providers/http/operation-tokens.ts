import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'

/** A token as a continuation holds it. */
export interface CarriedToken {
  /** As in the token cache: a hash of all the credentials of the token. */
  readonly key: string
  readonly expiresAt: EpochMs
  /** Of the form that the cache of its service reads. */
  readonly token: JsonObject
  /** The values in `token` that must be masked. */
  readonly secrets: readonly string[]
}

/**
 * The tokens that one operation uses: those that its continuation brought, and those requested since. They are handed off
 * with the operation, so that the next invocation need not log in again.
 */
export class OperationTokens {
  readonly #tokens = new Map<string, CarriedToken>()
  readonly #secrets = new Set<string>()

  constructor(brought: readonly CarriedToken[] = []) {
    for (const token of brought) this.keep(token)
  }

  get(key: string): CarriedToken | undefined {
    return this.#tokens.get(key)
  }

  keep(token: CarriedToken): void {
    this.#tokens.set(token.key, token)
    for (const secret of token.secrets) this.#secrets.add(secret)
  }

  /** Call it after the cloud has refused the token. */
  drop(key: string): void {
    this.#tokens.delete(key)
  }

  /** Those that are valid at `now`. */
  validAt(now: EpochMs): readonly CarriedToken[] {
    return [...this.#tokens.values()].filter(({ expiresAt }) => expiresAt > now)
  }

  /** Whether `value` is a secret of a token, also of one that was dropped. */
  holds(value: string): boolean {
    return this.#secrets.has(value)
  }
}
