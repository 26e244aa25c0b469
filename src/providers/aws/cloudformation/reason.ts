import type { OperationEvent } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import { CloudError, type Explanation, type Unread } from '../../provider.ts'
import type { Calls } from './calls.ts'
import { toCloudError } from './cloud-error.ts'
import { readEvents, timeOf, type ReadEvents } from './events.ts'
import {
  inWords,
  isBeginning,
  isCancelled,
  isFailure,
  isOfStackItself,
  isSummary,
  isUserInitiated,
  messageOf,
  namesValidation,
  nestedStack,
  originalFailures,
} from './failure-event.ts'
import { readFailedEvents, type EventScope, type FailedEvents } from './operation-events.ts'
import { causesInWords } from './causes-in-words.ts'

/** Statuses in which the stack itself says why it rolls back: a timeout, an alarm, a cancelled update. */
const TURNING_BACK = ['ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS']
const DEEPEST_NESTING = 5
/** Nested stacks of one stack whose events are read. */
const MOST_NESTED_STACKS = 3
/** The clocks of the process and of the cloud may differ. */
const SKEW_MS = 10_000

/** The operation to explain. */
export interface ExplainedOperation {
  readonly stackId: string
  /** CloudFormation's id of the operation, where it was told. */
  readonly operationId: string | undefined
  /** The operation's ClientRequestToken; `undefined` for a nested stack, whose events are told apart by time alone. */
  readonly token: string | undefined
  readonly startedAt: EpochMs
}

/**
 * Explains why an operation failed: the first resource that failed and the cloud's message for it, through nested stacks,
 * then the others. The failed events of the operation are read first, since only they have the results of validations;
 * the stack's events tell the rest, and everything where DescribeEvents is refused or unknown. The operation's events are
 * those with its token; where the cloud's events have no tokens, those since its start.
 */
export async function explainOperation(
  client: Calls,
  operation: ExplainedOperation,
  secrets: Secrets,
): Promise<Explanation> {
  const { causes, latest, unread } = await new EventReader(client, secrets).explain(
    operation,
    '',
    DEEPEST_NESTING,
  )
  return {
    ...(causes.length === 0 ? {} : { cause: causesInWords(causes, (text) => secrets.mask(text)) }),
    ...(latest === undefined ? {} : { latestEvent: inWords(latest, '') }),
    ...(unread === undefined ? {} : { unread }),
  }
}

interface Explained {
  /** In words, the first failure first. */
  readonly causes: readonly string[]
  readonly latest?: OperationEvent | undefined
  /** Why events that may name the cause were not read. */
  readonly unread?: Unread | undefined
}

interface StackEvents {
  /** Of this operation alone, oldest first. */
  readonly events: readonly OperationEvent[]
  readonly unread?: Unread
}

class EventReader {
  readonly #client: Calls
  readonly #secrets: Secrets

  constructor(client: Calls, secrets: Secrets) {
    this.#client = client
    this.#secrets = secrets
  }

  async explain(operation: ExplainedOperation, path: string, depth: number): Promise<Explained> {
    const { operationId } = operation
    const known =
      operationId === undefined ? undefined : await this.#failedOrError({ OperationId: operationId })
    const validated = known instanceof CloudError || known?.read !== true ? [] : known.events
    const first = await this.#causesIn(validated, operation.startedAt - SKEW_MS, path, depth)
    if (first.length > 0) return { causes: first }

    const { events, unread } = await this.#stackEvents(operation)
    const since = events[0] === undefined ? operation.startedAt - SKEW_MS : timeOf(events[0])
    const latest = events.findLast((event) => !isOfStackItself(event)) ?? events.at(-1)
    const provisioned = await this.#causesIn(events, since, path, depth)
    if (provisioned.length > 0) return { causes: provisioned, latest, unread }
    if (known instanceof CloudError) throw known
    const reason = stackReason(events)
    if (reason !== undefined) return { causes: [reason], latest }

    const late = known ?? (await this.#failed(scopeOf(events, operation)))
    const more = late.read ? ownEvents(late.events, operation.token, since) : []
    const causes = await this.#causesIn(more, since, path, depth)
    if (causes.length > 0) return { causes, latest }
    const left = leftover(events, path)
    return { causes: left === undefined ? [] : [withRemark(left, late)], latest, unread }
  }

  async #causesIn(
    events: readonly OperationEvent[],
    since: EpochMs,
    path: string,
    depth: number,
  ): Promise<string[]> {
    const causes: string[] = []
    let nestedRead = 0
    for (const event of originalFailures(events)) {
      const nested = depth > 0 && nestedRead < MOST_NESTED_STACKS ? nestedStack(event) : undefined
      if (nested !== undefined) nestedRead += 1
      const inner =
        nested === undefined
          ? []
          : await this.#nestedCauses(nested, since, `${path}${event.LogicalResourceId ?? ''}/`, depth - 1)
      causes.push(...(inner.length === 0 ? [inWords(event, path)] : inner))
    }
    return causes
  }

