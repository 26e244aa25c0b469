import type { HttpEntry, HttpReply } from '../http/exchange.ts'
import { createReaderEntry, type ReaderEntryOptions } from './reader-entry.ts'
import type { ServerMetrics } from './server-metrics.ts'

type Page = Pick<ServerMetrics, 'contentType' | 'text'>

export interface MetricsEntryOptions extends Pick<ReaderEntryOptions, 'tokens' | 'servesWithoutToken'> {
  readonly metrics: Page
}

export const METRICS_PATH = '/metrics'

/** Creates the entry for scrapes of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function createMetricsEntry({ metrics, ...readers }: MetricsEntryOptions): HttpEntry {
  return createReaderEntry({ ...readers, setting: 'STACKBRIDGE_METRICS_TOKEN', reply: () => page(metrics) })
}

async function page(metrics: Page): Promise<HttpReply> {
  return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() }
}
