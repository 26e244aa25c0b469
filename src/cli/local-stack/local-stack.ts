import { isDeepStrictEqual } from 'node:util'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { ownValue } from '../../platform/own-value.ts'
import type { Renderer } from '../report.ts'
import { TemplateError } from '../ros-template/template.ts'
import { desiredStack, type DesiredStack, type StackOutput, type StackRequest } from './desired-stack.ts'
import { isKept, ResourceSteps, type EventAnswer } from './resource-steps.ts'
import { runInOrder } from './run-in-order.ts'
import { StackReporter } from './stack-reporter.ts'
import type { ResourceEvent, StackOperation, StackResource, StackState } from './stack-state.ts'

export interface LocalStackOptions {
  readonly clock: Clock
  readonly renderer: Renderer
  /** Sends an event to the bridge and waits for its answer. */
  readonly send: (event: ResourceEvent) => Promise<EventAnswer>
  /** Keeps the state. An event is sent only after this has resolved. */
  readonly save: (state: StackState) => Promise<void>
  readonly requestId: () => string
  /** How many resources are worked on at once. */
  readonly limit: number
  /** Leaves what has failed as it is, in the place of a rollback. */
  readonly keepsFailure?: boolean
}

export type StackStatus =
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'

export interface StackOutcome {
  readonly status: StackStatus
  readonly reason: string | undefined
  readonly outputs: readonly StackOutput[]
}

/**
 * The stack of a local ROS. An operation goes forward resource by resource; after a failure it undoes its changes in the
 * reverse order. All that it knows is in `state`, so that another process can go on from there at any moment.
 */
export class LocalStack {
  readonly #state: StackState
  readonly #options: LocalStackOptions
  readonly #reporter: StackReporter
  readonly #steps: ResourceSteps

  constructor(state: StackState, options: LocalStackOptions) {
    const { clock, renderer, send, requestId } = options
    this.#state = state
    this.#options = options
    this.#reporter = new StackReporter(state, clock, renderer)
    this.#steps = new ResourceSteps(state, this.#reporter, { send, requestId, save: () => this.#save() })
  }

  /** When the elapsed time of its reports is 0. */
  get startedAt(): EpochMs {
    return this.#reporter.startedAt
  }

  get elapsedMs(): number {
    return this.#reporter.elapsedMs
  }

  /** Creates the stack, or updates it. Throws `TemplateError` before anything has changed. */
  async apply(request: StackRequest): Promise<StackOutcome> {
    const desired = desiredStack(request, this.#state)
    this.#state.hidden = [...new Set([...this.#state.hidden, ...desired.hidden])]
    const kind = Object.keys(this.#state.resources).length === 0 ? 'create' : 'update'
    const surplus = request.only === undefined ? this.#surplusOf(desired) : []
    this.#reporter.operation(kind, desired.resources.size + surplus.length)
    return this.#run({ kind, ...request, ...nothingDone() })
  }

  /** Deletes all resources, also those of an operation that has not ended. */
  async delete(): Promise<StackOutcome> {
    const pending = Object.keys(this.#state.pending)
    this.#reporter.operation('delete', new Set([...pending, ...Object.keys(this.#state.resources)]).size)
    await this.#settlePending()
    this.#adoptUnknown()
    return this.#run({ kind: 'delete', template: null, parameters: {}, ...nothingDone() })
  }

  /** Goes on with the operation that was interrupted or has failed. There must be one. */
  async resume(): Promise<StackOutcome> {
    const { operation } = this.#state
    if (operation === undefined) throw new TypeError('There is no operation to go on with')
    this.#reportResumed(operation)
    await this.#settlePending()
    return this.#end(operation)
  }

  #reportResumed(operation: StackOperation): void {
    const { kind, rollback, changes, done } = operation
    if (rollback) this.#reporter.operation('roll back', changes.filter(({ undone }) => !undone).length)
    else if (kind === 'delete') this.#reporter.operation('delete', Object.keys(this.#state.resources).length)
    else this.#reporter.operation(kind, desiredStack(operation, this.#state).resources.size - done.length)
  }

  async #run(operation: StackOperation): Promise<StackOutcome> {
    this.#state.operation = operation
    await this.#save()
    return this.#end(operation)
  }

  #end(operation: StackOperation): Promise<StackOutcome> {
    return operation.kind === 'delete' ? this.#deleteAll() : this.#applyAll(operation)
  }

