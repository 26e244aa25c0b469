import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { StaleReads } from '../../stale-reads.ts'
import { Lifecycle } from './lifecycle.ts'
import { QueryError, validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { describeEvent, describeStack } from './stack-description.ts'
import { isDeleted, StackRegistry } from './stack-registry.ts'
import { isSameDesign, isSameTags, type SandboxStack } from './stack.ts'
import { designOf, nestedDesign, stackName, tagsOf, token, validatedTemplate } from './stack-request.ts'

export interface CloudOptions {
  readonly clock: Clock
  readonly accountId: string
  readonly region: string
  readonly resourceDelayMs: number
  readonly eventsPerPage: number
}

/** CloudFormation for one account in one region. AWS's API reference documents each action under its name. */
export class SandboxCloud {
  /** How many reads after an accepted update or deletion are stale, since reads of CloudFormation may lag. */
  staleReads = 0
  readonly #stale = new StaleReads<XmlValue>()
  /** Template bodies by their TemplateURL. */
  readonly templates = new Map<string, string>()
  readonly #options: CloudOptions
  readonly #registry: StackRegistry
  readonly #lifecycle: Lifecycle

  readonly #actions = new Map<string, (request: QueryRequest) => XmlValue>([
    ['CreateStack', (request) => this.#createStack(request)],
    ['UpdateStack', (request) => this.#updateStack(request)],
    ['DeleteStack', (request) => this.#deleteStack(request)],
    ['DescribeStacks', (request) => this.#describeStacks(request)],
    ['DescribeStackEvents', (request) => this.#describeStackEvents(request)],
    ['ListStackResources', (request) => this.#listStackResources(request)],
    ['ListStacks', (request) => this.#listStacks(request)],
    ['CancelUpdateStack', (request) => this.#cancelUpdateStack(request)],
    ['ContinueUpdateRollback', (request) => this.#continueUpdateRollback(request)],
    ['UpdateTerminationProtection', (request) => this.#updateTerminationProtection(request)],
    ['ValidateTemplate', (request) => validatedTemplate(request, (url) => this.templates.get(url))],
  ])

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

  /** Performs an action. `undefined`: the result is empty. Throws `QueryError`. */
  act(request: QueryRequest): XmlValue {
    const perform = this.#actions.get(request.action)
    if (perform === undefined)
      throw new QueryError(
        'InvalidAction',
        `Could not find operation ${request.action} for version ${request.version}`,
      )
    return perform(request)
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
  #createStack(request: QueryRequest): XmlValue {
    const name = stackName(request)
    const requestToken = token(request)
    const existing = this.#registry.byName(name)
    if (existing !== undefined) {
      // A repeated request token returns the stack that it created. Any other request finds the name in use.
      if (requestToken !== undefined && existing.tokens.get(requestToken) === 'CreateStack')
        return { StackId: existing.id }
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

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
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
    this.#holdRead(stack)
    stack.tags = tags
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'UpdateStack')
    void this.#lifecycle.update(stack, next, requestToken)
    return { StackId: stack.id }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
  #deleteStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.find(request.required('StackName'))
    const requestToken = token(request)
    // To delete a stack that does not exist is no error.
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
    this.#holdRead(stack)
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'DeleteStack')
    void this.#lifecycle.delete(stack, requestToken, { retain, force })
    return undefined
  }

  #describeStacks(request: QueryRequest): XmlValue {
    const name = request.text('StackName')
    const shown =
      name === undefined
        ? [...this.stacks.values()].filter((stack) => !isDeleted(stack))
        : [this.#registry.existing(name)]
    return { Stacks: shown.map((stack) => this.#describe(stack)) }
  }

  #holdRead(stack: SandboxStack): void {
    this.#stale.hold(stack.id, this.staleReads, describeStack(stack))
  }

  #describe(stack: SandboxStack): XmlValue {
    return this.#stale.take(stack.id) ?? describeStack(stack)
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
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

  /** Newest first. Deleted stacks are listed, too. */
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
