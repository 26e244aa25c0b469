import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import type { RfsEngine } from '../rfs-stack/engine.ts'
import type { SandboxRfsStack } from '../rfs-stack/stack.ts'
import { variableValues, type RfsTemplate } from '../rfs-stack/template.ts'

export interface SandboxStackSet {
  readonly id: string
  readonly name: string
  readonly permissionModel: 'SELF_MANAGED' | 'SERVICE_MANAGED'
  /** The fields that UpdateStackSet can change, by their names in RFS. */
  attributes: JsonObject
  template: RfsTemplate
  /** The vars_body of the last request. */
  varsBody: string
  variables: JsonObject
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  readonly instances: Map<string, SandboxStackInstance>
  readonly operations: Map<string, SandboxStackSetOperation>
  /** The organizational units of all CreateStackInstance requests. */
  readonly units: Set<string>
}

export interface SandboxStackInstance {
  readonly region: string
  readonly domainId: string
  status:
    | 'WAIT_IN_PROGRESS'
    | 'OPERATION_IN_PROGRESS'
    | 'OPERATION_COMPLETE'
    | 'OPERATION_FAILED'
    | 'CANCEL_COMPLETE'
  message: string
  operationId: string
  overrides: JsonObject
  readonly stack: SandboxRfsStack
  updatedAt: EpochMs
}

export interface SandboxStackSetOperation {
  readonly id: string
  readonly action: StackSetAction
  status: 'QUEUE_IN_PROGRESS' | 'OPERATION_IN_PROGRESS' | 'OPERATION_COMPLETE' | 'OPERATION_FAILED'
  message: string
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  readonly targets: JsonValue
}

export type StackSetAction =
  'CREATE_STACK_INSTANCES' | 'UPDATE_STACK_INSTANCES' | 'DELETE_STACK_INSTANCES' | 'DEPLOY_STACK_SET'

export interface SandboxPreferences {
  readonly parallel: boolean
  readonly order: readonly string[]
  /** Numbers for the instances in one region. */
  readonly tolerance: (instances: number) => number
  readonly concurrency: (instances: number) => number
}

export function addressOf(region: string, domainId: string): string {
  return `${region}/${domainId}`
}

export interface SandboxStackSetRequest {
  readonly action: StackSetAction
  readonly instances: readonly SandboxStackInstance[]
  readonly preferences: SandboxPreferences
}

/** Runs the operations of stack sets as RFS does: region by region, and account by account. */
export class RfsStackSetEngine {
  /** The failure in each account where every operation fails. */
  readonly failingDomains = new Map<string, string>()
  readonly #stacks: RfsEngine
  readonly #clock: Clock
  readonly #nextId: () => string
  readonly #queueMs: number

  constructor(stacks: RfsEngine, clock: Clock, nextId: () => string, queueMs: number) {
    this.#stacks = stacks
    this.#clock = clock
    this.#nextId = nextId
    this.#queueMs = queueMs
  }

  isBusy({ operations }: SandboxStackSet): boolean {
    return [...operations.values()].some(({ status }) => status.endsWith('_IN_PROGRESS'))
  }

  nextId(): string {
    return this.#nextId()
  }

  newInstance(region: string, domainId: string, overrides: JsonObject): SandboxStackInstance {
    const more = { description: '', deletionProtection: false, autoRollback: true, agencies: [] }
    return {
      region,
      domainId,
      status: 'WAIT_IN_PROGRESS',
      message: '',
      operationId: '',
      overrides,
      stack: this.#stacks.newStack(`StackSet-${domainId}`, more),
      updatedAt: this.#clock.now(),
    }
  }

  /** Starts an operation. Each of its instances shows WAIT_IN_PROGRESS at once. */
  start(
    set: SandboxStackSet,
    { action, instances, preferences }: SandboxStackSetRequest,
    targets: JsonValue,
  ): SandboxStackSetOperation {
    const now = this.#clock.now()
    const operation: SandboxStackSetOperation = {
      id: this.#nextId(),
      action,
      status: 'QUEUE_IN_PROGRESS',
      message: '',
      createdAt: now,
      updatedAt: now,
      targets,
    }
    set.operations.set(operation.id, operation)
    for (const instance of instances) {
      instance.operationId = operation.id
      this.#settle(instance, 'WAIT_IN_PROGRESS')
    }
    void this.#run(set, operation, instances, preferences)
    return operation
  }

