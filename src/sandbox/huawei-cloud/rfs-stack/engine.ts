import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { evaluate, typeOf } from './hcl.ts'
import { propertyProblem } from './property-checks.ts'
import { EMPTY_TEMPLATE, type RfsResourceDefinition, type RfsTemplate } from './template.ts'

export type RfsStatus =
  | 'CREATION_COMPLETE'
  | 'DEPLOYMENT_IN_PROGRESS'
  | 'DEPLOYMENT_COMPLETE'
  | 'DEPLOYMENT_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'DELETION_IN_PROGRESS'
  | 'DELETION_FAILED'

/** The template and variables of a stack. */
export interface RfsDesign {
  readonly template: RfsTemplate
  readonly variables: ReadonlyMap<string, JsonValue>
}

export interface SandboxRfsStack {
  readonly id: string
  readonly name: string
  description: string
  status: RfsStatus
  statusMessage: string
  readonly createdAt: EpochMs
  updatedAt: EpochMs
  deletionProtection: boolean
  autoRollback: boolean
  agencies: JsonValue
  design: RfsDesign
  /** The target of a rollback. */
  stable: RfsDesign
  readonly resources: Map<string, SandboxRfsResource>
  /** Oldest first. */
  readonly events: SandboxRfsEvent[]
  /** A request is accepted and does not show in the status yet. */
  queued: boolean
}

export interface SandboxRfsResource {
  readonly name: string
  readonly type: string
  properties: JsonObject
  readonly id: string
  /** The next operation makes the resource again, even without a change. */
  tainted: boolean
}

export interface SandboxRfsEvent {
  readonly deploymentId: string
  readonly at: EpochMs
  readonly type: string
  readonly message: string
  readonly resource?: Pick<SandboxRfsResource, 'name' | 'type'>
}

/** The argument of an embedded resource whose change makes another resource. */
export const CREATE_ONLY = 'replaced_by'

export const EMPTY_DESIGN: RfsDesign = { template: EMPTY_TEMPLATE, variables: new Map() }

class ResourceFailure extends Error {}

/** How long a failure shows before its rollback starts, so that a client can poll it. */
const FAILURE_SHOWN_MS = 20
const STEP_MS = 10
const FAILED = 'Test Resource failed'

/** Runs the operations of stacks as RFS does: one deployment at a time, by Terraform. */
export class RfsEngine {
  readonly #clock: Clock
  readonly #nextId: () => string
  readonly #queueMs: number

  /** `queueMs`: milliseconds until an accepted request shows in the status. */
  constructor(clock: Clock, nextId: () => string, queueMs: number) {
    this.#clock = clock
    this.#nextId = nextId
    this.#queueMs = queueMs
  }

  nextId(): string {
    return this.#nextId()
  }

  newStack(
    name: string,
    more: Pick<SandboxRfsStack, 'description' | 'deletionProtection' | 'autoRollback' | 'agencies'>,
  ): SandboxRfsStack {
    const now = this.#clock.now()
    return {
      ...more,
      id: this.#nextId(),
      name,
      status: 'CREATION_COMPLETE',
      statusMessage: '',
      createdAt: now,
      updatedAt: now,
      design: EMPTY_DESIGN,
      stable: EMPTY_DESIGN,
      resources: new Map(),
      events: [],
      queued: false,
    }
  }

  /** Returns the id of the deployment; `ended` resolves at its end. */
  deploy(stack: SandboxRfsStack, design: RfsDesign): { readonly id: string; readonly ended: Promise<void> } {
    const id = this.#nextId()
    return { id, ended: this.#queue(stack, () => this.#deploy(stack, design, id)) }
  }

  continueRollback(stack: SandboxRfsStack): { readonly id: string; readonly ended: Promise<void> } {
    const id = this.#nextId()
    return { id, ended: this.#queue(stack, () => this.#rollBack(stack, id)) }
  }

  /** True: the stack is deleted. */
  async delete(stack: SandboxRfsStack, retain: boolean): Promise<boolean> {
    let isDeleted = false
    await this.#queue(stack, async () => {
      this.#setStatus(stack, 'DELETION_IN_PROGRESS')
      const id = this.#nextId()
      const failed = retain ? undefined : await this.#removeAll(stack, [...stack.resources.keys()], id)
      if (failed === undefined) isDeleted = true
      else this.#setStatus(stack, 'DELETION_FAILED', failed)
    })
    return isDeleted
  }

  outputs(stack: SandboxRfsStack): { name: string; value: JsonValue; type: string; sensitive: boolean }[] {
    return stack.design.template.outputs.map(({ name, value, sensitive }) => {
      const computed = evaluate(value, (path) => this.#lookUp(stack, path))
      return { name, value: computed, type: typeOf(computed), sensitive }
    })
  }

  async #queue(stack: SandboxRfsStack, work: () => Promise<void>): Promise<void> {
    stack.queued = true
    if (this.#queueMs > 0) await this.#clock.sleep(this.#queueMs)
    stack.queued = false
    await work()
  }

  async #deploy(stack: SandboxRfsStack, design: RfsDesign, id: string): Promise<void> {
    this.#setStatus(stack, 'DEPLOYMENT_IN_PROGRESS')
    stack.design = design
    const failed = await this.#apply(stack, id)
    if (failed === undefined) {
      stack.stable = design
      this.#record(stack, id, 'SUMMARY', 'Apply complete! Resources applied.')
      this.#record(stack, id, 'LOG', 'Apply required resource success. ')
      this.#setStatus(stack, 'DEPLOYMENT_COMPLETE')
      return
    }
    this.#setStatus(stack, 'DEPLOYMENT_FAILED', failed)
    if (!stack.autoRollback) return
    await this.#clock.sleep(FAILURE_SHOWN_MS)
    await this.#rollBack(stack, id)
  }

