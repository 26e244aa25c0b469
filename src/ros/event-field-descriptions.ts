import type * as v from 'valibot'
import type { eventSchema } from './event.ts'

type EventField =
  v.InferInput<typeof eventSchema> extends infer Event ? (Event extends unknown ? keyof Event : never) : never

/** Shown by editors to people who write an event file, through the JSON Schema. The function does not load them. */
export const eventFieldDescriptions: Readonly<Record<EventField, string>> = {
  RequestType: 'What ROS wants: Create, Update or Delete.',
  ResponseURL: 'The signed public URL that the answer is posted to. A secret.',
  IntranetResponseURL: "The same on Alibaba Cloud's intranet. A secret.",
  InnerResponseURL: 'Another name for IntranetResponseURL.',
  StackId: "The ROS stack's id.",
  StackName: "The ROS stack's name.",
  RequestId: 'The id of this request; it repeats when the same event is delivered again.',
  LogicalResourceId: "The resource's name in the ROS template.",
  PhysicalResourceId: 'What the answer to the Create gave as the id of the foreign stack.',
  ResourceType: 'Such as Custom::AwsCloudFormationStack.',
  RegionId: "The ROS stack's region.",
  ResourceOwnerId: 'The Alibaba Cloud account that owns the ROS stack.',
  CallerId: 'The account or RAM user on whose behalf ROS acts.',
  ResourceProperties: "The Parameters of the resource's Properties in the template.",
  OldResourceProperties: 'The same before this Update.',
}
