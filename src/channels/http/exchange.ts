/** What a request says before its body. */
export interface RequestHead {
  readonly method: string
  /** Path and query, as they were written. */
  readonly target: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A request that has been read whole, whatever brought it: Node's server or Function Compute's trigger. */
export interface HttpRequest extends RequestHead {
  readonly body: Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the head of a request decides. The body of a request that is not admitted is not read. */
export type Admission =
  | { readonly admitted: false; readonly reply: HttpReply | Promise<HttpReply> }
  | {
      readonly admitted: true
      /** The largest body that is read, bytes. */
      readonly limitBytes: number
      /** Whether the head proves who sent it; where it does not, the body may. */
      readonly isProven: boolean
      readonly serve: (body: Uint8Array) => Promise<HttpReply>
    }

/** Decides by the head whether the body is read, and how much of it. Never throws. */
export type HttpEntry = (head: RequestHead) => Admission

export function replied(reply: HttpReply | Promise<HttpReply>): Admission {
  return { admitted: false, reply }
}

/** A request whose body is in memory already, by the same order of checks; `readBody` is called for an admitted one only. */
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

/** A refusal, in words for the reader of the client's log. */
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

/** `application/json` of `application/json; charset=utf-8`; empty where there is none. */
export function mediaTypeOf({ headers }: Pick<RequestHead, 'headers'>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
