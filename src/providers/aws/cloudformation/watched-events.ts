import type { OperationEvent } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { StackEvent, StackRef } from '../../provider.ts'
import type { Calls } from './calls.ts'
import { readEvents, timeOf } from './events.ts'
import { isValidation, messageOf } from './failure-event.ts'

interface Watched {
  /** What only DescribeEvents tells. */
  readonly validations: Promise<readonly OperationEvent[]>
  readonly since: EpochMs
}

/** The events of a stack for people who watch it, oldest first. */
export async function watchedEvents(
  client: Calls,
  stack: StackRef,
  { validations, since }: Watched,
): Promise<StackEvent[]> {
  const [failedValidations, { events }] = await Promise.all([
    validations,
    readEvents(client, stack.id, since),
  ])
  const recent = failedValidations.filter((event) => timeOf(event) >= since)
  return [...recent, ...events.reverse()].map(inView).sort((one, other) => one.at - other.at)
}

function inView(event: OperationEvent): StackEvent {
  const reason = isValidation(event) ? messageOf(event) : event.ResourceStatusReason
  return {
    id: event.EventId ?? '',
    at: timeOf(event),
    resource: event.LogicalResourceId ?? '?',
    type: event.ResourceType ?? '?',
    status: statusOf(event),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** A validation has no status of a resource: its own is made of the words that the API uses for it. */
function statusOf(event: OperationEvent): string {
  if (!isValidation(event)) return event.ResourceStatus ?? '?'
  return event.ValidationFailureMode === 'WARN' ? 'VALIDATION_WARN' : 'VALIDATION_FAILED'
}
