import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { StaleReads } from '../../stale-reads.ts'
import { Lifecycle } from './lifecycle.ts'
import { QueryError, validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { describeEvent, describeStack } from './stack-description.ts'
import { isGone, StackRegistry } from './stack-registry.ts'
import { isSameDesign, isSameTags, type SandboxStack } from './stack.ts'
import { designOf, nestedDesign, stackName, tagsOf, token, validatedTemplate } from './stack-request.ts'

export interface CloudOptions {
  readonly clock: Clock
  readonly accountId: string
  readonly region: string
  readonly resourceDelayMs: number
  readonly eventsPerPage: number
}

/** One account's CloudFormation in one region. Each action's facts are in AWS's API reference under its name. */
export class SandboxCloud {
  /** How many reads after an accepted update or deletion still show the stack as it was: AWS's reads may lag. */
  staleReads = 0
  readonly #stale = new StaleReads<XmlValue>()
  /** What TemplateURL can name. */
  readonly templates = new Map<string, string>()
  readonly #options: CloudOptions
  readonly #registry: StackRegistry
  readonly #lifecycle: Lifecycle

  /** By ARN, deleted ones included. */
  get stacks(): ReadonlyMap<string, SandboxStack> {
    return this.#registry.stacks
  }

  constructor(options: CloudOptions) {
    this.#options = options
    this.#registry = new StackRegistry(options)
    this.#lifecycle = new Lifecycle({
      ...options,
      names: new Set(),
      nextSuffix: () => this.#registry.nextSuffix(),
      nextId: () => this.#registry.nextUuid(),
      exportedValue: (name) => this.#registry.exportedValue(name),
      exporterOf: (name) => this.#registry.exporterOf(name),
      importersOf: (stack) => this.#registry.importersOf(stack),
      createNested: (parent, properties, logicalId, requestToken) =>
        this.#createNested(parent, properties, logicalId, requestToken),
      updateNested: (id, properties, requestToken) => this.#updateNested(id, properties, requestToken),
      stackById: (id) => this.stacks.get(id),
    })
  }

  /** Answers an action; `undefined` is an empty result. */
  act(request: QueryRequest): XmlValue {
    switch (request.action) {
      case 'CreateStack':
        return this.#createStack(request)
      case 'UpdateStack':
        return this.#updateStack(request)
      case 'DeleteStack':
        return this.#deleteStack(request)
      case 'DescribeStacks':
        return this.#describeStacks(request)
      case 'DescribeStackEvents':
        return this.#describeStackEvents(request)
      case 'ListStackResources':
        return this.#listStackResources(request)
      case 'ListStacks':
        return this.#listStacks(request)
      case 'CancelUpdateStack':
        return this.#cancelUpdateStack(request)
      case 'ContinueUpdateRollback':
        return this.#continueUpdateRollback(request)
      case 'UpdateTerminationProtection':
        return this.#updateTerminationProtection(request)
      case 'ValidateTemplate':
        return validatedTemplate(request, (url) => this.templates.get(url))
      default:
        throw new QueryError(
          'InvalidAction',
          `Could not find operation ${request.action} for version ${request.version}`,
        )
    }
  }

  #createStack(request: QueryRequest): XmlValue {
    const name = stackName(request)
    const requestToken = token(request)
    const standing = this.#registry.byName(name)
    if (standing !== undefined) {
      // The same request again is the same stack; another one finds the name taken.
      if (requestToken !== undefined && standing.tokens.get(requestToken) === 'CreateStack')
        return { StackId: standing.id }
      throw new QueryError('AlreadyExistsException', `Stack [${name}] already exists`)
    }
    this.#registry.refuseUsedToken(requestToken)
    if (request.has('OnFailure') && request.has('DisableRollback'))
      throw validationError('You can specify either DisableRollback or OnFailure, but not both.')
    const onFailure = request.flag('DisableRollback') === true ? 'DO_NOTHING' : request.text('OnFailure')
    const stack = this.#registry.newStack(
      name,
      designOf(request, (url) => this.templates.get(url), undefined),
      {
        tags: tagsOf(request),
        onFailure: onFailure === 'DO_NOTHING' || onFailure === 'DELETE' ? onFailure : 'ROLLBACK',
        terminationProtection: request.flag('EnableTerminationProtection') ?? false,
        roleArn: request.text('RoleARN'),
        timeoutMinutes: request.number('TimeoutInMinutes'),
        parentId: undefined,
      },
    )
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'CreateStack')
    void this.#lifecycle.create(stack, requestToken)
    return { StackId: stack.id }
  }

  #updateStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    const requestToken = token(request)
    if (requestToken !== undefined && stack.tokens.get(requestToken) === 'UpdateStack')
      return { StackId: stack.id }
    this.#registry.refuseUsedToken(requestToken)
    if (!UPDATABLE.includes(stack.status))
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
    const next = designOf(request, (url) => this.templates.get(url), stack.design)
    const tags = request.has('Tags') ? tagsOf(request) : stack.tags
    if (
      isSameDesign(stack.design, next) &&
      isSameTags(stack.tags, tags) &&
      stack.status !== 'UPDATE_ROLLBACK_FAILED'
    )
      throw validationError('No updates are to be performed.')
    this.#lag(stack)
    stack.tags = tags
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'UpdateStack')
    void this.#lifecycle.update(stack, next, requestToken)
    return { StackId: stack.id }
  }

  #deleteStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.find(request.required('StackName'))
    const requestToken = token(request)
    // Deleting what is not there is no error.
    if (stack === undefined || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS')
      return undefined
    if (requestToken !== undefined && stack.tokens.get(requestToken) === 'DeleteStack') return undefined
    if (stack.terminationProtection)
      throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
    if (stack.status.startsWith('UPDATE_') && stack.status.endsWith('_IN_PROGRESS'))
      throw validationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`)
    const retain = request.texts('RetainResources')
    const force = request.text('DeletionMode') === 'FORCE_DELETE_STACK'
    if ((retain.length > 0 || force) && stack.status !== 'DELETE_FAILED')
      throw validationError(
        `Invalid operation on stack [${stack.id}]. The stack must be in DELETE_FAILED state to ${force ? 'force the deletion' : 'retain resources'}.`,
      )
    const wrong = retain.filter((name) => stack.resources.get(name)?.status !== 'DELETE_FAILED')
    if (wrong.length > 0)
      throw validationError(`The following resources cannot be retained: [${wrong.join(', ')}]`)
    this.#lag(stack)
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'DeleteStack')
    void this.#lifecycle.delete(stack, requestToken, { retain, force })
    return undefined
  }

  #describeStacks(request: QueryRequest): XmlValue {
    const name = request.text('StackName')
    const shown =
      name === undefined
        ? [...this.stacks.values()].filter((stack) => !isGone(stack))
        : [this.#registry.existing(name)]
    return { Stacks: shown.map((stack) => this.#read(stack)) }
  }

  #lag(stack: SandboxStack): void {
    this.#stale.hold(stack.id, this.staleReads, describeStack(stack))
  }

  #read(stack: SandboxStack): XmlValue {
    return this.#stale.take(stack.id) ?? describeStack(stack)
  }

  #describeStackEvents(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    const from = Number(request.text('NextToken') ?? '0')
    const newestFirst = [...stack.events].reverse()
    const until = from + this.#options.eventsPerPage
    return {
      StackEvents: newestFirst.slice(from, until).map(describeEvent),
      NextToken: until < newestFirst.length ? String(until) : undefined,
    }
  }

  #listStackResources(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    return {
      StackResourceSummaries: [...stack.resources.values()].map((resource) => ({
        LogicalResourceId: resource.logicalId,
        PhysicalResourceId: resource.physicalId,
        ResourceType: resource.type,
        ResourceStatus: resource.status,
        ResourceStatusReason: resource.statusReason,
        LastUpdatedTimestamp: new Date(resource.changedAt),
      })),
    }
  }

  /** Deleted stacks too, newest first. */
  #listStacks(request: QueryRequest): XmlValue {
    const wanted = request.texts('StackStatusFilter')
    const listed = [...this.stacks.values()]
      .reverse()
      .filter(({ status }) => wanted.length === 0 || wanted.includes(status))
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + 100
    return {
      StackSummaries: listed.slice(from, until).map((stack) => ({
        StackId: stack.id,
        StackName: stack.name,
        CreationTime: new Date(stack.createdAt),
        DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
        StackStatus: stack.status,
      })),
      NextToken: until < listed.length ? String(until) : undefined,
    }
  }

  #cancelUpdateStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    if (stack.status !== 'UPDATE_IN_PROGRESS' || stack.operation === undefined)
      throw validationError(`CancelUpdateStack cannot be called from current stack status`)
    stack.operation.stop = 'User Initiated'
    return undefined
  }

  #continueUpdateRollback(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    const target = stack.rolledBackTo
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || target === undefined)
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`)
    const requestToken = token(request)
    this.#registry.refuseUsedToken(requestToken)
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'ContinueUpdateRollback')
    const operation = this.#lifecycle.begin(stack, requestToken, 'UPDATE_ROLLBACK_IN_PROGRESS')
    void this.#lifecycle.rollBackUpdate(stack, target, operation, request.texts('ResourcesToSkip'))
    return {}
  }

  #updateTerminationProtection(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    stack.terminationProtection = request.flag('EnableTerminationProtection') ?? false
    return { StackId: stack.id }
  }

  #createNested(
    parent: SandboxStack,
    properties: JsonObject,
    logicalId: string,
    requestToken: string | undefined,
  ): SandboxStack {
    const suffix = this.#registry.nextSuffix()
    const stack = this.#registry.newStack(
      `${parent.name}-${logicalId}-${suffix}`,
      nestedDesign(properties, (url) => this.templates.get(url)),
      {
        tags: parent.tags,
        onFailure: 'ROLLBACK',
        terminationProtection: false,
        roleArn: parent.roleArn,
        timeoutMinutes: undefined,
        parentId: parent.id,
      },
    )
    void this.#lifecycle.create(stack, requestToken)
    return stack
  }

  async #updateNested(
    id: string,
    properties: JsonObject,
    requestToken: string | undefined,
  ): Promise<boolean> {
    const stack = this.stacks.get(id)
    const next = nestedDesign(properties, (url) => this.templates.get(url))
    if (stack === undefined || isSameDesign(stack.design, next)) return false
    await this.#lifecycle.update(stack, next, requestToken)
    return true
  }
}

const UPDATABLE = [
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED'],
  ...['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
]
