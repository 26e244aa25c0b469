import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import type { ResourceShape } from '../../template-shape.ts'
import { isReplaced } from './preview.ts'
import { levelsOf, outputsOf, propertiesOf } from './stack-scope.ts'
import {
  designOf,
  EMPTY,
  type Action,
  type Design,
  type SandboxHeatResource,
  type SandboxHeatStack,
} from './stack.ts'

/** How long a failure shows before its rollback starts, as in a real Heat. */
const FAILURE_SHOWN_MS = 20
const STEP_MS = 10

/** How the deletions of stacks go, as tests wish it. */
export interface Deletions {
  /** How long a stack stays as it was after its deletion was accepted, as in a Heat without convergence. Milliseconds. */
  startAfterMs: number
  /** So many deletions of stacks fail, the next ones. */
  failing: number
}

/** Runs stacks as Heat's convergence engine does: an update supersedes a running operation and keeps its resources. */
export class Engine {
  readonly deletions: Deletions = { startAfterMs: 0, failing: 0 }
  readonly #clock: Clock
  readonly #nextId: () => string

  constructor(clock: Clock, nextId: () => string) {
    this.#clock = clock
    this.#nextId = nextId
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

  async delete(stack: SandboxHeatStack): Promise<void> {
    const { startAfterMs } = this.deletions
    if (startAfterMs > 0 && stack.parent === undefined) await this.#clock.sleep(startAfterMs)
    const traversal = this.#begin(stack, 'DELETE')
    stack.updatedAt = this.#clock.now()
    const failed =
      (await this.#failDeletion(stack, traversal)) ??
      (await this.#removeAll(stack, [...stack.resources.keys()], traversal))
    this.#end(stack, traversal, 'DELETE', failed)
  }

  async #converge(stack: SandboxHeatStack, action: Action, before: Design | undefined): Promise<void> {
    const traversal = this.#begin(stack, action)
    const failed = (await this.#makeAll(stack, traversal)) ?? (await this.#removeUnwanted(stack, traversal))
    this.#end(stack, traversal, action, failed)
    if (
      failed === undefined ||
      stack.traversal !== traversal ||
      stack.disableRollback ||
      action === 'ROLLBACK'
    )
      return
    await this.#pause(FAILURE_SHOWN_MS, stack, traversal)
    if (stack.traversal !== traversal) return
    stack.updatedAt = this.#clock.now()
    if (before === undefined) {
      // The rollback of a creation removes all resources.
      stack.design = EMPTY
      const rollback = this.#begin(stack, 'ROLLBACK')
      this.#end(
        stack,
        rollback,
        'ROLLBACK',
        await this.#removeAll(stack, [...stack.resources.keys()], rollback),
      )
    } else {
      stack.design = before
      await this.#converge(stack, 'ROLLBACK', undefined)
    }
  }

  async #makeAll(stack: SandboxHeatStack, traversal: object): Promise<string | undefined> {
    for (const level of levelsOf(stack.design.template)) {
      const results = await Promise.all(
        level.map(([name, definition]) => this.#make(stack, traversal, name, definition)),
      )
      const failed = results.find((result) => result !== undefined)
      if (failed !== undefined || stack.traversal !== traversal) return failed
    }
    return undefined
  }

  async #make(
    stack: SandboxHeatStack,
    traversal: object,
    name: string,
    definition: ResourceShape,
  ): Promise<string | undefined> {
    const existing = stack.resources.get(name)
    const kind = existing === undefined ? 'CREATE' : 'UPDATE'
    const resource = existing ?? this.#newResource(stack, name, definition)
    const properties = propertiesOf(stack, definition)
    if (existing?.failed === false && JSON.stringify(existing.properties) === JSON.stringify(properties))
      return undefined
    if (existing !== undefined && isReplaced(existing.type, existing.properties, properties))
      existing.physicalId = `${stack.name}-${name}-${this.#suffix()}`
    this.#record(stack, resource, `${kind}_IN_PROGRESS`, 'state changed')
    try {
      if (definition.type in stack.design.files)
        await this.#makeNested(stack, traversal, resource, definition, properties)
      else await this.#work(stack, traversal, resource, properties)
      resource.properties = properties
      resource.failed = false
      this.#record(stack, resource, `${kind}_COMPLETE`, 'state changed')
      return undefined
    } catch (error) {
      if (!(error instanceof ResourceFailure)) throw error
      resource.failed = true
      this.#record(stack, resource, `${kind}_FAILED`, error.message)
      return `Resource ${kind} failed: ${error.message}`
    }
  }

  async #work(
    stack: SandboxHeatStack,
    traversal: object,
    resource: SandboxHeatResource,
    properties: JsonObject,
  ): Promise<void> {
    resource.attributes = attributesOf(resource, properties)
    await this.#pause(Number(properties['wait_secs'] ?? 0) * 1000, stack, traversal)
    if (properties['fail'] === true || properties['fail'] === 'true' || properties['fail'] === 'True')
      throw new ResourceFailure(
        `ValueError: resources.${resource.name}: Test Resource failed ${resource.name}`,
      )
  }

