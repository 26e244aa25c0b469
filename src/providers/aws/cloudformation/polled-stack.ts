import type { Stack } from '@aws-sdk/client-cloudformation'
import type { StackRef } from '../../provider.ts'

/** A stack as DescribeStacks shows it, with what a poll has learned besides. */
export interface PolledStack extends Stack {
  /**
   * The watched operation has failed without a trace on the stack: CloudFormation's validations refused an update before
   * it began.
   */
  readonly operationFailed?: boolean
}

/** A stack that reads do not show yet, although its events do: its operation counts as under way. */
export function stackNotShownYet({ id, name }: StackRef, kind: 'create' | 'update'): PolledStack {
  return {
    StackId: id,
    StackName: name,
    CreationTime: undefined,
    StackStatus: kind === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
  }
}
