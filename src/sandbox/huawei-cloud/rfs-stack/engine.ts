import type { Clock } from '../../../platform/clock.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import type { NoteSink } from '../../notes.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import { propertyProblem } from './property-checks.ts'
import { neededBy, StackValues } from './stack-values.ts'
import {
  addressOf,
  CREATE_ONLY,
  EMPTY_DESIGN,
  type RfsDesign,
  type RfsStatus,
  type SandboxRfsResource,
  type SandboxRfsStack,
} from './stack.ts'
import type { RfsResourceDefinition } from './template.ts'

/** How long a failure shows before its rollback starts, so that a client can poll it. */
const FAILURE_SHOWN_MS = 20
const STEP_MS = 10
const FAILED = 'Test Resource failed'

/** Runs the operations of stacks as RFS does: one deployment at a time, by Terraform. */
export class RfsEngine {
  readonly values: StackValues
  readonly #clock: Clock
  readonly #nextId: () => string
  readonly #queueMs: number
  readonly #note: NoteSink

  /** `queueMs`: milliseconds until an accepted request shows in the status. `note`: told what the sandbox invents. */
  constructor(clock: Clock, nextId: () => string, queueMs: number, note: NoteSink) {
    this.#clock = clock
    this.#nextId = nextId
    this.#queueMs = queueMs
    this.#note = note
    this.values = new StackValues(note)
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
    const { template } = stack.design
    const desired = new Map(template.resources.map((definition) => [addressOf(definition), definition]))
    const levels = dependencyLevels(desired, ({ properties }) =>
      [...properties.values()].flatMap((value) => neededBy(value, template)),
    )
    const ordered = levels.flat()
    const circle = [...desired.keys()].filter((address) => !ordered.some(([made]) => made === address))
    if (circle.length > 0) return `Error: Cycle: ${circle.join(', ')}`
    for (const [, definition] of ordered) {
      const failed = await this.#make(stack, definition, id)
      if (failed !== undefined) return failed
    }
    const gone = [...stack.resources.keys()].filter((address) => !desired.has(address))
    return (await this.#removeAll(stack, gone, id)) ?? this.values.problemOfOutputs(stack)
  }

  async #make(
    stack: SandboxRfsStack,
    definition: RfsResourceDefinition,
    id: string,
  ): Promise<string | undefined> {
    const { type, name } = definition
    const properties = this.values.propertiesOf(stack, definition)
    if (properties instanceof ResourceFailure) return properties.message
    const address = addressOf(definition)
    const known = stack.resources.get(address)
    const isReplaced =
      JSON.stringify(known?.properties[CREATE_ONLY]) !== JSON.stringify(properties[CREATE_ONLY])
    const existing = isReplaced ? undefined : known
    if (existing?.tainted === false && JSON.stringify(existing.properties) === JSON.stringify(properties))
      return undefined
    const action = existing === undefined ? 'CREATION' : 'UPDATE'
    const resource = existing ?? { name, type, properties, id: this.#nextId(), tainted: true }
    stack.resources.set(address, resource)
    if (!KNOWN_TYPES.test(type)) this.#note(`the sandbox does not know ${type}: its attributes are invented`)
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
    for (const address of [...names].reverse()) {
      const resource = stack.resources.get(address)
      if (resource === undefined) continue
      const { name } = resource
      this.#record(stack, id, 'DELETION_IN_PROGRESS', `${resource.type}.${name}: Destroying...`, resource)
      await this.#clock.sleep(STEP_MS)
      if (resource.properties['keeps'] === true)
        return this.#failed(stack, id, 'DELETION_FAILED', resource, FAILED)
      this.#record(stack, id, 'DELETION_COMPLETE', `${resource.type}.${name}: Destruction complete`, resource)
      stack.resources.delete(address)
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

/** Those that get an id and keep their properties, and of which nothing is said. */
const KNOWN_TYPES = /^(sandbox_thing|huaweicloud_\w+)$/
