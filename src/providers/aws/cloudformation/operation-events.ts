import {
  DescribeEventsCommand,
  type DescribeEventsCommandInput,
  type OperationEvent,
} from '@aws-sdk/client-cloudformation'
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
 * CreateStack or UpdateStack. Throws what the SDK throws for a call that may succeed later.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html
 */
export async function readFailedEvents(
  client: Calls,
  scope: EventScope,
  secrets: Secrets,
): Promise<FailedEvents> {
  try {
    return { read: true, events: oldestFirst(await allPages(client, scope)) }
  } catch (error) {
    const failure = serviceFailure(error)
    const known = toCloudError(error, 'DescribeEvents', secrets)
    const isFinal = known.kind === 'denied' || known.kind === 'rejected'
    if (isFinal || (failure !== undefined && isUnknownAction(failure)))
      return { read: false, refused: known.message, isDenied: known.kind === 'denied' }
    throw error
  }
}

async function allPages(client: Calls, scope: EventScope): Promise<OperationEvent[]> {
  const events: OperationEvent[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input: DescribeEventsCommandInput = {
      ...scope,
      Filters: { FailedEvents: true },
      ...(token === undefined ? {} : { NextToken: token }),
    }
    const { OperationEvents = [], NextToken } = await client.send(new DescribeEventsCommand(input))
    events.push(...OperationEvents)
    if (NextToken === undefined || NextToken === '') break
    token = NextToken
  }
  return events
}

/** The service lists the newest first; events of the same time keep their order. */
function oldestFirst(events: readonly OperationEvent[]): OperationEvent[] {
  return [...events]
    .reverse()
    .sort((one, other) => (one.Timestamp?.getTime() ?? 0) - (other.Timestamp?.getTime() ?? 0))
}
