import type { VendorLimits } from './vendor-limit.ts'

const SIGNATURE =
  'https://help.aliyun.com/en/mns/developer-reference/topic-message-http-subscription-signature'

export const MNS_LIMITS = {
  message: {
    what: 'body of a message',
    unit: 'bytes',
    most: 65_536,
    source: 'https://www.alibabacloud.com/help/en/fc/user-guide/result-callback',
    date: '2026-04-01',
    note: 'counts the text as it is sent: in base64 it holds 49,152 bytes',
  },
  delay: {
    what: 'DelaySeconds of a message',
    unit: 'seconds',
    least: 0,
    most: 604_800,
    byDefault: 0,
    source: 'https://www.alibabacloud.com/help/doc-detail/35134.htm',
    date: '2026-03-11',
  },
  certificate: {
    what: "address of the certificate that signs a topic's push",
    unit: 'URL pattern',
    most: 'https://mnstest.oss-cn-hangzhou.aliyuncs.com/',
    source: SIGNATURE,
    date: '2026-08-31',
  },
  regionalCertificate: {
    what: "address of the certificate that signs a topic's push, per region",
    unit: 'URL pattern',
    most: 'https://mns-cert.oss-<region>.aliyuncs.com/',
    source: SIGNATURE,
    date: '2026-08-31',
  },
  signatureAge: {
    what: "age of a push's Date",
    unit: 'seconds',
    most: 900,
    source: SIGNATURE,
    date: '2026-08-31',
  },
} as const satisfies VendorLimits

/** Bytes of a payload that a message holds as base64: four bytes for three. */
export const LARGEST_MESSAGE_PAYLOAD_BYTES = Math.floor(MNS_LIMITS.message.most / 4) * 3
