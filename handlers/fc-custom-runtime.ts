import { createCustomRuntime, LARGEST_PAYLOAD_BYTES } from '../src/channels/fc/custom-runtime.ts'
import { parseRole, ROLES } from '../src/channels/fc/role.ts'
import { createNodeServer } from '../src/channels/http/node-server.ts'
import { systemClock } from '../src/platform/clock.ts'
import { createLogger, standardOutput } from '../src/platform/log.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { readSettings, type Settings } from '../src/platform/settings.ts'
import { settingsFor } from './fc-host.ts'
import { httpEntryOf } from './fc-http.ts'
import { handler as onFailure } from './fc-on-failure.ts'
import { handler as bridge } from './fc.ts'
import { handler as mns } from './mns.ts'

/**
 * Each function of the zip in a custom runtime or a custom container of Function Compute, which may have a newer Node than
 * the built-in runtimes. The command that starts it is `node custom-runtime.mjs`, with the function as its argument
 * (`on-failure`) or without: then the name of its handler says which function it is.
 */

/** 9000 is FC's default; the function's configuration may set another port. */
const port = Number(process.env['FC_CUSTOM_LISTEN_PORT'] ?? '9000')

const atStart = readSettings(process.env)
const log = createLogger({ level: atStart.settings.logLevel, secrets: new Secrets() })

/** An error that is thrown would not end the process: the bridge goes on after errors that belong to no event. */
function refuseToStart(problem: string): never {
  log.fatal({ problem }, 'the custom runtime cannot start')
  process.exit(1)
}

const [, , argument] = process.argv
const role = argument === undefined ? undefined : parseRole(argument)
if (argument !== undefined && role === undefined)
  refuseToStart(`the argument of custom-runtime.mjs must be one of ${ROLES.join(', ')}`)

/**
 * The settings that prove who has sent a request. Their values are read once, with the credentials in the environment,
 * since those of a request are not known before its head is judged. All others are read for each invocation, which says
 * what is wrong with them.
 */
const PROOFS = ['STACKBRIDGE_BEARER_TOKEN', 'STACKBRIDGE_SIGN_KEY']

async function settingsWithProofs(): Promise<Settings> {
  const { settings } = atStart
  if (!settings.secretReferences.some(({ variable }) => PROOFS.includes(variable))) return settings
  const resolved = await settingsFor({})
  return resolved.problems.length === 0 ? resolved.settings : refuseToStart(resolved.problems.join('; '))
}

const settings = await settingsWithProofs()

const { entry, finish } = createCustomRuntime({
  ...(role === undefined ? {} : { role }),
  settings,
  environment: process.env,
  log,
  handlers: { index: bridge, http: bridge, mns, 'on-failure': onFailure },
  httpEntry: (context) => httpEntryOf(context, settings),
  writeLine: (line) => void standardOutput().write(`${line}\n`),
})
const server = createNodeServer({
  entry,
  finish,
  log,
  clock: systemClock,
  maxConnections: settings.maxConnections,
  bufferBytes: settings.requestBufferBytes,
  largestBodyBytes: LARGEST_PAYLOAD_BYTES,
})
// Function Compute reuses its connections. If the function closes one, Function Compute reports a failure.
server.keepAliveTimeout = 0
server.once('error', (error) => refuseToStart(`it cannot listen at port ${String(port)}: ${error.message}`))
server.listen(port, '0.0.0.0', () => {
  log.info({ port, role }, 'the custom runtime is listening')
})
// Linux does not end the first process of a container by SIGTERM unless the process handles the signal.
process.once('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
