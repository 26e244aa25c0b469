import type { Clock } from '../../../platform/clock.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { resolve, type Scope } from './functions.ts'
import { behaviourOf, exclusiveName, make } from './resource-types.ts'
import {
  STACK_TYPE,
  type Design,
  type SandboxRosResource,
  type SandboxRosStack,
  type StackOperation,
} from './stack.ts'
import { referencesIn, type ResourceDefinition } from './template.ts'

/** A custom resource of a stack, for whoever stands for the function that its ServiceToken names. */
export interface CustomResourceCall {
  readonly stack: SandboxRosStack
  readonly logicalId: string
  readonly type: string
  readonly change: 'create' | 'update' | 'delete'
  readonly properties: JsonObject
  /** As the Create was answered; empty before. */
  readonly physicalId: string
}

export type CustomResourceAnswer =
  | { readonly ok: true; readonly physicalId: string; readonly data: JsonObject }
  | { readonly ok: false; readonly reason: string }

export type CustomResources = (call: CustomResourceCall) => Promise<CustomResourceAnswer>

/** What a stack's operations need of the cloud around them. */
export interface EngineSurroundings {
  readonly clock: Clock
  readonly resourceDelayMs: number
  /** ROS's documents do not say when in an update its UpdateTime is written. */
  readonly writesUpdateTimeAt: 'beginning' | 'end'
  /** Names that are taken in the whole cloud. */
  readonly names: Set<string>
  readonly customResources: CustomResources | undefined
  nextId(): string
  createNested(parent: SandboxRosStack, logicalId: string, properties: JsonObject): SandboxRosStack
  nestedDesign(properties: JsonObject): Design
  stackById(id: string): SandboxRosStack | undefined
}

/** A resource could not be made, changed or removed. */
class ResourceFailure extends Error {}

/** Between a failure and the rollback that follows it, ROS shows the failure for a moment. */
const MOMENT_MS = 20
const SHORTEST_STEP_MS = 5
const LONGEST_STEP_MS = 50
const STATE_CHANGED = 'state changed'
const TYPE_OF_CUSTOM = /^(Custom::|ALIYUN::ROS::CustomResource$)/

/** Plays a stack's operations through to their end: in order of dependency, with rollback. */
export class Engine {
  readonly #around: EngineSurroundings

  constructor(around: EngineSurroundings) {
    this.#around = around
  }

  /** Also takes up a creation again that has failed. */
  async create(stack: SandboxRosStack): Promise<void> {
    const operation = this.#begin(stack, 'CREATE')
    const failure = await this.#limited(stack, operation, () => this.#makeAll(stack, stack.design, operation))
    if (stack.operation !== operation) return
    if (failure === undefined) {
      this.#end(stack, operation, 'CREATE_COMPLETE', 'Stack CREATE completed successfully')
      return
    }
    if (stack.disableRollback) {
      this.#end(stack, operation, 'CREATE_FAILED', failure)
      return
    }
    this.#setStatus(stack, 'CREATE_FAILED', failure)
    await this.#around.clock.sleep(MOMENT_MS)
    if (stack.operation !== operation) return
    this.#setStatus(stack, 'CREATE_ROLLBACK_IN_PROGRESS', `Create rollback started. Reason: ${failure}`)
    const stuck = await this.#removeAll(stack, [...stack.resources.keys()], operation, 'rollback')
    if (stuck === undefined)
      this.#end(stack, operation, 'CREATE_ROLLBACK_COMPLETE', 'Stack CREATE_ROLLBACK completed successfully')
    else this.#end(stack, operation, 'CREATE_ROLLBACK_FAILED', stuck)
  }

