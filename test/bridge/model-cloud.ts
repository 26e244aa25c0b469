import type { Clock } from '../../src/platform/clock.ts'
import type { CloudError } from '../../src/providers/provider.ts'
import {
  type Condition,
  type CreateOutcome,
  type DeleteOutcome,
  type Explanation,
  type Found,
  type Observation,
  type OperationKind,
  type Outputs,
  type Ownership,
  type StackRef,
  type StackSession,
  type UpdateOutcome,
  type Watch,
} from '../../src/providers/provider.ts'

export interface ModelStack {
  readonly id: string
  readonly name: string
  owner: string | undefined
  request: string | undefined
  /** When each operation on it started, by its request: as in a cloud's events. */
  readonly started: Map<string, number>
  status: string
  outputs: Outputs
  cause?: string
  /** The failure was visible before the rollback began. */
  hasShownFailure?: boolean
  /** When the running operation ends, and its final status (`undefined`: deleted). */
  ends?: { readonly at: number; readonly status: string | undefined; readonly failsAt?: number }
}

export interface ModelPlan {
  /** Duration of an operation in milliseconds. */
  readonly takes?: number
  /** The result of the operation; by default it succeeds. */
  readonly endsWith?: { readonly status: string; readonly cause?: string }
  /** Milliseconds for which the failure is visible before the rollback, as in Heat. */
  readonly rollsBackFor?: number
}

/**
 * How a cloud recognizes a repeated request. `tokens`: by any operation that the request ever started (AWS CloudFormation).
 * `tags`: by the tags that the last operation wrote on the stack, and not at all for a deletion (OpenStack Heat).
 */
export type Recognition = 'tokens' | 'tags'

/** A model of a foreign cloud: stacks whose operations take time, marks, and calls that can be made to fail. */
export class ModelCloud {
  readonly stacks: ModelStack[] = []
  /** Deleted stacks that the cloud still shows. */
  readonly deletedStacks: ModelStack[] = []
  forgetsDeleted = false
  readonly calls: string[] = []
  /** Of the stacks that are created. */
  outputs: Outputs = { Url: 'https://made' }
  readonly plans: Partial<Record<OperationKind, ModelPlan>> = {}
  /** Thrown by the next calls, in this order; `undefined` lets a call succeed. */
  readonly faults: ((call: string) => CloudError | undefined)[] = []
  #ids = 0

  /** The largest number of stacks that one owner had at the same time. */
  mostOfOneOwner = 0
  /** Changes and deletions by a session that is not of the stack's owner. */
  readonly foreignChanges: string[] = []

  constructor(
    readonly clock: Clock,
    readonly recognition: Recognition = 'tokens',
  ) {}

  add(stack: Partial<ModelStack> & { readonly name: string }): ModelStack {
    this.#ids += 1
    const added = {
      id: `model:${stack.name}/${String(this.#ids)}`,
      owner: undefined,
      request: undefined,
      started: new Map(),
      status: 'CREATE_COMPLETE',
      outputs: {},
      ...stack,
    }
    this.stacks.push(added)
    const owned = this.stacks.filter(({ owner }) => owner !== undefined && owner === added.owner)
    this.mostOfOneOwner = Math.max(this.mostOfOneOwner, owned.length)
    return added
  }

