import type { Clock } from '../../../platform/clock.ts'
import type { HeatContext } from './heat-context.ts'
import { ResourceWorker } from './resource-worker.ts'
import { checkStack } from './stack-check.ts'
import { isIncluded, levelsOf } from './stack-scope.ts'
import { EMPTY, existingResources, type Action, type Design, type SandboxHeatStack } from './stack.ts'
import { StatusRecorder } from './status-recorder.ts'
import { isCurrent, pause, STEP_MS, type Traversal } from './traversal.ts'

/** How long a failure shows before its rollback starts, as in a real Heat. */
const FAILURE_SHOWN_MS = 20

/** How the deletions of stacks go, as tests ask for it. */
export interface Deletions {
  /** How long a stack stays as it was after its deletion was accepted, as in a Heat without convergence. Milliseconds. */
  startAfterMs: number
  /** How many of the next deletions of stacks fail. */
  failing: number
}

/** Runs stacks as Heat's convergence engine does: an update supersedes a running operation and keeps its resources. */
export class Engine {
  readonly deletions: Deletions = { startAfterMs: 0, failing: 0 }
  readonly #clock: Clock
  readonly #nextId: () => string
  readonly #context: HeatContext
  readonly #recorder: StatusRecorder
  readonly #resources: ResourceWorker

  constructor(clock: Clock, nextId: () => string, context: HeatContext) {
    this.#clock = clock
    this.#nextId = nextId
    this.#context = context
    this.#recorder = new StatusRecorder(clock, nextId)
    this.#resources = new ResourceWorker({
      clock,
      nextId,
      context,
      recorder: this.#recorder,
      nestedStacks: this,
    })
  }

  newStack(name: string, design: Design, parent?: SandboxHeatStack): SandboxHeatStack {
    return {
      id: this.#nextId(),
      name,
      parent,
      action: 'CREATE',
      state: 'IN_PROGRESS',
      reason: 'Stack CREATE started',
      createdAt: this.#clock.now(),
      updatedAt: undefined,
      design,
      tags: [],
      disableRollback: true,
      timeoutMins: undefined,
      resources: new Map(),
      superseded: [],
      formerNested: [],
      events: [],
      traversal: {},
    }
  }

  create(stack: SandboxHeatStack): void {
    void this.#converge(stack, 'CREATE', undefined)
  }

  update(stack: SandboxHeatStack, next: Design): void {
    const before = stack.design
    stack.design = next
    stack.updatedAt = this.#clock.now()
    void this.#converge(stack, 'UPDATE', before)
  }

  /** Rolls the update back to `before`, as `cancel_update` does. */
  cancelUpdate(stack: SandboxHeatStack, before: Design): void {
    stack.design = before
    stack.updatedAt = this.#clock.now()
    void this.#converge(stack, 'ROLLBACK', undefined)
  }

  async #converge(stack: SandboxHeatStack, action: Action, before: Design | undefined): Promise<void> {
    const traversal = this.#recorder.begin(stack, action)
    const failed = (await this.#makeAll(traversal)) ?? (await this.#removeUndesired(traversal))
    this.#recorder.end(traversal, action, failed)
    if (failed === undefined || stack.disableRollback || action === 'ROLLBACK') return
    await this.#rollBack(traversal, before)
  }

  /** `before`: what the stack was like; `undefined` before its creation. */
  async #rollBack(traversal: Traversal, before: Design | undefined): Promise<void> {
    if (!isCurrent(traversal)) return
    await pause(this.#clock, FAILURE_SHOWN_MS, traversal)
    if (!isCurrent(traversal)) return
    const { stack } = traversal
    stack.updatedAt = this.#clock.now()
    stack.design = before ?? EMPTY
    if (before !== undefined) {
      await this.#converge(stack, 'ROLLBACK', undefined)
      return
    }
    const rollback = this.#recorder.begin(stack, 'ROLLBACK')
    this.#recorder.end(rollback, 'ROLLBACK', await this.#removeEverything(rollback))
  }

  async #makeAll(traversal: Traversal): Promise<string | undefined> {
    for (const level of levelsOf(traversal.stack, this.#context)) {
      const results = await Promise.all(
        level.map(([name, definition]) => this.#resources.make(traversal, name, definition)),
      )
      const failed = results.find((result) => result !== undefined)
      if (failed !== undefined || !isCurrent(traversal)) return failed
    }
    return undefined
  }

  async #removeUndesired(traversal: Traversal): Promise<string | undefined> {
    const { stack } = traversal
    const gone = [...stack.resources.values()].filter(({ name }) => !isIncluded(stack, name, this.#context))
    return this.#resources.removeAll(traversal, [...stack.superseded, ...gone])
  }

  #removeEverything(traversal: Traversal): Promise<string | undefined> {
    return this.#resources.removeAll(traversal, existingResources(traversal.stack))
  }

  async delete(stack: SandboxHeatStack): Promise<void> {
    const { startAfterMs } = this.deletions
    if (startAfterMs > 0 && stack.parent === undefined) await this.#clock.sleep(startAfterMs)
    const traversal = this.#recorder.begin(stack, 'DELETE')
    stack.updatedAt = this.#clock.now()
    const failed = (await this.#failDeletion(traversal)) ?? (await this.#removeEverything(traversal))
    this.#recorder.end(traversal, 'DELETE', failed)
  }

  /** Fails as `deletions` settings it; returns the reason. */
  async #failDeletion(traversal: Traversal): Promise<string | undefined> {
    const { stack } = traversal
    const [resource] = stack.resources.values()
    if (resource === undefined || stack.parent !== undefined || this.deletions.failing === 0) return undefined
    this.deletions.failing -= 1
    this.#recorder.setResource(stack, resource, 'DELETE_IN_PROGRESS')
    await pause(this.#clock, STEP_MS, traversal)
    const message = `Conflict: resources.${resource.name}: the resource is in use`
    this.#recorder.setResource(stack, resource, 'DELETE_FAILED', message)
    return `Resource DELETE failed: ${message}`
  }

  async check(stack: SandboxHeatStack): Promise<void> {
    await checkStack(stack, { clock: this.#clock, recorder: this.#recorder })
  }

  /** Suspends or resumes a stack: nothing changes but the statuses. */
  async act(stack: SandboxHeatStack, action: 'SUSPEND' | 'RESUME'): Promise<void> {
    const traversal = this.#recorder.begin(stack, action)
    for (const resource of stack.resources.values()) {
      this.#recorder.setResource(stack, resource, `${action}_IN_PROGRESS`)
      await pause(this.#clock, STEP_MS, traversal)
      if (!isCurrent(traversal)) return
      this.#recorder.setResource(stack, resource, `${action}_COMPLETE`)
    }
    this.#recorder.end(traversal, action, undefined)
  }
}
