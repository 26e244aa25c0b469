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
      /** Has to be called when the body is not needed any more. */
      readonly release: () => void
    }
  | { readonly ok: false; readonly why: 'too large' | 'no room' }

/** Most events of ROS fit without a copy. */
const FIRST_CAPACITY_BYTES = 16_384
/** Each copy leaves the smaller buffer to the garbage collector: few copies leave less. */
const GROWTH = 4

/**
 * The whole body, as it comes. Stops as soon as it is known to be larger than `limitBytes`, or when the budget has no room
 * for more. Memory is counted as it is taken: bytes that were announced and not sent cost nothing, and a body that comes
 * byte by byte costs no more than one that comes at once. Rejects as `chunks` does, with nothing left in the budget.
 */
export async function readBody(
  chunks: AsyncIterable<unknown>,
  { limitBytes, isProven, budget }: BodyLimits,
): Promise<BodyRead> {
  let buffer = Buffer.alloc(0)
  let length = 0
  const giveBack = () => {
    budget.giveBack(buffer.byteLength, isProven)
    buffer = Buffer.alloc(0)
  }
  const makeRoomFor = (bytes: number): boolean => {
    if (bytes <= buffer.byteLength) return true
    const capacity = Math.min(limitBytes, Math.max(bytes, GROWTH * buffer.byteLength, FIRST_CAPACITY_BYTES))
    if (!budget.take(capacity - buffer.byteLength, isProven)) return false
    // Not of Node's pool, of which a slice would keep the whole.
    const larger = Buffer.allocUnsafeSlow(capacity)
    buffer.copy(larger, 0, 0, length)
    buffer = larger
    return true
  }
  const stop = (why: 'too large' | 'no room'): BodyRead => {
    giveBack()
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
    giveBack()
    throw error
  }
  return { ok: true, body: buffer.subarray(0, length), release: giveBack }
}
