import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import type { EpochMs } from '../src/platform/clock.ts'
import { onFunctionCompute } from './fc-host.ts'

/**
 * The event function on Function Compute: handler `index.handler`, runtime `nodejs20`.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/request-handlers
 */

/** The runtimes of Node 16 and earlier ignore the promise's value and wait for the callback. */
type Callback = (error: null, result: string) => void

/**
 * Serves one ROS event, or continues the operation of a continuation. Resolves when ROS has accepted the answer or the
 * operation has been handed off, since FC freezes the instance when the handler ends. Rejects only if ROS could not be
 * answered, so that FC records a failed invocation and may retry it.
 */
export async function handler(event: Uint8Array, context: unknown, callback?: Callback): Promise<string> {
  const result = await serve(event, context)
  callback?.(null, result)
  return result
}

/** Like `handler`. `sentAt`: when ROS had sent the event at the latest, if a queue or topic stored the event since then. */
export async function serve(event: Uint8Array, context: unknown, sentAt?: EpochMs): Promise<string> {
  const served = await onFunctionCompute(context, (host) =>
    serveEvent(
      event,
      sentAt === undefined ? host : { ...host, arrivedAt: Math.min(sentAt, host.clock.now()) },
    ),
  )
  return resultOf(served)
}

function resultOf(served: Served): string {
  switch (served.kind) {
    case 'answered':
      return JSON.stringify({ answered: served.verdict.status })
    case 'handed-over':
      return JSON.stringify({ handedOver: true })
    // Not an error of the invocation: Function Compute would run the event again.
    case 'refused':
      return JSON.stringify({ refused: served.verdict.status })
    case 'undelivered':
      throw new Error(`ROS could not be told of ${served.verdict.status}: see the log for each attempt`)
    case 'unanswerable':
      throw new Error(`The event cannot be answered: ${served.problems.join('; ')}`)
  }
}
