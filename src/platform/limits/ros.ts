import type { VendorLimits } from './vendor-limit.ts'

const RESOURCE = 'https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ros-customresource'
const ANSWER = 'https://www.alibabacloud.com/help/doc-detail/145909.htm'

export const ROS_LIMITS = {
  answer: {
    what: 'body of the answer to a custom-resource event',
    unit: 'bytes',
    most: 4096,
    source: ANSWER,
    date: '2026-06-27',
    note: "ROS's page of limits says 4,096 KB; STACKBRIDGE_RESPONSE_LIMIT_BYTES sets another value",
  },
  physicalResourceId: {
    what: 'PhysicalResourceId',
    unit: 'bytes',
    most: 255,
    source: ANSWER,
    date: '2026-06-27',
  },
  timeout: {
    what: "a custom resource's Timeout",
    unit: 'seconds',
    least: 1,
    most: 43_200,
    byDefault: 60,
    source: RESOURCE,
    date: '2026-06-27',
    note: 'the same page says that it is required',
  },
  synchronousTimeout: {
    what: 'how long ROS waits for a web[sync] ServiceToken, with any Timeout',
    unit: 'seconds',
    most: 10,
    source: RESOURCE,
    date: '2026-06-27',
  },
  serviceToken: {
    what: 'ServiceToken',
    unit: 'characters',
    most: 512,
    source: RESOURCE,
    date: '2026-06-27',
  },
  template: {
    what: 'template',
    unit: 'bytes',
    most: 524_288,
    source: 'https://www.alibabacloud.com/help/doc-detail/28854.htm',
    date: '2026-11-28',
  },
} as const satisfies VendorLimits
