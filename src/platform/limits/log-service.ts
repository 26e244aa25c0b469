import type { VendorLimits } from './vendor-limit.ts'

const GET_LOGS = 'https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-getlogsv2'

export const LOG_SERVICE_LIMITS = {
  logsAPage: {
    what: 'logs in one answer to a search (parameter line of GetLogsV2)',
    unit: 'logs',
    least: 0,
    most: 100,
    byDefault: 100,
    source: GET_LOGS,
    date: '2026-02-09',
  },
  conditions: {
    what: 'conditions in a search',
    unit: 'conditions',
    most: 30,
    source: 'https://alibabacloud.com/help/doc-detail/29060.htm',
    date: '2025-10-16',
  },
  requestAge: {
    what: 'difference between the time of a request and that of Log Service',
    unit: 'seconds',
    most: 900,
    source: 'https://alibabacloud.com/help/en/sls/developer-reference/error-codes',
    date: '2023-10-26',
  },
} as const satisfies VendorLimits
