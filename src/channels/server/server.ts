import type { Server } from 'node:http'
import type { Host } from '../../bridge/host.ts'
import type { Clock } from '../../platform/clock.ts'
import { refuseEvent } from '../../bridge/refuse-event.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { CrashCatcher } from '../../platform/crashes.ts'
import { pathProblem } from '../../platform/path-problem.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import type { Logger } from '../../platform/log.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Settings } from '../../platform/settings.ts'
import { requiresProof } from '../http/caller.ts'
import { createNodeServer } from '../http/node-server.ts'
import { pollQueue, type QueuePoller } from '../mns/queue-poller.ts'
import { openQueue, type Queue } from '../mns/queue.ts'
import { LARGEST_PUSH_BYTES } from '../mns/topic-push.ts'
import { JournalFolderError, ownKey, prepareFolder } from './journal-folder.ts'
import { openJournal } from './journal.ts'
import { isLoopback, listenAt } from './listen-address.ts'
import { lock } from './lock.ts'
import { Runner } from './runner.ts'
import { createServerEntry, type ServerParts } from './server-entry.ts'
import type { ServerMetrics, ServerState } from './server-metrics.ts'

export interface BridgeServerOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly crashes: CrashCatcher
  /** Counts what the server does. */
  readonly metricsOf: (state: ServerState) => ServerMetrics
  /** This process as the bridge's host, with the given settings instead of its own. */
  readonly hostWith: (settings: Settings) => Omit<Host, 'crashes'>
}

export interface BridgeServer {
  readonly url: string
  /** The number of unfinished operations that the journal had. */
  readonly resumed: number
  /**
   * Takes no more events, waits for the running calls for at most 20 seconds, and closes. Unfinished events stay in the
   * journal. Resolves with the number of calls that still run then.
   */
  stop(): Promise<number>
}

const GRACE_MS = 20_000

/** Why a server must not run with these settings in this environment; empty if it may. */
export function problemsOfServer(settings: Settings, environment: Host['environment']): readonly string[] {
  const problems: string[] = []
  if (!requiresProof(settings) && !isLoopback(settings.listen.host))
    problems.push(
      'STACKBRIDGE_LISTEN is not a loopback address, so clients must authenticate: set STACKBRIDGE_SIGN_KEY or STACKBRIDGE_BEARER_TOKEN',
    )
  if (settings.queueUrls.length > 0 && credentialsOf(environment) === undefined)
    problems.push('STACKBRIDGE_QUEUE needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET')
  if (settings.topics.length > 0 && settings.topicTokens.length === 0)
    problems.push(
      'STACKBRIDGE_TOPICS needs STACKBRIDGE_TOPIC_TOKEN: nothing is fetched for a push that has no token',
    )
  return problems
}

/**
 * Starts the server: it listens, continues the journal's unfinished operations, and serves HTTP service tokens, queues and
 * topics until `stop`. Throws `TypeError` if `problemsOfServer` returns any, `LockedError` if another process has the
 * journal, `JournalFolderError` if the file system does not let it use the folder, and the errors of `openJournal`.
 */
export async function startBridgeServer(options: BridgeServerOptions): Promise<BridgeServer> {
  const { journalFolder } = options.settings
  const locked = await usingFolder(journalFolder, async () => {
    await prepareFolder(journalFolder)
    return lock(journalFolder, options.clock)
  })
  try {
    const continuationKeys = await usingFolder(journalFolder, () => keysOf(options.settings))
    // Each operation that waits is handed off to the journal at once, so that a killed process loses nothing.
    const settings: Settings = {
      ...options.settings,
      continuationKeys,
      continuation: 'auto',
      // The process itself keeps them, and the journal is on a disk.
      handOffTokens: false,
      inlineSeconds: 0,
    }
    const server = await startOn(settings, options)
    return {
      ...server,
      async stop() {
        const running = await server.stop()
        await locked.release()
        return running
      },
    }
  } catch (error) {
    await locked.release()
    throw error
  }
}