  async update(stack: SandboxRosStack, next: Design): Promise<void> {
    const before = stack.design
    const operation = this.#begin(stack, 'UPDATE')
    if (this.#around.writesUpdateTimeAt === 'beginning') stack.updatedAt = this.#around.clock.now()
    stack.design = next
    const failure = await this.#limited(stack, operation, () => this.#makeAll(stack, next, operation))
    if (stack.operation !== operation) return
    if (failure === undefined) {
      await this.#removeUnwanted(stack, operation)
      this.#endUpdate(stack, operation, 'UPDATE_COMPLETE', 'Stack UPDATE completed successfully')
      return
    }
    if (stack.disableRollback) {
      this.#endUpdate(stack, operation, 'UPDATE_FAILED', failure)
      return
    }
    this.#setStatus(stack, 'UPDATE_FAILED', failure)
    await this.#around.clock.sleep(MOMENT_MS)
    if (stack.operation !== operation) return
    await this.#rollBack(stack, before, operation, failure)
  }

  async delete(
    stack: SandboxRosStack,
    how: { readonly retain: readonly string[]; readonly retainAll: boolean } = {
      retain: [],
      retainAll: false,
    },
  ): Promise<void> {
    if (stack.operation !== undefined) stack.operation.stop = 'Stack DELETE started'
    const operation = this.#begin(stack, 'DELETE')
    const isRetained = (logicalId: string) =>
      how.retainAll ||
      how.retain.includes(logicalId) ||
      stack.design.template.resources.get(logicalId)?.retained === true
    for (const logicalId of [...stack.resources.keys()].filter(isRetained)) stack.resources.delete(logicalId)
    const stuck = await this.#removeAll(stack, [...stack.resources.keys()], operation, 'delete')
    if (stuck === undefined)
      this.#end(stack, operation, 'DELETE_COMPLETE', 'Stack DELETE completed successfully')
    else this.#end(stack, operation, 'DELETE_FAILED', stuck)
  }

  async #rollBack(
    stack: SandboxRosStack,
    before: Design,
    operation: StackOperation,
    failure: string,
  ): Promise<void> {
    this.#setStatus(stack, 'ROLLBACK_IN_PROGRESS', `Stack ROLLBACK started. Reason: ${failure}`)
    const stuck = this.#stuckInRollback(stack)
    operation.stop = undefined
    if (stuck !== undefined) {
      this.#endUpdate(stack, operation, 'ROLLBACK_FAILED', stuck)
      return
    }
    stack.design = before
    await this.#makeAll(stack, before, operation)
    await this.#removeUnwanted(stack, operation)
    this.#endUpdate(stack, operation, 'ROLLBACK_COMPLETE', 'Stack ROLLBACK completed successfully')
  }

