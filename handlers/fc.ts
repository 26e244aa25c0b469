import { serveInvocation, textOf } from '../src/channels/fc/serve-invocation.ts'
import { serveOnFunctionCompute } from './fc-serve.ts'

/**
 * The event function on Function Compute: handler `index.handler`.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/request-handlers
 */

/** The runtimes of Node 16 and earlier ignore the promise's value and wait for the callback. */
type Callback = (error: null, result: string) => void

/**
 * Serves one ROS event, or continues the operation of a continuation, also of one that a queue's trigger delivers. Resolves
 * when ROS has accepted the answer or the operation has been handed off, since FC freezes the instance when the handler ends.
 * Rejects only if ROS could not be answered, so that FC records a failed invocation and may retry it.
 */
export async function handler(event: Uint8Array, context: unknown, callback?: Callback): Promise<string> {
  const result = textOf(await serveInvocation(event, serveOnFunctionCompute(context)))
  callback?.(null, result)
  return result
}
