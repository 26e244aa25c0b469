import type { JsonObject } from '../platform/json.ts'

interface RosEventFields {
  readonly responseUrls: ResponseUrls
  readonly stackId: string
  readonly stackName: string
  readonly requestId: string
  readonly logicalResourceId: string
  /** `Custom::…` or `ALIYUN::ROS::CustomResource`. */
  readonly resourceType: string
  readonly regionId?: string
  readonly resourceOwnerId?: string
  readonly callerId?: string
  readonly resourceProperties: JsonObject
}

export interface ResponseUrls {
  readonly public?: string
  readonly intranet?: string
}

/** https://www.alibabacloud.com/help/doc-detail/145915.htm */
export type RosEvent =
  | (RosEventFields & { readonly requestType: 'Create' })
  | (RosEventFields & {
      readonly requestType: 'Update'
      readonly physicalResourceId: string
      readonly oldResourceProperties: JsonObject
    })
  | (RosEventFields & { readonly requestType: 'Delete'; readonly physicalResourceId?: string })

/** What an answer needs of the event, so that even a malformed one can be answered. */
export interface ReplyAddress {
  readonly responseUrls: ResponseUrls
  readonly stackId: string
  readonly requestId: string
  readonly logicalResourceId: string
  readonly physicalResourceId?: string
}

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: RosEvent }
  /** Wrong, but it can be answered: a FAILED with `problems`. */
  | { readonly kind: 'malformed'; readonly replyTo: ReplyAddress; readonly problems: readonly string[] }
  /** Wrong, and it cannot be answered: the invocation fails with `problems`. */
  | { readonly kind: 'unanswerable'; readonly problems: readonly string[] }
