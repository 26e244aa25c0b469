import type { CloudContext } from './cloud-context.ts'
import type { Scope } from './intrinsic-functions.ts'
import type { OperationInput, UpdateInput } from './operation-input.ts'
import { OperationLog } from './operation-log.ts'
import { behaviourOf } from './resource-types.ts'
import { ResourceWorker } from './resource-worker.ts'
import { setOutputs } from './stack-outputs.ts'
import { isIncluded, levelsOf, resolvedProperties, scopeOf } from './stack-scope.ts'
import { failedValidations, validationSummary } from './early-validation.ts'
import type { Design, SandboxResource, SandboxStack, SandboxValidation, StackOperation } from './stack.ts'
import { isRetained, type RemovalCause } from './retention.ts'
import { exportInUse } from './stack-imports.ts'
import { StatusRecorder } from './status-recorder.ts'

/** Runs the operations of a stack to their end, as CloudFormation does: in order of dependency, with rollback. */
export class Lifecycle {
  readonly #context: CloudContext
  readonly #recorder: StatusRecorder
  readonly #resources: ResourceWorker
  readonly #log: OperationLog

  constructor(context: CloudContext) {
    this.#context = context
    this.#log = new OperationLog(context)
    this.#recorder = new StatusRecorder(context.clock, () => context.nextId())
    this.#resources = new ResourceWorker(context, this.#recorder, (child) =>
      this.delete(child, undefined, { retain: [], force: false }),
    )
  }

  async create(stack: SandboxStack, token: string | undefined, input: OperationInput = {}): Promise<void> {
    const operation = this.#log.begin(stack, token, 'CREATE_STACK')
    operation.retainExceptOnCreate = input.retainExceptOnCreate
    this.#recorder.setStatus(stack, 'CREATE_IN_PROGRESS', 'User Initiated', operation)
    void this.#limit(stack, operation)
    const refused = this.#validate(stack, stack.design, operation, input)
    if (refused.length > 0) await this.#context.clock.sleep(this.#context.resourceDelayMs)
    const failed = refused.length > 0 ? [] : await this.#createAll(stack, stack.design, operation)
    if (operation !== stack.operation) return
    const isMade = refused.length === 0 && failed.length === 0 && operation.stop === undefined
    if (isMade && setOutputs(stack, this.#context)) {
      this.#recorder.end(stack, 'CREATE_COMPLETE', undefined, operation)
      return
    }
    const reason =
      refused.length > 0 ? validationSummary(refused) : (operation.stop ?? summary('create', failed))
    if (stack.onFailure === 'DO_NOTHING') {
      this.#recorder.end(stack, 'CREATE_FAILED', reason, operation)
      return
    }
    if (stack.onFailure === 'DELETE') {
      this.#log.turnBack(stack, operation)
      await this.#deleteAll(stack, operation, {
        first: 'DELETE_IN_PROGRESS',
        reason,
        done: 'DELETE_COMPLETE',
        cause: 'rollback',
        retain: [],
        force: false,
      })
      return
    }
    this.#log.turnBack(stack, operation)
    await this.#rollBackCreation(stack, operation, `${reason} Rollback requested by user.`)
  }

  /** Begins before it returns its promise, so that the stack shows the operation at once. */
  async update(
    stack: SandboxStack,
    next: Design,
    token: string | undefined,
    input: UpdateInput = {},
  ): Promise<void> {
    const operation = this.#log.begin(stack, token, 'UPDATE_STACK')
    operation.retainExceptOnCreate = input.retainExceptOnCreate
    const refused = this.#validate(stack, next, operation, input)
    if (refused.length > 0 && this.#context.refusedUpdates() === 'untouched') {
      this.#log.refuse(stack, operation)
      return
    }
    const before = stack.design
    stack.updatedAt = this.#context.clock.now()
    stack.tags = input.tags ?? stack.tags
    stack.options = input.options ?? stack.options
    this.#recorder.setStatus(stack, 'UPDATE_IN_PROGRESS', 'User Initiated', operation)
    if (refused.length > 0) {
      await this.#context.clock.sleep(this.#context.resourceDelayMs)
      this.#log.turnBack(stack, operation)
      this.#recorder.setStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', validationSummary(refused), operation)
      this.#recorder.end(stack, 'UPDATE_ROLLBACK_COMPLETE', undefined, operation)
      return
    }
    stack.design = next
    const failed = await this.#createAll(stack, next, operation)
    if (operation !== stack.operation) return
    if (failed.length === 0 && operation.stop === undefined && setOutputs(stack, this.#context)) {
      this.#recorder.setStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation)
      await this.#cleanUp(stack, before, operation)
      this.#recorder.end(stack, 'UPDATE_COMPLETE', undefined, operation)
      return
    }
    const reason = operation.stop ?? summary('update', failed)
    if (input.disableRollback === true) {
      stack.rolledBackTo = before
      this.#recorder.end(stack, 'UPDATE_FAILED', reason, operation)
      return
    }
    this.#log.turnBack(stack, operation)
    this.#recorder.setStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason, operation)
    await this.rollBackUpdate(stack, before, operation, [])
  }

  /** Rolls back a creation that DisableRollback has kept, as RollbackStack does. */
  async rollBackKeptCreation(
    stack: SandboxStack,
    token: string | undefined,
    { retainExceptOnCreate }: OperationInput,
  ): Promise<void> {
    const operation = this.#log.begin(stack, token, 'ROLLBACK')
    operation.retainExceptOnCreate = retainExceptOnCreate
    await this.#rollBackCreation(stack, operation, 'User Initiated')
  }

  async #rollBackCreation(stack: SandboxStack, operation: StackOperation, reason: string): Promise<void> {
    // AWS sets DeletionTime when it rolls a creation back: recorded in LocalStack's
    // tests/aws/services/cloudformation/api/test_stacks.snapshot.json (test_blocked_stack_deletion).
    stack.deletedAt = this.#context.clock.now()
    this.#recorder.setStatus(stack, 'ROLLBACK_IN_PROGRESS', reason, operation)
    const isKept = (resource: SandboxResource) => isRetained(resource, stack.design, 'rollback', operation)
    const removed = this.#withoutKept(stack, [...stack.resources.values()], isKept, operation)
    const failures = await this.#resources.removeAll(stack, removed, operation, 'rollback')
    if (operation !== stack.operation) return
    if (failures.length > 0)
      this.#recorder.end(stack, 'ROLLBACK_FAILED', summary('delete', failures), operation)
    else this.#recorder.end(stack, 'ROLLBACK_COMPLETE', undefined, operation)
  }

  /** Rolls an update back, or continues a rollback without the resources in `skip`, as ContinueUpdateRollback does. */
  async rollBackUpdate(
    stack: SandboxStack,
    before: Design,
    operation: StackOperation,
    skip: readonly string[],
  ): Promise<void> {
    operation.stop = undefined
    const failedDesign = stack.design
    stack.design = before
    const failures = this.#rollbackFailures(stack, failedDesign, skip)
    if (failures.length > 0) {
      for (const { resource, message } of failures)
        this.#recorder.setResource(stack, resource, 'UPDATE_FAILED', message, operation)
      stack.design = failedDesign
      stack.rolledBackTo = before
      this.#recorder.end(
        stack,
        'UPDATE_ROLLBACK_FAILED',
        summary(
          'update',
          failures.map(({ resource }) => resource.logicalId),
        ),
        operation,
      )
      return
    }
    await this.#createAll(stack, before, operation)
    setOutputs(stack, this.#context)
    this.#recorder.setStatus(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation)
    await this.#cleanUp(stack, failedDesign, operation)
    this.#recorder.end(stack, 'UPDATE_ROLLBACK_COMPLETE', undefined, operation)
  }

  async delete(
    stack: SandboxStack,
    token: string | undefined,
    options: { readonly retain: readonly string[]; readonly force: boolean },
  ): Promise<void> {
    const previous = stack.status
    const operation = this.#log.begin(stack, token, 'DELETE_STACK')
    const used = exportInUse(stack, this.#context.stacks(), this.#context)
    if (used !== undefined) {
      this.#recorder.setStatus(stack, 'DELETE_IN_PROGRESS', 'User Initiated', operation)
      await this.#context.clock.sleep(this.#context.resourceDelayMs)
      const reason = `Delete canceled. Cannot delete export ${used.exportName} as it is in use by ${used.importers.join(', ')}.`
      this.#recorder.end(stack, previous, reason, operation)
      return
    }
    await this.#deleteAll(stack, operation, {
      first: 'DELETE_IN_PROGRESS',
      reason: 'User Initiated',
      done: 'DELETE_COMPLETE',
      cause: 'deletion',
      ...options,
    })
  }

  /** Begins a rollback of an update that a caller asks for. */
  beginRollback(
    stack: SandboxStack,
    token: string | undefined,
    type: 'CONTINUE_ROLLBACK' | 'ROLLBACK',
    { retainExceptOnCreate }: OperationInput = {},
  ): StackOperation {
    const operation = this.#log.begin(stack, token, type)
    operation.retainExceptOnCreate = retainExceptOnCreate
    this.#recorder.setStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', operation)
    return operation
  }

  #validate(
    stack: SandboxStack,
    design: Design,
    operation: StackOperation,
    { disableValidation = false }: OperationInput,
  ): SandboxValidation[] {
    if (disableValidation) return []
    const failed = failedValidations(stack, design, operation.record, this.#context)
    stack.validations.push(...failed)
    return failed
  }

  async #deleteAll(
    stack: SandboxStack,
    operation: StackOperation,
    plan: {
      first: string
      reason: string
      done: string
      cause: RemovalCause
      retain: readonly string[]
      force: boolean
    },
  ): Promise<void> {
    this.#recorder.setStatus(stack, plan.first, plan.reason, operation)
    const isKept = (resource: SandboxResource) =>
      plan.retain.includes(resource.logicalId) || isRetained(resource, stack.design, plan.cause, operation)
    const removed = this.#withoutKept(stack, [...stack.resources.values()], isKept, operation)
    const failures = await this.#resources.removeAll(
      stack,
      [...stack.superseded, ...removed],
      operation,
      'delete',
    )
    if (operation !== stack.operation) return
    if (failures.length > 0 && !plan.force) {
      this.#recorder.end(stack, 'DELETE_FAILED', summary('delete', failures), operation)
      return
    }
    stack.deletedAt = this.#context.clock.now()
    this.#recorder.end(stack, plan.done, undefined, operation)
  }

  /** Creates new resources and updates changed ones. Returns the logical ids that failed. */
  async #createAll(stack: SandboxStack, design: Design, operation: StackOperation): Promise<string[]> {
    const failed: string[] = []
    for (const level of levelsOf(design, this.#scope(stack, design))) {
      const isStopped = () =>
        failed.length > 0 || operation.stop !== undefined || operation !== stack.operation
      if (isStopped()) break
      await Promise.all(
        level.map(async (resource) => {
          const isDone = await this.#resources.createOrUpdate(stack, design, resource, operation, isStopped)
          if (!isDone) failed.push(resource[0])
        }),
      )
    }
    return failed
  }

  /** Takes the resources that are kept from the stack, and returns the others. */
  #withoutKept(
    stack: SandboxStack,
    resources: readonly SandboxResource[],
    isKept: (resource: SandboxResource) => boolean,
    operation: StackOperation,
  ): SandboxResource[] {
    return resources.filter((resource) => {
      if (!isKept(resource)) return true
      this.#recorder.setResource(stack, resource, 'DELETE_SKIPPED', undefined, operation)
      stack.resources.delete(resource.logicalId)
      return false
    })
  }

  /**
   * Removes the resources that only `former`, the design before, has, and those that were replaced. As in AWS, a failure here does
   * not fail the update.
   */
  async #cleanUp(stack: SandboxStack, former: Design, operation: StackOperation): Promise<void> {
    const scope = this.#scope(stack, stack.design)
    for (const resource of [...stack.superseded]) this.#keepReplaced(stack, resource, operation)
    const gone = [...stack.resources.values()].filter(({ logicalId }) => {
      const definition = stack.design.template.resources.get(logicalId)
      return definition === undefined || !isIncluded(definition, scope)
    })
    const cause = stack.status.startsWith('UPDATE_ROLLBACK') ? 'rollback' : 'deletion'
    const isKept = (resource: SandboxResource) => isRetained(resource, former, cause, operation)
    const removed = this.#withoutKept(stack, gone, isKept, operation)
    await this.#resources.removeAll(stack, [...stack.superseded, ...removed], operation, 'delete')
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html */
  #keepReplaced(stack: SandboxStack, resource: SandboxResource, operation: StackOperation): void {
    const policy = stack.design.template.resources.get(resource.logicalId)?.updateReplacePolicy
    if (policy !== 'Retain' || stack.status.startsWith('UPDATE_ROLLBACK')) return
    this.#recorder.setResource(stack, resource, 'DELETE_SKIPPED', undefined, operation)
    stack.superseded.splice(stack.superseded.indexOf(resource), 1)
  }

  #scope(stack: SandboxStack, design: Design): Scope {
    return scopeOf(stack, design, this.#context)
  }

  #rollbackFailures(stack: SandboxStack, failedDesign: Design, skip: readonly string[]) {
    return [...stack.resources.values()].flatMap((resource) => {
      const definition = failedDesign.template.resources.get(resource.logicalId)
      if (definition === undefined || skip.includes(resource.logicalId)) return []
      const behaviour = behaviourOf(
        definition,
        resolvedProperties(definition, this.#scope(stack, failedDesign)),
      )
      return behaviour.failOn.includes('update-rollback') ? [{ resource, message: behaviour.message }] : []
    })
  }

  /** Stops a creation that takes longer than TimeoutInMinutes. */
  async #limit(stack: SandboxStack, operation: StackOperation): Promise<void> {
    if (stack.timeoutMinutes === undefined) return
    await this.#context.clock.sleep(stack.timeoutMinutes * 60_000)
    if (stack.operation === operation) operation.stop = 'Stack creation time exceeded the specified timeout.'
  }
}

function summary(verb: string, logicalIds: readonly string[]): string {
  return logicalIds.length === 0
    ? ''
    : `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}].`
}
