import type { JsonObject } from '../../../platform/json.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { reasonOf, ResourceFailure } from '../../resource-failure.ts'
import type { CloudContext } from './cloud-context.ts'
import {
  behaviourOf,
  exclusiveName,
  hookOf,
  isReplaced,
  evidenceOf,
  unknownProperties,
} from './resource-types.ts'
import { attributesOf, givenName, isKnownType, physicalIdOf } from './resource-values.ts'
import { resourceContextOf, resolvedProperties, scopeOf } from './stack-scope.ts'
import {
  STACK_TYPE,
  type Design,
  type HookResult,
  type SandboxResource,
  type SandboxStack,
  type StackOperation,
} from './stack.ts'
import type { StatusRecorder } from './status-recorder.ts'
import type { ResourceDefinition } from './template.ts'

const CANCELLED = 'Resource creation cancelled'
const UPDATE_CANCELLED = 'Resource update cancelled'
const REPLACING = 'Requested update requires the creation of a new physical resource; hence creating one.'
const SHORTEST_STEP_MS = 5

/** Creates, updates and removes the single resources of a stack. */
export class ResourceWorker {
  readonly #context: CloudContext
  readonly #recorder: StatusRecorder
  readonly #deleteNested: (child: SandboxStack) => Promise<void>

  constructor(
    context: CloudContext,
    recorder: StatusRecorder,
    deleteNested: (child: SandboxStack) => Promise<void>,
  ) {
    this.#context = context
    this.#recorder = recorder
    this.#deleteNested = deleteNested
  }

