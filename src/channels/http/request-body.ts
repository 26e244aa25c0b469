import type { BodyBudget } from './body-budget.ts'

export interface BodyLimits {
  /** Bytes. */
  readonly limitBytes: number
  readonly isProven: boolean
  readonly budget: BodyBudget
}

export type BodyRead =
  | {
      readonly ok: true
      readonly body: Uint8Array
      /** To be called when the body is no longer needed. */
      readonly release: () => void
    }
  | { readonly ok: false; readonly why: 'too large' | 'no room' }

/** Most events of ROS fit, so that the buffer need not grow. */
const FIRST_CAPACITY_BYTES = 16_384
/** The factor by which the buffer grows. Each growth copies it and leaves garbage, so there should be few. */
const GROWTH = 4

/**
 * Reads the whole body. Stops as soon as the body is larger than `limitBytes`, or when the budget has no room for more. The
 * budget counts memory when it is allocated: bytes that a client announces but does not send cost nothing, and a body that
 * arrives byte by byte costs no more than one that arrives at once. Rejects if `chunks` rejects, and then releases the
 * memory.
 */
export async function readBody(
  chunks: AsyncIterable<unknown>,
  { limitBytes, isProven, budget }: BodyLimits,
): Promise<BodyRead> {
  let buffer = Buffer.alloc(0)
  let length = 0
  const release = () => {
    budget.release(buffer.byteLength, isProven)
    buffer = Buffer.alloc(0)
  }
  const makeRoomFor = (bytes: number): boolean => {
    if (bytes <= buffer.byteLength) return true
    const capacity = Math.min(limitBytes, Math.max(bytes, GROWTH * buffer.byteLength, FIRST_CAPACITY_BYTES))
    if (!budget.reserve(capacity - buffer.byteLength, isProven)) return false
    // A slice of Node's buffer pool would keep the whole pool in memory.
    const larger = Buffer.allocUnsafeSlow(capacity)
    buffer.copy(larger, 0, 0, length)
    buffer = larger
    return true
  }
  const stop = (why: 'too large' | 'no room'): BodyRead => {
    release()
    return { ok: false, why }
  }
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array)) continue
      if (length + chunk.byteLength > limitBytes) return stop('too large')
      if (!makeRoomFor(length + chunk.byteLength)) return stop('no room')
      buffer.set(chunk, length)
      length += chunk.byteLength
    }
  } catch (error) {
    release()
    throw error
  }
  return { ok: true, body: buffer.subarray(0, length), release }
}
