import { partitionOf } from '../partition.ts'
import type { CloudContext } from './cloud-context.ts'
import { failedValidations, validationSummary } from './early-validation.ts'
import type { StackOperationRecord } from './operation-events.ts'
import { describeChange, plannedChanges, type PlannedResource } from './planned-changes.ts'
import type { Lifecycle } from './lifecycle.ts'
import { QueryError, validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { describeParameters } from './stack-description.ts'
import { isDeleted, type StackRegistry } from './stack-registry.ts'
import { refuseOtherTypes } from './stack-rules.ts'
import { designOf, nestedDesign, optionsOf, stackName, tagsOf, token } from './stack-request.ts'
import {
  isSameDesign,
  isSameTags,
  type Design,
  type OperationRecord,
  type SandboxStack,
  type StackOptions,
  STACK_TYPE,
} from './stack.ts'

interface ChangeSet {
  readonly id: string
  readonly name: string
  readonly stack: SandboxStack
  readonly createdAt: Date
  readonly description: string | undefined
  readonly design: Design
  readonly tags: ReadonlyMap<string, string>
  readonly options: StackOptions
  readonly clientToken: string | undefined
  readonly changes: readonly XmlValue[]
  readonly failure: string | undefined
  /** Of the parent; `undefined` for a change set that is not of a nested stack. */
  readonly parentId: string | undefined
  readonly includesNested: boolean
  /** How many more reads show it as being made. */
  pendingReads: number
  /** Its creation, as DescribeEvents shows it. */
  readonly operation: OperationRecord
  /** Its deletion has failed. */
  isUndeletable: boolean
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'OBSOLETE'
}

type ChangeSetInput = Omit<
  ChangeSet,
  | 'id'
  | 'createdAt'
  | 'changes'
  | 'failure'
  | 'operation'
  | 'pendingReads'
  | 'isUndeletable'
  | 'executionStatus'
> & {
  /** The stack as it is; `undefined` for one that the change set creates. */
  readonly before: SandboxStack | undefined
  readonly isEmpty: boolean
  readonly disableValidation: boolean
}

interface ChangeSetsSetup {
  readonly registry: StackRegistry
  readonly lifecycle: Lifecycle
  readonly changesPerPage: number
  readonly context: CloudContext
  templateAt(url: string): string | undefined
  /** How many reads of a new change set show it as being made. */
  readsUntilPlanned(): number
  failsToDelete(): boolean
}

/**
 * Change sets, as far as `aws cloudformation deploy` needs them. Fields and texts are AWS's: LocalStack's
 * tests/aws/services/cloudformation/api/test_changesets.snapshot.json.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export class ChangeSets {
  readonly actions: ReadonlyMap<string, (request: QueryRequest) => XmlValue>
  readonly #setup: ChangeSetsSetup
  /** By ARN. */
  readonly #changeSets = new Map<string, ChangeSet>()

  constructor(setup: ChangeSetsSetup) {
    this.#setup = setup
    this.actions = new Map([
      ['CreateChangeSet', (request) => this.#create(request)],
      ['DescribeChangeSet', (request) => this.#describe(request)],
      ['ExecuteChangeSet', (request) => this.#execute(request)],
      ['DeleteChangeSet', (request) => this.#delete(request)],
      ['ListChangeSets', (request) => this.#list(request)],
    ])
  }

  #create(request: QueryRequest): XmlValue {
    const { registry } = this.#setup
    const name = request.required('ChangeSetName')
    const known = registry.find(request.required('StackName'))
    const before = known?.status === 'REVIEW_IN_PROGRESS' || known === undefined ? undefined : known
    const isCreation = request.text('ChangeSetType') === 'CREATE'
    if (isCreation && before !== undefined)
      throw validationError(
        `Stack [${request.required('StackName')}] already exists and cannot be created again with the changeSet [${name}].`,
      )
    if (!isCreation && before === undefined)
      throw validationError(`Stack [${request.required('StackName')}] does not exist`)
    if (before !== undefined && (before.operation !== undefined || isDeleted(before)))
      throw validationError(`Stack:${before.id} is in ${before.status} state and can not be updated.`)
    const sameName = known === undefined ? undefined : this.#of(known).find((other) => other.name === name)
    const clientToken = request.text('ClientToken')
    if (sameName !== undefined && clientToken !== undefined && sameName.clientToken === clientToken)
      return { Id: sameName.id, StackId: sameName.stack.id }
    if (sameName !== undefined)
      throw new QueryError('AlreadyExistsException', `ChangeSet [${name}] already exists`)
    const design = designOf(request, (url) => this.#setup.templateAt(url), before?.design)
    if (before !== undefined) refuseOtherTypes(before, design)
    const tags = request.has('Tags') ? tagsOf(request) : (before?.tags ?? new Map<string, string>())
    const options = optionsOf(request, before?.options)
    // Nested stacks are listed in any case: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2053
    const holdsNested = [...design.template.resources.values()].some(({ type }) => type === STACK_TYPE)
    const isEmpty =
      before !== undefined &&
      isSameDesign(before.design, design) &&
      isSameTags(before.tags, tags) &&
      !holdsNested
    const stack = known ?? this.#stackInReview(request, design, tags, options)
    const changeSet = this.#newChangeSet({
      name,
      stack,
      design,
      tags,
      options,
      clientToken,
      description: request.text('Description'),
      before,
      isEmpty,
      disableValidation: request.flag('DisableValidation') === true,
      parentId: undefined,
      includesNested: request.flag('IncludeNestedStacks') === true,
    })
    return { Id: changeSet.id, StackId: stack.id }
  }

  #newChangeSet({ before, isEmpty, disableValidation, ...input }: ChangeSetInput): ChangeSet {
    const { registry, context } = this.#setup
    const { clock, accountId, region } = context
    const operation: OperationRecord = {
      id: context.nextOperationId(),
      type: 'CREATE_CHANGESET',
      token: undefined,
      status: 'SUCCEEDED',
    }
    const refused =
      isEmpty || disableValidation ? [] : failedValidations(input.stack, input.design, operation, context)
    input.stack.validations.push(...refused)
    const failure = isEmpty ? NO_CHANGES : refused.length > 0 ? validationSummary(refused) : undefined
    if (failure !== undefined) operation.status = 'FAILED'
    const id = `arn:${partitionOf(region).name}:cloudformation:${region}:${accountId}:changeSet/${input.name}/${registry.nextUuid()}`
    const planned = isEmpty ? [] : plannedChanges(before, input.design, context)
    const changeSet: ChangeSet = {
      ...input,
      id,
      operation,
      failure,
      createdAt: new Date(clock.now()),
      changes: planned.map((resource) =>
        describeChange(resource, this.#nested(resource, { ...input, disableValidation }, id)?.id),
      ),
      pendingReads: this.#setup.readsUntilPlanned(),
      isUndeletable: false,
      executionStatus: failure === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
    }
    this.#changeSets.set(id, changeSet)
    return changeSet
  }

  /** The change set of a nested stack that exists; those of new ones are left out here. */
  #nested(
    { nested, physicalId }: PlannedResource,
    root: Pick<ChangeSetInput, 'name' | 'includesNested' | 'disableValidation'>,
    parentId: string,
  ) {
    const stack = this.#setup.registry.find(physicalId ?? '')
    if (!root.includesNested || nested === undefined || stack === undefined) return undefined
    const design = nestedDesign(nested, (url) => this.#setup.templateAt(url))
    return this.#newChangeSet({
      name: `${root.name}-${stack.name}`.slice(0, 128),
      stack,
      design,
      parentId,
      before: stack,
      tags: stack.tags,
      options: stack.options,
      includesNested: true,
      description: undefined,
      clientToken: undefined,
      isEmpty: isSameDesign(stack.design, design),
      disableValidation: root.disableValidation,
    })
  }

  /** The creation of the change set that the request names, by its own name or by its operation. */
  creationOf(request: QueryRequest): StackOperationRecord | undefined {
    const operationId = request.text('OperationId')
    const found = request.has('ChangeSetName')
      ? this.#asked(request)
      : [...this.#changeSets.values()].find(({ operation }) => operation.id === operationId)
    return found === undefined ? undefined : { stack: found.stack, operation: found.operation }
  }

  #stackInReview(
    request: QueryRequest,
    design: Design,
    tags: ReadonlyMap<string, string>,
    options: StackOptions,
  ): SandboxStack {
    const stack = this.#setup.registry.newStack(stackName(request), design, {
      tags,
      options,
      onFailure: 'ROLLBACK',
      terminationProtection: false,
      roleArn: request.text('RoleARN'),
      timeoutMinutes: undefined,
      parentId: undefined,
    })
    stack.status = 'REVIEW_IN_PROGRESS'
    stack.statusReason = 'User Initiated'
    return stack
  }

  #execute(request: QueryRequest): XmlValue {
    const changeSet = this.#asked(request)
    const { stack, design, tags, options } = changeSet
    const requestToken = token(request)
    if (requestToken !== undefined && stack.tokens.get(requestToken) === 'ExecuteChangeSet') return {}
    this.#setup.registry.refuseUsedToken(requestToken)
    const disableRollback = request.flag('DisableRollback') === true
    const retainExceptOnCreate = request.flag('RetainExceptOnCreate')
    if (changeSet.executionStatus !== 'AVAILABLE')
      throw new QueryError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${statusOf(changeSet)}]`,
      )
    for (const other of this.#of(stack)) if (other !== changeSet) this.#changeSets.delete(other.id)
    changeSet.executionStatus = 'EXECUTE_COMPLETE'
    stack.changeSetId = changeSet.id
    if (requestToken !== undefined) stack.tokens.set(requestToken, 'ExecuteChangeSet')
    stack.options = options
    if (stack.status === 'REVIEW_IN_PROGRESS') {
      Object.assign(stack, { design, tags, onFailure: disableRollback ? 'DO_NOTHING' : 'ROLLBACK' })
      void this.#setup.lifecycle.create(stack, requestToken, { retainExceptOnCreate })
    } else {
      const input = { tags, disableRollback, retainExceptOnCreate }
      void this.#setup.lifecycle.update(stack, design, requestToken, input)
    }
    return {}
  }

  #delete(request: QueryRequest): XmlValue {
    const changeSet = this.#asked(request)
    if (this.#setup.failsToDelete()) changeSet.isUndeletable = true
    else this.#remove(changeSet)
    return {}
  }

  /** With those of its nested stacks. */
  #remove(changeSet: ChangeSet): void {
    this.#changeSets.delete(changeSet.id)
    for (const other of this.#changeSets.values()) if (other.parentId === changeSet.id) this.#remove(other)
  }

  /** Names of the change sets of a stack, of executed ones too. */
  namesOf(stackId: string): string[] {
    return [...this.#changeSets.values()].filter(({ stack }) => stack.id === stackId).map(({ name }) => name)
  }

  /** Names of those that were not executed; a deleted stack has none. */
  unusedOf(stackId: string): string[] {
    return [...this.#changeSets.values()]
      .filter(
        ({ stack, executionStatus }) =>
          stack.id === stackId &&
          stack.status !== 'DELETE_COMPLETE' &&
          !executionStatus.startsWith('EXECUTE_'),
      )
      .map(({ name }) => name)
  }

  /** To be called when the stack is created without them. */
  makeObsolete(stack: SandboxStack): void {
    for (const changeSet of this.#of(stack)) changeSet.executionStatus = 'OBSOLETE'
  }

  #list(request: QueryRequest): XmlValue {
    const stack = this.#setup.registry.existing(request.required('StackName'))
    const all = this.#of(stack)
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + this.#setup.changesPerPage
    return {
      Summaries: all.slice(from, until).map((changeSet) => summaryOf(changeSet)),
      NextToken: until < all.length ? String(until) : undefined,
    }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
  #describe(request: QueryRequest): XmlValue {
    const changeSet = this.#asked(request)
    const { design, tags, options } = changeSet
    const isPending = changeSet.pendingReads > 0
    if (isPending) changeSet.pendingReads -= 1
    const from = Number(request.text('NextToken') ?? '0')
    const until = from + this.#setup.changesPerPage
    const changes = isPending ? [] : changeSet.changes
    return {
      ...summaryOf(changeSet),
      ...(isPending ? { Status: 'CREATE_IN_PROGRESS', ExecutionStatus: 'UNAVAILABLE' } : {}),
      ParentChangeSetId: changeSet.parentId,
      Parameters: describeParameters(design),
      RollbackConfiguration: {},
      NotificationARNs: options.notificationArns,
      Capabilities: options.capabilities,
      Tags: tags.size === 0 ? undefined : [...tags].map(([Key, Value]) => ({ Key, Value })),
      Changes: changes.slice(from, until),
      NextToken: until < changes.length ? String(until) : undefined,
    }
  }

  #asked(request: QueryRequest): ChangeSet {
    const nameOrArn = request.required('ChangeSetName')
    const byId = this.#changeSets.get(nameOrArn)
    const stackAsked = request.text('StackName')
    if (byId === undefined && !nameOrArn.startsWith('arn:')) {
      if (stackAsked === undefined)
        throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.')
      const stack = this.#setup.registry.find(stackAsked)
      if (stack === undefined) throw validationError(`Stack [${stackAsked}] does not exist`)
      const byName = this.#of(stack).find(({ name }) => name === nameOrArn)
      if (byName !== undefined) return byName
    }
    if (byId === undefined)
      throw new QueryError('ChangeSetNotFound', `ChangeSet [${nameOrArn}] does not exist`, 404)
    return byId
  }

  #of(stack: SandboxStack): ChangeSet[] {
    return [...this.#changeSets.values()].filter((changeSet) => changeSet.stack === stack)
  }
}

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set."

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
function statusOf({ failure, isUndeletable }: ChangeSet): string {
  if (isUndeletable) return 'DELETE_FAILED'
  return failure === undefined ? 'CREATE_COMPLETE' : 'FAILED'
}

function summaryOf(changeSet: ChangeSet): { readonly [name: string]: XmlValue } {
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stack.id,
    StackName: changeSet.stack.name,
    Description: changeSet.description,
    CreationTime: changeSet.createdAt,
    Status: statusOf(changeSet),
    StatusReason: changeSet.failure,
    ExecutionStatus: changeSet.executionStatus,
    IncludeNestedStacks: changeSet.includesNested,
  }
}
