import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import { join } from 'node:path'
import type { Host } from '../../bridge/host.ts'
import type { Clock } from '../../platform/clock.ts'
import type { CrashCatcher } from '../../platform/crashes.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Settings } from '../../platform/settings.ts'
import { createAnswerInPlace } from '../answer-in-place.ts'
import { asksForProof } from '../http/caller.ts'
import { jsonReply, pathOf, type HttpHandler } from '../http/exchange.ts'
import { createHttpChannel } from '../http/http-channel.ts'
import { createNodeServer } from '../http/node-server.ts'
import { openJournal } from './journal.ts'
import { lock } from './lock.ts'
import { Runner } from './runner.ts'

export interface BridgeServerOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly crashes: CrashCatcher
  /** The process, as the bridge's host; with these settings in the place of its own. */
  readonly hostWith: (settings: Settings) => Omit<Host, 'crashes'>
}

export interface BridgeServer {
  readonly url: string
  /** How many operations the journal had for this process to go on with. */
  readonly resumed: number
  /**
   * Takes nothing new, waits for the calls that are under way, and closes; what is not answered stays in the journal.
   * Resolves with the number of calls that were still running in the end.
   */
  stop(): Promise<number>
}

const GRACE_MS = 20_000
const HEALTH_PATH = '/healthz'
const READY_PATH = '/readyz'

/** Why a server must not run with these settings; `undefined` where it may. */
export function problemOfListening(settings: Settings): string | undefined {
  if (asksForProof(settings) || isLoopback(settings.listen.host)) return undefined
  return `STACKBRIDGE_LISTEN is not a loopback address: anyone who reaches it could drive the bridge; set STACKBRIDGE_SIGN_KEY or STACKBRIDGE_BEARER_TOKEN`
}

/** Listens, goes on with what the journal holds, and serves HTTP service tokens until `stop`. */
export async function startBridgeServer(options: BridgeServerOptions): Promise<BridgeServer> {
  const { clock, crashes } = options
  const problem = problemOfListening(options.settings)
  if (problem !== undefined) throw new TypeError(problem)
  const { journalFolder, listen } = options.settings
  await mkdir(journalFolder, { recursive: true, mode: 0o700 })
  const locked = await lock(journalFolder)
  try {
    const continuationKeys = await keysOf(options.settings)
    // Whatever waits, waits in the journal: there nothing is lost, and nothing is billed.
    const settings: Settings = {
      ...options.settings,
      continuationKeys,
      continuation: 'auto',
      inlineSeconds: 0,
    }
    const host = options.hostWith(settings)
    const log = host.log(new Secrets(), {})
    const journal = await openJournal(journalFolder, continuationKeys, log)
    const runner = new Runner({
      journal,
      clock,
      log,
      call: (work) => crashes.watch((ofThisCall) => work({ ...host, crashes: ofThisCall })),
    })
    const answerInPlace = createAnswerInPlace()
    const channel = createHttpChannel({
      settings,
      clock,
      log,
      servesAnyone: isLoopback(listen.host),
      take: (event) => runner.take(event),
      answer: (event) =>
        crashes.watch((ofThisCall) => answerInPlace(event, { ...host, crashes: ofThisCall })),
    })
    const state = { isStopping: false }
    const handle = withHealth(channel, () => ({ isReady: !state.isStopping, operations: runner.size }))
    const server = createNodeServer({ handle, log, limitBytes: settings.requestLimitBytes })
    const url = await listenAt(server, listen)
    return {
      url,
      resumed: journal.left.length,
      async stop() {
        state.isStopping = true
        const closed = new Promise((resolve) => server.close(resolve))
        server.closeIdleConnections()
        const running = await runner.stop(GRACE_MS)
        server.closeAllConnections()
        await closed
        await journal.close()
        await locked.release()
        return running
      },
    }
  } catch (error) {
    await locked.release()
    throw error
  }
}

function withHealth(
  handle: HttpHandler,
  state: () => { readonly isReady: boolean; readonly operations: number },
): HttpHandler {
  return async (request) => {
    if (pathOf(request) === HEALTH_PATH) return jsonReply(200, { healthy: true })
    if (pathOf(request) !== READY_PATH) return handle(request)
    const { isReady, operations } = state()
    return jsonReply(isReady ? 200 : 503, { ready: isReady, operations })
  }
}

/**
 * The keys of the settings; where there are none, one of the journal's own, which keeps nobody from reading it who can read
 * the folder.
 */
async function keysOf({ continuationKeys, journalFolder }: Settings): Promise<Settings['continuationKeys']> {
  if (continuationKeys.length > 0) return continuationKeys
  const path = join(journalFolder, 'key')
  try {
    return [await readFile(path, 'utf8')]
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const key = randomBytes(32).toString('base64url')
  await writeFile(path, key, { mode: 0o600, flush: true })
  return [key]
}

function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  return loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}

function listenAt(server: Server, { host, port }: Settings['listen']): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
      resolve(`http://${isIPv6(host) ? `[${host}]` : host}:${String(address.port)}`)
    })
  })
}
