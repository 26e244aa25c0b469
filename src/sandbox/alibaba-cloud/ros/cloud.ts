import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import { StaleReads } from '../../stale-reads.ts'
import { ClientTokens } from './client-tokens.ts'
import type { CustomResources } from './custom-resources.ts'
import { DriftActions } from './drift-actions.ts'
import { Engine } from './engine.ts'
import { pageOf } from './page.ts'
import { describeRegions, requiredRegion } from './regions.ts'
import { invalid, notSupported, RpcError, type RpcRequest } from './rpc.ts'
import type { SandboxKey } from './signature.ts'
import { asObject, describeEvent, describeResource, describeStack, outputsOf } from './stack-description.ts'
import { isIn, notFound, requireIdle, StackRegistry, type Place } from './stack-registry.ts'
import { previewStack, validateTemplate } from './template-actions.ts'
import { isDeleted, isSameDesign, isSameTags, type SandboxRosStack } from './stack.ts'
import { designOf, nestedDesign, settingsOf, stackName, tagsOf, type TemplateStore } from './stack-request.ts'

export interface CloudOptions {
  readonly clock: Clock
  readonly resourceDelayMs: number
  readonly writesUpdateTimeAt: 'beginning' | 'end'
  /** ROS's documents do not give the order of listed events. */
  readonly listsEvents: 'newest-first' | 'oldest-first'
  /** ROS's documents do not say whether a stack can be deleted while it is being created. */
  readonly deletesWhileCreating: boolean
  /** ROS's documents do not say whether ROS accepts an update that changes only tags. */
  readonly updatesForTagsAlone: boolean
  readonly customResources: CustomResources | undefined
  readonly note: NoteSink
}

/**
 * The statuses in which a stack can be updated.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-updatestack
 */
const UPDATABLE =
  /^(CREATE|UPDATE|CHECK|IMPORT_CREATE|IMPORT_UPDATE)_COMPLETE$|^(UPDATE|CHECK|ROLLBACK)_FAILED$|^ROLLBACK_COMPLETE$/
/**
 * ROS for several accounts and regions. The API reference documents each action under its name:
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-overview
 */
export class SandboxRosCloud implements TemplateStore {
  /** Template bodies by their TemplateURL. */
  readonly templates = new Map<string, string>()
  /** Template bodies by their TemplateId, all versions, oldest first. */
  readonly storedTemplates = new Map<string, readonly string[]>()
  /** How many reads after an accepted update or deletion are stale. */
  staleReads = 0
  /** Milliseconds that a detection of drift takes. */
  detectionMs: number
  readonly #stale = new StaleReads<JsonObject>()
  readonly #tokens = new ClientTokens()
  readonly #options: CloudOptions
  readonly #registry: StackRegistry
  readonly #engine: Engine
  readonly #drift: DriftActions

