import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'

export type AosStatus = '' | 'Running' | 'Abnormal' | 'Pending' | 'Processing'
export type AosLifecycle = 'create' | 'delete' | 'upgrade' | 'rollback' | 'retry'

/** A template with one element. Its inputs `fail`, `keeps` and `wait_seconds`, if it has them, control the outcome. */
export interface SandboxAosTemplate {
  readonly name: string
  readonly element: string
  /** An input without a default is mandatory. */
  readonly inputs: Readonly<Record<string, { readonly default?: JsonValue }>>
  /** The input whose value each output repeats. */
  readonly outputs: Readonly<Record<string, string>>
}

export interface SandboxAosStack {
  readonly guid: string
  readonly name: string
  readonly template: SandboxAosTemplate
  /** The body of the request that created the stack. */
  readonly fields: JsonObject
  labels: Readonly<Record<string, string>>
  readonly createdAt: EpochMs
  status: AosStatus
  inputs: JsonObject
  /** Oldest first. */
  readonly executions: SandboxAosExecution[]
  /** A run is accepted and does not show in the status yet. */
  queued: boolean
}

export interface SandboxAosExecution {
  readonly name: string
  readonly action: AosLifecycle
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  phase: 'Processing' | 'Succeeded' | 'Failed'
  message: string
}

/** How long a failure shows before its rollback starts, so that a client can poll it. */
const FAILURE_SHOWN_MS = 20
const STEP_MS = 10

/** Runs the lifecycles of stacks as AOS's documents describe them: one run at a time. */
export class AosEngine {
  readonly #clock: Clock
  readonly #queueMs: number
  #count = 0

  /** `queueMs`: milliseconds until an accepted run shows in the status. */
  constructor(clock: Clock, queueMs: number) {
    this.#clock = clock
    this.#queueMs = queueMs
  }

  /** Returns the id of the run; `ended` resolves at its end with whether it succeeded. */
  run(
    stack: SandboxAosStack,
    action: AosLifecycle,
    options: { readonly inputs?: JsonObject; readonly rollsBack?: boolean; readonly force?: boolean } = {},
  ): { readonly actionId: string; readonly ended: Promise<boolean> } {
    this.#count += 1
    const actionId = `${stack.name}-${String(1_686_326_958 + this.#count)}`
    const ended = this.#runToEnd(stack, action, actionId, options)
    return { actionId, ended }
  }

  async #runToEnd(
    stack: SandboxAosStack,
    action: AosLifecycle,
    actionId: string,
    options: { readonly inputs?: JsonObject; readonly rollsBack?: boolean; readonly force?: boolean },
  ): Promise<boolean> {
    stack.queued = true
    if (this.#queueMs > 0) await this.#clock.sleep(this.#queueMs)
    stack.queued = false
    stack.inputs = { ...stack.inputs, ...options.inputs }
    const execution = this.#begin(stack, action, actionId)
    await this.#clock.sleep(waitOf(stack, action) * 1000 + STEP_MS)
    const isKept = action === 'delete' && stack.inputs['keeps'] === true && options.force !== true
    const isFailing = (action === 'create' || action === 'upgrade') && stack.inputs['fail'] === true
    if (!isKept && !isFailing) {
      this.#end(execution, 'Succeeded')
      stack.status = action === 'rollback' ? 'Pending' : 'Running'
      return true
    }
    this.#end(execution, 'Failed', 'Test Resource failed')
    stack.status = 'Abnormal'
    if (action !== 'create' || options.rollsBack !== true) return false
    await this.#clock.sleep(FAILURE_SHOWN_MS)
    const rollback = this.#begin(stack, 'rollback', `${actionId}-rollback`)
    await this.#clock.sleep(STEP_MS)
    this.#end(rollback, 'Succeeded')
    stack.status = 'Pending'
    return false
  }

  #begin(stack: SandboxAosStack, action: AosLifecycle, name: string): SandboxAosExecution {
    const now = this.#clock.now()
    const execution: SandboxAosExecution = {
      name,
      action,
      createdAt: now,
      updatedAt: now,
      phase: 'Processing',
      message: '',
    }
    stack.executions.push(execution)
    stack.status = 'Processing'
    return execution
  }

  #end(execution: SandboxAosExecution, phase: SandboxAosExecution['phase'], message = ''): void {
    execution.phase = phase
    execution.message = message
    execution.updatedAt = this.#clock.now()
  }
}

function waitOf({ inputs }: SandboxAosStack, action: AosLifecycle): number {
  return action === 'create' || action === 'upgrade' ? Number(inputs['wait_seconds'] ?? 0) : 0
}