  async #makeNested(
    stack: SandboxHeatStack,
    traversal: object,
    resource: SandboxHeatResource,
    definition: ResourceShape,
    properties: JsonObject,
  ): Promise<void> {
    const source = stack.design.files[definition.type] ?? null
    const design = designOf(source, stack.design.files, properties)
    const nested =
      resource.nested ?? this.newStack(`${stack.name}-${resource.name}-${this.#suffix()}`, design, stack)
    const isNew = resource.nested === undefined
    resource.nested = nested
    resource.physicalId = nested.id
    if (isNew) this.create(nested)
    else this.update(nested, design)
    while (nested.state === 'IN_PROGRESS' && stack.traversal === traversal) await this.#clock.sleep(STEP_MS)
    resource.attributes = new Map(
      outputsOf(nested).flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])),
    )
    if (nested.state === 'FAILED')
      throw new ResourceFailure(
        `resources.${resource.name}: ${nested.reason.replace(/^Resource \w+ failed: /, '')}`,
      )
  }

  async #removeUnwanted(stack: SandboxHeatStack, traversal: object): Promise<string | undefined> {
    const gone = [...stack.resources.keys()].filter((name) => !stack.design.template.resources.has(name))
    return this.#removeAll(stack, gone, traversal)
  }

  async #removeAll(
    stack: SandboxHeatStack,
    names: readonly string[],
    traversal: object,
  ): Promise<string | undefined> {
    for (const name of [...names].reverse()) {
      const resource = stack.resources.get(name)
      if (resource === undefined || stack.traversal !== traversal) continue
      this.#record(stack, resource, 'DELETE_IN_PROGRESS', 'state changed')
      if (resource.nested !== undefined) await this.delete(resource.nested)
      await this.#pause(STEP_MS, stack, traversal)
      this.#record(stack, resource, 'DELETE_COMPLETE', 'state changed')
      stack.resources.delete(name)
    }
    return undefined
  }

  async #failDeletion(stack: SandboxHeatStack, traversal: object): Promise<string | undefined> {
    const [resource] = stack.resources.values()
    if (resource === undefined || stack.parent !== undefined || this.deletions.failing === 0) return undefined
    this.deletions.failing -= 1
    this.#record(stack, resource, 'DELETE_IN_PROGRESS', 'state changed')
    await this.#pause(STEP_MS, stack, traversal)
    const message = `Conflict: resources.${resource.name}: the resource is in use`
    this.#record(stack, resource, 'DELETE_FAILED', message)
    return `Resource DELETE failed: ${message}`
  }

  #newResource(stack: SandboxHeatStack, name: string, { type }: ResourceShape): SandboxHeatResource {
    const resource: SandboxHeatResource = {
      name,
      type,
      physicalId: `${stack.name}-${name}-${this.#suffix()}`,
      properties: {},
      attributes: new Map(),
      nested: undefined,
      failed: false,
    }
    stack.resources.set(name, resource)
    return resource
  }

  #begin(stack: SandboxHeatStack, action: Action): object {
    stack.traversal = {}
    stack.action = action
    this.#setState(stack, 'IN_PROGRESS', `Stack ${action} started`)
    return stack.traversal
  }

  #end(stack: SandboxHeatStack, traversal: object, action: Action, failed: string | undefined): void {
    if (stack.traversal !== traversal) return
    if (failed === undefined) this.#setState(stack, 'COMPLETE', `Stack ${action} completed successfully`)
    else this.#setState(stack, 'FAILED', failed)
  }

  #setState(stack: SandboxHeatStack, state: SandboxHeatStack['state'], reason: string): void {
    stack.state = state
    stack.reason = reason
    const itself = { name: stack.name, type: 'OS::Heat::Stack', physicalId: stack.id }
    this.#record(stack, itself, `${stack.action}_${state}`, reason)
  }

  #record(
    stack: SandboxHeatStack,
    { name, type, physicalId }: Pick<SandboxHeatResource, 'name' | 'type' | 'physicalId'>,
    status: string,
    reason: string,
  ): void {
    stack.events.push({
      id: this.#nextId(),
      at: this.#clock.now(),
      resource: name,
      type,
      physicalId,
      status,
      reason,
    })
  }

  /** Ends early when the operation is superseded. */
  async #pause(ms: number, stack: SandboxHeatStack, traversal: object): Promise<void> {
    await sleepUnlessStopped(this.#clock, ms, STEP_MS, () => stack.traversal !== traversal)
  }

  #suffix(): string {
    return this.#nextId().slice(-12)
  }
}

function attributesOf(
  { type, physicalId }: SandboxHeatResource,
  properties: JsonObject,
): Map<string, JsonValue> {
  const value = properties['value'] ?? null
  switch (type) {
    case 'OS::Heat::TestResource':
      return new Map([['output', value]])
    case 'OS::Heat::RandomString':
      return new Map([['value', physicalId.slice(-12)]])
    default:
      return new Map([['value', value]])
  }
}
