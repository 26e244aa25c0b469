import type { Clock, EpochMs } from '../platform/clock.ts'

/** The tokens of an identity service. Each is valid until it expires or all tokens are revoked. */
export class IssuedTokens {
  readonly #clock: Clock
  readonly #prefix: string
  readonly #lifetimeSeconds: number
  readonly #expiryOf = new Map<string, EpochMs>()
  #count = 0

  constructor(clock: Clock, prefix: string, lifetimeSeconds: number) {
    this.#clock = clock
    this.#prefix = prefix
    this.#lifetimeSeconds = lifetimeSeconds
  }

  /** A new token, and its times in ISO 8601. */
  issue(): { readonly token: string; readonly issuedAt: string; readonly expiresAt: string } {
    this.#count += 1
    const token = `${this.#prefix}-${String(this.#count).padStart(6, '0')}`
    const now = this.#clock.now()
    const expiry = now + this.#lifetimeSeconds * 1000
    this.#expiryOf.set(token, expiry)
    return { token, issuedAt: new Date(now).toISOString(), expiresAt: new Date(expiry).toISOString() }
  }

  accepts(token: string): boolean {
    const expiry = this.#expiryOf.get(token)
    return expiry !== undefined && expiry > this.#clock.now()
  }

  revokeAll(): void {
    this.#expiryOf.clear()
  }
}
