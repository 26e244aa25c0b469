import type { VendorLimits } from './vendor-limit.ts'

const CREATE = 'https://help.aliyun.com/zh/oos/developer-reference/api-oos-2019-06-01-createsecretparameter'

export const OOS_LIMITS = {
  parameterName: {
    what: 'name of an encrypted parameter',
    unit: 'characters',
    least: 1,
    most: 180,
    source: CREATE,
    date: '2026-11-29',
    note: 'letters, digits, - and _; it does not begin with ALIYUN, ACS, ALIBABA, ALICLOUD or OOS',
  },
  parameterValue: {
    what: 'value of an encrypted parameter',
    unit: 'characters',
    most: 4096,
    source: CREATE,
    date: '2026-11-29',
  },
} as const satisfies VendorLimits
