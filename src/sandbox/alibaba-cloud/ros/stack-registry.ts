import type { Clock } from '../../../platform/clock.ts'
import { uuidSequence } from '../../numbered-uuid.ts'
import { RpcError, type RpcRequest } from './rpc.ts'
import { isDeleted, type Design, type SandboxRosStack } from './stack.ts'

export interface Place {
  readonly accountId: string
  readonly region: string
}

/** The stacks of all accounts and regions, deleted ones included. */
export class StackRegistry {
  /** By id. */
  readonly stacks = new Map<string, SandboxRosStack>()
  readonly nextId = uuidSequence()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  newStack(
    name: string,
    { accountId, region }: Place,
    design: Design,
    rest: Pick<
      SandboxRosStack,
      'disableRollback' | 'deletionProtection' | 'timeoutInMinutes' | 'tags' | 'settings' | 'parentId'
    >,
  ): SandboxRosStack {
    const stack: SandboxRosStack = {
      ...rest,
      id: this.nextId(),
      name,
      accountId,
      region,
      design,
      status: '',
      statusReason: '',
      createdAt: this.#clock.now(),
      resources: new Map(),
      events: [],
      outputs: new Map(),
      operation: undefined,
      failedCall: undefined,
    }
    this.stacks.set(stack.id, stack)
    return stack
  }

  notDeleted(place: Place): SandboxRosStack[] {
    return [...this.stacks.values()].filter((stack) => isIn(stack, place) && !isDeleted(stack))
  }

  /** Finds a stack by its id, in its own account and region only. Deleted stacks are found, too. */
  existing(request: RpcRequest, place: Place): SandboxRosStack {
    const id = request.required('StackId')
    const stack = this.stacks.get(id)
    if (stack === undefined || !isIn(stack, place)) throw notFound(id)
    return stack
  }

  rootOf({ id, parentId }: SandboxRosStack): string {
    const parent = parentId === undefined ? undefined : this.stacks.get(parentId)
    return parent === undefined ? id : this.rootOf(parent)
  }
}

export function isIn(stack: SandboxRosStack, { accountId, region }: Place): boolean {
  return stack.accountId === accountId && stack.region === region
}

export function notFound(name: string): RpcError {
  return new RpcError(404, 'StackNotFound', `The Stack (${name}) could not be found.`)
}

export function requireIdle({ name, operation }: SandboxRosStack): void {
  if (operation !== undefined)
    throw new RpcError(
      409,
      'ActionInProgress',
      `Stack ${name} already has an action (${operation.action}) in progress.`,
    )
}
