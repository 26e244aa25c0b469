import type { StackEvent as AwsStackEvent } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../../platform/clock.ts'
import { holdsFailure, latestFailed, type OperationRules } from '../../../diagnosis/operations.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import type { Calls } from '../calls.ts'
import { toCloudError } from '../cloud-error.ts'
import { readEvents, timeOf } from '../events.ts'
import { isBeginning, isFailure, isOfStackItself } from '../failure-event.ts'
import type { Secrets } from '../../../../platform/secrets.ts'

/** The events of one operation on a stack, oldest first. */
export interface Operation {
  readonly events: readonly AwsStackEvent[]
  readonly from: EpochMs
  readonly to: EpochMs
  /** CloudFormation's id of the operation, where its events tell. */
  readonly id: string | undefined
}

export interface FoundOperation {
  /** The latest one that failed; `undefined`: none did. */
  readonly operation: Operation | undefined
  /** The latest operation that came after it, for example `DELETE_COMPLETE`. */
  readonly later: string | undefined
}

/** An operation's events have its token: what CloudFormation begins by itself, such as a deletion, goes on with it. */
const RULES: OperationRules<AwsStackEvent> = {
  isBegin: (event, older) => {
    const token = event.ClientRequestToken
    const goesOn = token !== undefined && older?.ClientRequestToken === token
    return isOfStackItself(event) && isBeginning(event) && !goesOn
  },
  // A rollback that succeeds is the end of a failure, too.
  isFailed: (event) =>
    isFailure(event) || (isOfStackItself(event) && (event.ResourceStatus ?? '').includes('ROLLBACK')),
}

/** Reads a stack's events back to the begin of the latest operation that failed. */
export async function latestFailedOperation(
  client: Calls,
  stack: string,
  readings: Readings,
  secrets: Secrets,
): Promise<FoundOperation> {
  const read = await readings.tried(
    { action: 'cloudformation:DescribeStackEvents', tells: "the stack's events", otherwise: undefined },
    async () => {
      try {
        return await readEvents(client, stack, 0, holdsFailure(RULES))
      } catch (error) {
        throw toCloudError(error, 'DescribeStackEvents', secrets)
      }
    },
  )
  if (read?.isComplete === false)
    readings.note('The stack has more events than are read: the first ones of the operation may be missing.')
  const { events, later } = latestFailed(read?.events ?? [], RULES)
  return {
    operation: events.length === 0 ? undefined : operationOf(events),
    later: later.findLast(isOfStackItself)?.ResourceStatus,
  }
}

function operationOf(events: readonly AwsStackEvent[]): Operation {
  return {
    events,
    from: timeOf(events[0] ?? {}),
    to: timeOf(events.at(-1) ?? {}),
    id: events.find(({ OperationId }) => OperationId !== undefined)?.OperationId,
  }
}