  #stuckInRollback(stack: SandboxRosStack): string | undefined {
    for (const [logicalId, { type, properties }] of stack.design.template.resources) {
      const behaviour = behaviourOf(type, properties)
      if (behaviour.failOn.includes('update-rollback')) return `resources.${logicalId}: ${behaviour.message}`
    }
    return undefined
  }

  /** Creates what is new and updates what has changed; what failed, in ROS's words. */
  async #makeAll(
    stack: SandboxRosStack,
    design: Design,
    operation: StackOperation,
  ): Promise<string | undefined> {
    for (const level of levels(design)) {
      let failed = false
      const isStopped = () => failed || operation.stop !== undefined || stack.operation !== operation
      const failures = await Promise.all(
        level.map(async ([logicalId, definition]) => {
          const failure = await this.#makeOne(stack, design, logicalId, definition, isStopped)
          failed ||= failure !== undefined
          return failure
        }),
      )
      const failure = failures.find((one) => one !== undefined && !one.includes('aborted')) ?? operation.stop
      if (failure !== undefined) return failure
    }
    return this.#setOutputs(stack)
  }

  async #makeOne(
    stack: SandboxRosStack,
    design: Design,
    logicalId: string,
    definition: ResourceDefinition,
    isStopped: () => boolean,
  ): Promise<string | undefined> {
    const existing = stack.resources.get(logicalId)
    const isNew = existing === undefined || existing.status === 'CREATE_FAILED'
    const kind = isNew ? 'CREATE' : 'UPDATE'
    const resource = existing ?? newResource(logicalId, definition.type)
    stack.resources.set(logicalId, resource)
    try {
      const resolved = resolve(definition.properties, this.#scope(stack, design))
      const properties = isJsonObject(resolved) ? resolved : {}
      if (!isNew && JSON.stringify(properties) === JSON.stringify(resource.properties)) return undefined
      if (isStopped()) throw new ResourceFailure(`Resource ${kind} aborted`)
      this.#setResource(stack, resource, `${kind}_IN_PROGRESS`, STATE_CHANGED)
      // The Delete that follows a Create that failed has them, too.
      if (isNew && TYPE_OF_CUSTOM.test(resource.type)) resource.properties = properties
      await this.#work(stack, resource, properties, isNew ? 'create' : 'update', isStopped)
      resource.properties = properties
      this.#setResource(stack, resource, `${kind}_COMPLETE`, STATE_CHANGED)
      return undefined
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#setResource(stack, resource, `${kind}_FAILED`, reason)
      if (!isStopped()) stack.failedCall = { logicalId, type: resource.type, message: reason }
      return `Resource ${kind} failed: resources.${logicalId}: ${reason}`
    }
  }

  async #work(
    stack: SandboxRosStack,
    resource: SandboxRosResource,
    properties: JsonObject,
    change: 'create' | 'update',
    isStopped: () => boolean,
  ): Promise<void> {
    if (resource.type === STACK_TYPE) return this.#nest(stack, resource, properties, change)
    if (TYPE_OF_CUSTOM.test(resource.type)) return this.#call(stack, resource, properties, change)
    const behaviour = behaviourOf(resource.type, properties)
    this.#reserve(resource, properties)
    await this.#pause(behaviour.delayMs ?? this.#around.resourceDelayMs, isStopped)
    if (behaviour.failOn.includes(change)) throw new ResourceFailure(behaviour.message)
    if (isStopped()) throw new ResourceFailure(`Resource ${change.toUpperCase()} aborted`)
    const generatedName = `${stack.name}-${resource.logicalId}-${this.#around.nextId().slice(-12)}`
    const { physicalId, attributes } = make(resource.type, properties, {
      generatedName,
      region: stack.region,
    })
    if (change === 'create' || exclusiveName(resource.type, properties) !== undefined)
      resource.physicalId = physicalId
    resource.attributes = attributes
  }

  #reserve({ type, properties: before }: SandboxRosResource, properties: JsonObject): void {
    const name = exclusiveName(type, properties)
    if (name === undefined || name === exclusiveName(type, before)) return
    if (this.#around.names.has(name))
      throw new ResourceFailure(
        `code: 409, BucketAlreadyExists The requested bucket name is not available: ${name}`,
      )
    this.#around.names.add(name)
  }

  async #nest(
    parent: SandboxRosStack,
    resource: SandboxRosResource,
    properties: JsonObject,
    change: 'create' | 'update',
  ): Promise<void> {
    const known = this.#around.stackById(resource.physicalId)
    const nested =
      change === 'create' || known === undefined
        ? this.#around.createNested(parent, resource.logicalId, properties)
        : known
    resource.physicalId = nested.id
    if (nested === known) await this.update(nested, this.#around.nestedDesign(properties))
    else await this.create(nested)
    if (!['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(nested.status))
      throw new ResourceFailure(nested.statusReason)
    resource.attributes = new Map([...nested.outputs].map(([name, value]) => [`Outputs.${name}`, value]))
  }

  async #call(
    stack: SandboxRosStack,
    { logicalId, type, physicalId, ...resource }: SandboxRosResource,
    properties: JsonObject,
    change: CustomResourceCall['change'],
  ): Promise<void> {
    if (this.#around.customResources === undefined)
      throw new ResourceFailure('The ServiceToken names nobody that answers.')
    const answer = await this.#around.customResources({
      stack,
      logicalId,
      type,
      change,
      properties,
      physicalId,
    })
    if (!answer.ok) throw new ResourceFailure(answer.reason)
    const made = stack.resources.get(logicalId)
    if (made === undefined) return
    made.physicalId = answer.physicalId
    made.attributes = new Map([...resource.attributes, ...Object.entries(answer.data)])
  }

  /** Removes in the reverse order of creation; what would not go, in ROS's words. */
  async #removeAll(
    stack: SandboxRosStack,
    logicalIds: readonly string[],
    operation: StackOperation,
    why: 'delete' | 'rollback',
  ): Promise<string | undefined> {
    let stuck: string | undefined
    for (const logicalId of [...logicalIds].reverse()) {
      const resource = stack.resources.get(logicalId)
      if (resource === undefined || stack.operation !== operation) continue
      this.#setResource(stack, resource, 'DELETE_IN_PROGRESS', STATE_CHANGED)
      try {
        await this.#remove(stack, resource, why)
        this.#setResource(stack, resource, 'DELETE_COMPLETE', STATE_CHANGED)
        stack.resources.delete(logicalId)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        this.#setResource(stack, resource, 'DELETE_FAILED', reason)
        stuck ??= `Resource DELETE failed: resources.${logicalId}: ${reason}`
      }
    }
    return stuck
  }

  async #remove(
    stack: SandboxRosStack,
    resource: SandboxRosResource,
    why: 'delete' | 'rollback',
  ): Promise<void> {
    const nested = resource.type === STACK_TYPE ? this.#around.stackById(resource.physicalId) : undefined
    if (nested !== undefined) {
      await this.delete(nested)
      if (nested.status !== 'DELETE_COMPLETE') throw new ResourceFailure(nested.statusReason)
      return
    }
    if (TYPE_OF_CUSTOM.test(resource.type)) {
      await this.#call(stack, resource, resource.properties, 'delete')
      return
    }
    await this.#pause(this.#around.resourceDelayMs, () => false)
    const behaviour = behaviourOf(resource.type, resource.properties)
    if (behaviour.failOn.includes(why) && resource.physicalId !== '')
      throw new ResourceFailure(behaviour.message)
    this.#around.names.delete(exclusiveName(resource.type, resource.properties) ?? '')
  }

  /** Removes what the design no longer holds; what will not go is left. */
  async #removeUnwanted(stack: SandboxRosStack, operation: StackOperation): Promise<void> {
    const gone = [...stack.resources.keys()].filter((name) => !stack.design.template.resources.has(name))
    await this.#removeAll(stack, gone, operation, 'delete')
  }

  #setOutputs(stack: SandboxRosStack): string | undefined {
    const scope = this.#scope(stack, stack.design)
    try {
      stack.outputs = new Map(
        [...stack.design.template.outputs].map(([name, value]) => [name, resolve(value, scope)]),
      )
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  #scope(stack: SandboxRosStack, design: Design): Scope {
    const pseudo = new Map<string, JsonValue>([
      ['ALIYUN::StackId', stack.id],
      ['ALIYUN::StackName', stack.name],
      ['ALIYUN::Region', stack.region],
      ['ALIYUN::TenantId', stack.accountId],
      ['ALIYUN::AccountId', stack.accountId],
    ])
    return {
      ref: (name) => design.parameters.get(name) ?? pseudo.get(name) ?? stack.resources.get(name)?.physicalId,
      attribute: (logicalId, attribute) => stack.resources.get(logicalId)?.attributes.get(attribute),
    }
  }

  /** Stops what takes longer than TimeoutInMinutes. */
  async #limited<T>(stack: SandboxRosStack, operation: StackOperation, work: () => Promise<T>): Promise<T> {
    const done = new AbortController()
    const limit = this.#around.clock.sleep(stack.timeoutInMinutes * 60_000, done.signal).then(
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

  async #pause(ms: number, isStopped: () => boolean): Promise<void> {
    const stepMs = Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, ms / 20))
    await sleepUnlessStopped(this.#around.clock, ms, stepMs, isStopped)
  }

  #begin(stack: SandboxRosStack, action: string): StackOperation {
    const operation: StackOperation = { action, stop: undefined }
    stack.operation = operation
    stack.failedCall = undefined
    this.#setStatus(stack, `${action}_IN_PROGRESS`, `Stack ${action} started`)
    return operation
  }

  #endUpdate(stack: SandboxRosStack, operation: StackOperation, status: string, reason: string): void {
    if (this.#around.writesUpdateTimeAt === 'end') stack.updatedAt = this.#around.clock.now()
    this.#end(stack, operation, status, reason)
  }

  #end(stack: SandboxRosStack, operation: StackOperation, status: string, reason: string): void {
    if (stack.operation !== operation) return
    this.#setStatus(stack, status, reason)
    stack.operation = undefined
  }

  #setStatus(stack: SandboxRosStack, status: string, reason: string): void {
    stack.status = status
    stack.statusReason = reason
    this.#record(stack, { logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE }, status, reason)
  }

  #setResource(stack: SandboxRosStack, resource: SandboxRosResource, status: string, reason: string): void {
    resource.status = status
    resource.statusReason = reason
    this.#record(stack, resource, status, reason)
  }

  #record(
    stack: SandboxRosStack,
    { logicalId, physicalId, type }: Pick<SandboxRosResource, 'logicalId' | 'physicalId' | 'type'>,
    status: string,
    reason: string,
  ): void {
    const at = this.#around.clock.now()
    stack.events.push({ id: this.#around.nextId(), logicalId, physicalId, type, at, status, reason })
  }
}

function newResource(logicalId: string, type: string): SandboxRosResource {
  return {
    logicalId,
    type,
    physicalId: '',
    status: '',
    statusReason: '',
    properties: {},
    attributes: new Map(),
  }
}

function levels({ template: { resources } }: Design): [string, ResourceDefinition][][] {
  return dependencyLevels(resources, ({ properties, dependsOn }) => [
    ...referencesIn(properties),
    ...dependsOn,
  ])
}
