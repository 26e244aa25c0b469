import { requestOfTrigger, triggerReplyOf, type TriggerReply } from '../src/channels/fc/http-trigger.ts'
import { serveWhole } from '../src/channels/http/exchange.ts'
import { settingsFor } from './fc-host.ts'
import { httpEntryOf } from './fc-http.ts'
import { handler as eventHandler } from './fc.ts'

/**
 * The function with an HTTP trigger: handler `http.handler`, for `web:` and `web[sync]:` service tokens. It also serves
 * events and continuations, since the asynchronous form invokes the same function again.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/http-trigger-invoking-function
 */
export async function handler(
  event: Uint8Array,
  context: unknown,
  callback?: (error: null, result: string) => void,
): Promise<TriggerReply | string> {
  const request = requestOfTrigger(event)
  if (request === undefined) return eventHandler(event, context, callback)
  const { settings } = await settingsFor(context)
  return triggerReplyOf(await serveWhole(httpEntryOf(context, settings), request.head, request))
}
