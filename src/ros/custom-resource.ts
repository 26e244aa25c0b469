import { ROS_LIMITS } from '../platform/limits/ros.ts'

/**
 * ROS's own rules for a custom resource in a template.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ros-customresource
 */

/** `HttpConfig` is in ROS's published schema, but on no page of its documentation. */
export const RESOURCE_PROPERTIES = ['ServiceToken', 'Timeout', 'Parameters', 'HttpConfig'] as const

/** Seconds that ROS waits for an answer. Its documents disagree on whether the property is optional. */
export const TIMEOUT_SECONDS = {
  min: ROS_LIMITS.timeout.least,
  max: ROS_LIMITS.timeout.most,
  byDefault: ROS_LIMITS.timeout.byDefault,
} as const

/** Characters. */
export const LONGEST_SERVICE_TOKEN = ROS_LIMITS.serviceToken.most

/** A function of Function Compute 3.0 or 2.0, a queue or topic of Simple Message Queue, or an HTTP address. */
export const SERVICE_TOKENS = [
  /^acs:fc:[a-z0-9-]+:\d+:(services\/[^/\s]+\/)?functions\/[^/\s]+(\/[^/\s]+)?$/,
  /^acs:mns:[a-z0-9-]+:\d+:\/?(queues|topics)\/[^/\s]+$/,
  /^web(\[(sync|idempotent)(,(sync|idempotent))*\])?:https?:\/\/\S+$/,
] as const

/** Whether the text has one of the forms that ROS takes as a ServiceToken. */
export function isServiceToken(text: string): boolean {
  return SERVICE_TOKENS.some((form) => form.test(text))
}
