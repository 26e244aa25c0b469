import { serveMessage, textOf } from '../src/channels/fc/serve-invocation.ts'
import { serveOnFunctionCompute } from './fc-serve.ts'

/**
 * The function with a trigger of a queue or a topic of MNS (SMQ): handler `mns.handler`. It serves the events in the
 * trigger's messages, and its own continuations.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export async function handler(
  message: Uint8Array,
  context: unknown,
  callback?: (error: null, result: string) => void,
): Promise<string> {
  const result = textOf(await serveMessage(message, serveOnFunctionCompute(context)))
  callback?.(null, result)
  return result
}
