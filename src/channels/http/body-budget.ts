export interface BodyBudgetOptions {
  /** Of all bodies together, bytes. */
  readonly totalBytes: number
  /** The largest body that any request may have: one always fits. */
  readonly largestBodyBytes: number
}

/**
 * Counts the bytes of all request bodies that are in memory. Senders that no header proves may use half of them, so that
 * they cannot keep out one that bears the token.
 */
export class BodyBudget {
  readonly #total: number
  readonly #unproven: number
  #used = 0
  #usedUnproven = 0

  constructor({ totalBytes, largestBodyBytes }: BodyBudgetOptions) {
    this.#total = Math.max(totalBytes, largestBodyBytes)
    this.#unproven = Math.max(Math.floor(this.#total / 2), largestBodyBytes)
  }

  /** Whether there was room; the caller gives back what it took. */
  take(bytes: number, isProven: boolean): boolean {
    if (this.#used + bytes > this.#total) return false
    if (!isProven && this.#usedUnproven + bytes > this.#unproven) return false
    this.#used += bytes
    if (!isProven) this.#usedUnproven += bytes
    return true
  }

  giveBack(bytes: number, isProven: boolean): void {
    this.#used -= bytes
    if (!isProven) this.#usedUnproven -= bytes
  }
}
