import type { Clock } from '../../../platform/clock.ts'
import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import { holds, referencesIn, resolve, type Scope } from './intrinsic-functions.ts'
import { behaviourOf, exclusiveName, make } from './resource-types.ts'
import {
  STACK_TYPE,
  type Design,
  type SandboxResource,
  type SandboxStack,
  type StackOperation,
} from './stack.ts'
import { type ResourceDefinition } from './template.ts'

/** What a stack's operations need of the cloud around them. */
export interface Surroundings {
  readonly clock: Clock
  readonly accountId: string
  readonly region: string
  readonly resourceDelayMs: number
  /** Twelve characters in [A-Z0-9], never the same twice. */
  nextSuffix(): string
  nextId(): string
  exportedValue(name: string): string | undefined
  exporterOf(name: string): SandboxStack | undefined
  importersOf(
    stack: SandboxStack,
  ): { readonly exportName: string; readonly importers: readonly string[] } | undefined
  /** Names that are taken in the whole cloud. */
  readonly names: Set<string>
  createNested(
    parent: SandboxStack,
    properties: JsonObject,
    logicalId: string,
    token: string | undefined,
  ): SandboxStack
  updateNested(stackId: string, properties: JsonObject, token: string | undefined): Promise<boolean>
  stackById(id: string): SandboxStack | undefined
}

/** A resource could not be made, changed or removed. */
class ResourceFailure extends Error {}

const CANCELLED = 'Resource creation cancelled'
const UPDATE_CANCELLED = 'Resource update cancelled'

