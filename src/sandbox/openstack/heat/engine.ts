import type { Clock } from '../../../platform/clock.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { resourceBehaviour, type ResourceBehaviour } from '../../resource-behaviour.ts'
import { resourceDrift, type ResourceDrift } from '../../resource-drift.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import type { HeatContext } from './heat-context.ts'
import { nestedDesign, nestedOf, NESTED_STACK, type NestedSource } from './nested-stack.ts'
import { isReplaced } from './preview.ts'
import { isKnownType, shortId, valuesOf } from './resource-values.ts'
import { isWanted, levelsOf, makingOf, outputsOf, propertiesOf } from './stack-scope.ts'
import type { ResourceDefinition } from './template.ts'
import {
  depthOf,
  EMPTY,
  type Action,
  type Design,
  type SandboxHeatResource,
  type SandboxHeatStack,
} from './stack.ts'

/** How long a failure shows before its rollback starts, as in a real Heat. */
const FAILURE_SHOWN_MS = 20
const STEP_MS = 10
/** heat.conf's max_nested_stack_depth */
const DEEPEST = 5

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
  readonly #context: HeatContext

  constructor(clock: Clock, nextId: () => string, context: HeatContext) {
    this.#clock = clock
    this.#nextId = nextId
    this.#context = context
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
      deletedNested: [],
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

  /**
   * Checks a stack: each resource fails for which `metadata: {Sandbox: {Drift: …}}` asks. A type that Heat cannot check is complete,
   * with a reason that says so. heat/engine/resource.py, `check`, and stack_resource.py, `handle_check`.
   */
  async check(stack: SandboxHeatStack): Promise<void> {
    const traversal = this.#begin(stack, 'CHECK')
    const failures: string[] = []
    for (const resource of stack.resources.values()) {
      const drift = driftOf(resource)
      if (drift.status === 'NOT_CHECKED' && resource.nested === undefined) {
        const reason = `CHECK not supported for ${resource.type}`
        this.#record(stack, resource, 'CHECK_COMPLETE', reason)
        continue
      }
      this.#record(stack, resource, 'CHECK_IN_PROGRESS', 'state changed')
      if (resource.nested === undefined || isGone(resource.nested))
        await this.#pause(STEP_MS, stack, traversal)
      else await this.check(resource.nested)
      if (stack.traversal !== traversal) return
      const failure = failureIn(resource, drift)
      if (failure === undefined) this.#record(stack, resource, 'CHECK_COMPLETE', 'state changed')
      else {
        resource.failed = true
        failures.push(failure)
        this.#record(stack, resource, 'CHECK_FAILED', failure)
      }
    }
    this.#end(
      stack,
      traversal,
      'CHECK',
      failures.length === 0 ? undefined : `Resource CHECK failed: ['${failures.join("', '")}']`,
    )
  }

  /** Suspends or resumes a stack: nothing changes but the statuses. */
  async act(stack: SandboxHeatStack, action: 'SUSPEND' | 'RESUME'): Promise<void> {
    const traversal = this.#begin(stack, action)
    for (const resource of stack.resources.values()) {
      this.#record(stack, resource, `${action}_IN_PROGRESS`, 'state changed')
      await this.#pause(STEP_MS, stack, traversal)
      if (stack.traversal !== traversal) return
      this.#record(stack, resource, `${action}_COMPLETE`, 'state changed')
    }
    this.#end(stack, traversal, action, undefined)
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
    for (const level of this.#levelsOf(stack)) {
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
    definition: ResourceDefinition,
  ): Promise<string | undefined> {
    const existing = stack.resources.get(name)
    const kind = existing === undefined ? 'CREATE' : 'UPDATE'
    const resource = existing ?? this.#newResource(stack, name, definition)
    try {
      const properties = propertiesOf(stack, definition, this.#context)
      if (existing?.failed === false && JSON.stringify(existing.properties) === JSON.stringify(properties))
        return undefined
      if (existing !== undefined && hasToBeReplaced(existing, properties))
        await this.#replace(stack, existing, properties)
      this.#record(stack, resource, `${kind}_IN_PROGRESS`, 'state changed')
      resource.mapped = definition.mapped
      resource.metadata = definition.metadata
      await this.#behave(stack, traversal, resource, definition, kind)
      const nested = nestedOf(stack.design, definition, properties)
      if (nested === undefined) await this.#work(stack, traversal, resource, definition, properties)
      else await this.#makeNested(stack, traversal, resource, nested)
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

  /** What `metadata: {Sandbox: …}` asks for. */
  async #behave(
    stack: SandboxHeatStack,
    traversal: object,
    { name }: SandboxHeatResource,
    definition: Pick<ResourceDefinition, 'metadata'>,
    kind: 'CREATE' | 'UPDATE' | 'DELETE',
  ): Promise<void> {
    const { delayMs = 0, failOn, message } = behaviourOf(definition)
    await this.#pause(delayMs, stack, traversal)
    const isRollback = stack.action === 'ROLLBACK'
    if (failOn.includes(isRollback ? 'rollback' : kind.toLowerCase()))
      throw new ResourceFailure(`Error: resources.${name}: ${message}`)
  }

  async #work(
    stack: SandboxHeatStack,
    traversal: object,
    resource: SandboxHeatResource,
    { externalId }: ResourceDefinition,
    properties: JsonObject,
  ): Promise<void> {
    if (!isKnownType(resource.mapped))
      this.#context.note(
        `the sandbox does not know ${resource.mapped}: its id and its attributes are invented. A Heat without that plug-in refuses it`,
      )
    for (const [types, note] of NOTES) if (types.test(resource.mapped)) this.#context.note(note)
    const { physicalId, reference, attributes } = valuesOf(
      makingOf(stack, { ...resource, properties }, this.#context),
    )
    resource.physicalId = externalId ?? physicalId
    resource.reference = externalId ?? reference
    resource.attributes = attributes
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
    { source, environment }: NestedSource,
  ): Promise<void> {
    if (depthOf(stack) >= DEEPEST)
      throw new ResourceFailure(`resources.${resource.name}: Recursion depth exceeds ${String(DEEPEST)}.`)
    const design = nestedDesign(source, stack.design.files, environment, resource.name)
    const nested =
      resource.nested ?? this.newStack(`${stack.name}-${resource.name}-${this.#suffix()}`, design, stack)
    const isNew = resource.nested === undefined
    resource.nested = nested
    resource.physicalId = nested.id
    resource.reference = nested.id
    if (isNew) this.create(nested)
    else this.update(nested, design)
    while (nested.state === 'IN_PROGRESS' && stack.traversal === traversal) await this.#clock.sleep(STEP_MS)
    const outputs = outputsOf(nested, this.#context).flatMap(({ key, value }): [string, JsonValue][] =>
      value === undefined ? [] : [[key, value]],
    )
    resource.attributes = new Map(
      resource.mapped === NESTED_STACK
        ? [...outputs, ['outputs', Object.fromEntries(outputs)], ['stack_name', nested.name]]
        : outputs,
    )
    if (nested.state === 'FAILED')
      throw new ResourceFailure(
        `resources.${resource.name}: ${nested.reason.replace(/^Resource \w+ failed: /, '')}`,
      )
  }

  async #removeUnwanted(stack: SandboxHeatStack, traversal: object): Promise<string | undefined> {
    const gone = [...stack.resources.keys()].filter((name) => !isWanted(stack, name, this.#context))
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
      if (resource.nested !== undefined) stack.deletedNested.push(resource.nested)
      await this.#pause(STEP_MS, stack, traversal)
      const failed = await this.#refusal(stack, traversal, resource)
      if (failed !== undefined) {
        this.#record(stack, resource, 'DELETE_FAILED', failed)
        return `Resource DELETE failed: ${failed}`
      }
      this.#record(stack, resource, 'DELETE_COMPLETE', 'state changed')
      stack.resources.delete(name)
    }
    return undefined
  }

  /** Why a resource that is to be deleted stays. */
  async #refusal(
    stack: SandboxHeatStack,
    traversal: object,
    resource: SandboxHeatResource,
  ): Promise<string | undefined> {
    try {
      await this.#behave(stack, traversal, resource, resource, 'DELETE')
      return undefined
    } catch (error) {
      if (error instanceof ResourceFailure) return error.message
      throw error
    }
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

  #newResource(
    stack: SandboxHeatStack,
    name: string,
    { type, mapped, metadata }: ResourceDefinition,
  ): SandboxHeatResource {
    const now = this.#clock.now()
    const resource: SandboxHeatResource = {
      ...{ name, type, mapped, metadata, properties: {} },
      seed: this.#newSeed(stack, name),
      ...{ createdAt: now, updatedAt: now, status: 'INIT_COMPLETE', reason: '' },
      physicalId: '',
      reference: name,
      attributes: new Map(),
      nested: undefined,
      failed: false,
    }
    const { physicalId } = valuesOf(makingOf(stack, resource, this.#context))
    resource.physicalId = physicalId
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

  #levelsOf(stack: SandboxHeatStack): [string, ResourceDefinition][][] {
    return levelsOf(stack, this.#context)
  }

  #record(
    stack: SandboxHeatStack,
    subject: Pick<SandboxHeatResource, 'name' | 'type' | 'physicalId'>,
    status: string,
    reason: string,
  ): void {
    const { name, type, physicalId } = subject
    const resource = stack.resources.get(name)
    if (resource !== undefined && resource === subject) {
      resource.status = status
      resource.reason = reason
      resource.updatedAt = this.#clock.now()
    }
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

  /** A replacement has its own id from its beginning on. */
  async #replace(
    stack: SandboxHeatStack,
    resource: SandboxHeatResource,
    properties: JsonObject,
  ): Promise<void> {
    const { nested } = resource
    resource.nested = undefined
    if (nested !== undefined && !isGone(nested)) await this.delete(nested)
    resource.seed = this.#newSeed(stack, resource.name)
    resource.physicalId = valuesOf(makingOf(stack, { ...resource, properties }, this.#context)).physicalId
  }

  #newSeed({ id }: SandboxHeatStack, name: string): string {
    return `${id}/${name}/${this.#nextId()}`
  }

  #suffix(): string {
    return shortId(this.#nextId())
  }
}

/** What the sandbox does otherwise than Heat, for types of that name. */
const NOTES: readonly (readonly [types: RegExp, note: string])[] = [
  [
    /^OS::Heat::(?:Software|Structured)Deployment/,
    'the sandbox runs no software: deployments end at once, and their outputs are invented',
  ],
  [
    /^OS::Heat::(?:WaitCondition|SwiftSignal)$/,
    'the sandbox waits for no signal: wait conditions end at once',
  ],
]

/** heat/engine/resource.py, `_needs_update`: what has failed its check is always replaced. */
function hasToBeReplaced(resource: SandboxHeatResource, properties: JsonObject): boolean {
  const { status, mapped } = resource
  return status === 'CHECK_FAILED' || isReplaced(mapped, resource.properties, properties)
}

function driftOf({ type, metadata }: SandboxHeatResource): ResourceDrift {
  const given = metadata['Sandbox']
  const drift = resourceDrift(given !== undefined && isJsonObject(given) ? given : {})
  return drift.status === 'IN_SYNC' && !CHECKED.test(type) ? { status: 'NOT_CHECKED' } : drift
}

/** The types of Heat 19 that have `handle_check`, besides nested stacks: heat/engine/resources. */
const CHECKED =
  /^(?:OS::(?:Nova::(?:Server|KeyPair)|Cinder::Volume|Swift::Container|Manila::Share|Neutron::FloatingIP|Trove::Instance|Aodh::.*Alarm)|AWS::(?:EC2::(?:Instance|Volume)|S3::Bucket))$/

function isGone({ action, state }: SandboxHeatStack): boolean {
  return action === 'DELETE' && state === 'COMPLETE'
}

/** The texts are those of a real Heat. */
function failureIn({ name, nested }: SandboxHeatResource, drift: ResourceDrift): string | undefined {
  if (nested !== undefined && isGone(nested))
    return `EntityNotFound: resources.${name}: The Stack (${nested.name}) could not be found.`
  if (nested?.state === 'FAILED')
    return nested.reason
      .replace('Resource CHECK failed: ', '')
      .replaceAll(': resources.', `: resources.${name}.resources.`)
  switch (drift.status) {
    case 'IN_SYNC':
    case 'NOT_CHECKED':
      return undefined
    case 'DELETED':
      return `NotFound: resources.${name}: the resource could not be found.`
    case 'FAILED':
      return `Error: resources.${name}: ${drift.reason}`
    case 'MODIFIED':
      return `Error: resources.${name}: '${drift.properties.join(', ')}': expected 'ACTIVE', got 'ERROR'`
  }
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#resources-section */
function behaviourOf({ metadata }: Pick<ResourceDefinition, 'metadata'>): ResourceBehaviour {
  const given = metadata['Sandbox']
  return resourceBehaviour(given !== undefined && isJsonObject(given) ? given : {})
}
