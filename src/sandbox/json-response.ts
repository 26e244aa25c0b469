import type { ServerResponse } from 'node:http'
import { type JsonValue, writeJson } from '../platform/json.ts'

/** Sends a JSON answer, unless an injected fault has broken the connection. Sends no content type without a body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: JsonValue | undefined,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.socket?.destroyed === true) return
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  })
  response.end(body === undefined ? undefined : writeJson(body))
}