/** Plays a stack's operations through to their end, as CloudFormation does: in order of dependency, with rollback. */
export class Lifecycle {
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  async create(stack: SandboxStack, token: string | undefined): Promise<void> {
    const operation = begin(stack, token)
    this.#setStatus(stack, 'CREATE_IN_PROGRESS', 'User Initiated', operation)
    void this.#limit(stack, operation)
    const failed = await this.#createAll(stack, stack.design, operation)
    if (operation !== stack.operation) return
    if (failed.length === 0 && operation.stop === undefined && this.#setOutputs(stack)) {
      this.#end(stack, 'CREATE_COMPLETE', undefined, operation)
      return
    }
    const reason = operation.stop ?? summary('create', failed)
    if (stack.onFailure === 'DO_NOTHING') {
      this.#end(stack, 'CREATE_FAILED', reason, operation)
      return
    }
    if (stack.onFailure === 'DELETE') {
      await this.#deleteAll(stack, operation, {
        first: 'DELETE_IN_PROGRESS',
        reason,
        done: 'DELETE_COMPLETE',
        retain: [],
        force: false,
      })
      return
    }
    this.#setStatus(stack, 'ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`, operation)
    const stuck = await this.#removeAll(stack, [...stack.resources.keys()], operation, 'rollback')
    if (operation !== stack.operation) return
    if (stuck.length > 0) this.#end(stack, 'ROLLBACK_FAILED', summary('delete', stuck), operation)
    else this.#end(stack, 'ROLLBACK_COMPLETE', undefined, operation)
  }

  async update(stack: SandboxStack, next: Design, token: string | undefined): Promise<void> {
    const operation = begin(stack, token)
    const before = stack.design
    stack.updatedAt = this.#around.clock.now()
    this.#setStatus(stack, 'UPDATE_IN_PROGRESS', 'User Initiated', operation)
    stack.design = next
    const failed = await this.#createAll(stack, next, operation)
    if (operation !== stack.operation) return
    if (failed.length === 0 && operation.stop === undefined && this.#setOutputs(stack)) {
      this.#setStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation)
      await this.#cleanUp(stack, operation)
      this.#end(stack, 'UPDATE_COMPLETE', undefined, operation)
      return
    }
    const reason = operation.stop ?? summary('update', failed)
    this.#setStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason, operation)
    await this.rollBackUpdate(stack, before, operation, [])
  }

  /** Also what ContinueUpdateRollback does, with the resources that it is to skip. */
  async rollBackUpdate(
    stack: SandboxStack,
    before: Design,
    operation: StackOperation,
    skip: readonly string[],
  ): Promise<void> {
    operation.stop = undefined
    const failedDesign = stack.design
    stack.design = before
    const stuck = this.#stuckInRollback(stack, failedDesign, skip)
    if (stuck.length > 0) {
      for (const { resource, message } of stuck)
        this.#setResource(stack, resource, 'UPDATE_FAILED', message, operation)
      stack.design = failedDesign
      stack.rolledBackTo = before
      this.#end(
        stack,
        'UPDATE_ROLLBACK_FAILED',
        summary(
          'update',
          stuck.map(({ resource }) => resource.logicalId),
        ),
        operation,
      )
      return
    }
    await this.#createAll(stack, before, operation)
    this.#setOutputs(stack)
    this.#setStatus(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation)
    await this.#cleanUp(stack, operation)
    this.#end(stack, 'UPDATE_ROLLBACK_COMPLETE', undefined, operation)
  }

  async delete(
    stack: SandboxStack,
    token: string | undefined,
    how: { readonly retain: readonly string[]; readonly force: boolean },
  ): Promise<void> {
    const previous = stack.status
    const operation = begin(stack, token)
    const used = this.#around.importersOf(stack)
    if (used !== undefined) {
      this.#setStatus(stack, 'DELETE_IN_PROGRESS', 'User Initiated', operation)
      await this.#around.clock.sleep(this.#around.resourceDelayMs)
      const reason = `Delete canceled. Cannot delete export ${used.exportName} as it is in use by ${used.importers.join(', ')}.`
      this.#end(stack, previous, reason, operation)
      return
    }
    await this.#deleteAll(stack, operation, {
      first: 'DELETE_IN_PROGRESS',
      reason: 'User Initiated',
      done: 'DELETE_COMPLETE',
      ...how,
    })
  }

  begin(stack: SandboxStack, token: string | undefined, status: string): StackOperation {
    const operation = begin(stack, token)
    this.#setStatus(stack, status, 'User Initiated', operation)
    return operation
  }

  async #deleteAll(
    stack: SandboxStack,
    operation: StackOperation,
    plan: { first: string; reason: string; done: string; retain: readonly string[]; force: boolean },
  ): Promise<void> {
    this.#setStatus(stack, plan.first, plan.reason, operation)
    const wanted = [...stack.resources.values()].filter((resource) => {
      const policy = stack.design.template.resources.get(resource.logicalId)?.deletionPolicy
      if (policy !== 'Retain' && !plan.retain.includes(resource.logicalId)) return true
      this.#setResource(stack, resource, 'DELETE_SKIPPED', undefined, operation)
      stack.resources.delete(resource.logicalId)
      return false
    })
    const stuck = await this.#removeAll(
      stack,
      wanted.map(({ logicalId }) => logicalId),
      operation,
      'delete',
    )
    if (operation !== stack.operation) return
    if (stuck.length > 0 && !plan.force) {
      this.#end(stack, 'DELETE_FAILED', summary('delete', stuck), operation)
      return
    }
    stack.deletedAt = this.#around.clock.now()
    this.#end(stack, plan.done, undefined, operation)
  }

  /** Creates what is new and updates what has changed; returns the logical ids that failed. */
  async #createAll(stack: SandboxStack, design: Design, operation: StackOperation): Promise<string[]> {
    const failed: string[] = []
    for (const level of levels(design, this.#scope(stack, design))) {
      const stopped = () => failed.length > 0 || operation.stop !== undefined || operation !== stack.operation
      if (stopped()) break
      await Promise.all(
        level.map(async ([logicalId, definition]) => {
          const done = await this.#createOrUpdate(stack, design, logicalId, definition, operation, stopped)
          if (!done) failed.push(logicalId)
        }),
      )
    }
    return failed
  }

  async #createOrUpdate(
    stack: SandboxStack,
    design: Design,
    logicalId: string,
    definition: ResourceDefinition,
    operation: StackOperation,
    stopped: () => boolean,
  ): Promise<boolean> {
    const existing = stack.resources.get(logicalId)
    const kind = existing === undefined ? 'CREATE' : 'UPDATE'
    const resource = existing ?? this.#newResource(stack, logicalId, definition)
    try {
      const properties = this.#properties(stack, design, definition)
      if (existing !== undefined && JSON.stringify(properties) === JSON.stringify(existing.properties))
        return true
      this.#setResource(stack, resource, `${kind}_IN_PROGRESS`, undefined, operation)
      await this.#work(
        stack,
        resource,
        definition,
        properties,
        operation,
        kind === 'CREATE' ? 'create' : 'update',
        stopped,
      )
      resource.properties = properties
      this.#setResource(stack, resource, `${kind}_COMPLETE`, undefined, operation)
      return true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#setResource(stack, resource, `${kind}_FAILED`, reason, operation)
      return false
    }
  }

  async #work(
    stack: SandboxStack,
    resource: SandboxResource,
    definition: ResourceDefinition,
    properties: JsonObject,
    operation: StackOperation,
    kind: 'create' | 'update',
    stopped: () => boolean,
  ): Promise<void> {
    const behaviour = behaviourOf(definition, properties)
    const name = exclusiveName(definition.type, properties)
    const oldName = exclusiveName(definition.type, resource.properties)
    if (name !== undefined && name !== oldName) {
      if (this.#around.names.has(name))
        throw new ResourceFailure(`${asText(name.split('/')[1] ?? '')} already exists`)
      this.#around.names.add(name)
    }
    if (definition.type === STACK_TYPE) {
      await this.#nested(stack, resource, properties, operation)
      return
    }
    await this.#pause(behaviour.delayMs ?? this.#around.resourceDelayMs, stopped)
    if (behaviour.failOn.includes(kind)) throw new ResourceFailure(behaviour.message)
    if (stopped()) throw new ResourceFailure(kind === 'create' ? CANCELLED : UPDATE_CANCELLED)
    const made = make(definition.type, properties, {
      accountId: this.#around.accountId,
      region: this.#around.region,
      stackName: stack.name,
      logicalId: resource.logicalId,
      suffix: this.#around.nextSuffix(),
    })
    if (kind === 'create' || name !== oldName) resource.physicalId = made.physicalId
    resource.attributes = made.attributes
  }

  async #nested(
    parent: SandboxStack,
    resource: SandboxResource,
    properties: JsonObject,
    operation: StackOperation,
  ): Promise<void> {
    if (resource.physicalId === '') {
      const child = this.#around.createNested(parent, properties, resource.logicalId, operation.token)
      resource.physicalId = child.id
    } else if (!(await this.#around.updateNested(resource.physicalId, properties, operation.token))) {
      return
    }
    const child = this.#around.stackById(resource.physicalId)
    while (child?.operation !== undefined) await this.#pause(this.#around.resourceDelayMs, () => false)
    if (child === undefined || !['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(child.status)) {
      const reason = child?.statusReason ?? 'unknown'
      throw new ResourceFailure(
        `Embedded stack ${resource.physicalId} was not successfully created: ${reason}`,
      )
    }
    resource.attributes = new Map([...child.outputs].map(([name, { value }]) => [`Outputs.${name}`, value]))
  }

  /** Removes in the reverse order of creation; returns the logical ids that would not go. */
  async #removeAll(
    stack: SandboxStack,
    logicalIds: readonly string[],
    operation: StackOperation,
    why: 'delete' | 'rollback',
  ): Promise<string[]> {
    const stuck: string[] = []
    for (const logicalId of [...logicalIds].reverse()) {
      const resource = stack.resources.get(logicalId)
      if (resource === undefined || operation !== stack.operation) continue
      this.#setResource(stack, resource, 'DELETE_IN_PROGRESS', undefined, operation)
      const message = await this.#remove(stack, resource, why)
      if (message === undefined) {
        this.#setResource(stack, resource, 'DELETE_COMPLETE', undefined, operation)
        stack.resources.delete(logicalId)
      } else {
        this.#setResource(stack, resource, 'DELETE_FAILED', message, operation)
        stuck.push(logicalId)
      }
    }
    return stuck
  }

  async #remove(
    stack: SandboxStack,
    resource: SandboxResource,
    why: 'delete' | 'rollback',
  ): Promise<string | undefined> {
    const definition = stack.design.template.resources.get(resource.logicalId)
    const child = resource.type === STACK_TYPE ? this.#around.stackById(resource.physicalId) : undefined
    if (child !== undefined) {
      await this.delete(child, undefined, { retain: [], force: false })
      return child.status === 'DELETE_COMPLETE'
        ? undefined
        : `Embedded stack ${child.id} was not successfully deleted`
    }
    await this.#pause(this.#around.resourceDelayMs, () => false)
    const behaviour = definition === undefined ? undefined : behaviourOf(definition, resource.properties)
    if (behaviour?.failOn.includes(why) === true && resource.physicalId !== '') return behaviour.message
    this.#around.names.delete(exclusiveName(resource.type, resource.properties) ?? '')
    return undefined
  }

  /** Removes what the design no longer holds; what will not go stays, as in AWS, without failing the update. */
  async #cleanUp(stack: SandboxStack, operation: StackOperation): Promise<void> {
    const scope = this.#scope(stack, stack.design)
    const gone = [...stack.resources.keys()].filter((logicalId) => {
      const definition = stack.design.template.resources.get(logicalId)
      return definition === undefined || !isWanted(definition, scope)
    })
    await this.#removeAll(stack, gone, operation, 'delete')
  }

  #stuckInRollback(stack: SandboxStack, failedDesign: Design, skip: readonly string[]) {
    return [...stack.resources.values()].flatMap((resource) => {
      const definition = failedDesign.template.resources.get(resource.logicalId)
      if (definition === undefined || skip.includes(resource.logicalId)) return []
      const behaviour = behaviourOf(definition, this.#properties(stack, failedDesign, definition))
      return behaviour.failOn.includes('update-rollback') ? [{ resource, message: behaviour.message }] : []
    })
  }

  #setOutputs(stack: SandboxStack): boolean {
    const scope = this.#scope(stack, stack.design)
    try {
      const outputs = [...stack.design.template.outputs]
        .filter(([, output]) => output.condition === undefined || holds(output.condition, scope))
        .map(([name, output]) => {
          const exportName =
            output.exportName === undefined ? undefined : asText(resolve(output.exportName, scope))
          return [name, { value: asText(resolve(output.value, scope)), exportName }] as const
        })
      for (const [, { exportName }] of outputs) this.#checkExport(stack, exportName)
      stack.outputs = new Map(outputs)
      return true
    } catch (error) {
      if (stack.operation !== undefined)
        stack.operation.stop = error instanceof Error ? error.message : String(error)
      return false
    }
  }

  #checkExport(stack: SandboxStack, exportName: string | undefined): void {
    const other = exportName === undefined ? undefined : this.#around.exporterOf(exportName)
    if (other !== undefined && other !== stack)
      throw new ResourceFailure(
        `Export with name ${exportName ?? ''} is already exported by stack ${other.name}.`,
      )
  }

  /** Stops a creation that takes longer than TimeoutInMinutes. */
  async #limit(stack: SandboxStack, operation: StackOperation): Promise<void> {
    if (stack.timeoutMinutes === undefined) return
    await this.#around.clock.sleep(stack.timeoutMinutes * 60_000)
    if (stack.operation === operation) operation.stop = 'Stack creation time exceeded the specified timeout.'
  }

  /** Short steps, so that a stop is noticed as soon as AWS would. */
  async #pause(ms: number, stopped: () => boolean): Promise<void> {
    await sleepUnlessStopped(this.#around.clock, ms, Math.max(5, ms / 20), stopped)
  }

  #newResource(stack: SandboxStack, logicalId: string, definition: ResourceDefinition): SandboxResource {
    const resource: SandboxResource = {
      logicalId,
      type: definition.type,
      physicalId: '',
      status: '',
      statusReason: undefined,
      properties: {},
      attributes: new Map(),
      changedAt: this.#around.clock.now(),
    }
    stack.resources.set(logicalId, resource)
    return resource
  }

  #properties(stack: SandboxStack, design: Design, definition: ResourceDefinition): JsonObject {
    const resolved = resolve(definition.properties, this.#scope(stack, design))
    return isJsonObject(resolved) ? resolved : {}
  }

  #scope(stack: SandboxStack, design: Design): Scope {
    const { accountId, region } = this.#around
    const pseudo = new Map<string, JsonValue>([
      ['AWS::StackName', stack.name],
      ['AWS::StackId', stack.id],
      ['AWS::Region', region],
      ['AWS::AccountId', accountId],
      ['AWS::Partition', 'aws'],
      ['AWS::URLSuffix', 'amazonaws.com'],
      ['AWS::NotificationARNs', []],
    ])
    return {
      conditions: design.template.conditions,
      ref: (name) =>
        parameterValue(design, name) ?? pseudo.get(name) ?? stack.resources.get(name)?.physicalId,
      attribute: (logicalId, attribute) => stack.resources.get(logicalId)?.attributes.get(attribute),
      importValue: (name) => this.#around.exportedValue(name),
    }
  }

  #end(stack: SandboxStack, status: string, reason: string | undefined, operation: StackOperation): void {
    if (stack.operation !== operation) return
    this.#setStatus(stack, status, reason, operation)
    stack.operation = undefined
  }

  #setStatus(
    stack: SandboxStack,
    status: string,
    reason: string | undefined,
    operation: StackOperation,
  ): void {
    stack.status = status
    stack.statusReason = reason
    this.#record(
      stack,
      { logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE, status, reason },
      operation,
    )
  }

  #setResource(
    stack: SandboxStack,
    resource: SandboxResource,
    status: string,
    reason: string | undefined,
    operation: StackOperation,
  ): void {
    resource.status = status
    resource.statusReason = reason
    resource.changedAt = this.#around.clock.now()
    const { logicalId, physicalId, type } = resource
    this.#record(stack, { logicalId, physicalId, type, status, reason }, operation)
  }

  #record(
    stack: SandboxStack,
    event: {
      logicalId: string
      physicalId: string
      type: string
      status: string
      reason: string | undefined
    },
    operation: StackOperation,
  ): void {
    stack.events.push({
      ...event,
      id: this.#around.nextId(),
      stackId: stack.id,
      stackName: stack.name,
      at: this.#around.clock.now(),
      token: operation.token,
    })
  }
}

function begin(stack: SandboxStack, token: string | undefined): StackOperation {
  const operation: StackOperation = { token, stop: undefined }
  stack.operation = operation
  return operation
}

/** Resources by level: each level needs only those before it. */
function levels(design: Design, scope: Scope): [string, ResourceDefinition][][] {
  const wanted = new Map(
    [...design.template.resources].filter(([, definition]) => isWanted(definition, scope)),
  )
  // A resource that refers to itself is made all the same.
  return dependencyLevels(wanted, ({ properties, dependsOn }, name) =>
    [...referencesIn(properties), ...dependsOn].filter((need) => need !== name),
  )
}

function isWanted(definition: ResourceDefinition, scope: Scope): boolean {
  return definition.condition === undefined || holds(definition.condition, scope)
}

function parameterValue({ template, parameters }: Design, name: string): JsonValue | undefined {
  const value = parameters.get(name)
  const type = template.parameters.get(name)?.type ?? ''
  if (value === undefined) return undefined
  return type === 'CommaDelimitedList' || type.startsWith('List<') ? value.split(',') : value
}

function summary(verb: string, logicalIds: readonly string[]): string {
  return logicalIds.length === 0
    ? ''
    : `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}].`
}
