import type { Host } from '../../bridge/host.ts'
import type { EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { Semaphore } from '../../platform/semaphore.ts'
import type { Settings } from '../../platform/settings.ts'
import { createAnswerInPlace } from '../answer-in-place.ts'
import { jsonReply, pathOf, replied, type HttpEntry } from '../http/exchange.ts'
import { createHttpChannel } from '../http/http-channel.ts'
import { createTopicPush, NOTIFICATIONS_PATH } from '../mns/topic-push.ts'
import type { Journal } from './journal.ts'
import { isLoopback } from './listen-address.ts'
import { createMetricsEntry, METRICS_PATH } from './metrics-entry.ts'
import { createOperationsEntry, OPERATIONS_PATH } from './operations-entry.ts'
import type { Runner } from './runner.ts'
import type { EventChannel, ServerMetrics } from './server-metrics.ts'

/** What the ways into one server share. */
export interface ServerParts {
  readonly settings: Settings
  readonly process: Omit<Host, 'crashes'>
  readonly log: Logger
  readonly journal: Journal
  readonly metrics: ServerMetrics
  readonly runner: Runner
  /** Runs `work` with this process as the host. */
  readonly call: <T>(work: (host: Host) => Promise<T>) => Promise<T>
  /** Whether the server was told to stop. */
  readonly isStopping: () => boolean
}

/** A synchronous event keeps its place for this long: after its beginning it waits for its stack. */
const LONGEST_BEGINNING_MS = 1000

/** Creates the server's HTTP entry: health, metrics, the list of operations, a topic's pushes, and ROS's requests. */
export function createServerEntry(parts: ServerParts): HttpEntry {
  const { runner, isStopping } = parts
  const eventsOfRos = eventEntry(parts)
  const health = () => replied(jsonReply(200, { healthy: true }))
  const readiness = () =>
    replied(jsonReply(isStopping() ? 503 : 200, { ready: !isStopping(), operations: runner.size }))
  const routes = new Map<string, HttpEntry>([
    ['/healthz', health],
    ['/readyz', readiness],
    [METRICS_PATH, metricsEntry(parts)],
    [OPERATIONS_PATH, operationsEntry(parts)],
    [NOTIFICATIONS_PATH, topicEntry(parts)],
  ])
  return (head) => (routes.get(pathOf(head)) ?? eventsOfRos)(head)
}

function eventEntry(parts: ServerParts): HttpEntry {
  const { settings, process, log, metrics, call } = parts
  const { clock } = process
  const places = settings.maxActiveOperations
  const answerInPlace = createAnswerInPlace(new Semaphore({ places, longestMs: LONGEST_BEGINNING_MS, clock }))
  return createHttpChannel({
    settings,
    clock,
    log,
    servesWithoutProof: isLoopback(settings.listen.host),
    take: takeFrom('http', parts),
    answer: (event) => {
      metrics.taken('http-sync')
      return call((host) => answerInPlace(event, host))
    },
  })
}

function topicEntry(parts: ServerParts): HttpEntry {
  const { settings, process, log } = parts
  const { network, clock } = process
  return createTopicPush({
    certificates: settings.topicCertificates,
    topics: settings.topics,
    tokens: settings.topicTokens,
    network,
    clock,
    log,
    take: takeFrom('topic', parts),
  })
}

function metricsEntry({ settings, metrics }: ServerParts): HttpEntry {
  return createMetricsEntry({
    metrics,
    tokens: settings.metricsTokens,
    servesWithoutToken: isLoopback(settings.listen.host),
  })
}

function operationsEntry({ settings, journal, runner }: ServerParts): HttpEntry {
  return createOperationsEntry({
    tasks: () => journal.current(),
    isRunning: (key) => runner.isRunning(key),
    retryAt: (key) => runner.retryAt(key),
    tokens: settings.operationsTokens,
    servesWithoutToken: isLoopback(settings.listen.host),
  })
}

/** Counts the event, and stores it in the journal. */
function takeFrom(channel: EventChannel, { metrics, runner }: ServerParts) {
  return (event: Uint8Array, sentAt?: EpochMs) => {
    metrics.taken(channel)
    return runner.take(event, sentAt)
  }
}
