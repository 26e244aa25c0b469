/** The start of every starter's template: the version and the parameter for `ServiceToken`. */
export const TEMPLATE_HEAD = `ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  StackbridgeArn:
    Type: String
    Description: The function's ARN, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
`

/** An example ROS template for one cloud. */
export interface Starter {
  /** The argument of `stackbridge init`. */
  readonly cloud: string
  /** The names of the environment variables with the credentials, as text. */
  readonly credentials: string
  /** The logical id of the custom resource. */
  readonly resource: string
  /** The ROS template, YAML. Every parameter that the resource's `Parameters` refers to must have a default. */
  readonly template: string
}
