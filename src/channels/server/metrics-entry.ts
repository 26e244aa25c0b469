import type { Settings } from '../../platform/settings.ts'
import { hasToken, isFromThisMachine } from '../http/caller.ts'
import { refusal, replied, type HttpEntry, type HttpReply } from '../http/exchange.ts'
import type { ServerMetrics } from './server-metrics.ts'

type Page = Pick<ServerMetrics, 'contentType' | 'text'>

export interface MetricsEntryOptions {
  readonly metrics: Page
  /** Tokens that may read the metrics. They can do nothing else. */
  readonly tokens: Settings['metricsTokens']
  /** Whether requests from this machine are served where there are no tokens. */
  readonly servesWithoutToken: boolean
}

export const METRICS_PATH = '/metrics'

/** Creates the entry for scrapes of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function createMetricsEntry({ metrics, tokens, servesWithoutToken }: MetricsEntryOptions): HttpEntry {
  return (head) => {
    if (head.method !== 'GET') return replied(refusal(405, 'the method must be GET', { allow: 'GET' }))
    const isAllowed =
      hasToken(head, { bearerTokens: tokens }) ||
      (servesWithoutToken && tokens.length === 0 && isFromThisMachine(head))
    return replied(isAllowed ? page(metrics) : refusal(401, PROBLEM, { 'www-authenticate': 'Bearer' }))
  }
}

const PROBLEM = 'the request has no header "Authorization: Bearer" with STACKBRIDGE_METRICS_TOKEN'

async function page(metrics: Page): Promise<HttpReply> {
  return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() }
}
