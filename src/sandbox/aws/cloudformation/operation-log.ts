import type { CloudContext } from './cloud-context.ts'
import type { OperationRecord, OperationType, SandboxStack, StackOperation } from './stack.ts'

/** Records the operations of stacks, each with an id of its own. */
export class OperationLog {
  readonly #context: Pick<CloudContext, 'nextOperationId'>

  constructor(context: Pick<CloudContext, 'nextOperationId'>) {
    this.#context = context
  }

  begin(stack: SandboxStack, token: string | undefined, type: OperationType): StackOperation {
    const operation: StackOperation = { token, stop: undefined, record: this.#newRecord(token, type) }
    stack.operation = operation
    stack.operations.push(operation.record)
    return operation
  }

  /** An automatic rollback is an operation of its own, with the token of the one that failed. */
  turnBack(stack: SandboxStack, operation: StackOperation): void {
    operation.record.status = 'FAILED'
    operation.record = this.#newRecord(operation.token, 'ROLLBACK')
    stack.operations.push(operation.record)
  }

  /** Ends an operation that left the stack as it was. */
  refuse(stack: SandboxStack, operation: StackOperation): void {
    operation.record.status = 'FAILED'
    stack.operation = undefined
  }

  #newRecord(token: string | undefined, type: OperationType): OperationRecord {
    return { id: this.#context.nextOperationId(), type, token, status: 'IN_PROGRESS' }
  }
}