  session(request: {
    readonly owner: string
    readonly requestId: string
    readonly kind?: OperationKind
    readonly name: string
    readonly physicalResourceId?: string
    readonly deleteAttempts?: number
    readonly repair?: boolean
  }): StackSession {
    const find = (): ModelStack | undefined => {
      this.#settle()
      return request.physicalResourceId === undefined
        ? this.stacks.find(({ name }) => name === request.name)
        : this.stacks.find(({ id }) => id === request.physicalResourceId)
    }
    const byId = (ref: StackRef): ModelStack | undefined => {
      this.#settle()
      return this.stacks.find(({ id }) => id === ref.id)
    }
    const begin = (kind: OperationKind, stack: ModelStack): Watch => {
      const plan = this.plans[kind] ?? {}
      const success = kind === 'delete' ? undefined : `${kind.toUpperCase()}_COMPLETE`
      if (stack.owner !== undefined && stack.owner !== request.owner)
        this.foreignChanges.push(`${kind} ${stack.id}`)
      stack.status = `${kind.toUpperCase()}_IN_PROGRESS`
      stack.request = `${request.requestId}/${kind}`
      stack.started.set(stack.request, this.clock.now())
      stack.ends = {
        at: this.clock.now() + (plan.takes ?? 1000) + (plan.rollsBackFor ?? 0),
        status: plan.endsWith === undefined ? success : plan.endsWith.status,
        ...(plan.rollsBackFor === undefined ? {} : { failsAt: this.clock.now() + (plan.takes ?? 1000) }),
      }
      if (plan.endsWith?.cause === undefined) delete stack.cause
      else stack.cause = plan.endsWith.cause
      return { kind, stack: { id: stack.id, name: stack.name }, marker: {} }
    }
    const call = (name: string): void => {
      this.calls.push(name)
      const fault = this.faults.shift()?.(name)
      if (fault !== undefined) throw fault
    }
    const session: StackSession = {
      identityProblems: [],
      deleteAttempts: request.deleteAttempts ?? 1,
      drift: () => Promise.resolve({ outcome: 'impossible', reason: 'The model detects no drift.' }),
      find: async (): Promise<Found> => {
        call('find')
        const stack = find()
        if (stack === undefined) return { found: false }
        const kind = this.#kindStartedBy(request, stack)
        const deleted = this.#deletedStackOf(request.requestId)
        if (
          kind === undefined &&
          request.kind === 'create' &&
          stack.owner === request.owner &&
          deleted !== undefined
        )
          return { found: 'replayed-after-delete', stack: deleted }
        const startTime = kind === undefined ? undefined : stack.started.get(`${request.requestId}/${kind}`)
        const ref = { id: stack.id, name: stack.name }
        return {
          found: true,
          stack: ref,
          status: stack.status,
          condition: conditionOf(stack.status),
          ownership: ownershipOf(stack, request.owner),
          by: request.physicalResourceId === undefined ? 'name' : 'id',
          ...(kind === undefined ? {} : { started: { kind, stack: ref, marker: {} } }),
          ...(startTime === undefined || (kind === 'delete' && this.recognition === 'tags')
            ? {}
            : { startTime }),
        }
      },
      create: async (): Promise<CreateOutcome> => {
        call('create')
        this.#settle()
        const deleted = this.#deletedStackOf(request.requestId)
        if (deleted !== undefined) return { outcome: 'replayed-after-delete', stack: deleted }
        const taken = this.stacks.find(({ name }) => name === request.name)
        // A repeated token returns the stack of the first call.
        if (
          taken !== undefined &&
          this.recognition === 'tokens' &&
          taken.started.has(`${request.requestId}/create`)
        )
          return {
            outcome: 'started',
            watch: { kind: 'create', stack: { id: taken.id, name: taken.name }, marker: {} },
          }
        if (taken !== undefined)
          return { outcome: 'taken', message: `Stack [${request.name}] already exists` }
        const stack = this.add({
          name: request.name,
          owner: request.owner,
          outputs: this.outputs,
        })
        return { outcome: 'started', watch: begin('create', stack) }
      },
      update: async (ref): Promise<UpdateOutcome> => {
        call('update')
        const stack = byId(ref)
        if (stack === undefined) return { outcome: 'missing' }
        if (this.#kindStartedBy(request, stack) === 'update')
          return { outcome: 'started', watch: { kind: 'update', stack: ref, marker: {} } }
        if (stack.ends !== undefined) return { outcome: 'busy', status: stack.status }
        stack.owner = request.owner
        return { outcome: 'started', watch: begin('update', stack) }
      },
      delete: async (ref, attempt): Promise<DeleteOutcome> => {
        call(attempt === 0 ? 'delete' : `delete ${String(attempt)}`)
        const stack = byId(ref)
        if (stack === undefined) return { outcome: 'missing' }
        if (stack.status === 'UPDATE_IN_PROGRESS' && this.recognition === 'tokens')
          return { outcome: 'busy', status: stack.status }
        // A repeated delete call joins the deletion in progress.
        if (stack.status === 'DELETE_IN_PROGRESS')
          return { outcome: 'started', watch: { kind: 'delete', stack: ref, marker: {} } }
        return { outcome: 'started', watch: begin('delete', stack) }
      },
      describe: async (watch): Promise<Observation> => {
        call('describe')
        const stack = byId(watch.stack)
        if (stack === undefined) return { phase: 'gone' }
        const { status } = stack
        if (stack.ends !== undefined) {
          if ((stack.ends.failsAt ?? Infinity) <= this.clock.now() && stack.hasShownFailure !== true) {
            stack.hasShownFailure = true
            return { phase: 'failed', status: 'CREATE_FAILED', final: false }
          }
          const startTime =
            watch.kind === 'delete' && this.recognition === 'tags'
              ? undefined
              : startOf(stack, watch, request.requestId)
          return { phase: 'working', status, ...(startTime === undefined ? {} : { startTime }) }
        }
        const good = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']
        if (watch.kind === 'repair' && status === 'UPDATE_ROLLBACK_COMPLETE')
          return { phase: 'succeeded', status, outputs: {} }
        return watch.kind !== 'delete' && good.slice(0, 2).includes(status)
          ? { phase: 'succeeded', status, outputs: stack.outputs }
          : { phase: 'failed', status, statusReason: 'the status reason', final: true }
      },
      explain: async (watch): Promise<Explanation> => {
        call('explain')
        const cause = byId(watch.stack)?.cause
        return { latestEvent: 'Bucket CREATE_IN_PROGRESS', ...(cause === undefined ? {} : { cause }) }
      },
      cancel: async () => {
        call('cancel')
        return 'The update was cancelled.'
      },
      events: async () => {
        return []
      },
      plan: () => Promise.resolve({ outcome: 'impossible', reason: 'The model makes no plans.' }),
      close() {
        return undefined
      },
      ...(request.repair === true
        ? {
            repair: async (ref: StackRef): Promise<Watch> => {
              call('repair')
              const stack = byId(ref)
              if (stack !== undefined)
                stack.ends = { at: this.clock.now() + 1000, status: 'UPDATE_ROLLBACK_COMPLETE' }
              return { kind: 'repair', stack: ref, marker: {} }
            },
          }
        : {}),
    }
    return session
  }

  #deletedStackOf(requestId: string): StackRef | undefined {
    this.#settle()
    if (this.forgetsDeleted) return undefined
    const deleted = this.deletedStacks.find(({ started }) => started.has(`${requestId}/create`))
    return deleted === undefined ? undefined : { id: deleted.id, name: deleted.name }
  }