  /** The answers to these events are not known: each is sent again as it was. */
  async #settlePending(): Promise<void> {
    const { pending } = this.#state
    await runInOrder({
      names: Object.keys(pending),
      needsOf: () => [],
      limit: this.#options.limit,
      work: async (name) => {
        const event = ownValue(pending, name)
        if (event !== undefined) await this.#steps.serve(event)
        return true
      },
    })
  }

  /** A resource whose Create has failed may exist all the same. */
  #adoptUnknown(): void {
    for (const { logicalId, before, after, undone } of this.#state.operation?.changes ?? [])
      if (before === undefined && !undone && !Object.hasOwn(this.#state.resources, logicalId))
        this.#state.resources[logicalId] = after
  }

  async #applyAll(operation: StackOperation): Promise<StackOutcome> {
    const desired = desiredStack(operation, this.#state)
    if (!operation.rollback && operation.failure === undefined) await this.#goForward(operation, desired)
    if (operation.failure !== undefined) {
      const { reason } = operation.failure
      return this.#options.keepsFailure === true
        ? { status: operation.kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason, outputs: [] }
        : this.#rollBack(operation, reason)
    }
    const problem = operation.only === undefined ? await this.#removeSurplus(desired) : undefined
    if (problem !== undefined) return { status: 'UPDATE_FAILED', reason: problem, outputs: [] }
    return this.#finished(
      operation.kind === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
      desired.outputs(this.#state.resources),
    )
  }

  async #goForward(operation: StackOperation, desired: DesiredStack): Promise<void> {
    await runInOrder({
      names: [...desired.resources.keys()].filter((name) => !operation.done.includes(name)),
      needsOf: (name) => desired.dependencies.get(name) ?? [],
      limit: this.#options.limit,
      work: (name) => this.#bringAbout(name, operation, desired),
    })
    if (operation.failure === undefined) await this.#checkOutputs(operation, desired)
  }

  async #checkOutputs(operation: StackOperation, desired: DesiredStack): Promise<void> {
    const reason = problemOf(() => desired.outputs(this.#state.resources))
    if (reason === undefined) return
    operation.failure = { logicalId: this.#state.stackName, reason }
    await this.#save()
  }

  async #bringAbout(name: string, operation: StackOperation, desired: DesiredStack): Promise<boolean> {
    const before = ownValue(this.#state.resources, name)
    let after: StackResource | undefined
    const reason =
      problemOf(() => {
        after = this.#resourceAfter(name, desired)
      }) ?? changeOfType(name, before, after)
    if (reason !== undefined || after === undefined)
      return this.#failed(operation, name, reason ?? '', desired.resources.get(name)?.type ?? '')
    if (before !== undefined && isDeepStrictEqual(before.properties, after.properties)) {
      this.#state.resources[name] = { ...before, retained: after.retained, dependsOn: after.dependsOn }
      operation.done.push(name)
      // A resource whose event was sent again after an interruption has just been changed.
      if (!operation.changes.some(({ logicalId }) => logicalId === name))
        this.#reporter.resource(name, after.type, 'UNCHANGED')
      if (after.served) await this.#save()
      return true
    }
    operation.changes.push({
      logicalId: name,
      after,
      undone: false,
      ...(before === undefined ? {} : { before }),
    })
    await this.#steps.change(name, before, after)
    if (operation.failure?.logicalId === name) return false
    operation.done.push(name)
    if (isKept(before === undefined ? { after } : { before, after })) await this.#save()
    return true
  }

  #resourceAfter(name: string, desired: DesiredStack): StackResource {
    const { resources } = this.#state
    const definition = desired.resources.get(name)
    const before = ownValue(resources, name)
    return {
      ...desired.resource(name, resources),
      type: definition?.type ?? '',
      data: before?.data ?? {},
      retained: definition?.retained ?? false,
      dependsOn: [...(desired.dependencies.get(name) ?? [])],
      ...(before?.physicalResourceId === undefined ? {} : { physicalResourceId: before.physicalResourceId }),
    }
  }

  async #failed(operation: StackOperation, name: string, reason: string, type: string): Promise<boolean> {
    operation.failure ??= { logicalId: name, reason }
    this.#reporter.resource(
      name,
      type,
      ownValue(this.#state.resources, name) === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED',
      {
        reason,
      },
    )
    await this.#save()
    return false
  }

  /** Undoes the changes in the reverse order, also the one that failed. */
  async #rollBack(operation: StackOperation, cause: string): Promise<StackOutcome> {
    if (!operation.rollback)
      this.#reporter.operation('roll back', operation.changes.filter(({ undone }) => !undone).length)
    operation.rollback = true
    await this.#save()
    const prefix = operation.kind === 'create' ? 'ROLLBACK' : 'UPDATE_ROLLBACK'
    for (const change of [...operation.changes].reverse()) {
      if (change.undone) continue
      const problem = await this.#steps.undo(change)
      if (problem !== undefined)
        return {
          status: `${prefix}_FAILED`,
          reason: `${cause.replace(/\.$/, '')}; ${change.logicalId} could not be rolled back: ${problem}`,
          outputs: [],
        }
    }
    return { ...(await this.#finished(`${prefix}_COMPLETE`, [])), reason: cause }
  }

  /** Resources that the template no longer has. Returns why one could not be deleted. */
  #removeSurplus(desired: DesiredStack): Promise<string | undefined> {
    return this.#removeAll(this.#surplusOf(desired))
  }

  #surplusOf(desired: DesiredStack): string[] {
    return Object.keys(this.#state.resources).filter((name) => !desired.all.has(name))
  }

  async #deleteAll(): Promise<StackOutcome> {
    const reason = await this.#removeAll(Object.keys(this.#state.resources))
    if (reason !== undefined) return { status: 'DELETE_FAILED', reason, outputs: [] }
    return this.#finished('DELETE_COMPLETE', [])
  }

  /** What needs a resource is deleted before it. */
  async #removeAll(names: readonly string[]): Promise<string | undefined> {
    const { resources } = this.#state
    let problem: string | undefined
    await runInOrder({
      names,
      needsOf: (name) => names.filter((one) => ownValue(resources, one)?.dependsOn.includes(name) ?? false),
      limit: this.#options.limit,
      work: async (name) => {
        const resource = ownValue(resources, name)
        if (resource === undefined) return true
        if (resource.retained) {
          await this.#steps.retain(name, resource)
          return true
        }
        const found = await this.#steps.remove(name, resource)
        problem ??= found === undefined ? undefined : `${name}: ${found}`
        return found === undefined
      },
    })
    return problem
  }

  async #finished(status: StackStatus, outputs: readonly StackOutput[]): Promise<StackOutcome> {
    Reflect.deleteProperty(this.#state, 'operation')
    await this.#save()
    return { status, reason: undefined, outputs }
  }

  #save(): Promise<void> {
    return this.#options.save(this.#state)
  }
}

function nothingDone(): Pick<StackOperation, 'changes' | 'done' | 'rollback'> {
  return { changes: [], done: [], rollback: false }
}

function changeOfType(
  name: string,
  before: StackResource | undefined,
  after: StackResource | undefined,
): string | undefined {
  return before === undefined || after === undefined || before.type === after.type
    ? undefined
    : `Resources.${name}.Type cannot change from ${before.type} to ${after.type}; give the new resource another name`
}

/** Why a value of the template cannot be computed. */
function problemOf(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof TemplateError) return error.message
    throw error
  }
}
