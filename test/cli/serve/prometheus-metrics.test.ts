import { describe, expect, it } from 'vitest'
import type { Served } from '../../../src/bridge/host.ts'
import { PrometheusMetrics } from '../../../src/cli/serve/prometheus-metrics.ts'

const journal = { bytes: 0, writeFailures: 0 }
const state = { unfinished: 0, running: 0 }

function createMetrics(): PrometheusMetrics {
  const own = {
    unfinished: () => state.unfinished,
    running: () => state.running,
    journalBytes: () => journal.bytes,
    journalWriteFailures: () => journal.writeFailures,
  }
  return new PrometheusMetrics(own, ['AwsCloudFormation'])
}

/** The samples that have this name, by their labels. */
async function samples(metrics: PrometheusMetrics, name: string): Promise<Record<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith(name))
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  )
}

const SUCCESS: Served = {
  kind: 'answered',
  verdict: { status: 'SUCCESS', outputs: {}, failedOutputs: {} },
}

describe('the metrics of a server', () => {
  it('are in the text format of Prometheus', async () => {
    const metrics = createMetrics()
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await metrics.text()).toContain('# TYPE stackbridge_operations gauge')
  })

  it('count the requests to each cloud, and the results', async () => {
    const metrics = createMetrics()
    const watcher = metrics.watcher()
    watcher.serves?.('Heat')
    watcher.progress({ step: 'action', action: { do: 'wait', until: 5 } })
    watcher.progress({ step: 'news', news: { of: 'wait' } })
    for (const kind of ['throttled', 'unavailable'] as const) {
      watcher.progress({ step: 'action', action: { do: 'find' } })
      watcher.progress({ step: 'news', news: { of: 'failure', failure: { kind, message: 'm' } } })
    }
    watcher.progress({ step: 'action', action: { do: 'find' } })
    watcher.progress({ step: 'news', news: { of: 'find', found: { found: false } } })
    expect(await samples(metrics, 'stackbridge_cloud_calls_total')).toEqual({
      '{provider="Heat",action="find",outcome="throttled"}': 1,
      '{provider="Heat",action="find",outcome="unavailable"}': 1,
      '{provider="Heat",action="find",outcome="answered"}': 1,
    })
  })

  it('count answers by their status and their delivery, also for events that no provider could serve', async () => {
    const metrics = createMetrics()
    const served = metrics.watcher()
    served.serves?.('AwsCloudFormation')
    served.attempted?.('public', false)
    served.attempted?.('public', true)
    served.delivered?.(SUCCESS.verdict, 'accepted')
    metrics.watcher().delivered?.({ status: 'FAILED', reason: 'r' }, 'refused')
    const counted = Object.entries(await samples(metrics, 'stackbridge_deliveries_total'))
    expect(Object.fromEntries(counted.filter(([, count]) => count > 0))).toEqual({
      '{provider="AwsCloudFormation",status="SUCCESS",result="accepted"}': 1,
      '{provider="none",status="FAILED",result="refused"}': 1,
    })
    expect(await samples(metrics, 'stackbridge_callback_attempts_total')).toEqual({
      '{url="public",accepted="false"}': 1,
      '{url="public",accepted="true"}': 1,
    })
  })

  it('have each count of answers from the start, so that an alarm on its increase sees the first one', async () => {
    const ofProvider = (provider: string) =>
      ['SUCCESS', 'FAILED'].flatMap((status) =>
        ['accepted', 'refused', 'unreachable'].map(
          (result) => `{provider="${provider}",status="${status}",result="${result}"}`,
        ),
      )
    const counts = await samples(createMetrics(), 'stackbridge_deliveries_total')
    expect(Object.keys(counts)).toEqual([...ofProvider('AwsCloudFormation'), ...ofProvider('none')])
    expect(new Set(Object.values(counts))).toEqual(new Set([0]))
  })

  it('measure the duration of events, and the delay of continued operations', async () => {
    const metrics = createMetrics()
    metrics.ended(SUCCESS, 59_000)
    metrics.ended(SUCCESS, -5)
    metrics.continued(100)
    expect(await samples(metrics, 'stackbridge_event_duration_seconds_bucket{le="60"')).toEqual({
      ',end="answered"}': 2,
    })
    expect(await samples(metrics, 'stackbridge_event_duration_seconds_sum')).toEqual({
      '{end="answered"}': 59,
    })
    expect(await samples(metrics, 'stackbridge_poll_lateness_seconds_bucket{le="0.05"')).toEqual({ '}': 0 })
    expect(await samples(metrics, 'stackbridge_poll_lateness_seconds_bucket{le="0.2"')).toEqual({ '}': 1 })
  })

  it('show operations and the journal at the time of each scrape', async () => {
    const metrics = createMetrics()
    Object.assign(state, { unfinished: 5, running: 2 })
    Object.assign(journal, { bytes: 4096, writeFailures: 3 })
    for (const scrape of [1, 2]) {
      expect(await samples(metrics, 'stackbridge_operations'), String(scrape)).toEqual({
        '{state="running"}': 2,
        '{state="waiting"}': 3,
      })
      expect(await samples(metrics, 'stackbridge_journal_bytes')).toEqual({ '': 4096 })
      expect(await samples(metrics, 'stackbridge_journal_write_failures_total')).toEqual({ '': 3 })
    }
  })
})
