/** A request that has been read whole, whatever brought it: Node's server or Function Compute's trigger. */
export interface HttpRequest {
  readonly method: string
  /** Path and query, as they were written. */
  readonly target: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpReply>

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

/** A refusal, in words for whoever reads the client's log. */
export function refusal(
  status: number,
  problem: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return jsonReply(status, { problem }, headers)
}

/** The path without the query. */
export function pathOf({ target }: HttpRequest): string {
  return target.split('?', 1)[0] ?? ''
}

/** `application/json` of `application/json; charset=utf-8`; empty where there is none. */
export function mediaTypeOf({ headers }: HttpRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
