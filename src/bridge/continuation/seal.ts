import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Encrypts bytes under the continuation key with AES-256-GCM; the tag proves that a holder of the key wrote them. `context`
 * stays readable and is covered by the tag, so that the open part of an envelope cannot be changed either.
 */
export function seal(plain: Uint8Array, context: string, key: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, derive(key), iv)
  cipher.setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64')
}

/** The bytes that `seal` encrypted under one of `keys`; `undefined` where no key fits or a byte was changed. */
export function unseal(sealed: string, context: string, keys: readonly string[]): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
  for (const key of keys) {
    const opened = unsealWith(key, bytes, context)
    if (opened !== undefined) return opened
  }
  return undefined
}

function unsealWith(key: string, bytes: Buffer, context: string): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, derive(key), bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const plain = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return Buffer.concat([plain, decipher.final()])
  } catch (error) {
    // The tag does not match: another key, or changed bytes. The two cannot be distinguished.
    if (error instanceof Error && !(error instanceof TypeError)) return undefined
    throw error
  }
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

function derive(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'stackbridge continuation 1', 32))
}
