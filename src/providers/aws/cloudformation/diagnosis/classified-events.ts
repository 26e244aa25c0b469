import type { OperationEvent, StackEvent as AwsStackEvent } from '@aws-sdk/client-cloudformation'
import type { Secrets } from '../../../../platform/secrets.ts'
import type { ClassifiedEvent } from '../../../diagnosis/failures.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import type { Calls } from '../calls.ts'
import { toCloudError } from '../cloud-error.ts'
import { readEvents, timeOf } from '../events.ts'
import {
  isCancelled,
  isFailure,
  isOfStackItself,
  isSummary,
  isUserInitiated,
  isValidation,
  messageOf,
  nestedStack,
} from '../failure-event.ts'
import type { Operation } from './failed-operation.ts'

const DEEPEST_NESTING = 5
/** Nested stacks whose events are read. */
const MOST_NESTED_STACKS = 50
/** Times of the events of two stacks may differ. */
const SKEW_MS = 10_000

/** A classified event, with CloudFormation's own. */
export interface AwsClassifiedEvent extends ClassifiedEvent {
  readonly event: OperationEvent
}

type Span = Pick<Operation, 'events' | 'from' | 'to'>

/** Reads the events of nested stacks that failed, and judges which events are causes. */
export class ClassifiedEventReader {
  readonly #client: Calls
  readonly #readings: Readings
  readonly #secrets: Secrets
  #nestedRead = 0

  constructor(client: Calls, readings: Readings, secrets: Secrets) {
    this.#client = client
    this.#readings = readings
    this.#secrets = secrets
  }

  /** `validations`: what only DescribeEvents tells of the operation. Oldest first. */
  async read(
    span: Span,
    stackName: string,
    validations: readonly OperationEvent[],
  ): Promise<readonly AwsClassifiedEvent[]> {
    const inside = await this.#inside([...validations, ...span.events], span, '', DEEPEST_NESTING)
    const hasCause = inside.some(({ failure }) => failure === 'cause')
    const own = span.events.filter(isOfStackItself).map((event) => ownEvent(event, stackName, hasCause))
    return [...inside, ...own].sort((one, other) => one.at - other.at)
  }

  async #inside(
    events: readonly OperationEvent[],
    span: Omit<Span, 'events'>,
    path: string,
    depth: number,
  ): Promise<AwsClassifiedEvent[]> {
    const ofResources = events.filter((event) => !isOfStackItself(event))
    const inner: AwsClassifiedEvent[] = []
    const explained = new Set<string>()
    for (const stack of failedNestedStacks(ofResources)) {
      if (depth === 0 || this.#nestedRead >= MOST_NESTED_STACKS) {
        this.#readings.note('Not all nested stacks were read.')
        break
      }
      this.#nestedRead += 1
      const found = await this.#nested(stack, span, `${path}${stack.logicalId}`, depth - 1)
      if (found.some(({ failure }) => failure === 'cause')) explained.add(stack.id)
      inner.push(...found)
    }
    const own = ofResources.map((event) => resourceEvent(event, path, explained))
    return [...own, ...inner]
  }

  async #nested({ id }: NestedStack, span: Omit<Span, 'events'>, path: string, depth: number) {
    const events = await this.#readings.tried<readonly AwsStackEvent[]>(
      { action: 'cloudformation:DescribeStackEvents', tells: "the nested stacks' events", otherwise: [] },
      async () => {
        try {
          const read = await readEvents(this.#client, id, span.from - SKEW_MS)
          if (!read.isComplete) this.#readings.note('A nested stack has more events than are read.')
          return read.events.filter((event) => timeOf(event) <= span.to + SKEW_MS).reverse()
        } catch (error) {
          throw toCloudError(error, 'DescribeStackEvents', this.#secrets)
        }
      },
    )
    const inside = await this.#inside(events, span, `${path}/`, depth)
    if (inside.some(({ failure }) => failure === 'cause')) return inside
    // Only the stack itself says why it turned back, as after a timeout. Its wrapper has the same path.
    const own = events
      .filter((event) => isOfStackItself(event) && saysWhy(event))
      .map((event) => ownEvent(event, path, false))
    return [...inside, ...own]
  }
}

interface NestedStack {
  readonly id: string
  readonly logicalId: string
}

function failedNestedStacks(events: readonly OperationEvent[]): NestedStack[] {
  const stacks = new Map<string, NestedStack>()
  for (const event of events.filter(isFailure)) {
    const id = nestedStack(event)
    if (id !== undefined && !stacks.has(id)) stacks.set(id, { id, logicalId: event.LogicalResourceId ?? '?' })
  }
  return [...stacks.values()]
}

function resourceEvent(
  event: OperationEvent,
  path: string,
  explained: ReadonlySet<string>,
): AwsClassifiedEvent {
  const isExplained = explained.has(nestedStack(event) ?? '')
  const isConsequence = isCancelled(event) || isSummary(event) || isExplained
  const isHook = event.HookType !== undefined
  return {
    event,
    path: `${path}${event.LogicalResourceId ?? '?'}`,
    type: event.ResourceType ?? '?',
    physicalId: event.PhysicalResourceId,
    at: timeOf(event),
    status: isHook ? (event.HookStatus ?? '?') : statusOf(event),
    reason: messageOf(event),
    failure: !isFailure(event) ? 'none' : isConsequence ? 'consequence' : 'cause',
    isValidation: isValidation(event),
  }
}

/** What the stack says of itself explains a failure only where no resource does. */
function ownEvent(event: OperationEvent, path: string, hasCause: boolean): AwsClassifiedEvent {
  const isTold = hasCause || !saysWhy(event)
  return {
    event,
    path,
    type: 'AWS::CloudFormation::Stack',
    physicalId: event.PhysicalResourceId,
    at: timeOf(event),
    status: statusOf(event),
    reason: messageOf(event),
    failure: !isTurningBack(event) ? 'none' : isTold ? 'consequence' : 'cause',
  }
}

function isTurningBack(event: OperationEvent): boolean {
  return isFailure(event) || (event.ResourceStatus ?? '').endsWith('ROLLBACK_IN_PROGRESS')
}

function saysWhy(event: OperationEvent): boolean {
  const message = messageOf(event)
  return isTurningBack(event) && message !== '' && !isSummary(event) && !isUserInitiated(message)
}

/** A validation has no status of a resource. */
function statusOf(event: OperationEvent): string {
  return isValidation(event) ? 'VALIDATION_FAILED' : (event.ResourceStatus ?? '?')
}
