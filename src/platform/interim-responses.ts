import type { Socket } from 'node:net'

/** Bytes of one interim response: a status line and a few headers. */
const LARGEST_INTERIM_RESPONSE = 8192
/** Interim responses before one final response. A server that sends more is refused as undici refuses the first one. */
const MOST_INTERIM_RESPONSES = 8
const STATUS_LINE = /^HTTP\/1\.[01] 100[ \r]/
/** `HTTP/1.1 100` and one more byte. */
const STATUS_LINE_BYTES = 13

/**
 * Takes each `100 Continue` that precedes a final response out of what `socket` reads. undici treats one as an error, since
 * it never asks for one; a client must be able to take it all the same. Other 1xx responses are undici's to skip.
 * undici writes a request only once the response to the one before has ended, so what is read first after a write is the
 * head of a response.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.2
 */
export function skipContinueResponses<T extends Socket>(socket: T): T {
  const read = socket.read.bind(socket)
  const write = socket.write.bind(socket)
  /** Bytes that may be the beginning of an interim response; `undefined` where the final response has begun. */
  let held: Buffer | undefined
  let skipped = 0

  const nextChunk = (size?: number): unknown => {
    const chunk: unknown = read(size)
    if (held === undefined || !(chunk instanceof Uint8Array)) return chunk
    held = Buffer.concat([held, chunk])
    for (;;) {
      const end = endOfContinue(held, skipped)
      // No complete one yet. More of it may have been read already.
      if (end === undefined) return nextChunk(size)
      if (end === 0) break
      held = held.subarray(end)
      skipped += 1
      if (held.length === 0) return nextChunk(size)
    }
    const final = held
    held = undefined
    return final
  }
  socket.read = nextChunk
  socket.write = (...given: unknown[]) => {
    held ??= Buffer.alloc(0)
    skipped = 0
    const isFlushed: unknown = Reflect.apply(write, undefined, given)
    return isFlushed === true
  }
  return socket
}

/**
 * The length of the interim response at the beginning of `bytes`: 0 if there is none, `undefined` if more bytes are
 * needed to tell.
 */
function endOfContinue(bytes: Buffer, skipped: number): number | undefined {
  if (skipped >= MOST_INTERIM_RESPONSES) return 0
  const head = bytes.toString('latin1', 0, STATUS_LINE_BYTES)
  if (head.length < STATUS_LINE_BYTES) return isBeginning(head) ? undefined : 0
  if (!STATUS_LINE.test(head)) return 0
  const end = bytes.indexOf('\r\n\r\n')
  if (end >= 0) return end + 4
  return bytes.length > LARGEST_INTERIM_RESPONSE ? 0 : undefined
}

function isBeginning(head: string): boolean {
  return ['HTTP/1.1 100', 'HTTP/1.0 100'].some((line) => line.startsWith(head) || head === line)
}
