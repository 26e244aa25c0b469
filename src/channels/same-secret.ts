import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares a secret with a text that a client sent. The time that it takes says nothing of the secret. */
export function isSameSecret(secret: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(secret), digest(given))
}
