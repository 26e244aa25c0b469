import type { Clock } from '../../../platform/clock.ts'
import { numberedUuid } from '../../numbered-uuid.ts'
import { partitionOf } from '../partition.ts'
import { QueryError, validationError } from './query-protocol.ts'
import type { Design, SandboxStack } from './stack.ts'

/** The stacks of one account in one region, deleted ones included, with their exports and request tokens. */
export class StackRegistry {
  /** By ARN. */
  readonly stacks = new Map<string, SandboxStack>()
  /** Those of one name, in the order of their creation. */
  readonly #named = new Map<string, SandboxStack[]>()
  readonly #usedTokens = new Set<string>()
  readonly #place: { readonly clock: Clock; readonly accountId: string; readonly region: string }
  #count = 0
  #operations = 0

  constructor(place: { readonly clock: Clock; readonly accountId: string; readonly region: string }) {
    this.#place = place
  }

  newStack(
    name: string,
    design: Design,
    rest: Pick<
      SandboxStack,
      'tags' | 'onFailure' | 'options' | 'terminationProtection' | 'roleArn' | 'timeoutMinutes' | 'parentId'
    >,
  ): SandboxStack {
    const { region, accountId, clock } = this.#place
    const stack: SandboxStack = {
      ...rest,
      id: `arn:${partitionOf(region).name}:cloudformation:${region}:${accountId}:stack/${name}/${this.nextUuid()}`,
      name,
      design,
      status: '',
      statusReason: undefined,
      createdAt: clock.now(),
      resources: new Map(),
      superseded: [],
      events: [],
      outputs: new Map(),
      tokens: new Map(),
      operation: undefined,
      operations: [],
      validations: [],
    }
    this.stacks.set(stack.id, stack)
    this.#named.set(name, [...(this.#named.get(name) ?? []), stack])
    return stack
  }

  find(nameOrArn: string): SandboxStack | undefined {
    // Only an ARN finds a deleted stack.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
    return this.stacks.get(nameOrArn) ?? this.byName(nameOrArn)
  }

  byName(name: string): SandboxStack | undefined {
    return this.#named.get(name)?.find((stack) => !isDeleted(stack))
  }

  existing(nameOrArn: string): SandboxStack {
    const stack = this.find(nameOrArn)
    if (stack === undefined) throw validationError(`Stack with id ${nameOrArn} does not exist`)
    return stack
  }

  refuseUsedToken(requestToken: string | undefined): void {
    if (requestToken !== undefined && this.#usedTokens.has(requestToken))
      throw new QueryError('TokenAlreadyExistsException', 'A client request token already exists.')
  }

  useToken(stack: SandboxStack, requestToken: string | undefined, action: string): void {
    if (requestToken === undefined) return
    stack.tokens.set(requestToken, action)
    this.#usedTokens.add(requestToken)
  }

  exporterOf(name: string): SandboxStack | undefined {
    return [...this.stacks.values()].find(
      (stack) =>
        !isDeleted(stack) && [...stack.outputs.values()].some(({ exportName }) => exportName === name),
    )
  }

  /** The value that a stack exports under this name. */
  exportedValue(name: string): string | undefined {
    const outputs = [...(this.exporterOf(name)?.outputs.values() ?? [])]
    return outputs.find(({ exportName }) => exportName === name)?.value
  }

  #nextNumber(): number {
    this.#count += 1
    return this.#count
  }

  /** Twelve characters in [A-Z0-9], never the same twice. */
  nextSuffix(): string {
    return this.#nextNumber().toString(36).toUpperCase().padStart(12, '0')
  }

  nextOperationId(): string {
    this.#operations += 1
    return numberedUuid(this.#operations, 'a000')
  }

  nextUuid(): string {
    return numberedUuid(this.#nextNumber())
  }
}

export function isDeleted(stack: SandboxStack): boolean {
  return stack.status === 'DELETE_COMPLETE'
}
