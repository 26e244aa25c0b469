import { isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { reasonOf, ResourceFailure } from '../../resource-failure.ts'
import type { CloudContext } from './cloud-context.ts'
import type { CustomResourceCall } from './custom-resources.ts'
import { behaviourOf, exclusiveName, isReplaced } from './resource-types.ts'
import { attributesOf, isKnownType, physicalIdOf } from './resource-values.ts'
import { resourceContextOf, resolve, scopeOf, TYPE_OF_CUSTOM } from './stack-scope.ts'
import {
  STACK_TYPE,
  type Design,
  type SandboxRosResource,
  type SandboxRosStack,
  type StackOperation,
} from './stack.ts'
import type { StatusRecorder } from './status-recorder.ts'
import type { ResourceDefinition } from './template.ts'

const SHORTEST_STEP_MS = 5
const LONGEST_STEP_MS = 50
const STATE_CHANGED = 'state changed'

/** Operations on nested stacks. Each resolves when the operation ends. */
export interface NestedOperations {
  create(stack: SandboxRosStack): Promise<void>
  update(stack: SandboxRosStack, next: Design): Promise<void>
  delete(stack: SandboxRosStack): Promise<void>
}

/** How a resource is made or changed. `properties`: with all functions computed. */
interface Change {
  readonly definition: ResourceDefinition
  readonly properties: JsonObject
  readonly kind: 'create' | 'update'
}

/** Creates, updates and removes the single resources of a stack. */
export class ResourceWorker {
  readonly #context: CloudContext
  readonly #recorder: StatusRecorder
  readonly #nested: NestedOperations

  constructor(context: CloudContext, recorder: StatusRecorder, nested: NestedOperations) {
    this.#context = context
    this.#recorder = recorder
    this.#nested = nested
  }

  /** Creates the resource, or updates it if its properties changed. Returns the failure in ROS's words. */
  async makeOne(
    stack: SandboxRosStack,
    design: Design,
    [logicalId, definition]: readonly [string, ResourceDefinition],
    isStopped: () => boolean,
  ): Promise<string | undefined> {
    const existing = stack.resources.get(logicalId)
    const isNew = existing === undefined || existing.status === 'CREATE_FAILED'
    const kind = isNew ? 'CREATE' : 'UPDATE'
    const seed = this.#newSeed(stack, logicalId)
    const resource = existing ?? newResource(logicalId, definition.type, seed)
    stack.resources.set(logicalId, resource)
    try {
      const resolved = resolve(definition.properties, scopeOf(stack, design, this.#context.note))
      const properties = isJsonObject(resolved) ? resolved : {}
      if (!isNew && JSON.stringify(properties) === JSON.stringify(resource.properties)) return undefined
      if (isStopped()) throw new ResourceFailure(`Resource ${kind} aborted`)
      this.#recorder.setResource(stack, resource, `${kind}_IN_PROGRESS`, STATE_CHANGED)
      // The Delete that follows a failed Create carries these properties.
      if (isNew && TYPE_OF_CUSTOM.test(resource.type)) resource.properties = properties
      const change = { definition, properties, kind: isNew ? 'create' : 'update' } as const
      await this.#work(stack, resource, change, isStopped)
      resource.properties = properties
      this.#recorder.setResource(stack, resource, `${kind}_COMPLETE`, STATE_CHANGED)
      return undefined
    } catch (error) {
      const reason = reasonOf(error)
      this.#recorder.setResource(stack, resource, `${kind}_FAILED`, reason)
      if (!isStopped()) stack.failedCall = { logicalId, type: resource.type, message: reason }
      return `Resource ${kind} failed: resources.${logicalId}: ${reason}`
    }
  }

  async #work(
    stack: SandboxRosStack,
    resource: SandboxRosResource,
    { definition, properties, kind }: Change,
    isStopped: () => boolean,
  ): Promise<void> {
    if (resource.type === STACK_TYPE) return this.#makeNested(stack, resource, properties, kind)
    if (TYPE_OF_CUSTOM.test(resource.type)) return this.#call(stack, resource, properties, kind)
    const behaviour = behaviourOf(definition, properties)
    this.#reserve(resource, properties)
    await this.#pause(behaviour.delayMs ?? this.#context.resourceDelayMs, isStopped)
    if (behaviour.failOn.includes(kind)) throw new ResourceFailure(behaviour.message)
    if (isStopped()) throw new ResourceFailure(`Resource ${kind.toUpperCase()} aborted`)
    if (!isKnownType(resource.type))
      this.#context.note(
        `the sandbox does not know ${resource.type}: what Ref and Fn::GetAtt give for it is invented`,
      )
    if (kind !== 'create' && isReplaced(resource.type, resource.properties, properties))
      resource.seed = this.#newSeed(stack, resource.logicalId)
    const resourceContext = resourceContextOf(stack, { ...resource, properties })
    // Another name is another resource.
    resource.physicalId = physicalIdOf(resourceContext)
    resource.attributes = attributesOf(resourceContext, resource.physicalId)
  }

  #newSeed({ id }: SandboxRosStack, logicalId: string): string {
    return `${id}/${logicalId}/${this.#context.nextId()}`
  }

  #reserve({ type, properties: before }: SandboxRosResource, properties: JsonObject): void {
    const name = exclusiveName(type, properties)
    if (name === undefined || name === exclusiveName(type, before)) return
    if (this.#context.names.has(name))
      throw new ResourceFailure(
        `code: 409, BucketAlreadyExists The requested bucket name is not available: ${name}`,
      )
    this.#context.names.add(name)
  }

  async #makeNested(
    parent: SandboxRosStack,
    resource: SandboxRosResource,
    properties: JsonObject,
    change: 'create' | 'update',
  ): Promise<void> {
    const known = this.#context.stackById(resource.physicalId)
    const nested =
      change === 'create' || known === undefined
        ? this.#context.createNested(parent, resource.logicalId, properties)
        : known
    resource.physicalId = nested.id
    if (nested === known) await this.#nested.update(nested, this.#context.nestedDesign(properties))
    else await this.#nested.create(nested)
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
    if (this.#context.customResources === undefined)
      throw new ResourceFailure('No function is registered for the ServiceToken.')
    const answer = await this.#context.customResources({
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

  /** Removes resources in reverse order of creation. Returns the first failure in ROS's words. */
  async removeAll(
    stack: SandboxRosStack,
    logicalIds: readonly string[],
    operation: StackOperation,
    cause: 'delete' | 'rollback',
  ): Promise<string | undefined> {
    let firstFailure: string | undefined
    for (const logicalId of [...logicalIds].reverse()) {
      const resource = stack.resources.get(logicalId)
      if (resource === undefined || stack.operation !== operation) continue
      this.#recorder.setResource(stack, resource, 'DELETE_IN_PROGRESS', STATE_CHANGED)
      try {
        await this.#remove(stack, resource, cause)
        this.#recorder.setResource(stack, resource, 'DELETE_COMPLETE', STATE_CHANGED)
        stack.resources.delete(logicalId)
      } catch (error) {
        const reason = reasonOf(error)
        this.#recorder.setResource(stack, resource, 'DELETE_FAILED', reason)
        firstFailure ??= `Resource DELETE failed: resources.${logicalId}: ${reason}`
      }
    }
    return firstFailure
  }

  async #remove(
    stack: SandboxRosStack,
    resource: SandboxRosResource,
    cause: 'delete' | 'rollback',
  ): Promise<void> {
    const nested = resource.type === STACK_TYPE ? this.#context.stackById(resource.physicalId) : undefined
    if (nested !== undefined) {
      await this.#nested.delete(nested)
      if (nested.status !== 'DELETE_COMPLETE') throw new ResourceFailure(nested.statusReason)
      return
    }
    if (TYPE_OF_CUSTOM.test(resource.type)) {
      await this.#call(stack, resource, resource.properties, 'delete')
      return
    }
    await this.#pause(this.#context.resourceDelayMs, () => false)
    const definition = stack.design.template.resources.get(resource.logicalId)
    const { type, properties } = resource
    const behaviour = behaviourOf({ type, metadata: definition?.metadata ?? {} }, properties)
    if (behaviour.failOn.includes(cause) && resource.physicalId !== '')
      throw new ResourceFailure(behaviour.message)
    this.#context.names.delete(exclusiveName(resource.type, resource.properties) ?? '')
  }

  async #pause(ms: number, isStopped: () => boolean): Promise<void> {
    const stepMs = Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, ms / 20))
    await sleepUnlessStopped(this.#context.clock, ms, stepMs, isStopped)
  }
}

function newResource(logicalId: string, type: string, seed: string): SandboxRosResource {
  return {
    logicalId,
    type,
    seed,
    physicalId: '',
    status: '',
    statusReason: '',
    properties: {},
    attributes: new Map(),
  }
}
