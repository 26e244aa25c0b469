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
  status: string
  outputs: Outputs
  cause?: string
  /** When the running operation ends, and the status it ends with (`undefined`: gone). */
  ends?: { readonly at: number; readonly status: string | undefined }
}

export interface ModelPlan {
  /** How long an operation takes, milliseconds. */
  readonly takes?: number
  /** How the operation ends where not in success. */
  readonly endsWith?: { readonly status: string; readonly cause?: string }
}

/** A foreign cloud as the bridge may think of it: stacks that take their time, marks, and calls that can be made to fail. */
export class ModelCloud {
  readonly stacks: ModelStack[] = []
  readonly calls: string[] = []
  readonly plans: Partial<Record<OperationKind, ModelPlan>> = {}
  /** Thrown by the next calls, first one first; `undefined` lets one through. */
  readonly faults: ((call: string) => CloudError | undefined)[] = []
  #ids = 0

  constructor(readonly clock: Clock) {}

  add(stack: Partial<ModelStack> & { readonly name: string }): ModelStack {
    this.#ids += 1
    const added = {
      id: `model:${stack.name}/${String(this.#ids)}`,
      owner: undefined,
      request: undefined,
      status: 'CREATE_COMPLETE',
      outputs: {},
      ...stack,
    }
    this.stacks.push(added)
    return added
  }

  session(request: {
    readonly owner: string
    readonly requestId: string
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
      stack.status = `${kind.toUpperCase()}_IN_PROGRESS`
      stack.request = `${request.requestId}/${kind}`
      stack.ends = {
        at: this.clock.now() + (plan.takes ?? 1000),
        status: plan.endsWith === undefined ? success : plan.endsWith.status,
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
      find: async (): Promise<Found> => {
        call('find')
        const stack = find()
        if (stack === undefined) return { found: false }
        const kind = (['create', 'update', 'delete'] as const).find(
          (one) => stack.request === `${request.requestId}/${one}`,
        )
        const ref = { id: stack.id, name: stack.name }
        return {
          found: true,
          stack: ref,
          status: stack.status,
          condition: conditionOf(stack.status),
          ownership: ownershipOf(stack, request.owner),
          by: request.physicalResourceId === undefined ? 'name' : 'id',
          ...(kind === undefined ? {} : { begun: { kind, stack: ref, marker: {} } }),
        }
      },
      create: async (): Promise<CreateOutcome> => {
        call('create')
        this.#settle()
        if (this.stacks.some(({ name }) => name === request.name)) return { outcome: 'taken' }
        const stack = this.add({
          name: request.name,
          owner: request.owner,
          outputs: { Url: 'https://made' },
        })
        return { outcome: 'started', watch: begin('create', stack) }
      },
      update: async (ref): Promise<UpdateOutcome> => {
        call('update')
        const stack = byId(ref)
        if (stack === undefined) return { outcome: 'missing' }
        if (stack.ends !== undefined) return { outcome: 'busy', status: stack.status }
        stack.owner = request.owner
        return { outcome: 'started', watch: begin('update', stack) }
      },
      delete: async (ref, attempt): Promise<DeleteOutcome> => {
        call(attempt === 0 ? 'delete' : `delete ${String(attempt)}`)
        const stack = byId(ref)
        if (stack === undefined) return { outcome: 'missing' }
        if (stack.status === 'UPDATE_IN_PROGRESS') return { outcome: 'busy', status: stack.status }
        return { outcome: 'started', watch: begin('delete', stack) }
      },
      describe: async (watch): Promise<Observation> => {
        call('describe')
        const stack = byId(watch.stack)
        if (stack === undefined) return { phase: 'gone' }
        const { status } = stack
        if (stack.ends !== undefined) return { phase: 'working', status }
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

  #settle(): void {
    for (const stack of [...this.stacks]) {
      if (stack.ends === undefined || this.clock.now() < stack.ends.at) continue
      const { status } = stack.ends
      delete stack.ends
      if (status === undefined) this.stacks.splice(this.stacks.indexOf(stack), 1)
      else stack.status = status
    }
  }
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
