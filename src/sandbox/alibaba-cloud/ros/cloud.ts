import type { Clock, EpochMs } from '../../../platform/clock.ts'
import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { uuidSequence } from '../../numbered-uuid.ts'
import { StaleReads } from '../../stale-reads.ts'
import { Engine, type CustomResources } from './engine.ts'
import { invalid, notSupported, RpcError, type RpcRequest } from './rpc.ts'
import type { SandboxKey } from './signature.ts'
import { isGone, type Design, type SandboxRosEvent, type SandboxRosStack } from './stack.ts'
import {
  clientToken,
  designOf,
  parametersOf,
  settingsOf,
  stackName,
  tagsOf,
  type TemplateStore,
} from './stack-request.ts'
import { parseTemplate } from './template.ts'

export interface CloudOptions {
  readonly clock: Clock
  readonly resourceDelayMs: number
  readonly writesUpdateTimeAt: 'beginning' | 'end'
  /** ROS's documents do not say in which order it lists events. */
  readonly listsEvents: 'newest-first' | 'oldest-first'
  /** ROS's documents do not say whether a stack can be deleted while it is made. */
  readonly deletesWhileCreating: boolean
  /** ROS's documents do not say whether an update is one where only the tags differ. */
  readonly updatesForTagsAlone: boolean
  readonly customResources: CustomResources | undefined
}

const REGIONS = [
  ['cn-hangzhou', 'China (Hangzhou)'],
  ['cn-shanghai', 'China (Shanghai)'],
  ['ap-southeast-1', 'Singapore'],
  ['eu-central-1', 'Germany (Frankfurt)'],
] as const

/** Statuses besides those of success in which a stack can be updated. */
const UPDATABLE =
  /^(CREATE|UPDATE|CHECK|IMPORT_CREATE|IMPORT_UPDATE)_COMPLETE$|^(UPDATE|CHECK|ROLLBACK)_FAILED$|^ROLLBACK_COMPLETE$/
const HIDDEN = '******'

interface Place {
  readonly accountId: string
  readonly region: string
}

/**
 * ROS for several accounts and regions. Each action's facts are in its API reference under its name:
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-overview
 */
export class SandboxRosCloud implements TemplateStore {
  readonly stacks = new Map<string, SandboxRosStack>()
  /** What TemplateURL can name. */
  readonly templates = new Map<string, string>()
  /** What TemplateId can name: the versions of each, oldest first. */
  readonly storedTemplates = new Map<string, readonly string[]>()
  /** How many reads after an accepted update or deletion still show the stack as it was. */
  staleReads = 0
  readonly #stale = new StaleReads<JsonObject>()
  readonly #tokens = new Map<string, { readonly wish: string; readonly answer: JsonObject }>()
  readonly #options: CloudOptions
  readonly #engine: Engine
  readonly #nextId = uuidSequence()