  constructor(options: CloudOptions) {
    this.#options = options
    this.#registry = new StackRegistry(options.clock)
    this.detectionMs = options.resourceDelayMs
    this.#drift = new DriftActions({
      registry: this.#registry,
      clock: options.clock,
      detectionMs: () => this.detectionMs,
    })
    this.#engine = new Engine({
      ...options,
      names: new Set(),
      nextId: () => this.#registry.nextId(),
      createNested: (parent, logicalId, properties) => this.#nestedStack(parent, logicalId, properties),
      nestedDesign: (properties) => nestedDesign(properties, this),
      stackById: (id) => this.stacks.get(id),
    })
  }

  readonly #actions = new Map<string, (request: RpcRequest, place: Place) => JsonObject>([
    [
      'CreateStack',
      (request, place) => this.#tokens.once(request, place, () => this.#createStack(request, place)),
    ],
    [
      'UpdateStack',
      (request, place) => this.#tokens.once(request, place, () => this.#updateStack(request, place)),
    ],
    ['ContinueCreateStack', (request, place) => this.#continueCreateStack(request, place)],
    ['DeleteStack', (request, place) => this.#deleteStack(request, place)],
    ['GetStack', (request, place) => this.#getStack(request, place)],
    ['ListStacks', (request, place) => this.#listStacks(request, place)],
    ['ListStackEvents', (request, place) => this.#listStackEvents(request, place)],
    ['ListStackResources', (request, place) => this.#listStackResources(request, place)],
    ['CancelUpdateStack', (request, place) => this.#cancel(request, place, ['UPDATE'])],
    [
      'CancelStackOperation',
      (request, place) => this.#cancel(request, place, actionsOf(request.texts('AllowedStackOperations'))),
    ],
    ['SetDeletionProtection', (request, place) => this.#setDeletionProtection(request, place)],
    ['TagResources', (request, place) => this.#tagResources(request, place)],
    ['GetStackResource', (request, place) => this.#getStackResource(request, place)],
    ['GetTemplate', (request, place) => this.#getTemplate(request, place)],
    ['ValidateTemplate', (request) => validateTemplate(request, this)],
    ['PreviewStack', (request, place) => this.#previewStack(request, place)],
  ])

  /** By id, deleted ones included. */
  get stacks(): ReadonlyMap<string, SandboxRosStack> {
    return this.#registry.stacks
  }

  atUrl(url: string): string | undefined {
    return this.templates.get(url)
  }

  withId(id: string, version: string | undefined): string | undefined {
    const versions = this.storedTemplates.get(id)
    return version === undefined ? versions?.at(-1) : versions?.[Number(version.replace(/^v/, '')) - 1]
  }

  /** Performs an action. Throws `RpcError`. */
  act(request: RpcRequest, { accountId }: SandboxKey): JsonObject {
    if (request.action === 'DescribeRegions') return describeRegions(request)
    const place = { accountId, region: requiredRegion(request) }
    const perform = this.#actions.get(request.action) ?? this.#drift.actions.get(request.action)
    if (perform === undefined)
      throw new RpcError(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url.')
    return perform(request, place)
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
  #createStack(request: RpcRequest, place: Place): JsonObject {
    const name = stackName(request)
    const design = designOf(request, this, undefined)
    const timeoutInMinutes = request.integer('TimeoutInMinutes', 10, 1440) ?? 60
    const disableRollback = request.flag('DisableRollback') ?? false
    const deletionProtection = request.oneOf('DeletionProtection', ['Enabled', 'Disabled']) ?? 'Disabled'
    const [tags, settings] = [tagsOf(request, 'Tags'), settingsOf(request)]
    if (this.#registry.notDeleted(place).some((stack) => stack.name === name))
      throw new RpcError(409, 'StackExists', `The Stack (${name}) already exists.`)
    const stack = this.#registry.newStack(name, place, design, {
      disableRollback,
      deletionProtection,
      timeoutInMinutes,
      tags,
      settings: new Map(settings),
      parentId: undefined,
    })
    void this.#engine.create(stack)
    return { StackId: stack.id }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-updatestack */
  #updateStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    requireIdle(stack)
    if (!UPDATABLE.test(stack.status)) throw notSupported(`Updating a stack in status ${stack.status}`)
    const next = designOf(request, this, stack.design)
    const timeoutInMinutes = request.integer('TimeoutInMinutes', 10, 1440) ?? stack.timeoutInMinutes
    const [tags, settings] = [tagsOf(request, 'Tags'), settingsOf(request)]
    if (request.flag('DryRun') === true) return { StackId: stack.id, DryRunResult: {} }
    const isRetagged =
      this.#options.updatesForTagsAlone && request.has('Tags') && !isSameTags(stack.tags, tags)
    if (isSameDesign(stack.design, next) && !isRetagged)
      throw notSupported('Updating a stack with a completely same stack')
    this.#holdRead(stack)
    if (request.has('Tags')) stack.tags = tags
    for (const [name, value] of settings) stack.settings.set(name, value)
    stack.timeoutInMinutes = timeoutInMinutes
    void this.#engine.update(stack, next)
    return { StackId: stack.id }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-continuecreatestack */
  #continueCreateStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    requireIdle(stack)
    if (stack.status !== 'CREATE_FAILED')
      throw notSupported(`Continuing to create a stack in status ${stack.status}`)
    request.oneOf('Mode', ['Recreate', 'Ignore'])
    for (const logicalId of request.texts('RecreatingResources'))
      if (stack.resources.get(logicalId)?.status !== 'CREATE_FAILED')
        throw invalid('RecreatingResources', logicalId)
    const hasTemplate = ['TemplateBody', 'TemplateURL', 'TemplateId'].some((name) => request.has(name))
    if (hasTemplate) stack.design = designOf(request, this, stack.design)
    void this.#engine.create(stack)
    return { StackId: stack.id }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-deletestack */
  #deleteStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    if (isDeleted(stack)) throw notFound(stack.name)
    if (!(this.#options.deletesWhileCreating && stack.status === 'CREATE_IN_PROGRESS')) requireIdle(stack)
    if (stack.deletionProtection === 'Enabled')
      throw new RpcError(
        400,
        'InvalidOperation.DeletionProtection',
        `Fail to delete stack ${stack.id}, as deletion protection is enabled.`,
      )
    const retain = request.texts('RetainResources')
    const unknown = retain.find((name) => !stack.resources.has(name))
    if (unknown !== undefined) throw invalid('RetainResources', unknown)
    this.#holdRead(stack)
    void this.#engine.delete(stack, { retain, retainAll: request.flag('RetainAllResources') ?? false })
    return {}
  }

  #getStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    const outputs = (request.oneOf('OutputOption', ['Enabled', 'Disabled']) ?? 'Enabled') === 'Enabled'
    request.oneOf('LogOption', ['None', 'Stack', 'Resource', 'All'])
    const shown = this.#describe(stack)
    return outputs ? { ...shown, Outputs: outputsOf(stack) } : shown
  }

  /** Newest first. Deleted stacks are listed, too. */
  #listStacks(request: RpcRequest, place: Place): JsonObject {
    const [names, statuses] = [request.texts('StackName'), request.texts('Status')]
    const desired = [...tagsOf(request, 'Tag')]
    const nested = request.flag('ShowNestedStack') ?? false
    const listed = [...this.stacks.values()].reverse().filter((stack) => {
      const isSelected =
        (names.length === 0 || names.includes(stack.name)) &&
        (statuses.length === 0 || statuses.includes(stack.status)) &&
        (nested || stack.parentId === undefined)
      return (
        isIn(stack, place) && isSelected && desired.every(([key, value]) => stack.tags.get(key) === value)
      )
    })
    const page = pageOf(request, listed)
    return {
      ...page.numbers,
      Stacks: page.items.map((stack) => {
        const { StackId, StackName, RegionId, Status, StatusReason, CreateTime, Tags } = describeStack(
          stack,
          undefined,
        )
        return asObject({ StackId, StackName, RegionId, Status, StatusReason, CreateTime, Tags })
      }),
    }
  }

  #listStackEvents(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    const listed = this.#options.listsEvents === 'oldest-first' ? stack.events : [...stack.events].reverse()
    const page = pageOf(request, listed)
    return { ...page.numbers, Events: page.items.map((event) => describeEvent(stack, event)) }
  }

  #listStackResources(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    return {
      Resources: [...stack.resources.values()].map((resource) => describeResource(stack, resource)),
    }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstackresource */
  #getStackResource(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    const logicalId = request.required('LogicalResourceId')
    const resource = stack.resources.get(logicalId)
    if (resource === undefined)
      throw new RpcError(
        404,
        'ResourceNotFound',
        `The Resource (${logicalId}) could not be found in Stack ${stack.name}.`,
      )
    const attributes = [...resource.attributes].map(([name, value]) => ({
      ResourceAttributeKey: name,
      ResourceAttributeValue: value,
    }))
    const shown = request.flag('ShowResourceAttributes') === true ? { ResourceAttributes: attributes } : {}
    return { ...describeResource(stack, resource), ...shown }
  }

  /** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-gettemplate */
  #getTemplate(request: RpcRequest, place: Place): JsonObject {
    return { TemplateBody: this.#registry.existing(request, place).design.body }
  }

  #previewStack(request: RpcRequest, place: Place): JsonObject {
    const existing = request.has('StackId') ? this.#registry.existing(request, place) : undefined
    return previewStack(request, { ...place, store: this, existing, note: this.#options.note })
  }

  #cancel(request: RpcRequest, place: Place, actions: readonly string[]): JsonObject {
    const stack = this.#registry.existing(request, place)
    request.oneOf('CancelType', ['Quick', 'Safe'])
    const { operation } = stack
    if (operation === undefined || !actions.some((action) => stack.status === `${action}_IN_PROGRESS`))
      throw notSupported(`Cancelling an operation of a stack in status ${stack.status}`)
    operation.stop ??= `Stack ${operation.action} canceled`
    return {}
  }

  #setDeletionProtection(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#registry.existing(request, place)
    request.required('DeletionProtection')
    stack.deletionProtection =
      request.oneOf('DeletionProtection', ['Enabled', 'Disabled']) ?? stack.deletionProtection
    return {}
  }

  #tagResources(request: RpcRequest, place: Place): JsonObject {
    request.required('ResourceType')
    request.oneOf('ResourceType', ['stack'])
    const tags = tagsOf(request, 'Tag')
    for (const id of request.texts('ResourceId')) {
      const stack = this.stacks.get(id)
      if (stack === undefined || !isIn(stack, place)) throw notFound(id)
      stack.tags = new Map([...stack.tags, ...tags])
    }
    return {}
  }

  #holdRead(stack: SandboxRosStack): void {
    this.#stale.hold(stack.id, this.staleReads, describeStack(stack, this.#registry.rootOf(stack)))
  }

  #describe(stack: SandboxRosStack): JsonObject {
    return this.#stale.take(stack.id) ?? describeStack(stack, this.#registry.rootOf(stack))
  }

  #nestedStack(parent: SandboxRosStack, logicalId: string, properties: JsonObject): SandboxRosStack {
    const { accountId, region, tags, disableRollback } = parent
    const name = `${parent.name}-${logicalId}-${this.#registry.nextId().slice(-12)}`
    return this.#registry.newStack(name, { accountId, region }, nestedDesign(properties, this), {
      disableRollback,
      deletionProtection: 'Disabled',
      timeoutInMinutes: 60,
      tags,
      settings: new Map(),
      parentId: parent.id,
    })
  }
}

/** `CreateStack` stands for the action `CREATE`. Without names: every action that can be cancelled. */
function actionsOf(operations: readonly string[]): readonly string[] {
  const named = operations.map((operation) => operation.replace(/Stack$/, '').toUpperCase())
  return named.length === 0 ? ['CREATE', 'UPDATE'] : named
}
