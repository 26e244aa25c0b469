import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { CloudError } from '../../provider.ts'
import { nameTooLong } from '../../identifiers/name-too-long.ts'
import { startedByMarks } from '../../recognition/started-by-marks.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import { BoundService } from '../../session/bound-service.ts'
import type * as session from '../../session/stack-service.ts'
import { detectInTree } from '../../session/stack-tree-detection.ts'
import type { RosStack } from './client.ts'
import * as errors from './cloud-error.ts'
import { depthOfNewStack } from './depth.ts'
import { deviations } from './deviations.ts'
import { driftCalls } from './drift-calls.ts'
import { eventsMark, ifReadable, isLasting } from './events.ts'
import { readMarker, type Marker } from './marker.ts'
import {
  hasTag,
  isAdopted,
  isCreatedBy,
  isMovedSince,
  marksForCreate,
  marksForMove,
  marksForUpdate,
  ownershipOf,
  ownerTags,
  userTags,
  stackDigestIn,
  type Tag,
} from './marks.ts'
import { pollRules } from './poll-rules.ts'
import { hasNestedStack, plannedChanges } from './preview.ts'
import type { StackProperties } from './properties.ts'
import { explainByStack, explainOperation } from './reason.ts'
import { clientToken } from './request-token.ts'
import type { SessionSetup } from './session-setup.ts'
import { formatStackId, longestName, parseStackId, type RosStackId } from './stack-id.ts'
import { continueCreateStack, createStack, deleteStack, previewStack, updateStack } from './stack-input.ts'
import { adviceFor, isOfDeletion, meaningOf, wasCreated } from './status.ts'
import { watchedEvents } from './watched-events.ts'