  async #nestedCauses(stackId: string, since: EpochMs, path: string, depth: number) {
    const operation = { stackId, operationId: undefined, token: undefined, startedAt: since + SKEW_MS }
    return (await this.explain(operation, path, depth)).causes
  }

  #failed(scope: EventScope): Promise<FailedEvents> {
    return readFailedEvents(this.#client, scope, this.#secrets)
  }

  /** The error of a call that may succeed later, for a caller that may not need it. */
  async #failedOrError(scope: EventScope): Promise<FailedEvents | CloudError> {
    try {
      return await this.#failed(scope)
    } catch (error) {
      if (error instanceof CloudError) return error
      throw error
    }
  }

  async #stackEvents(operation: ExplainedOperation): Promise<StackEvents> {
    try {
      const { events, isComplete } = await this.#readOperation(operation)
      return { events: [...events].reverse(), ...(isComplete ? {} : { unread: { why: 'too-long' } }) }
    } catch (error) {
      const known = toCloudError(error, 'DescribeStackEvents', this.#secrets)
      if (known.kind !== 'denied' && known.kind !== 'rejected') throw error
      return { events: [], unread: { why: known.kind, message: known.message } }
    }
  }

  /** An earlier delivery may have started the operation, long before `startedAt`. */
  async #readOperation({ stackId, startedAt, token }: ExplainedOperation): Promise<ReadEvents> {
    const isOwn = (event: OperationEvent) => token !== undefined && event.ClientRequestToken === token
    const isStart = (event: OperationEvent) => isOwn(event) && isOfStackItself(event) && isBeginning(event)
    const since = startedAt - SKEW_MS
    const latest = await readEvents(this.#client, stackId, since)
    const isOlder = token !== undefined && !latest.events.some(isStart)
    const read = isOlder ? await readEvents(this.#client, stackId, 0, isStart) : latest
    return { ...read, events: [...ownEvents(read.events, token, since)] }
  }
}

/** Those with the token where any has it; those since the start where none has. */
function ownEvents<Event extends OperationEvent>(
  events: readonly Event[],
  token: string | undefined,
  since: EpochMs,
): readonly Event[] {
  const own = events.filter(({ ClientRequestToken }) => token !== undefined && ClientRequestToken === token)
  return own.length > 0 ? own : events.filter((event) => timeOf(event) >= since)
}

/** By the operation's id, which its first event has; a rolled-back stack's latest operation would be the rollback. */
function scopeOf(events: readonly OperationEvent[], { stackId }: ExplainedOperation): EventScope {
  const id = events.find(({ OperationId }) => OperationId !== undefined)?.OperationId
  return id === undefined ? { StackName: stackId } : { OperationId: id }
}

function stackReason(events: readonly OperationEvent[]): string | undefined {
  const turning = events.find((event) => isTurningBack(event) && !isSummary(event))
  return turning === undefined ? undefined : messageOf(turning)
}

/** What is said where no event names a cause: a resource that was cancelled, or the stack's summary. */
function leftover(events: readonly OperationEvent[], path: string): string | undefined {
  const resource = events.find(
    (event) => isFailure(event) && !isOfStackItself(event) && (isCancelled(event) || isSummary(event)),
  )
  if (resource !== undefined) return inWords(resource, path)
  const summary = events.find((event) => isTurningBack(event))
  return summary === undefined ? undefined : messageOf(summary)
}

function isTurningBack(event: OperationEvent): boolean {
  return (
    isOfStackItself(event) &&
    (TURNING_BACK.includes(event.ResourceStatus ?? '') || isFailure(event)) &&
    messageOf(event) !== '' &&
    !isUserInitiated(messageOf(event))
  )
}

function withRemark(reason: string, failed: FailedEvents): string {
  if (failed.read || !namesValidation(reason)) return reason
  const remedy = failed.isDenied ? '; allow cloudformation:DescribeEvents in the policy' : ''
  return `${reason} The details could not be read: ${failed.refused}${remedy}`
}