  /** Creates the resource, or updates it if its properties changed. False: that failed. */
  async createOrUpdate(
    stack: SandboxStack,
    design: Design,
    [logicalId, definition]: readonly [string, ResourceDefinition],
    operation: StackOperation,
    isStopped: () => boolean,
  ): Promise<boolean> {
    const known = stack.resources.get(logicalId)
    // A creation that failed left a resource without an id.
    const existing = known?.physicalId === '' ? undefined : known
    const kind = existing === undefined ? 'CREATE' : 'UPDATE'
    const resource = existing ?? this.#newResource(stack, logicalId, definition)
    try {
      const properties = resolvedProperties(definition, scopeOf(stack, design, this.#context))
      if (existing !== undefined && JSON.stringify(properties) === JSON.stringify(existing.properties))
        return true
      resource.requestedProperties = properties
      const replaces = existing !== undefined && isReplaced(definition.type, existing.properties, properties)
      const reason = replaces ? REPLACING : undefined
      this.#recorder.setResource(stack, resource, `${kind}_IN_PROGRESS`, reason, operation)
      this.#callHook(stack, resource, hookOf(definition, properties), operation)
      if (definition.type === STACK_TYPE) await this.#makeNested(stack, resource, properties, operation)
      else if (replaces && stack.status.startsWith('UPDATE_ROLLBACK')) this.#restore(stack, resource)
      else await this.#make(stack, resource, { definition, properties, kind, replaces }, operation, isStopped)
      resource.properties = properties
      this.#recorder.setResource(stack, resource, `${kind}_COMPLETE`, undefined, operation)
      return true
    } catch (error) {
      this.#recorder.setResource(stack, resource, `${kind}_FAILED`, reasonOf(error), operation)
      return false
    }
  }

  /** Removes resources in reverse order of creation. Returns the logical ids that failed. */
  async removeAll(
    stack: SandboxStack,
    resources: readonly SandboxResource[],
    operation: StackOperation,
    cause: 'delete' | 'rollback',
  ): Promise<string[]> {
    const failed: string[] = []
    for (const resource of [...resources].reverse()) {
      if (operation !== stack.operation) return failed
      this.#recorder.setResource(stack, resource, 'DELETE_IN_PROGRESS', undefined, operation)
      const message = await this.#remove(stack, resource, cause)
      if (message === undefined) {
        this.#recorder.setResource(stack, resource, 'DELETE_COMPLETE', undefined, operation)
        forget(stack, resource)
      } else {
        this.#recorder.setResource(stack, resource, 'DELETE_FAILED', message, operation)
        failed.push(resource.logicalId)
      }
    }
    return failed
  }

  /** Throws for a hook in FAIL mode. */
  #callHook(
    stack: SandboxStack,
    resource: SandboxResource,
    hook: HookResult | undefined,
    operation: StackOperation,
  ): void {
    if (hook === undefined) return
    this.#recorder.addHook(stack, resource, hook, operation)
    if (hook.mode === 'FAIL') throw new ResourceFailure(`The following hook(s) failed: [${hook.type}]`)
  }

  async #make(
    stack: SandboxStack,
    resource: SandboxResource,
    { definition, properties, kind, replaces }: Change,
    operation: StackOperation,
    isStopped: () => boolean,
  ): Promise<void> {
    if (replaces) refuseToReplaceNamed(resource, properties)
    const behaviour = behaviourOf(definition, properties)
    this.#reserveName(resource, properties)
    await this.#pause(behaviour.delayMs ?? this.#context.resourceDelayMs, isStopped)
    this.#recordEvidence(stack, resource, definition, properties)
    if (behaviour.failOn.includes(kind === 'CREATE' ? 'create' : 'update')) {
      this.#context.evidence.recordDenial(behaviour.message, evidenceOf(definition, properties))
      throw new ResourceFailure(behaviour.message)
    }
    if (isStopped()) throw new ResourceFailure(kind === 'CREATE' ? CANCELLED : UPDATE_CANCELLED)
    for (const unknown of unknownProperties(definition.type, properties))
      this.#context.note(
        `AWS's specification of ${definition.type} has no property ${unknown}: the sandbox ignores it. AWS refuses a property that the type does not have`,
      )
    if (!isKnownType(definition.type))
      this.#context.note(
        `the sandbox does not know ${definition.type}: what Ref and Fn::GetAtt give for it is invented`,
      )
    if (replaces) {
      stack.superseded.push({ ...resource })
      resource.seed = this.#newSeed(stack, resource.logicalId)
    }
    const resourceContext = resourceContextOf(stack, { ...resource, properties }, this.#context)
    // Another name is another resource, as in AWS.
    resource.physicalId = physicalIdOf(resourceContext)
    resource.attributes = attributesOf(resourceContext, resource.physicalId)
    if (replaces)
      this.#recorder.setResource(
        stack,
        resource,
        'UPDATE_IN_PROGRESS',
        'Resource creation Initiated',
        operation,
      )
  }

  /** The rollback of a replacement: the old resource still stands, and the clean-up removes the new one. */
  #restore(stack: SandboxStack, resource: SandboxResource): void {
    const index = stack.superseded.findLastIndex(({ logicalId }) => logicalId === resource.logicalId)
    const old = stack.superseded[index]
    if (old === undefined) return
    stack.superseded[index] = { ...resource }
    const { seed, physicalId, attributes } = old
    Object.assign(resource, { seed, physicalId, attributes })
  }

  /** What other services show of it. A service exists before its tasks are stable, and has an id when it fails. */
  #recordEvidence(
    stack: SandboxStack,
    resource: SandboxResource,
    definition: ResourceDefinition,
    properties: JsonObject,
  ): void {
    const evidence = evidenceOf(definition, properties)
    if (evidence.lines.length === 0) return
    const resourceContext = resourceContextOf(stack, { ...resource, properties }, this.#context)
    if (resource.physicalId === '' && definition.type === 'AWS::ECS::Service')
      resource.physicalId = physicalIdOf(resourceContext)
    this.#context.evidence.recordLines(
      { type: definition.type, properties, physicalId: resource.physicalId },
      evidence,
    )
  }

  #newSeed({ id }: SandboxStack, logicalId: string): string {
    return `${id}/${logicalId}/${this.#context.nextSuffix()}`
  }

  /** Throws if the properties give the resource a new unique name that is in use. */
  #reserveName({ type, properties: before }: SandboxResource, properties: JsonObject): void {
    const name = exclusiveName(type, properties)
    if (name === undefined || name === exclusiveName(type, before)) return
    if (this.#context.names.has(name)) throw new ResourceFailure(`${name.split('/')[1] ?? ''} already exists`)
    this.#context.names.add(name)
  }

  async #makeNested(
    parent: SandboxStack,
    resource: SandboxResource,
    properties: JsonObject,
    operation: StackOperation,
  ): Promise<void> {
    if (resource.physicalId === '') {
      const child = this.#context.createNested(parent, properties, resource.logicalId, operation.token)
      resource.physicalId = child.id
    } else if (!(await this.#context.updateNested(resource.physicalId, properties, operation.token))) {
      return
    }
    const child = this.#context.stackById(resource.physicalId)
    while (child?.operation !== undefined) await this.#pause(this.#context.resourceDelayMs, () => false)
    if (child === undefined || !['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(child.status)) {
      const reason = child?.statusReason ?? 'unknown'
      throw new ResourceFailure(
        `Embedded stack ${resource.physicalId} was not successfully created: ${reason}`,
      )
    }
    resource.attributes = new Map([...child.outputs].map(([name, { value }]) => [`Outputs.${name}`, value]))
  }

  /** Returns the reason of a failure. */
  async #remove(
    stack: SandboxStack,
    resource: SandboxResource,
    cause: 'delete' | 'rollback',
  ): Promise<string | undefined> {
    const definition = stack.design.template.resources.get(resource.logicalId)
    const child = resource.type === STACK_TYPE ? this.#context.stackById(resource.physicalId) : undefined
    if (child !== undefined) {
      await this.#deleteNested(child)
      return child.status === 'DELETE_COMPLETE'
        ? undefined
        : `Embedded stack ${child.id} was not successfully deleted`
    }
    await this.#pause(this.#context.resourceDelayMs, () => false)
    const behaviour = definition === undefined ? undefined : behaviourOf(definition, resource.properties)
    if (behaviour?.failOn.includes(cause) === true && resource.physicalId !== '') return behaviour.message
    this.#context.names.delete(exclusiveName(resource.type, resource.properties) ?? '')
    return undefined
  }

  /** Sleeps in short steps, so that a stop takes effect soon. */
  async #pause(ms: number, isStopped: () => boolean): Promise<void> {
    await sleepUnlessStopped(this.#context.clock, ms, Math.max(SHORTEST_STEP_MS, ms / 20), isStopped)
  }

  #newResource(stack: SandboxStack, logicalId: string, definition: ResourceDefinition): SandboxResource {
    const resource: SandboxResource = {
      logicalId,
      type: definition.type,
      seed: this.#newSeed(stack, logicalId),
      physicalId: '',
      status: '',
      statusReason: undefined,
      properties: {},
      attributes: new Map(),
      changedAt: this.#context.clock.now(),
    }
    stack.resources.set(logicalId, resource)
    return resource
  }
}

/** How a resource is made or changed. */
interface Change {
  readonly definition: ResourceDefinition
  readonly properties: JsonObject
  readonly kind: 'CREATE' | 'UPDATE'
  readonly replaces: boolean
}

/**
 * A resource with a name of its own would need another one beside it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
function refuseToReplaceNamed({ type, properties: before }: SandboxResource, properties: JsonObject): void {
  const name = givenName(type, properties)
  if (name !== undefined && name === givenName(type, before))
    throw new ResourceFailure(
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
    )
}

function forget({ resources, superseded }: SandboxStack, resource: SandboxResource): void {
  if (resources.get(resource.logicalId) === resource) resources.delete(resource.logicalId)
  else superseded.splice(superseded.indexOf(resource), 1)
}