  constructor(options: CloudOptions) {
    this.#options = options
    this.#engine = new Engine({
      ...options,
      names: new Set(),
      nextId: () => this.#nextId(),
      createNested: (parent, logicalId, properties) => this.#nestedStack(parent, logicalId, properties),
      nestedDesign: (properties) => this.#nestedDesign(properties),
      stackById: (id) => this.stacks.get(id),
    })
  }

  atUrl(url: string): string | undefined {
    return this.templates.get(url)
  }

  withId(id: string, version: string | undefined): string | undefined {
    const versions = this.storedTemplates.get(id)
    return version === undefined ? versions?.at(-1) : versions?.[Number(version.replace(/^v/, '')) - 1]
  }

  act(request: RpcRequest, { accountId }: SandboxKey): JsonObject {
    const { action } = request
    if (action === 'DescribeRegions') return this.#describeRegions(request)
    const region = request.required('RegionId')
    if (!REGIONS.some(([id]) => id === region)) throw invalid('RegionId', region)
    const place = { accountId, region }
    switch (action) {
      case 'CreateStack':
        return this.#once(request, place, () => this.#createStack(request, place))
      case 'UpdateStack':
        return this.#once(request, place, () => this.#updateStack(request, place))
      case 'ContinueCreateStack':
        return this.#continueCreateStack(request, place)
      case 'DeleteStack':
        return this.#deleteStack(request, place)
      case 'GetStack':
        return this.#getStack(request, place)
      case 'ListStacks':
        return this.#listStacks(request, place)
      case 'ListStackEvents':
        return this.#listStackEvents(request, place)
      case 'ListStackResources':
        return this.#listStackResources(request, place)
      case 'CancelUpdateStack':
        return this.#cancel(request, place, ['UPDATE'])
      case 'CancelStackOperation':
        return this.#cancel(request, place, actionsOf(request.texts('AllowedStackOperations')))
      case 'SetDeletionProtection':
        return this.#setDeletionProtection(request, place)
      case 'TagResources':
        return this.#tagResources(request, place)
      default:
        throw new RpcError(
          404,
          'InvalidAction.NotFound',
          'Specified api is not found, please check your url.',
        )
    }
  }

  #describeRegions(request: RpcRequest): JsonObject {
    request.oneOf('AcceptLanguage', ['zh-CN', 'en-US', 'ja'])
    return {
      Regions: REGIONS.map(([RegionId, LocalName]) => ({
        RegionId,
        LocalName,
        RegionEndpoint: 'ros.aliyuncs.com',
      })),
    }
  }

  /**
   * A token that comes again with the same wish gets the same answer, whatever has become of the stack since.
   * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
   */
  #once(request: RpcRequest, { accountId, region }: Place, act: () => JsonObject): JsonObject {
    const token = clientToken(request)
    if (token === undefined) return act()
    const key = JSON.stringify([accountId, region, request.action, token])
    const wish = JSON.stringify(request.fields)
    const known = this.#tokens.get(key)
    if (known === undefined) {
      const answer = act()
      this.#tokens.set(key, { wish, answer })
      return answer
    }
    if (known.wish !== wish)
      throw new RpcError(
        400,
        'InvalidIdempotenceParameter',
        'The request uses the same client token as a previous, but non-identical request.',
      )
    return known.answer
  }

  #createStack(request: RpcRequest, place: Place): JsonObject {
    const name = stackName(request)
    const design = designOf(request, this, undefined)
    const timeoutInMinutes = request.integer('TimeoutInMinutes', 10, 1440) ?? 60
    const disableRollback = request.flag('DisableRollback') ?? false
    const deletionProtection = request.oneOf('DeletionProtection', ['Enabled', 'Disabled']) ?? 'Disabled'
    const [tags, settings] = [tagsOf(request, 'Tags'), settingsOf(request)]
    if (this.#standing(place).some((stack) => stack.name === name))
      throw new RpcError(409, 'StackExists', `The Stack (${name}) already exists.`)
    const stack = this.#newStack(name, place, design, {
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

  #updateStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
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
    this.#lag(stack)
    if (request.has('Tags')) stack.tags = tags
    for (const [name, value] of settings) stack.settings.set(name, value)
    stack.timeoutInMinutes = timeoutInMinutes
    void this.#engine.update(stack, next)
    return { StackId: stack.id }
  }

  #continueCreateStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
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

  #deleteStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
    if (isGone(stack)) throw notFound(stack.name)
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
    this.#lag(stack)
    void this.#engine.delete(stack, { retain, retainAll: request.flag('RetainAllResources') ?? false })
    return {}
  }

  #getStack(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
    const outputs = (request.oneOf('OutputOption', ['Enabled', 'Disabled']) ?? 'Enabled') === 'Enabled'
    request.oneOf('LogOption', ['None', 'Stack', 'Resource', 'All'])
    const shown = this.#read(stack)
    return outputs ? { ...shown, Outputs: outputsOf(stack) } : shown
  }

  /** Deleted stacks too, newest first. */
  #listStacks(request: RpcRequest, place: Place): JsonObject {
    const [names, statuses] = [request.texts('StackName'), request.texts('Status')]
    const wanted = [...tagsOf(request, 'Tag')]
    const nested = request.flag('ShowNestedStack') ?? false
    const listed = [...this.stacks.values()].reverse().filter((stack) => {
      const isWanted =
        (names.length === 0 || names.includes(stack.name)) &&
        (statuses.length === 0 || statuses.includes(stack.status)) &&
        (nested || stack.parentId === undefined)
      return isIn(stack, place) && isWanted && wanted.every(([key, value]) => stack.tags.get(key) === value)
    })
    const page = pageOf(request, listed)
    return {
      ...page.numbers,
      Stacks: page.items.map((stack) => {
        const { StackId, StackName, RegionId, Status, StatusReason, CreateTime, Tags } = describe(
          stack,
          undefined,
        )
        return asObject({ StackId, StackName, RegionId, Status, StatusReason, CreateTime, Tags })
      }),
    }
  }

  #listStackEvents(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
    const listed = this.#options.listsEvents === 'oldest-first' ? stack.events : [...stack.events].reverse()
    const page = pageOf(request, listed)
    return { ...page.numbers, Events: page.items.map((event) => describeEvent(stack, event)) }
  }

  #listStackResources(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
    return {
      Resources: [...stack.resources.values()].map(
        ({ logicalId, physicalId, type, status, statusReason }) => ({
          StackId: stack.id,
          StackName: stack.name,
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          Status: status,
          StatusReason: statusReason,
        }),
      ),
    }
  }

  #cancel(request: RpcRequest, place: Place, actions: readonly string[]): JsonObject {
    const stack = this.#existing(request, place)
    request.oneOf('CancelType', ['Quick', 'Safe'])
    const { operation } = stack
    if (operation === undefined || !actions.some((action) => stack.status === `${action}_IN_PROGRESS`))
      throw notSupported(`Cancelling an operation of a stack in status ${stack.status}`)
    operation.stop ??= `Stack ${operation.action} canceled`
    return {}
  }

  #setDeletionProtection(request: RpcRequest, place: Place): JsonObject {
    const stack = this.#existing(request, place)
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

  #lag(stack: SandboxRosStack): void {
    this.#stale.hold(stack.id, this.staleReads, describe(stack, this.#rootOf(stack)))
  }

  #read(stack: SandboxRosStack): JsonObject {
    return this.#stale.take(stack.id) ?? describe(stack, this.#rootOf(stack))
  }

  #rootOf({ id, parentId }: SandboxRosStack): string {
    const parent = parentId === undefined ? undefined : this.stacks.get(parentId)
    return parent === undefined ? id : this.#rootOf(parent)
  }

  #nestedStack(parent: SandboxRosStack, logicalId: string, properties: JsonObject): SandboxRosStack {
    const { accountId, region, tags, disableRollback } = parent
    const name = `${parent.name}-${logicalId}-${this.#nextId().slice(-12)}`
    return this.#newStack(name, { accountId, region }, this.#nestedDesign(properties), {
      disableRollback,
      deletionProtection: 'Disabled',
      timeoutInMinutes: 60,
      tags,
      settings: new Map(),
      parentId: parent.id,
    })
  }

  #nestedDesign({ TemplateURL, TemplateBody, Parameters }: JsonObject): Design {
    const body = TemplateURL === undefined ? asText(TemplateBody ?? '') : this.atUrl(asText(TemplateURL))
    if (body === undefined) throw new Error('The template of the nested stack cannot be read')
    const template = parseTemplate(body)
    const given = Object.entries(isJsonObject(Parameters) ? Parameters : {})
    const texts = new Map(given.map(([name, value]) => [name, asText(value)]))
    return { body, template, parameters: parametersOf(template, texts, undefined) }
  }

  #newStack(
    name: string,
    { accountId, region }: Place,
    design: Design,
    rest: Pick<
      SandboxRosStack,
      'disableRollback' | 'deletionProtection' | 'timeoutInMinutes' | 'tags' | 'settings' | 'parentId'
    >,
  ): SandboxRosStack {
    const stack: SandboxRosStack = {
      ...rest,
      id: this.#nextId(),
      name,
      accountId,
      region,
      design,
      status: '',
      statusReason: '',
      createdAt: this.#options.clock.now(),
      resources: new Map(),
      events: [],
      outputs: new Map(),
      operation: undefined,
      failedCall: undefined,
    }
    this.stacks.set(stack.id, stack)
    return stack
  }

  #standing(place: Place): SandboxRosStack[] {
    return [...this.stacks.values()].filter((stack) => isIn(stack, place) && !isGone(stack))
  }

  /** By its id only, and in its own account and region only; a deleted one, too. */
  #existing(request: RpcRequest, place: Place): SandboxRosStack {
    const id = request.required('StackId')
    const stack = this.stacks.get(id)
    if (stack === undefined || !isIn(stack, place)) throw notFound(id)
    return stack
  }
}

