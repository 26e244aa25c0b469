import { DescribeEventsCommand, type OperationEvent } from '@aws-sdk/client-cloudformation'
import { readPages } from '../../../platform/read-pages.ts'
import type { Calls } from './calls.ts'
import { isUnknownAction, serviceFailure, toCloudError } from './cloud-error.ts'
import type { Secrets } from '../../../platform/secrets.ts'

/** A stack's latest operation, or one operation by its id. */
export type EventScope = { readonly OperationId: string } | { readonly StackName: string }

/** What DescribeEvents answered. `refused`: the credentials may not call it, or the service does not know it. */
export type FailedEvents =
  | { readonly read: true; readonly events: readonly OperationEvent[] }
  | { readonly read: false; readonly refused: string; readonly isDenied: boolean }

const MOST_PAGES = 20

/**
 * The failed events of an operation, oldest first. Only this call shows why CloudFormation's validations refused a
 * CreateStack or UpdateStack. Throws a CloudError for a call that may succeed later.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html
 */
export async function readFailedEvents(
  client: Calls,
  scope: EventScope,
  secrets: Secrets,
): Promise<FailedEvents> {
  try {
    const { items } = await readPages(
      async (NextToken) => {
        const input = { ...scope, Filters: { FailedEvents: true }, NextToken }
        const answer = await client.send(new DescribeEventsCommand(input))
        return { items: answer.OperationEvents, next: answer.NextToken }
      },
      { most: MOST_PAGES },
    )
    return { read: true, events: oldestFirst(items) }
  } catch (error) {
    const failure = serviceFailure(error)
    const known = toCloudError(error, 'DescribeEvents', secrets)
    const isFinal = known.kind === 'denied' || known.kind === 'rejected'
    if (isFinal || (failure !== undefined && isUnknownAction(failure)))
      return { read: false, refused: known.message, isDenied: known.kind === 'denied' }
    throw known
  }
}

/** The service lists the newest first; events of the same time keep their order. */
function oldestFirst(events: readonly OperationEvent[]): OperationEvent[] {
  return [...events]
    .reverse()
    .sort((one, other) => (one.Timestamp?.getTime() ?? 0) - (other.Timestamp?.getTime() ?? 0))
}
