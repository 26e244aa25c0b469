import type { Clock } from '../../../platform/clock.ts'
import {
  STACK_TYPE,
  type HookResult,
  type SandboxResource,
  type SandboxStack,
  type StackOperation,
} from './stack.ts'

/** Sets the statuses of stacks and resources, and records an event for each. */
export class StatusRecorder {
  readonly #clock: Clock
  readonly #nextId: () => string

  constructor(clock: Clock, nextId: () => string) {
    this.#clock = clock
    this.#nextId = nextId
  }

  end(stack: SandboxStack, status: string, reason: string | undefined, operation: StackOperation): void {
    if (stack.operation !== operation) return
    this.setStatus(stack, status, reason, operation)
    operation.record.status = status.endsWith('_COMPLETE') ? 'SUCCEEDED' : 'FAILED'
    stack.operation = undefined
  }

  setStatus(
    stack: SandboxStack,
    status: string,
    reason: string | undefined,
    operation: StackOperation,
  ): void {
    stack.status = status
    stack.statusReason = reason
    this.#record(
      stack,
      { logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE, status, reason },
      operation,
    )
  }

  setResource(
    stack: SandboxStack,
    resource: SandboxResource,
    status: string,
    reason: string | undefined,
    operation: StackOperation,
  ): void {
    resource.status = status
    resource.statusReason = reason
    resource.changedAt = this.#clock.now()
    const { logicalId, physicalId, type } = resource
    const properties = shownProperties(stack, resource)
    this.#record(stack, { logicalId, physicalId, type, status, reason, properties }, operation)
  }

  /** The failure of a hook, which leaves the resource's status as it is. */
  addHook(stack: SandboxStack, resource: SandboxResource, hook: HookResult, operation: StackOperation): void {
    const { logicalId, physicalId, type, status } = resource
    this.#record(stack, { logicalId, physicalId, type, status, reason: undefined, hook }, operation)
  }

  #record(
    stack: SandboxStack,
    event: {
      logicalId: string
      physicalId: string
      type: string
      status: string
      reason: string | undefined
      properties?: string
      hook?: HookResult
    },
    operation: StackOperation,
  ): void {
    stack.events.push({
      ...event,
      id: this.#nextId(),
      stackId: stack.id,
      stackName: stack.name,
      at: this.#clock.now(),
      operation: operation.record,
    })
  }
}

/**
 * CloudFormation shows no value of a NoEcho parameter in a stack's events.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
function shownProperties(
  { design: { template, parameters } }: SandboxStack,
  resource: SandboxResource,
): string {
  const hidden = [...parameters].flatMap(([name, value]) =>
    template.parameters.get(name)?.noEcho === true && value !== '' ? [value] : [],
  )
  const written = JSON.stringify(resource.requestedProperties ?? resource.properties)
  return hidden.reduce((text, value) => text.replaceAll(JSON.stringify(value).slice(1, -1), '****'), written)
}
