import { describeHook } from './stack-description.ts'
import { validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import type { StackRegistry } from './stack-registry.ts'
import type { OperationRecord, SandboxEvent, SandboxStack, SandboxValidation } from './stack.ts'

export interface StackOperationRecord {
  readonly stack: SandboxStack
  readonly operation: OperationRecord
}

/**
 * The events of one operation, newest first: of the change set that the request names, or of the operation; by StackName
 * those of the stack's latest operation. `changeSets` finds the creation of a change set.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html
 */
export function describeEvents(
  request: QueryRequest,
  registry: StackRegistry,
  changeSets: { creationOf(request: QueryRequest): StackOperationRecord | undefined },
  eventsPerPage: number,
): XmlValue {
  const found = changeSets.creationOf(request) ?? operationOf(request, registry)
  const all = found === undefined ? [] : eventsOf(found.stack, found.operation)
  const selected =
    request.flag('Filters.FailedEvents') === true ? all.filter(({ isFailed }) => isFailed) : all
  const from = Number(request.text('NextToken') ?? '0')
  const until = from + eventsPerPage
  return {
    OperationEvents: selected.slice(from, until).map(({ shown }) => shown),
    NextToken: until < selected.length ? String(until) : undefined,
  }
}

function operationOf(request: QueryRequest, registry: StackRegistry): StackOperationRecord | undefined {
  const id = request.text('OperationId')
  const name = request.text('StackName')
  if (id !== undefined) {
    const stacks = [...registry.stacks.values()]
    const found = stacks.flatMap((stack) =>
      stack.operations.filter((operation) => operation.id === id).map((operation) => ({ stack, operation })),
    )
    if (found[0] === undefined) throw validationError(`Operation with id ${id} does not exist`)
    return found[0]
  }
  if (name === undefined)
    throw validationError('One of ChangeSetName, OperationId or StackName must be specified')
  const stack = registry.existing(name)
  const operation = stack.operations.at(-1)
  return operation === undefined ? undefined : { stack, operation }
}

interface OperationEvent {
  readonly isFailed: boolean
  readonly shown: XmlValue
}

function eventsOf(stack: SandboxStack, operation: OperationRecord): OperationEvent[] {
  return [
    ...stack.events.filter((event) => event.operation === operation).map((event) => stackEvent(stack, event)),
    ...stack.validations
      .filter((validation) => validation.operation === operation)
      .map((validation) => validationEvent(stack, validation)),
  ].reverse()
}

function stackEvent(stack: SandboxStack, event: SandboxEvent): OperationEvent {
  return {
    isFailed: event.status.endsWith('_FAILED') || event.hook !== undefined,
    shown: {
      EventId: event.id,
      StackId: stack.id,
      ...operationFields(event.operation),
      EventType: event.hook === undefined ? 'STACK_EVENT' : 'HOOK_INVOCATION_ERROR',
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      ResourceStatus: event.status,
      ResourceStatusReason: event.reason,
      Timestamp: new Date(event.at),
      ...describeHook(event.hook),
    },
  }
}

function validationEvent(stack: SandboxStack, validation: SandboxValidation): OperationEvent {
  return {
    isFailed: true,
    shown: {
      EventId: validation.id,
      StackId: stack.id,
      ...operationFields(validation.operation),
      EventType: 'VALIDATION_ERROR',
      LogicalResourceId: validation.logicalId,
      ResourceType: validation.type,
      Timestamp: new Date(validation.at),
      ValidationName: validation.name,
      ValidationStatus: 'FAILED',
      ValidationFailureMode: 'FAIL',
      ValidationStatusReason: validation.reason,
      ValidationPath: validation.path,
    },
  }
}

function operationFields({ id, type, status, token }: OperationRecord): {
  readonly [name: string]: XmlValue
} {
  return { OperationId: id, OperationType: type, OperationStatus: status, ClientRequestToken: token }
}
