import * as v from 'valibot'
import type { SelfInvocation } from '../src/bridge/host.ts'
import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import { eventsIn } from '../src/channels/mns/message.ts'
import type { FcContext } from '../src/platform/fc-context.ts'
import { parseFunctionArn } from '../src/platform/function-address.ts'
import { asText, isJsonValue, parseJson } from '../src/platform/json.ts'
import type { PayloadLimits } from '../src/platform/limits/function-compute.ts'
import { invocationOf, onFunctionCompute } from './fc-host.ts'

/**
 * The failure destination of the event function's asynchronous invocations: handler `on-failure.handler`. Function
 * Compute calls it with an invocation that has died (timeout, out of memory, crash) and will not be retried. It polls the
 * foreign stack once and answers ROS in place of that invocation. Where not the function but Function Compute itself ended
 * the invocation, it first tries to give the operation back to the function.
 * https://help.aliyun.com/zh/functioncompute/user-guide/result-callback
 */

const text = v.fallback(v.optional(v.string()), undefined)

const failureSchema = v.object({
  requestContext: v.fallback(v.object({ requestId: text, functionArn: text, condition: text }), {
    requestId: undefined,
    functionArn: undefined,
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
  const named = [requestContext.condition, responseContext.functionError].filter((name) => name !== undefined)
  const condition = named.find((name) => name !== '') ?? 'of an unknown cause'
  const mayReturn = !isOwnError(named)
  // A trigger of a queue or topic brings one or several events in an envelope of its own.
  const payload = payloadOf(requestPayload)
  const within = eventsIn(payload).map(({ bytes }) => bytes)
  const served = await Promise.all(
    (within.length === 0 ? [payload] : within).map((one) =>
      onFunctionCompute(context, (host, fc) =>
        serveEvent(
          one,
          {
            ...host,
            payloadLimits: NO_LIMITS,
            invokeSelf: invocationOfBridge(requestContext.functionArn, fc),
            log: (secrets, bindings) =>
              host.log(secrets, { diedFcRequestId: requestContext.requestId, condition, ...bindings }),
          },
          `The call of the bridge died (${condition})`,
          mayReturn,
        ),
      ),
    ),
  )
  const results = served.map(resultOf)
  const result = JSON.stringify(results.length === 1 ? results[0] : results)
  callback?.(null, result)
  return result
}

/**
 * Errors of the function itself, which the next invocation would make again, and a stop that somebody asked for. Whatever
 * else ends an invocation (throttling, lack of resources, an internal error, the age of the event) is no fault of the operation.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/error-handling-1-2
 */
const OWN_ERROR = /InvocationError$|Time(?:d)?-?Out|OutOfMemory|OOM|Exited|Crash|Stopped/i

function isOwnError(names: readonly string[]): boolean {
  const given = names.filter((name) => name !== '')
  return given.length === 0 || given.some((name) => OWN_ERROR.test(name))
}

/** The function whose invocation died: another function, of the same account and region. */
function invocationOfBridge(arn: string | undefined, fc: FcContext): SelfInvocation {
  const bridge = arn === undefined ? undefined : parseFunctionArn(arn)
  const own = fc.address
  const isOurs =
    bridge?.accountId === own?.accountId && bridge?.region === own?.region && bridge?.name !== own?.name
  return bridge !== undefined && own !== undefined && isOurs
    ? invocationOf({ ...fc, address: bridge })
    : { possible: false, whyNot: 'the record names no function of this account and region to return it to' }
}

/** The failed invocation got the payload, so it is not too large. */
const NO_LIMITS: PayloadLimits = { largest: Infinity, rescuable: Infinity }

type Result = { readonly answered: string } | { readonly refused: string } | { readonly returned: true }

function resultOf(served: Served): Result {
  switch (served.kind) {
    case 'answered':
      return { answered: served.verdict.status }
    // A failure destination hands nothing off but what it returns to the function.
    case 'handed-over':
      return { returned: true }
    // Not an error of the invocation: Function Compute would run the record again.
    case 'refused':
      return { refused: served.verdict.status }
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
