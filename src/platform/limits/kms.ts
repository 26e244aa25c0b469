import type { VendorLimits } from './vendor-limit.ts'

const CREATE =
  'https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-createsecret'

export const KMS_LIMITS = {
  secretName: {
    what: 'name of a secret',
    unit: 'characters',
    least: 1,
    most: 192,
    source: CREATE,
    date: '2025-08-21',
    note: 'letters, digits, and _ / + = . - @; a generic one does not begin with acs/',
  },
  secretValue: {
    what: 'value of a secret',
    unit: 'bytes',
    most: 30_720,
    source: CREATE,
    date: '2025-08-21',
  },
  versionId: {
    what: 'version number of a secret',
    unit: 'characters',
    least: 1,
    most: 64,
    source: CREATE,
    date: '2025-08-21',
  },
  versions: {
    what: 'versions of a generic secret',
    unit: 'versions',
    most: 10,
    source:
      'https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-putsecretvalue',
    date: '2025-07-29',
    note: 'KMS deletes the earliest one when there are more',
  },
} as const satisfies VendorLimits