async function startOn(
  settings: Settings,
  { clock, crashes, hostWith, metricsOf }: BridgeServerOptions,
): Promise<BridgeServer> {
  const process = hostWith(settings)
  const [problem] = problemsOfServer(settings, process.environment)
  if (problem !== undefined) throw new TypeError(problem)
  const log = process.log(new Secrets(), {})
  warnOfPlainQueues(settings, log)
  const { journalFolder, continuationKeys } = settings
  const journal = await usingFolder(journalFolder, () => openJournal(journalFolder, continuationKeys, log))
  const metrics = metricsOf({
    unfinished: () => runner.size,
    running: () => runner.running,
    journalBytes: () => journal.size().bytes,
    journalWriteFailures: () => journal.size().writeFailures,
  })
  const call = <T>(work: (host: Host) => Promise<T>): Promise<T> =>
    crashes.watch((callCrashes) => work({ ...process, crashes: callCrashes, watcher: metrics.watcher() }))
  const { maxActiveOperations: places, timeoutSeconds } = settings
  const runner: Runner = new Runner({ journal, clock, log, call, observer: metrics, places, timeoutSeconds })
  let isStopping = false
  const parts: ServerParts = {
    settings,
    process: { ...process, clock },
    log,
    journal,
    metrics,
    runner,
    call,
    isStopping: () => isStopping,
  }
  const server = createNodeServer({
    entry: createServerEntry(parts),
    log,
    clock,
    maxConnections: settings.maxConnections,
    bufferBytes: settings.requestBufferBytes,
    largestBodyBytes: Math.max(settings.requestLimitBytes, LARGEST_PUSH_BYTES),
  })
  const url = await listenAt(server, settings.listen)
  runner.resume()
  const pollers = queuesOf(settings, process).map((queue) => pollInto(queue, parts))
  return {
    url,
    resumed: journal.unfinished.length,
    async stop() {
      isStopping = true
      const running = await endCalls(server, clock, { runner, pollers })
      await journal.close()
      return running
    },
  }
}

/** Waits for at most `GRACE_MS`, then closes all connections. Resolves with the number of calls that still run. */
async function endCalls(
  server: Server,
  clock: Clock,
  { runner, pollers }: { readonly runner: Runner; readonly pollers: readonly QueuePoller[] },
): Promise<number> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  // Connections that become idle from now on must not delay the end.
  server.keepAliveTimeout = 1
  const over = new AbortController()
  const grace = clock.sleep(GRACE_MS, over.signal).catch(() => undefined)
  const [running] = await Promise.all([
    runner.stop(GRACE_MS),
    // Synchronous events are not in the journal, so their replies must be sent before the end.
    Promise.race([closed, grace]),
    ...pollers.map((poller) => poller.stop()),
  ])
  over.abort()
  server.closeAllConnections()
  await closed
  return running
}

/** Serves the queue's messages from the journal until `stop`. */
function pollInto(queue: Queue, { process, log, metrics, runner, call }: ServerParts): QueuePoller {
  return pollQueue({
    queue,
    clock: process.clock,
    log,
    serve: (event, sentAt) => {
      metrics.taken('queue')
      return runner.serve(event, sentAt)
    },
    giveUp: (event, reason) => call((host) => serveEvent(event, host, reason)),
    refuse: (event, reason) => call((host) => refuseEvent(event, host, reason)),
    isServed: (event) => runner.has(event),
    turn: () => runner.turn(),
  })
}

function warnOfPlainQueues({ queueUrls }: Settings, log: Logger): void {
  for (const { protocol, origin } of queueUrls.map((url) => new URL(url)))
    if (protocol === 'http:')
      log.warn({ origin }, 'a queue has no TLS: anyone on the network path can read and change what is sent')
}

function queuesOf(
  settings: Settings,
  { environment, network, clock }: Omit<Host, 'crashes'>,
): readonly Queue[] {
  const credentials = credentialsOf(environment)
  if (credentials === undefined) return []
  return settings.queueUrls.map((url) => openQueue({ url, credentials, network, clock }))
}

/** The process's own credentials, from the variables that Function Compute sets for a role. */
function credentialsOf(environment: Host['environment']) {
  return readFcContext({}, environment).credentials
}

/** The keys in the settings; without any, the key in the journal's folder. */
async function keysOf({ continuationKeys, journalFolder }: Settings): Promise<Settings['continuationKeys']> {
  return continuationKeys.length > 0 ? continuationKeys : [await ownKey(journalFolder)]
}

/** The errors of the file system do not tell which folder is meant. */
async function usingFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new JournalFolderError(`the journal's folder ${folder} cannot be used (${pathProblem(cause)})`, {
      cause,
    })
  }
}
