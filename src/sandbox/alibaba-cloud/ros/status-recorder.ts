import type { CloudContext } from './cloud-context.ts'
import { STACK_TYPE, type SandboxRosResource, type SandboxRosStack, type StackOperation } from './stack.ts'

/** Sets the statuses of stacks and resources, and records an event for each. */
export class StatusRecorder {
  readonly #context: CloudContext

  constructor(context: CloudContext) {
    this.#context = context
  }

  begin(stack: SandboxRosStack, action: string): StackOperation {
    const operation: StackOperation = { action, stop: undefined }
    stack.operation = operation
    stack.failedCall = undefined
    this.setStatus(stack, `${action}_IN_PROGRESS`, `Stack ${action} started`)
    return operation
  }

  endUpdate(stack: SandboxRosStack, operation: StackOperation, status: string, reason: string): void {
    if (this.#context.writesUpdateTimeAt === 'end') stack.updatedAt = this.#context.clock.now()
    this.end(stack, operation, status, reason)
  }

  end(stack: SandboxRosStack, operation: StackOperation, status: string, reason: string): void {
    if (stack.operation !== operation) return
    this.setStatus(stack, status, reason)
    stack.operation = undefined
  }

  setStatus(stack: SandboxRosStack, status: string, reason: string): void {
    stack.status = status
    stack.statusReason = reason
    this.#record(stack, { logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE }, status, reason)
  }

  setResource(stack: SandboxRosStack, resource: SandboxRosResource, status: string, reason: string): void {
    resource.status = status
    resource.statusReason = reason
    this.#record(stack, resource, status, reason)
  }

  #record(
    stack: SandboxRosStack,
    { logicalId, physicalId, type }: Pick<SandboxRosResource, 'logicalId' | 'physicalId' | 'type'>,
    status: string,
    reason: string,
  ): void {
    const at = this.#context.clock.now()
    stack.events.push({ id: this.#context.nextId(), logicalId, physicalId, type, at, status, reason })
  }
}
