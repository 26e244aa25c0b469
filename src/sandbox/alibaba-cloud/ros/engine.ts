import type { JsonValue } from '../../../platform/json.ts'
import { reasonOf } from '../../resource-failure.ts'
import type { CloudContext } from './cloud-context.ts'
import { behaviourOf } from './resource-types.ts'
import { ResourceWorker } from './resource-worker.ts'
import { isIncluded, levelsOf, resolve, scopeOf } from './stack-scope.ts'
import type { Design, SandboxRosStack, StackOperation } from './stack.ts'
import { StatusRecorder } from './status-recorder.ts'

/** How long a failure shows before its rollback starts, so that a client can poll it. */
const FAILURE_SHOWN_MS = 20
/** Runs the operations of a stack to their end: in order of dependency, with rollback. */
export class Engine {
  readonly #context: CloudContext
  readonly #recorder: StatusRecorder
  readonly #resources: ResourceWorker

  constructor(context: CloudContext) {
    this.#context = context
    this.#recorder = new StatusRecorder(context)
    this.#resources = new ResourceWorker(context, this.#recorder, this)
  }

  /** Creates a stack, or continues a failed creation. */
  async create(stack: SandboxRosStack): Promise<void> {
    const operation = this.#recorder.begin(stack, 'CREATE')
    const failure = await this.#limited(stack, operation, () => this.#makeAll(stack, stack.design, operation))
    if (stack.operation !== operation) return
    if (failure === undefined) {
      this.#recorder.end(stack, operation, 'CREATE_COMPLETE', 'Stack CREATE completed successfully')
      return
    }
    if (!(await this.#showsFailure(stack, operation, failure))) return
    this.#recorder.setStatus(
      stack,
      'CREATE_ROLLBACK_IN_PROGRESS',
      `Create rollback started. Reason: ${failure}`,
    )
    const problem = await this.#resources.removeAll(stack, [...stack.resources.keys()], operation, 'rollback')
    if (problem === undefined)
      this.#recorder.end(
        stack,
        operation,
        'CREATE_ROLLBACK_COMPLETE',
        'Stack CREATE_ROLLBACK completed successfully',
      )
    else this.#recorder.end(stack, operation, 'CREATE_ROLLBACK_FAILED', problem)
  }

  async update(stack: SandboxRosStack, next: Design): Promise<void> {
    const before = stack.design
    const operation = this.#recorder.begin(stack, 'UPDATE')
    if (this.#context.writesUpdateTimeAt === 'beginning') stack.updatedAt = this.#context.clock.now()
    stack.design = next
    const failure = await this.#limited(stack, operation, () => this.#makeAll(stack, next, operation))
    if (stack.operation !== operation) return
    if (failure === undefined) {
      this.#releaseRetained(stack, before)
      await this.#removeUndesired(stack, operation)
      this.#recorder.endUpdate(stack, operation, 'UPDATE_COMPLETE', 'Stack UPDATE completed successfully')
      return
    }
    if (await this.#showsFailure(stack, operation, failure))
      await this.#rollBack(stack, before, operation, failure)
  }

  async delete(
    stack: SandboxRosStack,
    options: { readonly retain: readonly string[]; readonly retainAll: boolean } = {
      retain: [],
      retainAll: false,
    },
  ): Promise<void> {
    if (stack.operation !== undefined) stack.operation.stop = 'Stack DELETE started'
    const operation = this.#recorder.begin(stack, 'DELETE')
    const isRetained = (logicalId: string) =>
      options.retainAll ||
      options.retain.includes(logicalId) ||
      stack.design.template.resources.get(logicalId)?.retained === true
    for (const logicalId of [...stack.resources.keys()].filter(isRetained)) stack.resources.delete(logicalId)
    const problem = await this.#resources.removeAll(stack, [...stack.resources.keys()], operation, 'delete')
    if (problem === undefined)
      this.#recorder.end(stack, operation, 'DELETE_COMPLETE', 'Stack DELETE completed successfully')
    else this.#recorder.end(stack, operation, 'DELETE_FAILED', problem)
  }

  /** Whether a rollback follows. */
  async #showsFailure(stack: SandboxRosStack, operation: StackOperation, failure: string): Promise<boolean> {
    const status = `${operation.action}_FAILED`
    if (stack.disableRollback) {
      if (operation.action === 'UPDATE') this.#recorder.endUpdate(stack, operation, status, failure)
      else this.#recorder.end(stack, operation, status, failure)
      return false
    }
    this.#recorder.setStatus(stack, status, failure)
    await this.#context.clock.sleep(FAILURE_SHOWN_MS)
    return stack.operation === operation
  }

  async #rollBack(
    stack: SandboxRosStack,
    before: Design,
    operation: StackOperation,
    failure: string,
  ): Promise<void> {
    this.#recorder.setStatus(stack, 'ROLLBACK_IN_PROGRESS', `Stack ROLLBACK started. Reason: ${failure}`)
    const problem = this.#rollbackFailure(stack)
    operation.stop = undefined
    if (problem !== undefined) {
      this.#recorder.endUpdate(stack, operation, 'ROLLBACK_FAILED', problem)
      return
    }
    stack.design = before
    await this.#makeAll(stack, before, operation)
    await this.#removeUndesired(stack, operation)
    this.#recorder.endUpdate(stack, operation, 'ROLLBACK_COMPLETE', 'Stack ROLLBACK completed successfully')
  }

