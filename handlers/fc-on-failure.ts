import * as v from 'valibot'
import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import { eventsIn } from '../src/channels/mns/message.ts'
import { asText, isJsonValue, parseJson } from '../src/platform/json.ts'
import { onFunctionCompute } from './fc-host.ts'

/**
 * The failure destination of the event function's asynchronous invocations: handler `on-failure.handler`. Function
 * Compute invokes it after an invocation failed (timeout, out of memory, crash) and will not be retried. The handler polls
 * the foreign stack once and answers ROS instead of the failed invocation.
 * https://help.aliyun.com/zh/functioncompute/user-guide/result-callback
 */

const text = v.fallback(v.optional(v.string()), undefined)

const failureSchema = v.object({
  requestContext: v.fallback(v.object({ requestId: text, condition: text }), {
    requestId: undefined,
    condition: undefined,
  }),
  responseContext: v.fallback(v.object({ functionError: text }), { functionError: undefined }),
  /** The payload of the failed invocation. FC documents it as text; its example is empty. */
  requestPayload: v.custom<unknown>(isJsonValue),
})

/** Resolves when ROS has been answered. Rejects if that failed, so that FC may retry. */
export async function handler(
  event: Uint8Array,
  context: unknown,
  callback?: (error: null, result: string) => void,
): Promise<string> {
  const json = parseJson(event)
  const failure = v.safeParse(failureSchema, json.ok ? json.value : undefined)
  if (!failure.success)
    throw new Error(
      'The event is not what Function Compute sends to a failure destination: no requestPayload',
    )
  const { requestContext, responseContext, requestPayload } = failure.output
  const condition = requestContext.condition ?? responseContext.functionError ?? 'of an unknown cause'
  // A trigger of a queue or topic delivers one or several events in an envelope.
  const payload = payloadOf(requestPayload)
  const within = eventsIn(payload).map(({ bytes }) => bytes)
  const served = await Promise.all(
    (within.length === 0 ? [payload] : within).map((one) =>
      onFunctionCompute(context, (host) =>
        serveEvent(
          one,
          {
            ...host,
            log: (secrets, bindings) =>
              host.log(secrets, { diedFcRequestId: requestContext.requestId, condition, ...bindings }),
          },
          `The call of the bridge died (${condition})`,
        ),
      ),
    ),
  )
  const results = served.map(resultOf)
  const result = JSON.stringify(results.length === 1 ? results[0] : results)
  callback?.(null, result)
  return result
}

function resultOf(served: Served): { readonly answered: string } {
  switch (served.kind) {
    case 'answered':
      return { answered: served.verdict.status }
    case 'handed-over':
      throw new TypeError('A failure destination must not hand off an operation')
    case 'undelivered':
      throw new Error(`ROS could not be told of ${served.verdict.status}: see the log for each attempt`)
    case 'unanswerable':
      throw new Error(`The event cannot be answered: ${served.problems.join('; ')}`)
  }
}

/** FC does not document for every kind of payload whether it sends text, base64 of the text, or JSON. */
function payloadOf(payload: unknown): Uint8Array {
  const written = isJsonValue(payload) ? asText(payload) : ''
  const isBase64 = /^[A-Za-z0-9+/]+=*$/.test(written) && !parseJson(Buffer.from(written)).ok
  return Buffer.from(written, isBase64 ? 'base64' : 'utf8')
}
