import * as v from 'valibot'
import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import { systemClock } from '../src/platform/clock.ts'
import { createLogger } from '../src/platform/log.ts'
import { createNetwork } from '../src/platform/network.ts'
import { readSettings } from '../src/platform/settings.ts'
import { providerRegistry } from '../src/providers/registry.ts'

/**
 * The event function on Function Compute: handler `index.handler`, runtime `nodejs20`.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/request-handlers
 */

// The SDK warns about Node 20 at each cold start; only this one warning is meant, others still reach the log.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

/** What is read of FC's context; https://help.aliyun.com/en/functioncompute/context-1-1 */
const contextSchema = v.object({
  requestId: v.optional(v.string()),
  function: v.optional(
    v.object({ timeout: v.optional(v.union([v.number(), v.pipe(v.string(), v.toNumber())])) }),
  ),
})

const { settings, problems: misconfiguration } = readSettings(process.env)
const network = createNetwork(settings)

/** The runtime of Node 16 and before drops the promise's value and waits for the callback. */
type Callback = (error: null, result: string) => void

/**
 * Serves one ROS event. Resolves once the answer has been accepted by ROS, since FC freezes the instance when the handler
 * ends; rejects, so that FC records a failed invocation and may try again, only when ROS could not be answered.
 */
export async function handler(event: Uint8Array, context: unknown, callback?: Callback): Promise<string> {
  const startedAt = systemClock.now()
  const { requestId, timeoutMs } = readContext(context)
  const served = await serveEvent(event, {
    clock: systemClock,
    random: Math.random,
    environment: process.env,
    settings,
    misconfiguration,
    network,
    registry: providerRegistry,
    log: (secrets, bindings) =>
      createLogger({ level: settings.logLevel, secrets, bindings: { fcRequestId: requestId, ...bindings } }),
    ...(timeoutMs === undefined ? {} : { functionEndsAt: startedAt + timeoutMs }),
  })
  const result = resultOf(served)
  callback?.(null, result)
  return result
}

function resultOf(served: Served): string {
  switch (served.kind) {
    case 'answered':
      return JSON.stringify({ answered: served.verdict.status })
    case 'undelivered':
      throw new Error(`ROS could not be told of ${served.verdict.status}: see the log for each attempt`)
    case 'unanswerable':
      throw new Error(`The event cannot be answered: ${served.problems.join('; ')}`)
  }
}

function readContext(context: unknown): { requestId: string | undefined; timeoutMs: number | undefined } {
  const read = v.safeParse(contextSchema, context)
  const timeout = read.success ? read.output.function?.timeout : undefined
  return {
    requestId: read.success ? read.output.requestId : undefined,
    timeoutMs: timeout === undefined || !(timeout > 0) ? undefined : timeout * 1000,
  }
}
