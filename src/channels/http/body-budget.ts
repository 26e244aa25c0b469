export interface BodyBudgetOptions {
  /** Bytes of all bodies together. */
  readonly totalBytes: number
  /** Bytes of the largest body of a request; one such body always fits. */
  readonly largestBodyBytes: number
}

/**
 * Counts the bytes of all request bodies in memory. Requests that their headers do not authenticate may use half of the
 * budget: they cannot block a request that has the token.
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

  /** Reserves bytes and returns true, or returns false if they do not fit. The caller releases what it reserved. */
  reserve(bytes: number, isProven: boolean): boolean {
    if (this.#used + bytes > this.#total) return false
    if (!isProven && this.#usedUnproven + bytes > this.#unproven) return false
    this.#used += bytes
    if (!isProven) this.#usedUnproven += bytes
    return true
  }

  release(bytes: number, isProven: boolean): void {
    this.#used -= bytes
    if (!isProven) this.#usedUnproven -= bytes
  }
}