/** ROS's calls for one request, and what its answers mean. */
export class RosService
  extends BoundService<StackProperties, SessionSetup>
  implements session.StackService<RosStack>
{
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  /** Each Create and Update sends a ClientToken. */
  readonly repeatsAreKnownBy = 'token'
  readonly poll: PollRules<RosStack>
  readonly markTouches: string
  readonly repair?: (stack: session.StackRef) => Promise<session.Started>

  constructor(setup: SessionSetup) {
    super(setup)
    this.poll = pollRules(setup.client, setup.surroundings)
    this.markTouches = setup.request.move?.mayChange === false ? MOVED_TAGS : UPDATED_TAGS
    this.deleteAttempts = 1 + setup.deletion.onDeleteFailed.length
    const { desired } = setup
    if (desired?.TimeoutInMinutes !== undefined) this.cloudTimeoutMs = desired.TimeoutInMinutes * 60_000
    if (desired?.ContinueCreate === true) this.repair = (stack) => this.#continueCreate(stack, desired)
  }

  async find(): Promise<RosStack | undefined> {
    const { client, stack: asked } = this.setup
    if (asked.by === 'id') return this.#read(asked.id.id, false)
    const existing = await client.stackNamed(asked.name, ({ Status }) => Status !== 'DELETE_COMPLETE')
    return existing === undefined ? undefined : this.#read(existing.StackId, false)
  }

  read(stack: session.StackRef): Promise<RosStack | undefined> {
    return this.#read(placeOf(stack).id, false)
  }

  readWithOutputs(stack: session.StackRef): Promise<RosStack | undefined> {
    return this.#read(placeOf(stack).id, true)
  }

  async refOf({ StackId, StackName }: Pick<RosStack, 'StackId' | 'StackName'>): Promise<session.StackRef> {
    const { identity, region } = this.setup
    const account = await identity.account()
    return { id: formatStackId({ region, account, name: StackName, id: StackId }), name: StackName }
  }

  conditionOf({ Status }: RosStack): session.Condition | 'deleted' {
    const canContinue = this.repair !== undefined && this.request.kind === 'create'
    return canContinue && Status === 'CREATE_FAILED' ? 'stuck' : meaningOf(Status).condition
  }

  marksOf({ Tags }: RosStack, owner = this.request.owner): session.Marks {
    return {
      ownership: ownershipOf(Tags, owner),
      adopted: isAdopted(Tags),
      isSuperseded: this.request.move !== undefined && isMovedSince(Tags, this.request),
      stackDigest: stackDigestIn(Tags),
    }
  }

  wasCreated({ Status }: RosStack): boolean {
    return wasCreated(Status)
  }

  adviceFor({ Status }: RosStack): string | undefined {
    return adviceFor(Status)
  }

  /** The stack shows no mark of updates; the ClientToken makes a repeated one harmless. */
  startedBefore(stack: RosStack, ref: session.StackRef): session.StartedBefore | undefined {
    const kind = startedByMarks(this.request, this.conditionOf(stack), {
      // A move runs no operation that could be followed.
      created: this.request.move === undefined && isCreatedBy(stack.Tags, this.request),
      updated: false,
      isOfDeletion: isOfDeletion(stack.Status),
    })
    if (kind === undefined) return undefined
    const marker = { startedAt: this.now(), ...(kind === 'delete' ? { seen: true } : {}) }
    return { watch: { kind, stack: ref, marker }, startTime: this.poll.startTimeOf(stack, kind) }
  }

  async madeAndDeleted(): Promise<session.StackRef | undefined> {
    const { client, stack } = this.setup
    if (stack.by === 'id') return undefined
    try {
      const Tag = ownerTags(this.request.owner)
      const own = await client.stackNamed(
        stack.name,
        ({ Status, Tags }) => Status === 'DELETE_COMPLETE' && isCreatedBy(Tags, this.request),
        { Status: ['DELETE_COMPLETE'], Tag },
      )
      return own === undefined ? undefined : await this.refOf(own)
    } catch (error) {
      if (!isLasting(error)) throw error
      this.surroundings.log.info({ err: error }, 'whether this Create comes after its Delete cannot be seen')
      return undefined
    }
  }

  async markerFor(_operation: string, before: RosStack | undefined): Promise<Marker> {
    const startedAt = this.now()
    if (before === undefined) return { startedAt }
    const events = await ifReadable(this.surroundings.log, () =>
      eventsMark(this.setup.client, before.StackId),
    )
    const updateTime = before.UpdateTime ?? undefined
    return {
      startedAt,
      ...(updateTime === undefined ? {} : { updateTime }),
      ...(events === undefined ? {} : { events }),
    }
  }

  async plan(existing: session.Existing<RosStack> | undefined): Promise<session.PlanAnswer> {
    const { client } = this.setup
    const desired = this.desired()
    if (existing !== undefined && desired.UsePreviousParameters === true)
      return { outcome: 'impossible', reason: NO_PREVIOUS_PARAMETERS }
    const of =
      existing === undefined ? { StackName: this.#newName() } : { StackId: placeOf(existing.stack).id }
    const resources = await client.preview(previewStack(desired, of))
    const changes = plannedChanges(resources, existing === undefined ? 'create' : 'update')
    return { outcome: 'planned', changes, notes: hasNestedStack(resources) ? [NESTED_UNKNOWN] : [] }
  }

  async detectDrift(
    { stack }: session.Existing<RosStack>,
    detection: JsonObject | undefined,
  ): Promise<session.DriftAnswer> {
    const { client, surroundings } = this.setup
    const { id } = placeOf(stack)
    try {
      return await detectInTree(driftCalls(client), id, detection, (text) => surroundings.secrets.mask(text))
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'denied' || error.kind === 'throttled') throw error
      // ROS refuses a stack on which another operation has begun since it was read.
      const existing = await this.#read(id, false)
      if (existing === undefined) return { outcome: 'missing' }
      if (this.conditionOf(existing) !== 'working') throw error
      return { outcome: 'busy', status: existing.Status }
    }
  }

  async create(): Promise<session.CreateAnswer> {
    const { client, identity, request, region, depth, surroundings } = this.setup
    const name = this.#newName()
    const desired = this.desired()
    const longest = longestName(region, await identity.account())
    if (name.length > longest) throw nameTooLong('Stack.Name', `${String(longest)} characters`)
    const own = await depthOfNewStack(request.owner, depth.readers, depth.max, surroundings.log)
    const tags = [...userTags(desired.Tags), ...marksForCreate(request, own)]
    const answer = await client.create(createStack(desired, name, tags, clientToken(request, 'create')))
    if ('refusal' in answer) {
      const error = client.error(answer.refusal, 'CreateStack')
      if (errors.isTaken(answer.refusal)) return { outcome: 'taken', message: error.message }
      throw error
    }
    const ref = await this.refOf({ StackId: answer.StackId, StackName: name })
    return { outcome: 'started', stack: ref }
  }

  async update(stack: session.StackRef, before: RosStack): Promise<session.UpdateAnswer> {
    const { client, request } = this.setup
    const desired = this.desired()
    const { id } = placeOf(stack)
    if (desired.DeletionProtection !== undefined && desired.DeletionProtection !== before.DeletionProtection)
      await client.setDeletionProtection(id, desired.DeletionProtection)
    const tags = [...userTags(desired.Tags), ...marksForUpdate(before.Tags, request)]
    const ClientToken = clientToken(request, 'update')
    const refusal = await client.act(updateStack(desired, id, tags, { ClientToken }))
    if (refusal === undefined || errors.isUsedToken(refusal)) return { outcome: 'started' }
    if (errors.isMissing(refusal)) return { outcome: 'missing' }
    const status = errors.busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    if (!errors.isNotSupported(refusal) || !(await this.#isUnchanged(desired, id, tags)))
      throw client.error(refusal, 'UpdateStack')
    if (!tags.every((tag) => hasTag(before.Tags, tag))) await client.tag(id, tags)
    return { outcome: 'unchanged' }
  }

  /** TagResources runs no operation and gives the tags to no resource. */
  async move(stack: session.StackRef, before: RosStack): Promise<session.UpdateAnswer> {
    await this.setup.client.tag(placeOf(stack).id, marksForMove(before.Tags, this.request))
    return { outcome: 'unchanged' }
  }

  deviations(stack: RosStack): readonly string[] {
    return deviations(this.desired(), stack)
  }

  protectionOf({ DeletionProtection }: RosStack): string | undefined {
    return DeletionProtection === 'Enabled' ? PROTECTED : undefined
  }

  async delete(stack: session.StackRef, _before: RosStack, attempt: number): Promise<session.DeleteAnswer> {
    const { client, deletion } = this.setup
    const { id } = placeOf(stack)
    const fallback = attempt === 0 ? undefined : deletion.onDeleteFailed[attempt - 1]
    const failed = fallback === 'retain' ? await client.resourcesIn(id, 'DELETE_FAILED') : []
    const refusal = await client.act(deleteStack(id, deletion, failed))
    if (refusal === undefined) return { outcome: 'started' }
    if (errors.isMissing(refusal)) return { outcome: 'missing' }
    if (errors.isProtected(refusal)) return { outcome: 'refused', reason: PROTECTED }
    const status = errors.busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw client.error(refusal, 'DeleteStack')
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    const { client } = this.setup
    const { startedAt } = readMarker(watch.marker)
    const { id } = placeOf(watch.stack)
    try {
      return await explainOperation(client, id, watch.kind, startedAt)
    } catch (error) {
      if (!isLasting(error)) throw error
      this.surroundings.log.warn({ err: error }, 'the events of the stack cannot be read')
      const byStack = await explainByStack(client, id)
      return byStack.cause === undefined ? { unread: { why: error.kind, message: error.message } } : byStack
    }
  }

  async cancel(watch: session.Watch): Promise<string> {
    const { client } = this.setup
    const { id } = placeOf(watch.stack)
    const isUpdate = watch.kind === 'update'
    const action = isUpdate ? 'CancelUpdateStack' : 'CancelStackOperation'
    const parameters = { StackId: id, ...(isUpdate ? {} : { AllowedStackOperations: ['CreateStack'] }) }
    const refusal = await client.act({ action, parameters })
    if (refusal === undefined)
      return isUpdate
        ? 'The update was cancelled, as OnTimeout asks: ROS rolls it back.'
        : 'The creation was cancelled, as OnTimeout asks.'
    if (errors.isNotSupported(refusal) || errors.isMissing(refusal))
      return 'It had ended before it could be cancelled.'
    throw client.error(refusal, action)
  }

  async events(stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    return watchedEvents(this.setup.client, placeOf(stack).id, since)
  }

  async *checks(): AsyncGenerator<session.Check> {
    const { checkRos } = await import('./checks.ts')
    yield* checkRos(this.setup, () => this.find())
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseRos } = await import('./diagnosis.ts')
    return diagnoseRos(this.setup)
  }

  #newName(): string {
    const { stack } = this.setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    return stack.name
  }

  /** With another account's credentials an existing stack would seem deleted. */
  async #read(id: string, outputs: boolean): Promise<RosStack | undefined> {
    const { client, stack: asked, request } = this.setup
    const stack = await client.stack(id, { outputs })
    const expected = asked.by === 'id' ? asked.id : parseStackId(request.follows?.id ?? '')
    if (stack === undefined && expected !== undefined) await this.#requireAccount(expected)
    return stack
  }

  async #requireAccount({ account, name }: RosStackId): Promise<void> {
    const own = await this.setup.identity.account()
    if (own === account) return
    throw new CloudError(
      'rejected',
      `Stack ${name} is in the account ${account}, and the credentials are of the account ${own}`,
    )
  }

  /** ROS answers `NotSupported` to an update without a change, and to other calls. A dry run tells them apart. */
  async #isUnchanged(desired: StackProperties, id: string, tags: readonly Tag[]): Promise<boolean> {
    return (await this.setup.client.act(updateStack(desired, id, tags, { DryRun: true }))) === undefined
  }

  async #continueCreate(stack: session.StackRef, desired: StackProperties): Promise<session.Started> {
    const { client } = this.setup
    const refusal = await client.act(continueCreateStack(desired, placeOf(stack).id))
    // An earlier call, whose answer was lost, has started it.
    if (refusal !== undefined && errors.busyStatus(refusal) === undefined)
      throw client.error(refusal, 'ContinueCreateStack')
    return { outcome: 'started' }
  }
}

const PROPAGATION = 'https://www.alibabacloud.com/help/en/ros/user-guide/propagate-tags'
const UPDATED_TAGS = `The mark is tags of the stack. ROS gives them to the resources that support tags: ${PROPAGATION}`
const MOVED_TAGS =
  'The mark is tags of the stack. They are changed by TagResources, which gives them to no resource; the next update of the ' +
  `stack does: ${PROPAGATION}`

const NO_PREVIOUS_PARAMETERS =
  'PreviewStack of ROS does not know UsePreviousParameters: give all parameters in Stack.Parameters.'
const NESTED_UNKNOWN = 'ROS does not preview the resources of nested stacks.'

const PROTECTED =
  'Deletion protection is on: switch it off (Stack.DeletionProtection: Disabled in an update, or the ROS console) and ' +
  'delete again'

function placeOf(stack: session.StackRef): RosStackId {
  const place = parseStackId(stack.id)
  if (place === undefined) throw new TypeError(`${stack.id} is not the id of a ROS stack`)
  return place
}
