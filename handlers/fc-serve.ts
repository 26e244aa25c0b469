import { serveEvent } from '../src/bridge/serve-event.ts'
import type { Serve } from '../src/channels/fc/serve-invocation.ts'
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