  #rollbackFailure(stack: SandboxRosStack): string | undefined {
    for (const [logicalId, definition] of stack.design.template.resources) {
      const behaviour = behaviourOf(definition, definition.properties)
      if (behaviour.failOn.includes('update-rollback')) return `resources.${logicalId}: ${behaviour.message}`
    }
    return undefined
  }

  /** Creates new resources and updates changed ones. Returns the failure in ROS's words. */
  async #makeAll(
    stack: SandboxRosStack,
    design: Design,
    operation: StackOperation,
  ): Promise<string | undefined> {
    for (const level of levelsOf(design, scopeOf(stack, design, this.#context.note))) {
      let failed = false
      const isStopped = () => failed || operation.stop !== undefined || stack.operation !== operation
      const failures = await Promise.all(
        level.map(async (resource) => {
          const failure = await this.#resources.makeOne(stack, design, resource, isStopped)
          failed ||= failure !== undefined
          return failure
        }),
      )
      const failure = failures.find((one) => one !== undefined && !one.includes('aborted')) ?? operation.stop
      if (failure !== undefined) return failure
    }
    return this.#setOutputs(stack)
  }

  /**
   * A resource that the template kept by its DeletionPolicy leaves the stack, and is not deleted.
   * https://www.alibabacloud.com/help/en/ros/user-guide/remove-a-resource-from-a-stack
   */
  #releaseRetained(stack: SandboxRosStack, before: Design): void {
    for (const name of this.#undesired(stack))
      if (before.template.resources.get(name)?.retained === true) stack.resources.delete(name)
  }

  /** Removes the resources that the design no longer has. A failure to remove one is ignored. */
  async #removeUndesired(stack: SandboxRosStack, operation: StackOperation): Promise<void> {
    await this.#resources.removeAll(stack, this.#undesired(stack), operation, 'delete')
  }

  #undesired(stack: SandboxRosStack): string[] {
    const scope = scopeOf(stack, stack.design, this.#context.note)
    return [...stack.resources.keys()].filter((name) => {
      const definition = stack.design.template.resources.get(name)
      return definition === undefined || !isIncluded(definition, scope)
    })
  }

  #setOutputs(stack: SandboxRosStack): string | undefined {
    const scope = scopeOf(stack, stack.design, this.#context.note)
    try {
      stack.outputs = new Map(
        [...stack.design.template.outputs].flatMap(([name, { value, condition }]): [string, JsonValue][] =>
          isIncluded({ condition }, scope) ? [[name, resolve(value, scope)]] : [],
        ),
      )
      return undefined
    } catch (error) {
      return reasonOf(error)
    }
  }

  /** Stops work that takes longer than TimeoutInMinutes. */
  async #limited<T>(stack: SandboxRosStack, operation: StackOperation, work: () => Promise<T>): Promise<T> {
    const done = new AbortController()
    const limit = this.#context.clock.sleep(stack.timeoutInMinutes * 60_000, done.signal).then(
      () => {
        operation.stop ??= `Stack ${operation.action} timed out`
      },
      () => undefined,
    )
    try {
      return await work()
    } finally {
      done.abort()
      await limit
    }
  }
}
