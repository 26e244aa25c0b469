import type { OperationEvent } from '@aws-sdk/client-cloudformation'

/**
 * What an event says about a failure. An event of DescribeStackEvents has the same fields as one of DescribeEvents, but
 * for the `Validation` ones.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEvent.html
 */

const FAILED = [
  ...['CREATE_FAILED', 'UPDATE_FAILED', 'DELETE_FAILED', 'IMPORT_FAILED', 'ROLLBACK_FAILED'],
  ...['UPDATE_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_FAILED'],
]
/** The reason of a resource that was stopped because another one had failed. */
const CANCELLED = /^resource \w+ cancell?ed/i
/** The stack's or a resource's summary of failures that other events describe. */
const SUMMARY = /^(?:\[[^\]]*\] *)?the following (?:resource|hook)\(s\)(?:\/validation)? failed/i
/** The summary of failures that only DescribeEvents describes. */
const VALIDATION_SUMMARY = /EarlyValidation|\(s\)\/validation failed|DescribeEvents API/

/** A failure in WARN mode is none: CloudFormation goes on. */
export function isFailure(event: OperationEvent): boolean {
  if (FAILED.includes(event.ResourceStatus ?? '')) return true
  switch (event.EventType) {
    case 'VALIDATION_ERROR':
      return event.ValidationFailureMode !== 'WARN' && event.ValidationStatus !== 'SKIPPED'
    case 'PROVISIONING_ERROR':
      return true
    case 'HOOK_INVOCATION_ERROR':
      return event.HookFailureMode !== 'WARN'
    case 'STACK_EVENT':
    case 'PROGRESS_EVENT':
    case undefined:
      return isFailedHook(event)
  }
}

function isFailedHook({ HookStatus, HookFailureMode }: OperationEvent): boolean {
  return (HookStatus === 'HOOK_COMPLETE_FAILED' || HookStatus === 'HOOK_FAILED') && HookFailureMode !== 'WARN'
}

/** Whether the operation is over with this event: it failed, or a validation refused it before it began. */
export function endsOperation(event: OperationEvent): boolean {
  return event.OperationStatus === 'FAILED' || (isValidation(event) && isFailure(event))
}

/** Whether the stack begins what it was asked for, and not a rollback or a cleanup. */
export function isBeginning({ ResourceStatus }: OperationEvent): boolean {
  return /^(?:CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(ResourceStatus ?? '')
}

export function isUserInitiated(reason: string): boolean {
  return /^user initiated$/i.test(reason)
}

export function isValidation({ EventType }: OperationEvent): boolean {
  return EventType === 'VALIDATION_ERROR'
}

/** A failure that another failure caused. */
export function isCancelled(event: OperationEvent): boolean {
  return CANCELLED.test(messageOf(event))
}

export function isSummary(event: OperationEvent): boolean {
  return SUMMARY.test(messageOf(event)) || namesValidation(messageOf(event))
}

/** Whether a status reason says that a validation failed, and that DescribeEvents has the details. */
export function namesValidation(reason: string): boolean {
  return VALIDATION_SUMMARY.test(reason)
}

/** Events name the stack itself as one of its resources; an event without a resource is of the whole operation. */
export function isOfStackItself(event: OperationEvent): boolean {
  const { StackId, LogicalResourceId, PhysicalResourceId } = event
  if (LogicalResourceId === undefined) return !isValidation(event)
  return PhysicalResourceId !== undefined && PhysicalResourceId === StackId
}

/** The ARN of the nested stack that the event is about. */
export function nestedStack({
  PhysicalResourceId,
  ResourceType,
  StackId,
}: OperationEvent): string | undefined {
  return ResourceType === 'AWS::CloudFormation::Stack' &&
    PhysicalResourceId?.startsWith('arn:') === true &&
    PhysicalResourceId !== StackId
    ? PhysicalResourceId
    : undefined
}

export function messageOf(event: OperationEvent): string {
  if (isValidation(event)) {
    const path = event.ValidationPath === undefined ? '' : ` (${event.ValidationPath})`
    return `${event.ValidationStatusReason ?? event.ValidationName ?? 'a validation failed'}${path}`
  }
  const { ResourceStatusReason, HookStatusReason, HookType } = event
  const isHooks = isFailedHook(event) && !FAILED.includes(event.ResourceStatus ?? '')
  if (isHooks) return HookStatusReason ?? ResourceStatusReason ?? `The hook ${HookType ?? '?'} failed`
  return ResourceStatusReason ?? HookStatusReason ?? ''
}

/** `path`: the logical ids of the nested stacks around the resource, each with a slash. */
export function inWords(event: OperationEvent, path: string): string {
  const message = messageOf(event) === '' ? (event.ResourceStatus ?? '') : messageOf(event)
  const type = event.ResourceType === undefined ? '' : ` (${event.ResourceType})`
  return `${path}${event.LogicalResourceId ?? '?'}${type}: ${message}`
}

/**
 * The failures that do not follow from others, those of validations first, each once. A resource that fails again, for
 * example in the rollback, counts once; each failed validation counts.
 */
export function originalFailures(events: readonly OperationEvent[]): OperationEvent[] {
  const failed = events.filter(
    (event) => isFailure(event) && !isOfStackItself(event) && !isCancelled(event) && !isSummary(event),
  )
  const ordered = [...failed.filter(isValidation), ...failed.filter((event) => !isValidation(event))]
  const reported = new Set<string>()
  return ordered.filter((event) => {
    const key = isValidation(event) ? inWords(event, '') : (event.LogicalResourceId ?? '')
    if (reported.has(key)) return false
    reported.add(key)
    return true
  })
}
