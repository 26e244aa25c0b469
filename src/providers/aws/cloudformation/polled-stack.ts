import type { Stack } from '@aws-sdk/client-cloudformation'

/** A stack as DescribeStacks shows it, with what a poll has learned besides. */
export interface PolledStack extends Stack {
  /**
   * The watched operation has failed without a trace on the stack: CloudFormation's validations refused an update before
   * it began.
   */
  readonly operationFailed?: boolean
}
