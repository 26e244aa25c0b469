import type { Clock } from '../../../platform/clock.ts'
import type { Action, SandboxHeatResource, SandboxHeatStack } from './stack.ts'
import { isCurrent, type Traversal } from './traversal.ts'

/** Sets the statuses of stacks and resources, and records an event for each. */
export class StatusRecorder {
  readonly #clock: Clock
  readonly #nextId: () => string

  constructor(clock: Clock, nextId: () => string) {
    this.#clock = clock
    this.#nextId = nextId
  }

  /** Supersedes the operation that runs on the stack. */
  begin(stack: SandboxHeatStack, action: Action): Traversal {
    const traversal: Traversal = { stack }
    stack.traversal = traversal
    stack.action = action
    this.#setState(stack, 'IN_PROGRESS', `Stack ${action} started`)
    return traversal
  }

  /** `failed`: the reason of a failure. */
  end(traversal: Traversal, action: Action, failed: string | undefined): void {
    if (!isCurrent(traversal)) return
    const { stack } = traversal
    if (failed === undefined) this.#setState(stack, 'COMPLETE', `Stack ${action} completed successfully`)
    else this.#setState(stack, 'FAILED', failed)
  }

  setResource(
    stack: SandboxHeatStack,
    resource: SandboxHeatResource,
    status: string,
    reason = 'state changed',
  ): void {
    resource.status = status
    resource.reason = reason
    resource.updatedAt = this.#clock.now()
    this.#record(stack, resource, status, reason)
  }

  #setState(stack: SandboxHeatStack, state: SandboxHeatStack['state'], reason: string): void {
    stack.state = state
    stack.reason = reason
    const itself = { name: stack.name, type: 'OS::Heat::Stack', physicalId: stack.id }
    this.#record(stack, itself, `${stack.action}_${state}`, reason)
  }

  #record(
    stack: SandboxHeatStack,
    { name, type, physicalId }: Pick<SandboxHeatResource, 'name' | 'type' | 'physicalId'>,
    status: string,
    reason: string,
  ): void {
    const at = this.#clock.now()
    stack.events.push({ id: this.#nextId(), at, resource: name, type, physicalId, status, reason })
  }
}