  /** The outputs of the stack of an instance. RFS shows them to the account of the instance only. */
  outputs({ stack }: SandboxStackInstance): Map<string, JsonValue> {
    return new Map(this.#stacks.values.outputs(stack).map(({ name, value }) => [name, value]))
  }

  async #run(
    set: SandboxStackSet,
    operation: SandboxStackSetOperation,
    instances: readonly SandboxStackInstance[],
    preferences: SandboxPreferences,
  ): Promise<void> {
    await this.#clock.sleep(this.#queueMs)
    this.#move(operation, 'OPERATION_IN_PROGRESS')
    const ordered = [...new Set([...preferences.order, ...instances.map(({ region }) => region)])]
    const inRegion = (region: string) => instances.filter((one) => one.region === region)
    let hasFailed = false
    if (preferences.parallel) {
      const ends = await Promise.all(
        ordered.map((region) => this.#region(set, operation, inRegion(region), preferences)),
      )
      hasFailed = ends.includes(false)
    } else {
      for (const region of ordered) {
        if (hasFailed) for (const one of inRegion(region)) this.#settle(one, 'CANCEL_COMPLETE')
        else hasFailed = !(await this.#region(set, operation, inRegion(region), preferences))
      }
    }
    this.#move(
      operation,
      hasFailed ? 'OPERATION_FAILED' : 'OPERATION_COMPLETE',
      hasFailed ? 'The number of failed stack instances exceeds the failure tolerance.' : '',
    )
  }

  /** False: more instances failed than are tolerated. The instances that still wait are then cancelled. */
  async #region(
    set: SandboxStackSet,
    { action }: SandboxStackSetOperation,
    instances: readonly SandboxStackInstance[],
    { tolerance, concurrency }: SandboxPreferences,
  ): Promise<boolean> {
    const waiting = [...instances]
    let failures = 0
    const work = async (): Promise<void> => {
      for (;;) {
        if (failures > tolerance(instances.length)) return
        const instance = waiting.shift()
        if (instance === undefined) return
        if (!(await this.#one(set, action, instance))) failures += 1
      }
    }
    await Promise.all(Array.from({ length: Math.max(1, concurrency(instances.length)) }, work))
    for (const instance of waiting) this.#settle(instance, 'CANCEL_COMPLETE')
    return failures <= tolerance(instances.length)
  }

  async #one(set: SandboxStackSet, action: StackSetAction, instance: SandboxStackInstance): Promise<boolean> {
    this.#settle(instance, 'OPERATION_IN_PROGRESS')
    const failure =
      this.failingDomains.get(instance.domainId) ??
      (action === 'DELETE_STACK_INSTANCES'
        ? await this.#remove(set, instance)
        : await this.#deploy(set, instance))
    this.#settle(instance, failure === undefined ? 'OPERATION_COMPLETE' : 'OPERATION_FAILED', failure)
    return failure === undefined
  }

  async #deploy(
    set: SandboxStackSet,
    { stack, overrides }: SandboxStackInstance,
  ): Promise<string | undefined> {
    const structure = { ...set.variables, ...overrides }
    const variables = variableValues(set.template, { body: undefined, structure })
    await this.#stacks.deploy(stack, { template: set.template, variables }).ended
    return stack.status === 'DEPLOYMENT_COMPLETE'
      ? undefined
      : (stack.events.findLast(({ type }) => type === 'ERROR')?.message ?? stack.status)
  }

  async #remove(
    set: SandboxStackSet,
    { stack, region, domainId }: SandboxStackInstance,
  ): Promise<string | undefined> {
    if (!(await this.#stacks.delete(stack, false))) return stack.statusMessage
    set.instances.delete(addressOf(region, domainId))
    return undefined
  }

  #settle(instance: SandboxStackInstance, status: SandboxStackInstance['status'], message = ''): void {
    instance.status = status
    instance.message = message
    instance.updatedAt = this.#clock.now()
  }

  #move(operation: SandboxStackSetOperation, status: SandboxStackSetOperation['status'], message = ''): void {
    operation.status = status
    operation.message = message
    operation.updatedAt = this.#clock.now()
  }
}