function isIn(stack: SandboxRosStack, { accountId, region }: Place): boolean {
  return stack.accountId === accountId && stack.region === region
}

function requireIdle({ name, operation }: SandboxRosStack): void {
  if (operation !== undefined)
    throw new RpcError(
      409,
      'ActionInProgress',
      `Stack ${name} already has an action (${operation.action}) in progress.`,
    )
}

function notFound(name: string): RpcError {
  return new RpcError(404, 'StackNotFound', `The Stack (${name}) could not be found.`)
}

function isSameDesign(one: Design, other: Design): boolean {
  return (
    one.body === other.body && JSON.stringify([...one.parameters]) === JSON.stringify([...other.parameters])
  )
}

function isSameTags(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value)
}

/** `CreateStack` is the operation that `CREATE` is the action of; none named: any. */
function actionsOf(operations: readonly string[]): readonly string[] {
  const named = operations.map((operation) => operation.replace(/Stack$/, '').toUpperCase())
  return named.length === 0 ? ['CREATE', 'UPDATE'] : named
}

function pageOf<Item>(
  request: RpcRequest,
  all: readonly Item[],
): { items: readonly Item[]; numbers: JsonObject } {
  const PageNumber = request.integer('PageNumber', 1, 1_000_000) ?? 1
  const PageSize = request.integer('PageSize', 1, 50) ?? 10
  const items = all.slice((PageNumber - 1) * PageSize, PageNumber * PageSize)
  return { items, numbers: { PageNumber, PageSize, TotalCount: all.length } }
}