  async #rollBack(stack: SandboxRfsStack, id: string): Promise<void> {
    this.#setStatus(stack, 'ROLLBACK_IN_PROGRESS')
    stack.design = stack.stable
    this.#record(stack, id, 'LOG', 'Rollback required.')
    const failed = await this.#apply(stack, id)
    this.#setStatus(stack, failed === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', failed)
  }

  async #apply(stack: SandboxRfsStack, id: string): Promise<string | undefined> {
    for (const definition of stack.design.template.resources) {
      const failed = await this.#make(stack, definition, id)
      if (failed !== undefined) return failed
    }
    const wanted = new Set(stack.design.template.resources.map(({ name }) => name))
    return this.#removeAll(
      stack,
      [...stack.resources.keys()].filter((name) => !wanted.has(name)),
      id,
    )
  }

  async #make(
    stack: SandboxRfsStack,
    { type, name, properties: expressions }: RfsResourceDefinition,
    id: string,
  ): Promise<string | undefined> {
    const properties = Object.fromEntries(
      [...expressions].map(([key, value]) => [key, evaluate(value, (path) => this.#lookUp(stack, path))]),
    )
    const standing = stack.resources.get(name)
    const isReplaced =
      JSON.stringify(standing?.properties[CREATE_ONLY]) !== JSON.stringify(properties[CREATE_ONLY])
    const existing = isReplaced ? undefined : standing
    if (existing?.tainted === false && JSON.stringify(existing.properties) === JSON.stringify(properties))
      return undefined
    const action = existing === undefined ? 'CREATION' : 'UPDATE'
    const resource = existing ?? { name, type, properties, id: this.#nextId(), tainted: true }
    stack.resources.set(name, resource)
    this.#record(stack, id, `${action}_IN_PROGRESS`, `${type}.${name}: Creating...`, resource)
    await this.#clock.sleep(Number(properties['wait_seconds'] ?? 0) * 1000 + STEP_MS)
    resource.properties = properties
    const problem = propertyProblem(type, properties) ?? (properties['fail'] === true ? FAILED : undefined)
    resource.tainted = problem !== undefined
    if (problem !== undefined) return this.#failed(stack, id, `${action}_FAILED`, resource, problem)
    this.#record(stack, id, `${action}_COMPLETE`, `${type}.${name}: Creation complete`, resource)
    return undefined
  }

  async #removeAll(
    stack: SandboxRfsStack,
    names: readonly string[],
    id: string,
  ): Promise<string | undefined> {
    for (const name of [...names].reverse()) {
      const resource = stack.resources.get(name)
      if (resource === undefined) continue
      this.#record(stack, id, 'DELETION_IN_PROGRESS', `${resource.type}.${name}: Destroying...`, resource)
      await this.#clock.sleep(STEP_MS)
      if (resource.properties['keeps'] === true)
        return this.#failed(stack, id, 'DELETION_FAILED', resource, FAILED)
      this.#record(stack, id, 'DELETION_COMPLETE', `${resource.type}.${name}: Destruction complete`, resource)
      stack.resources.delete(name)
    }
    return undefined
  }

  #failed(
    stack: SandboxRfsStack,
    id: string,
    type: string,
    resource: SandboxRfsResource,
    problem: string,
  ): string {
    const place = `${resource.type}.${resource.name}`
    const message = `Error: ${problem}, with ${place}, on main.tf`
    this.#record(stack, id, type, `${place}: failed`, resource)
    this.#record(stack, id, 'ERROR', message)
    return message
  }

  #lookUp(stack: SandboxRfsStack, [first = '', second = '', third = '']: readonly string[]): JsonValue {
    if (first === 'var') return stack.design.variables.get(second) ?? null
    const resource = stack.resources.get(second)
    if (resource === undefined) throw new ResourceFailure(`${first}.${second} does not exist`)
    return third === 'id' ? resource.id : (resource.properties[third] ?? null)
  }

  #setStatus(stack: SandboxRfsStack, status: RfsStatus, message = ''): void {
    stack.status = status
    stack.statusMessage = message
    stack.updatedAt = this.#clock.now()
  }

  #record(
    stack: SandboxRfsStack,
    deploymentId: string,
    type: string,
    message: string,
    resource?: Pick<SandboxRfsResource, 'name' | 'type'>,
  ): void {
    const at = this.#clock.now()
    stack.events.push({ deploymentId, at, type, message, ...(resource === undefined ? {} : { resource }) })
  }
}
