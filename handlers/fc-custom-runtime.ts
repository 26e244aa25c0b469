import { serveEvent } from '../src/bridge/serve-event.ts'
import { createCustomRuntime } from '../src/channels/fc/custom-runtime.ts'
import { createNodeServer } from '../src/channels/http/node-server.ts'
import { createLogger } from '../src/platform/log.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { readSettings } from '../src/platform/settings.ts'
import { onFunctionCompute } from './fc-host.ts'
import { serveHttp } from './fc-http.ts'

/**
 * The bridge in a custom runtime or a custom container of Function Compute, which may have a newer Node than the built-in
 * runtimes: `node custom-runtime.mjs` is the command that starts it.
 */

/** FC's default, unless the function names another. */
const port = Number(process.env['FC_CUSTOM_LISTEN_PORT'] ?? '9000')
/** https://alibabacloud.com/help/en/functioncompute/fc-3-0/product-overview/limits-of-usage: of a synchronous invocation. */
const LARGEST_PAYLOAD_BYTES = 32 * 1024 * 1024

const { settings } = readSettings(process.env)
const log = createLogger({ level: settings.logLevel, secrets: new Secrets() })

const handle = createCustomRuntime({
  settings,
  serveEvent: (event, context) => onFunctionCompute(context, (host) => serveEvent(event, host)),
  serveHttp,
})
const server = createNodeServer({ handle, log, limitBytes: LARGEST_PAYLOAD_BYTES })
// Function Compute keeps its connections, and takes one that the function closes for a failure.
server.keepAliveTimeout = 0
server.listen(port, '0.0.0.0', () => {
  log.info({ port }, 'the custom runtime is listening')
})
// As the first process of a container it would not be ended by the signal alone.
process.once('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