function describe(stack: SandboxRosStack, rootId: string | undefined): JsonObject {
  const { template, parameters } = stack.design
  return asObject({
    StackId: stack.id,
    StackName: stack.name,
    RegionId: stack.region,
    Status: stack.status,
    StatusReason: stack.statusReason,
    CreateTime: timeText(stack.createdAt),
    UpdateTime: stack.updatedAt === undefined ? undefined : timeText(stack.updatedAt),
    DisableRollback: stack.disableRollback,
    DeletionProtection: stack.deletionProtection,
    TimeoutInMinutes: stack.timeoutInMinutes,
    ParentStackId: stack.parentId,
    RootStackId: rootId,
    RamRoleName: stack.settings.get('RamRoleName'),
    OperationInfo: operationInfo(stack),
    Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
    Parameters: [...parameters].map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: template.parameters.get(ParameterKey)?.noEcho === true ? HIDDEN : asText(value),
    })),
  })
}

function operationInfo({ failedCall }: SandboxRosStack): JsonObject | undefined {
  if (failedCall === undefined) return undefined
  const { logicalId, type, message } = failedCall
  return { Code: 'SandboxFailure', Message: message, LogicalResourceId: logicalId, ResourceType: type }
}

function outputsOf({ outputs }: SandboxRosStack): JsonValue {
  return [...outputs].map(([OutputKey, OutputValue]) => ({
    OutputKey,
    OutputValue,
    Description: 'No description given',
  }))
}

function describeEvent(stack: SandboxRosStack, event: SandboxRosEvent): JsonObject {
  return {
    EventId: event.id,
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Status: event.status,
    StatusReason: event.reason,
    CreateTime: timeText(event.at),
  }
}

/** UTC in whole seconds, without a Z. */
function timeText(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 19)
}

function asObject(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const given = Object.entries(fields).filter((field): field is [string, JsonValue] => field[1] !== undefined)
  return Object.fromEntries(given)
}
