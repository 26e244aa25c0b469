import { createHash } from 'node:crypto'

/**
 * A short name for a continuation key. It reveals nothing of the key, which has at least 128 random bits. Equal keys
 * have equal fingerprints.
 */
export function keyFingerprint(key: string): string {
  return createHash('sha256').update(`stackbridge continuation key\n${key}`).digest('hex').slice(0, 16)
}
