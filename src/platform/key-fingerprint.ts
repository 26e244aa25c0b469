import { createHash } from 'node:crypto'

/**
 * A short name for a continuation key, which tells nothing of it: the key has at least 128 random bits. Equal keys have equal
 * fingerprints.
 */
export function keyFingerprint(key: string): string {
  return createHash('sha256').update(`stackbridge continuation key\n${key}`).digest('hex').slice(0, 16)
}
