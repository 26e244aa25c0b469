import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { resourceBehaviour } from '../../resource-behaviour.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import { settingsInMetadata } from '../../resource-settings.ts'
import type { HeatContext } from './heat-context.ts'
import { nestedDesign, nestedOf, NESTED_STACK, type NestedSource } from './nested-stack.ts'
import { changeOf } from './resource-change.ts'
import { isKnownType, shortId, valuesOf } from './resource-values.ts'
import { resourceContextOf, outputsOf, propertiesOf } from './stack-scope.ts'
import { depthOf, type Design, type SandboxHeatResource, type SandboxHeatStack } from './stack.ts'
import type { StatusRecorder } from './status-recorder.ts'
import type { ResourceDefinition } from './template.ts'
import { isCurrent, pause, STEP_MS, type Traversal } from './traversal.ts'

/** heat.conf's max_nested_stack_depth */
const DEEPEST = 5

/** What runs the stacks that resources are. */
export interface NestedStacks {
  newStack(name: string, design: Design, parent: SandboxHeatStack): SandboxHeatStack
  create(stack: SandboxHeatStack): void
  update(stack: SandboxHeatStack, next: Design): void
  delete(stack: SandboxHeatStack): Promise<void>
}

interface WorkerSetup {
  readonly clock: Clock
  readonly nextId: () => string
  readonly context: HeatContext
  readonly recorder: StatusRecorder
  readonly nestedStacks: NestedStacks
}

/** Makes, updates and deletes single resources. */
export class ResourceWorker {
  readonly #setup: WorkerSetup

  constructor(setup: WorkerSetup) {
    this.#setup = setup
  }

  /** Creates the resource, or updates or replaces it where it has changed or failed. Returns the reason of a failure. */
  async make(
    traversal: Traversal,
    name: string,
    definition: ResourceDefinition,
  ): Promise<string | undefined> {
    const { stack } = traversal
    const { context, recorder } = this.#setup
    const existing = latestExisting(stack, name)
    let kind: 'CREATE' | 'UPDATE' = existing === undefined ? 'CREATE' : 'UPDATE'
    let resource = existing ?? this.#newResource(stack, name, definition)
    try {
      const properties = propertiesOf(stack, definition, context)
      const change = existing === undefined ? undefined : changeOf(stack, existing, definition, properties)
      if (change?.kind === 'replace') {
        resource = this.#replacement(stack, resource, definition, change.statusReason)
        kind = 'CREATE'
      }
      resource.design = stack.design
      if (change?.kind === 'none') return undefined
      recorder.setResource(stack, resource, `${kind}_IN_PROGRESS`)
      if (change?.kind === 'refused')
        throw new ResourceFailure(`NotSupported: resources.${name}: ${change.reason}`)
      resource.mapped = definition.mapped
      resource.metadata = definition.metadata
      await this.#behave(traversal, resource, definition, kind)
      const nested = nestedOf(stack.design, definition, properties)
      if (nested === undefined) await this.#makeSimple(traversal, resource, definition, properties)
      else await this.#makeNested(traversal, resource, nested)
      resource.properties = properties
      resource.failed = false
      recorder.setResource(stack, resource, `${kind}_COMPLETE`)
      return undefined
    } catch (error) {
      if (!(error instanceof ResourceFailure)) throw error
      resource.failed = true
      recorder.setResource(stack, resource, `${kind}_FAILED`, error.message)
      return `Resource ${kind} failed: ${error.message}`
    }
  }

