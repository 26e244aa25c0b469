import * as v from 'valibot'
import { parseJson } from '../../platform/json.ts'
import type { HttpReply, RequestHead } from '../http/exchange.ts'

/** The event that Function Compute passes to the handler of a function with an HTTP trigger; FC 3.0, version `v1`. */
const triggerSchema = v.object({
  version: v.literal('v1'),
  rawPath: v.string(),
  body: v.optional(v.string(), ''),
  isBase64Encoded: v.optional(v.boolean(), false),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  queryParameters: v.optional(v.record(v.string(), v.string()), {}),
  requestContext: v.object({ http: v.object({ method: v.string() }) }),
})

/** The value that the handler returns. */
export interface TriggerReply {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: false
}

export interface TriggerRequest {
  readonly head: RequestHead
  /** An upper bound of the body's size. */
  readonly bytes: number
  readonly readBody: () => Uint8Array
}

/**
 * The HTTP request in a function's event; `undefined` if an HTTP trigger did not invoke the function. `readBody` decodes the
 * body, so a refused request costs no memory for it. Never throws.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/http-trigger-invoking-function
 */
export function requestOfTrigger(event: Uint8Array): TriggerRequest | undefined {
  const json = parseJson(event)
  const parsed = v.safeParse(triggerSchema, json.ok ? json.value : undefined)
  if (!parsed.success) return undefined
  const { rawPath, body, isBase64Encoded, headers, queryParameters, requestContext } = parsed.output
  const query = new URLSearchParams(queryParameters).toString()
  return {
    head: {
      method: requestContext.http.method.toUpperCase(),
      target: query === '' ? rawPath : `${rawPath}?${query}`,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    bytes: Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8'),
    readBody: () => Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  }
}

/** The body is text, as all of the bridge's replies are. */
export function triggerReplyOf({ status, headers, body }: HttpReply): TriggerReply {
  return { statusCode: status, headers, body, isBase64Encoded: false }
}
