import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Served, Watcher } from '../../bridge/host.ts'
import type { DeliveryResult } from '../../bridge/lifecycle.ts'
import type { EventChannel, ServerMetrics, ServerState } from '../../channels/server/server-metrics.ts'

/** Seconds: an unchanged update, common stacks, slow stacks, and ROS's longest Timeout. */
const ANSWER_BUCKETS = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 43_200]

/** No provider has served the event. */
const NO_PROVIDER = 'none'

const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

/**
 * The figures of one server, in Prometheus's text format. No label has a value that comes from an event or a cloud, so that their
 * number is bounded and none can hold a secret.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class PrometheusMetrics implements ServerMetrics {
  readonly #registry = new Registry()
  readonly #events = new Counter({
    name: 'stackbridge_events_total',
    help: 'Events that were taken, by the channel they came through.',
    labelNames: ['channel'],
    registers: [this.#registry],
  })
  readonly #calls = new Counter({
    name: 'stackbridge_cloud_calls_total',
    help: 'Steps that were asked of a foreign cloud: a poll is the action "describe". A throttled or unavailable one is repeated.',
    labelNames: ['provider', 'action', 'outcome'],
    registers: [this.#registry],
  })
  readonly #deliveries = new Counter({
    name: 'stackbridge_deliveries_total',
    help: 'Deliveries of answers. One that ROS did not accept for reasons of the network is repeated, and counts again.',
    labelNames: ['provider', 'status', 'result'],
    registers: [this.#registry],
  })
  readonly #attempts = new Counter({
    name: 'stackbridge_callback_attempts_total',
    help: 'Requests to a ResponseURL.',
    labelNames: ['url', 'accepted'],
    registers: [this.#registry],
  })
  readonly #seconds = new Histogram({
    name: 'stackbridge_event_duration_seconds',
    help: 'From the arrival of an event to its end.',
    labelNames: ['end'],
    buckets: ANSWER_BUCKETS,
    registers: [this.#registry],
  })
  readonly #lateness = new Histogram({
    name: 'stackbridge_poll_lateness_seconds',
    help: 'How much later than planned an operation was continued.',
    buckets: [0.05, 0.2, 1, 5, 30, 120],
    registers: [this.#registry],
  })

  /** `providers`: the names of those that may serve an event. */
  constructor(state: ServerState, providers: readonly string[]) {
    // `increase` does not see a counter that appears with a value above 0: the first answer that is not delivered would be no alarm.
    for (const provider of [...providers, NO_PROVIDER])
      for (const status of ['SUCCESS', 'FAILED'] as const)
        for (const result of ['accepted', 'refused', 'unreachable'] as const satisfies DeliveryResult[])
          this.#deliveries.inc({ provider, status, result }, 0)
    const operations = new Gauge({
      name: 'stackbridge_operations',
      help: 'Events that are not answered yet, by what they do now.',
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        operations.set({ state: 'running' }, state.running())
        operations.set({ state: 'waiting' }, Math.max(0, state.unfinished() - state.running()))
      },
    })
    const bytes = new Gauge({
      name: 'stackbridge_journal_bytes',
      help: 'The size of the journal.',
      registers: [this.#registry],
      collect() {
        bytes.set(state.journalBytes())
      },
    })
    const failures = new Counter({
      name: 'stackbridge_journal_write_failures_total',
      help: 'Writes to the journal that failed.',
      registers: [this.#registry],
      collect() {
        failures.reset()
        failures.inc(state.journalWriteFailures())
      },
    })
    collectDefaultMetrics({ register: this.#registry })
    // Their names end as those of counters, which they are not: `promtool check metrics` refuses them.
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** In Prometheus's text format. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  taken(channel: EventChannel): void {
    this.#events.inc({ channel })
  }

  /** `lateMs`: after the time that was planned, in milliseconds. */
  continued(lateMs: number): void {
    this.#lateness.observe(Math.max(0, lateMs) / 1000)
  }

  /** `ms`: since the event arrived, in milliseconds. */
  ended({ kind }: Served, ms: number): void {
    this.#seconds.observe({ end: kind }, Math.max(0, ms) / 1000)
  }

  /** For one call of the bridge. */
  watcher(): Watcher {
    let provider = NO_PROVIDER
    let action = 'none'
    return {
      serves: (name) => {
        provider = name
      },
      opened: () => undefined,
      progress: (progress) => {
        if (progress.step === 'action') action = progress.action.do
        else if (progress.news.of === 'failure')
          this.#calls.inc({ provider, action, outcome: progress.news.failure.kind })
        else if (progress.news.of !== 'wait' && progress.news.of !== 'deliver')
          this.#calls.inc({ provider, action, outcome: 'answered' })
      },
      answering: () => undefined,
      attempted: (url, accepted) => {
        this.#attempts.inc({ url, accepted: String(accepted) })
      },
      delivered: ({ status }, result) => {
        this.#deliveries.inc({ provider, status, result })
      },
    }
  }
}