  #newResource(
    stack: SandboxHeatStack,
    name: string,
    { type, mapped, metadata }: ResourceDefinition,
  ): SandboxHeatResource {
    const { clock, context, nextId } = this.#setup
    const now = clock.now()
    const resource: SandboxHeatResource = {
      name,
      type,
      mapped,
      metadata,
      properties: {},
      design: stack.design,
      seed: `${stack.id}/${name}/${nextId()}`,
      createdAt: now,
      updatedAt: now,
      status: 'INIT_COMPLETE',
      reason: '',
      physicalId: '',
      reference: name,
      attributes: new Map(),
      nested: undefined,
      failed: false,
    }
    resource.physicalId = valuesOf(resourceContextOf(stack, resource, context)).physicalId
    stack.resources.set(name, resource)
    return resource
  }

  /** The old resource stands until the clean-up. */
  #replacement(
    stack: SandboxHeatStack,
    old: SandboxHeatResource,
    definition: ResourceDefinition,
    statusReason: string | undefined,
  ): SandboxHeatResource {
    const { recorder } = this.#setup
    if (statusReason !== undefined) {
      recorder.setResource(stack, old, 'UPDATE_IN_PROGRESS')
      recorder.setResource(stack, old, 'UPDATE_COMPLETE', statusReason)
    }
    stack.superseded.push(old)
    return this.#newResource(stack, old.name, definition)
  }

  /** Does what `metadata: {Sandbox: …}` asks for. */
  async #behave(
    traversal: Traversal,
    { name }: SandboxHeatResource,
    { metadata }: Pick<ResourceDefinition, 'metadata'>,
    kind: 'CREATE' | 'UPDATE' | 'DELETE',
  ): Promise<void> {
    const { delayMs = 0, failOn, message } = resourceBehaviour(settingsInMetadata(metadata))
    await pause(this.#setup.clock, delayMs, traversal)
    const isRollback = traversal.stack.action === 'ROLLBACK'
    if (failOn.includes(isRollback ? 'rollback' : kind.toLowerCase()))
      throw new ResourceFailure(`Error: resources.${name}: ${message}`)
  }

  async #makeSimple(
    traversal: Traversal,
    resource: SandboxHeatResource,
    { externalId }: ResourceDefinition,
    properties: JsonObject,
  ): Promise<void> {
    const { clock, context } = this.#setup
    this.#noteInvented(resource)
    const { physicalId, reference, attributes } = valuesOf(
      resourceContextOf(traversal.stack, { ...resource, properties }, context),
    )
    resource.physicalId = externalId ?? physicalId
    resource.reference = externalId ?? reference
    resource.attributes = attributes
    await pause(clock, Number(properties['wait_secs'] ?? 0) * 1000, traversal)
    if (properties['fail'] === true || properties['fail'] === 'true' || properties['fail'] === 'True')
      throw new ResourceFailure(
        `ValueError: resources.${resource.name}: Test Resource failed ${resource.name}`,
      )
  }

  #noteInvented({ mapped }: SandboxHeatResource): void {
    const { note } = this.#setup.context
    if (!isKnownType(mapped))
      note(
        `the sandbox does not know ${mapped}: its id and its attributes are invented. A Heat without that plug-in refuses it`,
      )
    for (const [types, text] of NOTES) if (types.test(mapped)) note(text)
  }

  async #makeNested(
    traversal: Traversal,
    resource: SandboxHeatResource,
    { source, environment }: NestedSource,
  ): Promise<void> {
    const { stack } = traversal
    const { clock, nextId, nestedStacks } = this.#setup
    if (depthOf(stack) >= DEEPEST)
      throw new ResourceFailure(`resources.${resource.name}: Recursion depth exceeds ${String(DEEPEST)}.`)
    const design = nestedDesign(source, stack.design.files, environment, resource.name)
    const isNew = resource.nested === undefined
    const nested =
      resource.nested ??
      nestedStacks.newStack(`${stack.name}-${resource.name}-${shortId(nextId())}`, design, stack)
    resource.nested = nested
    resource.physicalId = nested.id
    resource.reference = nested.id
    if (isNew) nestedStacks.create(nested)
    else nestedStacks.update(nested, design)
    while (nested.state === 'IN_PROGRESS' && isCurrent(traversal)) await clock.sleep(STEP_MS)
    resource.attributes = this.#nestedAttributes(resource, nested)
    if (nested.state === 'FAILED')
      throw new ResourceFailure(
        `resources.${resource.name}: ${nested.reason.replace(/^Resource \w+ failed: /, '')}`,
      )
  }

  #nestedAttributes(
    { mapped }: SandboxHeatResource,
    nested: SandboxHeatStack,
  ): ReadonlyMap<string, JsonValue> {
    const outputs = outputsOf(nested, this.#setup.context).flatMap(({ key, value }): [string, JsonValue][] =>
      value === undefined ? [] : [[key, value]],
    )
    return new Map(
      mapped === NESTED_STACK
        ? [...outputs, ['outputs', Object.fromEntries(outputs)], ['stack_name', nested.name]]
        : outputs,
    )
  }

  /** Deletes the resources, the last one first. Returns the reason of a failure. */
  async removeAll(
    traversal: Traversal,
    resources: readonly SandboxHeatResource[],
  ): Promise<string | undefined> {
    for (const resource of [...resources].reverse()) {
      if (!isCurrent(traversal)) return undefined
      const failed = await this.#remove(traversal, resource)
      if (failed !== undefined) return `Resource DELETE failed: ${failed}`
    }
    return undefined
  }

  async #remove(traversal: Traversal, resource: SandboxHeatResource): Promise<string | undefined> {
    const { stack } = traversal
    const { clock, recorder, nestedStacks } = this.#setup
    recorder.setResource(stack, resource, 'DELETE_IN_PROGRESS')
    // heat/engine/resource.py, `delete`: only the type's own deletion is left out.
    const isRetained = resource.design.template.resources.get(resource.name)?.retained === true
    if (resource.nested !== undefined && !isRetained) await nestedStacks.delete(resource.nested)
    if (resource.nested !== undefined) stack.formerNested.push(resource.nested)
    await pause(clock, STEP_MS, traversal)
    const failed = isRetained ? undefined : await this.#refusal(traversal, resource)
    recorder.setResource(stack, resource, failed === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED', failed)
    if (failed === undefined) forget(stack, resource)
    return failed
  }

  /** Why a resource that is to be deleted stays. */
  async #refusal(traversal: Traversal, resource: SandboxHeatResource): Promise<string | undefined> {
    try {
      await this.#behave(traversal, resource, resource, 'DELETE')
      return undefined
    } catch (error) {
      if (error instanceof ResourceFailure) return error.message
      throw error
    }
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

/** Which of the resources of a name is to be what the design asks for: heat/engine/stack.py, `_get_best_existing_rsrc_db`. */
function latestExisting(stack: SandboxHeatStack, name: string): SandboxHeatResource | undefined {
  const current = stack.resources.get(name)
  const suitability = ({ failed, design }: SandboxHeatResource): number =>
    (failed ? -30 : 0) + (design === stack.design ? 10 : 0)
  const former = stack.superseded.filter((one) => one.name === name).reverse()
  const [best] = [...(current === undefined ? [] : [current]), ...former].sort(
    (one, other) => suitability(other) - suitability(one),
  )
  if (best === undefined || best === current) return current
  stack.superseded.splice(stack.superseded.indexOf(best), 1, ...(current === undefined ? [] : [current]))
  stack.resources.set(name, best)
  return best
}

function forget(stack: SandboxHeatStack, resource: SandboxHeatResource): void {
  const { resources, superseded } = stack
  if (resources.get(resource.name) === resource) resources.delete(resource.name)
  else superseded.splice(superseded.indexOf(resource), 1)
}
