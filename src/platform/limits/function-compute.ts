import type { VendorLimits } from './vendor-limit.ts'

const DESTINATIONS = 'https://www.alibabacloud.com/help/en/fc/user-guide/result-callback'
const RETRIES = 'https://www.alibabacloud.com/help/en/functioncompute/fc/error-handling-1-2'
const ASYNC_CONFIG =
  'https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc3-asyncinvokeconfig'

export const FUNCTION_COMPUTE_LIMITS = {
  asyncPayload: {
    what: 'payload of an asynchronous invocation',
    unit: 'bytes',
    most: 131_072,
    source: 'https://help.aliyun.com/en/functioncompute/http-body-be-modified',
    date: '2026-01-17',
    note: 'this page says that a ticket raises it to 256 KB; another page says that it is fixed',
  },
  destinationPayload: {
    what: 'record that a function as a destination gets, with the request in it',
    unit: 'bytes',
    most: 131_072,
    source: DESTINATIONS,
    date: '2026-04-01',
    note: 'whether the request in it is JSON text or base64 is not documented',
  },
  asyncDelay: {
    what: 'header x-fc-async-delay',
    unit: 'seconds',
    least: 1,
    most: 3599,
    byDefault: 0,
    source: DESTINATIONS,
    date: '2026-04-01',
    note: 'documented as the open interval (0, 3600); without a delay, leave the header out',
  },
  asyncEventAge: {
    what: 'maxAsyncEventAgeInSeconds',
    unit: 'seconds',
    least: 1,
    most: 604_800,
    byDefault: 86_400,
    source: ASYNC_CONFIG,
    date: '2026-08-28',
    note: 'the schema of Serverless Devs says 18,000 by default and 2,592,000 at most',
  },
  asyncRetries: {
    what: 'maxAsyncRetryAttempts',
    unit: 'times',
    least: 0,
    most: 8,
    byDefault: 3,
    source: RETRIES,
    date: '2026-04-01',
  },
  syncPayload: {
    what: 'payload of a synchronous invocation',
    unit: 'bytes',
    most: 32 * 1024 * 1024,
    source: 'https://www.alibabacloud.com/help/en/functioncompute/fc/product-overview/limits',
    date: '2026-11-28',
  },
  taskId: {
    what: 'header x-fc-async-task-id',
    unit: 'characters',
    least: 1,
    most: 128,
    source: 'https://help.aliyun.com/en/functioncompute/fc/user-guide/asynchronous-task',
    date: '2025-09-09',
  },
  functionTimeout: {
    what: "a function's timeout",
    unit: 'seconds',
    least: 1,
    most: 86_400,
    byDefault: 3,
    source: 'https://www.alibabacloud.com/help/en/functioncompute/fc/product-overview/limits',
    date: '2026-11-28',
  },
} as const satisfies VendorLimits

/** Bytes of a destination's record beside the request: about 365, more if the record holds a response. */
const RECORD_BYTES_BESIDE_THE_REQUEST = 512

/**
 * The largest request that always fits into the record for a failure destination: in base64, the larger of the two
 * encodings, three bytes take four.
 */
export const LARGEST_RESCUABLE_PAYLOAD_BYTES =
  Math.floor((FUNCTION_COMPUTE_LIMITS.destinationPayload.most - RECORD_BYTES_BESIDE_THE_REQUEST) / 4) * 3

/** What an asynchronous invocation can be given. Bytes. */
export interface PayloadLimits {
  readonly largest: number
  /**
   * A larger request does not reach a failure destination: if its invocation dies and is not tried again, ROS gets no
   * answer.
   */
  readonly rescuable: number
}

export const PAYLOAD_LIMITS: PayloadLimits = {
  largest: FUNCTION_COMPUTE_LIMITS.asyncPayload.most,
  rescuable: LARGEST_RESCUABLE_PAYLOAD_BYTES,
}

/**
 * Regions that are documented to have task mode. cn-huhehaote is documented not to; of others nothing is said.
 * https://help.aliyun.com/en/functioncompute/fc/user-guide/asynchronous-task (2025-09-09),
 * https://help.aliyun.com/en/functioncompute/regions
 */
export const REGIONS_WITH_TASK_MODE = [
  'cn-hangzhou',
  'cn-shanghai',
  'cn-qingdao',
  'cn-beijing',
  'cn-zhangjiakou',
  'cn-wulanchabu',
  'cn-shenzhen',
  'cn-chengdu',
  'cn-hongkong',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'ap-southeast-7',
  'ap-northeast-1',
  'ap-northeast-2',
  'eu-west-1',
  'eu-central-1',
  'us-west-1',
  'us-east-1',
] as const

export const REGIONS_WITHOUT_TASK_MODE = ['cn-huhehaote'] as const
