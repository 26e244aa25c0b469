import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import { Lifecycle } from './lifecycle.ts'
import { QueryError, validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { ReadActions } from './read-actions.ts'
import { StackRegistry } from './stack-registry.ts'
import { isSameDesign, isSameOptions, isSameTags, type SandboxStack } from './stack.ts'
import {
  designOf,
  disablesRollback,
  nestedDesign,
  optionsOf,
  stackName,
  tagsOf,
  token,
} from './stack-request.ts'
import { ChangeSets } from './change-sets.ts'
import type { CloudContext } from './cloud-context.ts'
import { DriftActions } from './drift-actions.ts'
import { describeEvents } from './operation-events.ts'
import { importersOf } from './stack-imports.ts'
import { failedResources, operationOf, refuseOtherTypes, refuseUpdate } from './stack-rules.ts'

export interface CloudOptions {
  readonly clock: Clock
  readonly accountId: string
  readonly region: string
  readonly resourceDelayMs: number
  readonly eventsPerPage: number
  readonly note: NoteSink
  readonly evidence: EvidenceStore
  /** The unique names in use in all regions. */
  readonly names: Set<string>
  /** Template bodies by their TemplateURL, for all regions. */
  readonly templates: Map<string, string>
}

/** CloudFormation for one account in one region. AWS's API reference documents each action under its name. */
export class SandboxCloud {
  /** How many reads after an accepted update or deletion are stale, since reads of CloudFormation may lag. */
  staleReads = 0
  /** How many reads after an accepted creation do not find the stack yet. */
  readsUntilVisible = 0
  /** How many reads of a new change set show it as being made. */
  readsUntilPlanned = 0
  /** Whether change sets that are deleted end in DELETE_FAILED. */
  failsToDeleteChangeSets = false
  /** Milliseconds that a detection of drift takes. */
  detectionMs: number
  /** What an update leaves that early validation refuses. AWS documents neither. */
  refusedUpdates: 'untouched' | 'rolled-back' = 'untouched'
  /** Template bodies by their TemplateURL. */
  readonly templates: Map<string, string>
  readonly #registry: StackRegistry
  readonly #lifecycle: Lifecycle
  readonly #reads: ReadActions
  readonly #changeSets: ChangeSets
  readonly #drift: DriftActions
  readonly #eventsPerPage: number

  readonly #actions = new Map<string, (request: QueryRequest) => XmlValue>([
    ['CreateStack', (request) => this.#createStack(request)],
    ['UpdateStack', (request) => this.#updateStack(request)],
    ['DeleteStack', (request) => this.#deleteStack(request)],
    ['CancelUpdateStack', (request) => this.#cancelUpdateStack(request)],
    ['ContinueUpdateRollback', (request) => this.#continueUpdateRollback(request)],
    ['UpdateTerminationProtection', (request) => this.#updateTerminationProtection(request)],
    ['RollbackStack', (request) => this.#rollbackStack(request)],
    [
      'DescribeEvents',
      (request) => describeEvents(request, this.#registry, this.#changeSets, this.#eventsPerPage),
    ],
  ])

  /** By ARN, deleted ones included. */
  get stacks(): ReadonlyMap<string, SandboxStack> {
    return this.#registry.stacks
  }

  /** Names of the change sets of a stack that were not executed. */
  unusedChangeSetsOf(stackId: string): readonly string[] {
    return this.#changeSets.unusedOf(stackId)
  }

  /** Names of the change sets of a stack, of executed ones too. */
  changeSetsOf(stackId: string): readonly string[] {
    return this.#changeSets.namesOf(stackId)
  }

  constructor(options: CloudOptions) {
    this.templates = options.templates
    const templateAt = (url: string) => this.templates.get(url)
    this.#eventsPerPage = options.eventsPerPage
    this.detectionMs = options.resourceDelayMs
    const registry = new StackRegistry(options)
    this.#registry = registry
    const context = this.#contextOf(options)
    this.#reads = new ReadActions(registry, templateAt, this.#eventsPerPage, (exportName) =>
      importersOf(exportName, this.stacks.values(), context),
    )
    this.#lifecycle = new Lifecycle(context)
    this.#changeSets = new ChangeSets({
      registry,
      lifecycle: this.#lifecycle,
      context,
      templateAt,
      changesPerPage: options.eventsPerPage,
      readsUntilPlanned: () => this.readsUntilPlanned,
      failsToDelete: () => this.failsToDeleteChangeSets,
    })
    this.#drift = new DriftActions({
      registry,
      context,
      driftsPerPage: options.eventsPerPage,
      detectionMs: () => this.detectionMs,
    })
  }

  #contextOf(options: CloudOptions): CloudContext {
    return {
      ...options,
      nextSuffix: () => this.#registry.nextSuffix(),
      nextId: () => this.#registry.nextUuid(),
      nextOperationId: () => this.#registry.nextOperationId(),
      refusedUpdates: () => this.refusedUpdates,
      exportedValue: (name) => this.#registry.exportedValue(name),
      exporterOf: (name) => this.#registry.exporterOf(name),
      stacks: () => [...this.stacks.values()],
      createNested: (parent, properties, logicalId, requestToken) =>
        this.#createNested(parent, properties, logicalId, requestToken),
      updateNested: (id, properties, requestToken) => this.#updateNested(id, properties, requestToken),
      stackById: (id) => this.stacks.get(id),
    }
  }

  /** Performs an action. `undefined`: the result is empty. Throws `QueryError`. */
  act(request: QueryRequest): XmlValue {
    const perform =
      this.#actions.get(request.action) ??
      this.#reads.actions.get(request.action) ??
      this.#changeSets.actions.get(request.action) ??
      this.#drift.actions.get(request.action)
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
    const inReview = existing?.status === 'REVIEW_IN_PROGRESS' ? existing : undefined
    if (existing !== undefined && inReview === undefined) {
      // A repeated request token returns the stack that it created. Any other request finds the name in use.
      if (requestToken !== undefined && existing.tokens.get(requestToken) === 'CreateStack')
        return { StackId: existing.id, OperationId: operationOf(existing, requestToken) }
      throw new QueryError('AlreadyExistsException', `Stack [${name}] already exists`)
    }
    this.#registry.refuseUsedToken(requestToken)
    if (request.has('OnFailure') && request.has('DisableRollback'))
      throw validationError('You can specify either DisableRollback or OnFailure, but not both.')
    const onFailure = disablesRollback(request) ? 'DO_NOTHING' : request.text('OnFailure')
    const design = designOf(request, (url) => this.templates.get(url), undefined)
    const rest = {
      tags: tagsOf(request),
      onFailure: onFailure === 'DO_NOTHING' || onFailure === 'DELETE' ? onFailure : 'ROLLBACK',
      options: optionsOf(request, undefined),
      terminationProtection: request.flag('EnableTerminationProtection') ?? false,
      roleArn: request.text('RoleARN'),
      timeoutMinutes: request.number('TimeoutInMinutes'),
      parentId: undefined,
    } as const
    // The stack in review is the one that is created: LocalStack's
    // tests/aws/services/cloudformation/api/test_changesets.snapshot.json (test_create_while_in_review).
    if (inReview !== undefined) this.#changeSets.makeObsolete(inReview)
    const stack =
      inReview === undefined
        ? this.#registry.newStack(name, design, rest)
        : Object.assign(inReview, { design, statusReason: undefined }, rest)
    this.#registry.useToken(stack, requestToken, 'CreateStack')
    void this.#lifecycle.create(stack, requestToken, {
      disableValidation: request.flag('DisableValidation') === true,
      retainExceptOnCreate: request.flag('RetainExceptOnCreate'),
    })
    this.#reads.hide(stack, this.readsUntilVisible)
    return { StackId: stack.id, OperationId: operationOf(stack, requestToken) }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
  #updateStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    const requestToken = token(request)
    if (requestToken !== undefined && stack.tokens.get(requestToken) === 'UpdateStack')
      return { StackId: stack.id, OperationId: operationOf(stack, requestToken) }
    this.#registry.refuseUsedToken(requestToken)
    refuseUpdate(stack)
    const next = designOf(request, (url) => this.templates.get(url), stack.design)
    refuseOtherTypes(stack, next)
    const tags = request.has('Tags') ? tagsOf(request) : stack.tags
    const options = optionsOf(request, stack.options)
    if (
      isSameDesign(stack.design, next) &&
      isSameTags(stack.tags, tags) &&
      isSameOptions(stack.options, options) &&
      stack.status !== 'UPDATE_ROLLBACK_FAILED' &&
      stack.status !== 'CREATE_FAILED'
    )
      throw validationError('No updates are to be performed.')
    this.#reads.holdRead(stack, this.staleReads)
    this.#registry.useToken(stack, requestToken, 'UpdateStack')
    void this.#lifecycle.update(stack, next, requestToken, {
      tags,
      options,
      disableRollback: disablesRollback(request),
      disableValidation: request.flag('DisableValidation') === true,
      retainExceptOnCreate: request.flag('RetainExceptOnCreate'),
    })
    return { StackId: stack.id, OperationId: operationOf(stack, requestToken) }
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
    this.#reads.holdRead(stack, this.staleReads)
    this.#registry.useToken(stack, requestToken, 'DeleteStack')
    void this.#lifecycle.delete(stack, requestToken, { retain, force })
    return undefined
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
    this.#registry.useToken(stack, requestToken, 'ContinueUpdateRollback')
    const skip = request.texts('ResourcesToSkip')
    const isForced = request.flag('ForceRollback') === true
    if (isForced && skip.length > 0)
      throw validationError('You cannot specify both ForceRollback and ResourcesToSkip.')
    const skipped = isForced ? failedResources(stack) : skip
    const operation = this.#lifecycle.beginRollback(stack, requestToken, 'CONTINUE_ROLLBACK')
    void this.#lifecycle.rollBackUpdate(stack, target, operation, skipped)
    return {}
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
  #rollbackStack(request: QueryRequest): XmlValue {
    const stack = this.#registry.existing(request.required('StackName'))
    const requestToken = token(request)
    this.#registry.refuseUsedToken(requestToken)
    const target = stack.rolledBackTo
    const input = { retainExceptOnCreate: request.flag('RetainExceptOnCreate') }
    if (stack.status === 'CREATE_FAILED') {
      void this.#lifecycle.rollBackKeptCreation(stack, requestToken, input)
    } else if (stack.status === 'UPDATE_FAILED' && target !== undefined) {
      const operation = this.#lifecycle.beginRollback(stack, requestToken, 'ROLLBACK', input)
      void this.#lifecycle.rollBackUpdate(stack, target, operation, [])
    } else {
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`)
    }
    this.#registry.useToken(stack, requestToken, 'RollbackStack')
    return { StackId: stack.id, OperationId: operationOf(stack, requestToken) }
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
        options: parent.options,
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
    await this.#lifecycle.update(stack, next, requestToken, { disableValidation: true })
    return true
  }
}