  /** The deletion of a failed stack before a Create is not the requested operation. */
  #kindStartedBy(
    { requestId, kind: asked }: { readonly requestId: string; readonly kind?: OperationKind },
    stack: ModelStack,
  ): OperationKind | undefined {
    const kinds = (['update', 'create', 'delete'] as const).filter((kind) =>
      kind === 'delete' ? asked !== 'create' && asked !== 'update' : asked !== 'delete',
    )
    const isGoing = this.recognition === 'tags' && stack.status.startsWith('DELETE_')
    return kinds.find((kind) => {
      const operation = `${requestId}/${kind}`
      if (this.recognition === 'tokens') return stack.started.has(operation)
      return stack.request === operation && isGoing === (kind === 'delete')
    })
  }

  #settle(): void {
    for (const stack of [...this.stacks]) {
      if (stack.ends === undefined || this.clock.now() < stack.ends.at) continue
      const { status } = stack.ends
      delete stack.ends
      if (status === undefined) this.deletedStacks.push(...this.stacks.splice(this.stacks.indexOf(stack), 1))
      else stack.status = status
    }
  }
}

function startOf(stack: ModelStack, { kind }: Watch, requestId: string): number | undefined {
  return stack.started.get(`${requestId}/${kind}`)
}

function ownershipOf(stack: ModelStack, owner: string): Ownership {
  if (stack.owner === undefined) return { mark: 'unmarked' }
  return stack.owner === owner ? { mark: 'ours' } : { mark: 'another', owner: stack.owner }
}

function conditionOf(status: string): Condition {
  if (status === 'DELETE_IN_PROGRESS') return 'deleting'
  if (status.endsWith('_IN_PROGRESS')) return 'working'
  if (status === 'UPDATE_ROLLBACK_FAILED') return 'stuck'
  if (status === 'DELETE_FAILED') return 'delete-failed'
  if (status === 'ROLLBACK_COMPLETE' || status === 'CREATE_FAILED') return 'failed-create'
  return 'settled'
}
