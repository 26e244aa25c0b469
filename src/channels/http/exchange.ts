/** The part of a request that arrives before its body. */
export interface RequestHead {
  readonly method: string
  /** Path and query, unchanged. */
  readonly target: string
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A request with its whole body, from Node's server or from a trigger of Function Compute. */
export interface HttpRequest extends RequestHead {
  readonly body: Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The decision about a request from its head alone. The body of a request that is not admitted is never read. */
export type Admission =
  | { readonly admitted: false; readonly reply: HttpReply | Promise<HttpReply> }
  | {
      readonly admitted: true
      /** The largest allowed body, bytes. */
      readonly limitBytes: number
      /** Whether the head authenticates the sender. If it does not, the body may: see `ros-signature.ts`. */
      readonly isProven: boolean
      readonly serve: (body: Uint8Array) => Promise<HttpReply>
    }

/** Decides from the head whether the body is read, and how large it may be. Never throws. */
export type HttpEntry = (head: RequestHead) => Admission

/** The decision not to read the body: the reply is known from the head. */
export function replied(reply: HttpReply | Promise<HttpReply>): Admission {
  return { admitted: false, reply }
}

/**
 * Serves a request whose body is in memory already. The order of the checks is the same as for Node's server. Calls
 * `readBody` only if the request is admitted and its body is not too large. `bytes` is the body's size.
 */
export async function serveWhole(
  entry: HttpEntry,
  head: RequestHead,
  { bytes, readBody }: { readonly bytes: number; readonly readBody: () => Uint8Array },
): Promise<HttpReply> {
  const admission = entry(head)
  if (!admission.admitted) return admission.reply
  if (bytes > admission.limitBytes) return tooLarge(admission.limitBytes)
  return admission.serve(readBody())
}

export function tooLarge(limitBytes: number): HttpReply {
  return refusal(413, `the request is larger than ${String(limitBytes)} bytes`)
}

/** A reply with a JSON body. `content`: plain data. */
export function jsonReply(
  status: number,
  content: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(content),
  }
}

/** A reply that refuses a request; its JSON body has the `problem`. */
export function refusal(
  status: number,
  problem: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return jsonReply(status, { problem }, headers)
}

/** The path without the query. */
export function pathOf({ target }: Pick<RequestHead, 'target'>): string {
  return target.split('?', 1)[0] ?? ''
}

/** `application/json` for `application/json; charset=utf-8`; empty if the request has no Content-Type. */
export function mediaTypeOf({ headers }: Pick<RequestHead, 'headers'>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
