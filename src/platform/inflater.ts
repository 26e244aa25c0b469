import { constants, gunzipSync } from 'node:zlib'

/** Bytes that the compressed texts of one event give at most, all together: as many as its longest text has characters. */
const MOST_BYTES = 512 * 1024
/** How many of them are read; each costs a new state of the decompressor. */
const MOST_TEXTS = 64

/** Decompresses what gzip made, within limits for all texts of one event, so that a small text cannot become a huge one. */
export class Inflater {
  #bytesLeft = MOST_BYTES
  #textsLeft = MOST_TEXTS

  /** Bytes that were given until now. */
  get given(): number {
    return MOST_BYTES - this.#bytesLeft
  }

  /**
   * The decompressed bytes, of a cut text as many as it has. `undefined` if they are not gzip, or more than the rest of
   * the limit, beyond which nothing is decompressed.
   */
  inflate(compressed: Uint8Array): Buffer | undefined {
    if (this.#bytesLeft <= 0 || this.#textsLeft <= 0) return undefined
    this.#textsLeft -= 1
    try {
      const bytes = gunzipSync(compressed, {
        maxOutputLength: this.#bytesLeft,
        finishFlush: constants.Z_SYNC_FLUSH,
      })
      this.#bytesLeft -= bytes.length
      return bytes
    } catch (error) {
      if (!isOfZlib(error)) throw error
      return undefined
    }
  }
}

function isOfZlib(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'ERR_BUFFER_TOO_LARGE' || String(error.code).startsWith('Z_')
}
