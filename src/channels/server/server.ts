import type { Server } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import type { Host } from '../../bridge/host.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { refuseEvent } from '../../bridge/refuse-event.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { CrashCatcher } from '../../platform/crashes.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Settings } from '../../platform/settings.ts'
import { createAnswerInPlace } from '../answer-in-place.ts'
import { asksForProof } from '../http/caller.ts'
import { jsonReply, pathOf, replied, type HttpEntry } from '../http/exchange.ts'
import { createHttpChannel } from '../http/http-channel.ts'
import { createNodeServer } from '../http/node-server.ts'
import { pollQueue } from '../mns/queue-poller.ts'
import { openQueue, type Queue } from '../mns/queue.ts'
import { createTopicPush, LARGEST_PUSH_BYTES, NOTIFICATIONS_PATH } from '../mns/topic-push.ts'
import { ownKey, prepareFolder } from './journal-folder.ts'
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

/** Why a server must not run with these settings in this environment; empty where it may. */
export function problemsOfServer(settings: Settings, environment: Host['environment']): readonly string[] {
  const problems: string[] = []
  if (!asksForProof(settings) && !isLoopback(settings.listen.host))
    problems.push(
      'STACKBRIDGE_LISTEN is not a loopback address: anyone who reaches it could drive the bridge; set STACKBRIDGE_SIGN_KEY or STACKBRIDGE_BEARER_TOKEN',
    )
  if (settings.queueUrls.length > 0 && credentialsOf(environment) === undefined)
    problems.push('STACKBRIDGE_QUEUE needs ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET')
  return problems
}

/**
 * Listens, goes on with what the journal holds, and serves HTTP service tokens, queues and topics until `stop`. Throws
 * `TypeError` where `problemsOfServer` has some.
 */
export async function startBridgeServer(options: BridgeServerOptions): Promise<BridgeServer> {
  const { journalFolder } = options.settings
  await prepareFolder(journalFolder)
  const locked = await lock(journalFolder, options.clock)
  try {
    const continuationKeys = await keysOf(options.settings)
    // Whatever waits, waits in the journal: there nothing is lost, and nothing is billed.
    const settings: Settings = {
      ...options.settings,
      continuationKeys,
      continuation: 'auto',
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
  { clock, crashes, hostWith }: BridgeServerOptions,
): Promise<BridgeServer> {
  const process = hostWith(settings)
  const [problem] = problemsOfServer(settings, process.environment)
  if (problem !== undefined) throw new TypeError(problem)
  const call = <T>(work: (host: Host) => Promise<T>): Promise<T> =>
    crashes.watch((ofThisCall) => work({ ...process, crashes: ofThisCall }))
  const log = process.log(new Secrets(), {})
  const journal = await openJournal(settings.journalFolder, settings.continuationKeys, log)
  const runner = new Runner({ journal, clock, log, call })
  const state = { isStopping: false }
  const answerInPlace = createAnswerInPlace()
  const take = (event: Uint8Array, sentAt?: EpochMs) => runner.take(event, sentAt)
  const channel = createHttpChannel({
    settings,
    clock,
    log,
    servesAnyone: isLoopback(settings.listen.host),
    take,
    answer: (event) => call((host) => answerInPlace(event, host)),
  })
  const topicPush = createTopicPush({
    certificates: settings.topicCertificates,
    topics: settings.topics,
    network: process.network,
    clock,
    log,
    take,
  })
  const entry: HttpEntry = (head) => {
    switch (pathOf(head)) {
      case '/healthz':
        return replied(jsonReply(200, { healthy: true }))
      case '/readyz':
        return replied(
          jsonReply(state.isStopping ? 503 : 200, { ready: !state.isStopping, operations: runner.size }),
        )
      case NOTIFICATIONS_PATH:
        return topicPush(head)
      default:
        return channel(head)
    }
  }
  const server = createNodeServer({
    entry,
    log,
    clock,
    maxConnections: settings.maxConnections,
    bufferBytes: settings.requestBufferBytes,
    largestBodyBytes: Math.max(settings.requestLimitBytes, LARGEST_PUSH_BYTES),
  })
  const url = await listenAt(server, settings.listen)
  runner.resume()
  const pollers = queuesOf(settings, process).map((queue) =>
    pollQueue({
      queue,
      clock,
      log,
      serve: (event, sentAt) => runner.serve(event, sentAt),
      giveUp: (event, reason) => call((host) => serveEvent(event, host, reason)),
      refuse: (event, reason) => call((host) => refuseEvent(event, host, reason)),
      isServed: (event) => runner.has(event),
    }),
  )
  return {
    url,
    resumed: journal.left.length,
    async stop() {
      state.isStopping = true
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      // What becomes idle from now on is not waited for.
      server.keepAliveTimeout = 1
      const over = new AbortController()
      const grace = clock.sleep(GRACE_MS, over.signal).catch(() => undefined)
      const [running] = await Promise.all([
        runner.stop(GRACE_MS),
        // Replies that are under way: of synchronous events, there is no trace but these.
        Promise.race([closed, grace]),
        ...pollers.map((poller) => poller.stop()),
      ])
      over.abort()
      server.closeAllConnections()
      await closed
      await journal.close()
      return running
    },
  }
}

function queuesOf(
  settings: Settings,
  { environment, network, clock }: Omit<Host, 'crashes'>,
): readonly Queue[] {
  const credentials = credentialsOf(environment)
  if (credentials === undefined) return []
  return settings.queueUrls.map((url) => openQueue({ url, credentials, network, clock }))
}

/** Those of the process, under the names that Function Compute gives them, too. */
function credentialsOf(environment: Host['environment']) {
  return readFcContext({}, environment).credentials
}

/** The keys of the settings; where there are none, one of the journal's own. */
async function keysOf({ continuationKeys, journalFolder }: Settings): Promise<Settings['continuationKeys']> {
  return continuationKeys.length > 0 ? continuationKeys : [await ownKey(journalFolder)]
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
