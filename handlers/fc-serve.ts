import { serveEvent } from '../src/bridge/serve-event.ts'
import type { InvocationResult, Serve } from '../src/channels/fc/serve-invocation.ts'
import { onFunctionCompute } from './fc-host.ts'

/** Serves the events of one invocation of the function. */
export function serveOnFunctionCompute(context: unknown): Serve {
  return (event, sentAt) =>
    onFunctionCompute(context, (host) =>
      serveEvent(
        event,
        sentAt === undefined ? host : { ...host, arrivedAt: Math.min(sentAt, host.clock.now()) },
      ),
    )
}

/** The value that a handler returns. Throws what makes the invocation a failed one. */
export function textOf(result: InvocationResult): string {
  if (!result.succeeded) throw new Error(result.problem)
  return JSON.stringify(result.value)
}
