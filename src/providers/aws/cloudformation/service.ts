import {
  CancelUpdateStackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { CloudError } from '../../provider.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import { BoundService } from '../../session/bound-service.ts'
import { isJudged } from '../../session/judgement.ts'
import { asksToRetain } from '../../session/mode.ts'
import type * as session from '../../session/stack-service.ts'
import { detectInTree } from '../../session/stack-tree-detection.ts'
import * as errors from './cloud-error.ts'
import { meansAgainstFailure } from './deletion-means.ts'
import { deviations } from './deviations.ts'
import { driftCalls } from './drift-calls.ts'
import { isOfHeat, NO_DRIFT } from './heat-compatible.ts'
import { learnedMarker } from './learned-marker.ts'
import { readMarker, startOf, type Marker } from './marker.ts'
import { isAdopted, ownershipOf } from './ownership.ts'
import { plannedCreation } from './planned-creation.ts'
import { hasMoved, pollRules } from './poll-rules.ts'
import { stackNotShownYet, type PolledStack } from './polled-stack.ts'
import type { StackProperties } from './properties.ts'
import { explainOperation } from './reason.ts'
import { repairCall, repairsOf, type Repairs } from './repair.ts'
import { RefusedValidations } from './refused-validations.ts'
import { requireAccountOf } from './required-account.ts'
import { deletionToken, requestToken } from './request-token.ts'
import type { SessionSetup } from './session-setup.ts'
import { StackHistory } from './stack-history.ts'
import { createInput } from './stack-input.ts'
import { StackUpdates } from './stack-updates.ts'
import { adviceFor, conditionToChange, meaningOf } from './status.ts'
import { watchedEvents } from './watched-events.ts'

/** CloudFormation's calls for one request, and what its answers mean. */
export class CloudFormationService
  extends BoundService<StackProperties, SessionSetup>
  implements session.StackService<PolledStack>
{
  readonly deleteAttempts: number
  /** Each write sends a ClientRequestToken. */
  readonly repeatsAreKnownBy = 'token'
  readonly markTouches = MARK_TOUCHES
  readonly marksResources = true
  readonly repair?: (stack: session.StackRef) => Promise<session.Started>
  readonly poll: PollRules<PolledStack>
  readonly #history: StackHistory
  readonly #refused: RefusedValidations
  readonly #updates: StackUpdates
  /** The ids of the stack's last operations, newest first, as the last read showed them. */
  #lastOperations: readonly string[] = []

  constructor(setup: SessionSetup) {
    super(setup)
    this.#history = new StackHistory(setup)
    this.#refused = new RefusedValidations(setup)
    this.#updates = new StackUpdates(setup, this.#refused)
    this.poll = pollRules(this.#history, setup.request)
    this.deleteAttempts = 1 + setup.deletion.onDeleteFailed.length
    const { desired } = setup
    const repairs = desired === undefined ? undefined : repairsOf(desired)
    if (repairs !== undefined) this.repair = (stack) => this.#repair(stack, repairs)
  }

  async find(): Promise<Stack | undefined> {
    const { stack: asked } = this.setup
    if (asked.by === 'name') return this.#describe(asked.name)
    const stack = await this.#describe(asked.arn)
    if (stack === undefined) await requireAccountOf(asked.arn, this.setup)
    return stack
  }

  async read(ref: session.StackRef, watch?: session.Watch): Promise<PolledStack | undefined> {
    const stack = await this.#describe(ref.id)
    if ((watch?.kind !== 'create' && watch?.kind !== 'update') || isOfHeat(ref.id)) return stack
    if (stack === undefined)
      return (await this.#history.existsByEvents(ref)) ? stackNotShownYet(ref, watch.kind) : undefined
    if (watch.kind === 'create') return stack
    const marker = readMarker(watch.marker)
    const mayBeUntouched =
      this.conditionOf(stack) !== 'working' && marker.seen !== true && !hasMoved(stack, 'update', marker)
    return mayBeUntouched && (await this.#refused.haveEnded(ref.id, marker))
      ? { ...stack, operationFailed: true }
      : stack
  }

  refOf({ StackId = '', StackName = '' }: Stack): session.StackRef {
    return { id: StackId, name: StackName }
  }

  conditionOf(stack: Stack): session.Condition | 'deleted' {
    const status = stack.StackStatus ?? ''
    // Heat uses ROLLBACK_COMPLETE also for a rolled-back update, which it can update again. ROS has an id only where
    // the Create succeeded. With OnDelete: retain, a stack whose status can mean both is kept.
    const canUpdate = this.request.kind === 'update' || asksToRetain(this.request)
    if (isOfHeat(stack.StackId ?? ''))
      return canUpdate && status === 'ROLLBACK_COMPLETE' ? 'settled' : meaningOf(status).condition
    return this.request.kind === 'delete'
      ? meaningOf(status).condition
      : conditionToChange(status, this.setup.desired ?? {})
  }

  marksOf(stack: Stack, owner = this.request.owner): session.Marks {
    return { ownership: ownershipOf(stack, owner), adopted: isAdopted(stack) }
  }

  adviceFor(stack: Stack): string | undefined {
    return adviceFor(stack.StackStatus ?? '')
  }

  async startedBefore(_stack: Stack, ref: session.StackRef): Promise<session.StartedBefore | undefined> {
    const watch = isOfHeat(ref.id) ? undefined : await this.#history.startedBefore(ref)
    return watch === undefined ? undefined : { watch, startTime: readMarker(watch.marker).startedAt }
  }

  async madeAndDeleted(): Promise<session.StackRef | undefined> {
    const { stack } = this.setup
    return stack.by === 'name' ? this.#history.madeAndDeleted(stack.name) : undefined
  }

  async hasDeleted(existing: session.StackRef): Promise<boolean> {
    return this.#history.hasDeleted(existing.name, existing)
  }

  markerFor(operation: string, before: Stack | undefined): Marker {
    const updatedAt = before?.LastUpdatedTime?.getTime()
    return {
      token: requestToken(this.request, operation === 'delete-0' ? 'delete' : operation),
      startedAt: this.now(),
      ...(updatedAt === undefined ? {} : { updatedAt }),
    }
  }

  async plan(
    existing: session.Existing<Stack> | undefined,
    purpose: session.PlanPurpose,
  ): Promise<session.PlanAnswer> {
    return existing === undefined ? plannedCreation(this.desired()) : this.#updates.plan(existing, purpose)
  }

  discardPlan(stack: session.StackRef, purpose: session.PlanPurpose): Promise<'gone' | 'working'> {
    return this.#updates.discardPlan(stack, purpose)
  }

  async detectDrift(
    { stack }: session.Existing<Stack>,
    detection: JsonObject | undefined,
  ): Promise<session.DriftAnswer> {
    if (isOfHeat(stack.id)) return { outcome: 'impossible', reason: NO_DRIFT }
    const { client } = this.setup
    try {
      const calls = driftCalls(client, this.surroundings.secrets)
      return await detectInTree(calls, stack.id, detection, (text) => this.surroundings.secrets.mask(text))
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'rejected') throw error
      // AWS refuses a stack on which another operation has begun since it was read.
      const existing = await this.#describe(stack.id)
      if (existing === undefined) return { outcome: 'missing' }
      if (this.conditionOf(existing) !== 'working') throw error
      return { outcome: 'busy', status: existing.StackStatus ?? '' }
    }
  }

  async create(): Promise<session.CreateAnswer> {
    const { client, request, stack } = this.setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const input = createInput(this.desired(), stack.name, request.owner, requestToken(request, 'create'))
    try {
      const { StackId, OperationId } = await client.send(new CreateStackCommand(input))
      if (StackId === undefined) throw new CloudError('unavailable', 'AWS CreateStack gave no StackId')
      return { outcome: 'started', stack: { id: StackId, name: stack.name }, ...startOf(OperationId) }
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isTaken(failure))
        return { outcome: 'taken', message: this.#cloudError(error, 'CreateStack').message }
      throw this.#cloudError(await this.#refused.inFull(error, stack.name), 'CreateStack')
    }
  }

  update(stack: session.StackRef, before: Stack): Promise<session.UpdateAnswer> {
    return this.#updates.update(stack, before, isJudged(this, before))
  }

  move(stack: session.StackRef, before: Stack): Promise<session.UpdateAnswer> {
    return this.#updates.move(stack, before)
  }

  deviations(stack: Stack): readonly string[] {
    return deviations(this.desired(), stack)
  }

  protectionOf({ EnableTerminationProtection }: Stack): string | undefined {
    return EnableTerminationProtection === true ? PROTECTED : undefined
  }

  async delete(stack: session.StackRef, before: Stack, attempt: number): Promise<session.DeleteAnswer> {
    const { client, request, deletion } = this.setup
    try {
      await client.send(
        new DeleteStackCommand({
          StackName: stack.id,
          ClientRequestToken: deletionToken(request, attempt),
          ...(deletion.roleArn === undefined ? {} : { RoleARN: deletion.roleArn }),
          ...(deletion.config === undefined ? {} : { DeploymentConfig: deletion.config }),
          ...(before.StackStatus === 'DELETE_FAILED'
            ? await meansAgainstFailure(client, stack, deletion, attempt)
            : {}),
        }),
      )
      return { outcome: 'started' }
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure === undefined) throw this.#cloudError(error, 'DeleteStack')
      if (errors.isMissing(failure)) return { outcome: 'missing' }
      if (errors.isProtected(failure)) return { outcome: 'refused', reason: PROTECTED }
      if (errors.isUsedToken(failure)) return { outcome: 'started' }
      const status = errors.busyStatus(failure)
      if (status !== undefined) return { outcome: 'busy', status }
      throw this.#cloudError(error, 'DeleteStack')
    }
  }

  markerAfterPoll(stack: PolledStack, watch: session.Watch, isStale: boolean): Promise<Marker | undefined> {
    return Promise.resolve(isStale ? undefined : learnedMarker(stack, watch, this.surroundings.secrets))
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    if (isOfHeat(watch.stack.id)) return {}
    const { token, startedAt, operationId, statusReason } = readMarker(watch.marker)
    const operation = { stackId: watch.stack.id, operationId, token, startedAt }
    try {
      const explained = await explainOperation(this.setup.client, operation, this.surroundings.secrets)
      return explained.cause === undefined && statusReason !== undefined
        ? { ...explained, cause: statusReason }
        : explained
    } catch (error) {
      throw this.#cloudError(error, 'DescribeStackEvents')
    }
  }

  async cancel(watch: session.Watch): Promise<string> {
    if (watch.kind !== 'update') return 'CloudFormation cannot cancel this operation: it goes on.'
    const { client, request } = this.setup
    try {
      const ClientRequestToken = requestToken(request, 'cancel')
      await client.send(new CancelUpdateStackCommand({ StackName: watch.stack.id, ClientRequestToken }))
      return 'The update was cancelled, as OnTimeout asks: CloudFormation rolls it back.'
    } catch (error) {
      throw this.#cloudError(error, 'CancelUpdateStack')
    }
  }

  async events(stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    try {
      return await watchedEvents(this.setup.client, stack, {
        validations: this.#refused.events(this.#lastOperations),
        since,
      })
    } catch (error) {
      throw this.#cloudError(error, 'DescribeStackEvents')
    }
  }

  async *checks(): AsyncGenerator<session.Check> {
    const { checkAws } = await import('./checks.ts')
    yield* checkAws(this.setup)
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseAws } = await import('./diagnosis.ts')
    return diagnoseAws(this.setup)
  }

  async #describe(nameOrArn: string): Promise<Stack | undefined> {
    try {
      const { Stacks } = await this.setup.client.send(new DescribeStacksCommand({ StackName: nameOrArn }))
      const [stack] = Stacks ?? []
      // CloudFormation says of a stack that does not exist that it does not: an answer without one says nothing.
      if (stack?.StackId === undefined || stack.StackName === undefined)
        throw new CloudError('unavailable', 'AWS DescribeStacks: the answer holds no stack', {
          unreadable: true,
        })
      this.#lastOperations = (stack.LastOperations ?? []).flatMap(({ OperationId }) => OperationId ?? [])
      return stack
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isMissing(failure)) return undefined
      throw this.#cloudError(error, 'DescribeStacks')
    }
  }

  async #repair(stack: session.StackRef, repairs: Repairs): Promise<session.Started> {
    const status = (await this.#describe(stack.id))?.StackStatus
    const token = requestToken(this.request, 'repair')
    const call = repairCall(
      { status, stackId: stack.id, token, roleArn: this.setup.deletion.roleArn },
      repairs,
    )
    if (call === undefined)
      throw new CloudError(
        'rejected',
        `The status of stack ${stack.name} is ${status ?? '?'}. ${adviceFor(status ?? '') ?? ''}`,
      )
    try {
      return { outcome: 'started', ...startOf(await call.send(this.setup.client)) }
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure === undefined || !errors.isUsedToken(failure)) throw this.#cloudError(error, call.action)
      return { outcome: 'started' }
    }
  }

  #cloudError(error: unknown, action: string): CloudError {
    return errors.toCloudError(error, action, this.surroundings.secrets)
  }
}

const MARK_TOUCHES =
  "The mark is tags of the stack. CloudFormation's update gives them to the resources that support tags: " +
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html'

const PROTECTED =
  'Termination protection is on: switch it off (Stack.EnableTerminationProtection: false in an update, or the ' +
  'CloudFormation console) and delete again'
