import { createCustomRuntime, LARGEST_PAYLOAD_BYTES } from '../src/channels/fc/custom-runtime.ts'
import { createNodeServer } from '../src/channels/http/node-server.ts'
import { systemClock } from '../src/platform/clock.ts'
import { createLogger } from '../src/platform/log.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { settingsFor } from './fc-host.ts'
import { httpEntryOf } from './fc-http.ts'
import { serveOnFunctionCompute } from './fc-serve.ts'

/**
 * The bridge in a custom runtime or a custom container of Function Compute, which may have a newer Node than the built-in
 * runtimes: `node custom-runtime.mjs` is the command that starts it.
 */

/** 9000 is FC's default; the function's configuration may set another port. */
const port = Number(process.env['FC_CUSTOM_LISTEN_PORT'] ?? '9000')

// The tokens of the HTTP trigger are read once, with the role in the environment: a request's own role is not known before
// its head is judged.
const { settings, problems } = await settingsFor({})
if (settings.secretReferences.length > 0 && problems.length > 0) throw new Error(problems.join('; '))
const log = createLogger({ level: settings.logLevel, secrets: new Secrets() })

const entry = createCustomRuntime({
  settings,
  environment: process.env,
  log,
  serve: serveOnFunctionCompute,
  httpEntry: (context) => httpEntryOf(context, settings),
})
const server = createNodeServer({
  entry,
  log,
  clock: systemClock,
  maxConnections: settings.maxConnections,
  bufferBytes: settings.requestBufferBytes,
  largestBodyBytes: LARGEST_PAYLOAD_BYTES,
})
// Function Compute reuses its connections. If the function closes one, Function Compute reports a failure.
server.keepAliveTimeout = 0
server.listen(port, '0.0.0.0', () => {
  log.info({ port }, 'the custom runtime is listening')
})
// Linux does not end the first process of a container by SIGTERM unless the process handles the signal.
process.once('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
