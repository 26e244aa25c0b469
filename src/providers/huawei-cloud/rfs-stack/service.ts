import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { unexplained } from '../../provider.ts'
import { nameTooLong } from '../../identifiers/name-too-long.ts'
import { requestDigest } from '../../recognition/mark-digest.ts'
import { isSuperseded } from '../../recognition/recent-requests.ts'
import { startedByMarks } from '../../recognition/started-by-marks.ts'
import { BoundService } from '../../session/bound-service.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import { isJudged } from '../../session/judgement.ts'
import type * as session from '../../session/stack-service.ts'
import { huaweiFaultOf, isOfOtherRequest } from '../error.ts'
import { NO_RFS_DRIFT } from '../no-drift.ts'
import { isMissing, isTaken, type RfsEvent, type RfsStack, type StackPlace } from './client.ts'
import { deviations } from './deviations.ts'
import { ExecutionPlan } from './execution-plan.ts'
import { readMarker, type Marker } from './marker.ts'
import {
  describe,
  marksForCreate,
  marksForUpdate,
  ownershipOf,
  readMarks,
  recentIn,
  textOf,
} from './marks.ts'
import { placeOf, pollRules } from './poll-rules.ts'
import type { StackProperties } from './properties.ts'
import { explainEvents } from './reason.ts'
import type { SessionSetup } from './session-setup.ts'
import { attributesBody, createBody, deployBody, deploysSomething } from './stack-body.ts'
import { formatStackId, longestName } from './stack-id.ts'
import { adviceFor, conditionOf, isInProgress, isOfDeletion } from './status.ts'
import { watchedEvents } from './watched-events.ts'

/** RFS's calls for one request, and what its answers mean. */
export class RfsStackService
  extends BoundService<StackProperties, SessionSetup>
  implements session.StackService<RfsStack>
{
  readonly deleteAttempts: number
  readonly detectDrift = NO_RFS_DRIFT
  /** RFS has neither request tokens nor tags: the description holds the marks. */
  readonly repeatsAreKnownBy = 'mark'
  readonly markTouches = MARK_TOUCHES
  readonly poll: PollRules<RfsStack>
  readonly repair?: (stack: session.StackRef) => Promise<session.Started>

  constructor(setup: SessionSetup) {
    super(setup)
    this.poll = pollRules(setup.client, setup.request)
    this.deleteAttempts = 1 + setup.deletion.onDeleteFailed.length
    if (setup.continuesRollback) this.repair = (stack) => this.#continueRollback(stack)
  }

  async find(): Promise<RfsStack | undefined> {
    const { client, stack: asked } = this.setup
    const place: StackPlace =
      asked.by === 'id' ? asked.id : { project: await client.projectId(), name: asked.name }
    return client.metadata(place)
  }

  read(stack: session.StackRef): Promise<RfsStack | undefined> {
    return this.setup.client.metadata(placeOf(stack))
  }

  async refOf({ stack_id: id, stack_name: name }: RfsStack): Promise<session.StackRef> {
    const { region, stack: asked, client } = this.setup
    const project = asked.by === 'id' ? asked.id.project : await client.projectId()
    return { id: formatStackId({ region, project, name, id }), name }
  }

  conditionOf({ status }: RfsStack): session.Condition {
    return conditionOf(status)
  }

  marksOf({ description }: RfsStack, owner = this.request.owner): session.Marks {
    const marks = readMarks(description ?? '')
    return {
      ownership: ownershipOf(marks, owner),
      adopted: marks?.adopted === true,
      isSuperseded: isSuperseded(recentIn(marks), requestDigest(this.request, 'update')),
      stackDigest: marks?.stackDigest,
    }
  }

  /** The status of a deployment that failed does not show whether one has succeeded before it. */
  wasCreated({ status, description }: RfsStack): boolean {
    const marks = readMarks(description ?? '')
    return status === 'DEPLOYMENT_COMPLETE' || (marks !== undefined && marks.request !== marks.created)
  }

  adviceFor({ status }: RfsStack): string | undefined {
    return adviceFor(status)
  }

  startedBefore(stack: RfsStack, ref: session.StackRef): session.StartedBefore | undefined {
    const { request } = this
    const { status, description } = stack
    const marks = readMarks(description ?? '')
    const kind = startedByMarks(request, conditionOf(status), {
      created: marks?.created === requestDigest(request, 'create'),
      // The mark is written before the deployment starts, so it proves a start only while an operation runs.
      updated: marks?.request === requestDigest(request, 'update') && isInProgress(status),
      isOfDeletion: isOfDeletion(status),
    })
    if (kind === undefined) return undefined
    const begunAt = kind === 'update' && marks?.at !== undefined ? { begunAt: marks.at } : {}
    const marker = { ...this.#marker({}), seen: true, ...begunAt }
    return {
      watch: { kind, stack: ref, marker },
      startTime: this.poll.startTimeOf(stack, kind),
      ...(kind === 'update' ? { mayBeAnothers: true } : {}),
    }
  }

  markerFor(_operation: string, before: RfsStack | undefined): Marker {
    return this.#marker(before ?? {})
  }

  async plan(
    existing: session.Existing<RfsStack> | undefined,
    purpose: session.PlanPurpose,
  ): Promise<session.PlanAnswer> {
    if (existing === undefined) return { outcome: 'impossible', reason: NO_PLAN_OF_CREATION }
    const desired = this.desired()
    if (!deploysSomething(desired)) return { outcome: 'planned', changes: [] }
    const place = { ...placeOf(existing.stack), id: existing.before.stack_id }
    return this.#executionPlan(purpose).ask(place, desired)
  }

  discardPlan(stack: session.StackRef, purpose: session.PlanPurpose): Promise<'gone' | 'working'> {
    return this.#executionPlan(purpose).discard(placeOf(stack))
  }

  async create(): Promise<session.CreateAnswer> {
    const { client, region, request, stack } = this.setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const { name } = stack
    const desired = this.desired()
    const project = await client.projectId()
    const longest = longestName({ region, project })
    if (Buffer.byteLength(name) > longest) throw nameTooLong('Stack.Name', `${String(longest)} bytes`)
    const marks = marksForCreate(request, this.now())
    const body = createBody(desired, name, describe(desired.Description ?? '', marks))
    const created = await client.create(project, body)
    if ('refusal' in created) {
      const error = client.error(created.refusal, 'RFS CreateStack')
      if (isTaken(created.refusal)) return { outcome: 'taken', message: error.message }
      throw error
    }
    const ref = { id: formatStackId({ region, project, name, id: created.id }), name }
    return { outcome: 'started', stack: ref, marker: deploymentOf(created) }
  }

  /** Two calls, since a deployment does not change the attributes of the stack itself, which include the marks. */
  async update(stack: session.StackRef, before: RfsStack): Promise<session.UpdateAnswer> {
    const { client } = this.setup
    const desired = this.desired()
    const place = placeOf(stack)
    if (isJudged(this, before) && deploysSomething(desired)) await this.#executionPlan('judge').discard(place)
    const text = desired.Description ?? textOf(before.description ?? '')
    const body = attributesBody(desired, before, this.#descriptionFor(before, text))
    const attributed = await client.updateAttributes(place, body)
    if (!attributed.accepted) return this.#refused(place, attributed.refusal, 'RFS UpdateStack')
    if (!deploysSomething(desired)) return { outcome: 'unchanged' }
    // A changed update_time shows the deployment's end. The call above may change it too, so it is read again here.
    const changed = await client.metadata(place)
    if (changed === undefined) return { outcome: 'missing' }
    const marker = this.#marker(changed)
    const deployed = await client.deploy(place, deployBody(desired, changed.stack_id))
    if (!deployed.accepted) return this.#refused(place, deployed.refusal, 'RFS DeployStack')
    return { outcome: 'started', marker: { ...marker, ...deploymentOf(deployed) } }
  }

  /** Only the description changes, and no deployment runs. */
  async move(stack: session.StackRef, before: RfsStack): Promise<session.UpdateAnswer> {
    const place = placeOf(stack)
    const description = this.#descriptionFor(before, textOf(before.description ?? ''))
    const body = { description, stack_id: before.stack_id }
    const attributed = await this.setup.client.updateAttributes(place, body)
    return attributed.accepted
      ? { outcome: 'unchanged' }
      : this.#refused(place, attributed.refusal, 'RFS UpdateStack')
  }

  deviations(stack: RfsStack): readonly string[] {
    return deviations(this.desired(), stack)
  }

  protectionOf({ enable_deletion_protection }: RfsStack): string | undefined {
    return enable_deletion_protection === true ? PROTECTED : undefined
  }

  async delete(stack: session.StackRef, _before: RfsStack, attempt: number): Promise<session.DeleteAnswer> {
    const { client, deletion } = this.setup
    const place = placeOf(stack)
    const fallback = attempt === 0 ? undefined : deletion.onDeleteFailed[attempt - 1]
    const outcome = await client.delete(place, { retain: deletion.retain || fallback === 'retain' })
    return outcome.accepted
      ? { outcome: 'started' }
      : this.#refused(place, outcome.refusal, 'RFS DeleteStack')
  }

  async markerAfterPoll(
    { status }: RfsStack,
    watch: session.Watch,
    isStale: boolean,
  ): Promise<JsonObject | undefined> {
    // In this status the deployment has not started, so the poll has not seen it at work.
    if (!isStale) return status === 'CREATION_COMPLETE' ? watch.marker : undefined
    const { deploymentId, startedAt } = readMarker(watch.marker)
    if (watch.kind === 'delete' || deploymentId === undefined) return undefined
    if (watch.kind === 'update' && this.now() - startedAt < LONGEST_LAG_MS) return undefined
    const events = await this.setup.client.events(placeOf(watch.stack), deploymentId, () => true)
    // The deployment has started. The next poll shows its status.
    return events.length > 0 ? { ...watch.marker, seen: true } : undefined
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    const { deploymentId, updateTime, begunAt } = readMarker(watch.marker)
    const isOlder = ({ time }: RfsEvent) =>
      updateTime === undefined
        ? begunAt !== undefined && Date.parse(time) < begunAt - CLOCKS_APART_MS
        : time < updateTime
    const reading = { isCut: false }
    const events = await this.setup.client.events(
      placeOf(watch.stack),
      deploymentId,
      deploymentId === undefined ? isOlder : undefined,
      () => {
        reading.isCut = true
      },
    )
    const explanation = explainEvents(events.filter((event) => !isOlder(event)))
    return explanation.cause === undefined && reading.isCut
      ? { ...explanation, unread: { why: 'too-long' } }
      : explanation
  }

  cancel(): Promise<string> {
    return Promise.resolve('RFS cannot cancel a deployment: it goes on.')
  }

  async events(stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    return watchedEvents(this.setup.client, stack, since)
  }

  async *checks(): AsyncGenerator<session.Check> {
    const { checkRfs } = await import('./checks.ts')
    yield* checkRfs(this.setup)
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseRfs } = await import('./diagnosis.ts')
    return diagnoseRfs(this.setup)
  }

  /** Its name is the same for each delivery of the request, so that a repeated step finds what an earlier one has made. */
  #executionPlan(purpose: session.PlanPurpose): ExecutionPlan {
    const { client, request } = this.setup
    const name =
      purpose === 'show'
        ? `sb_plan_${requestDigest(request, 'plan')}`
        : `sb_judged_${requestDigest(request, 'judged')}`
    return new ExecutionPlan(client, name)
  }

  async #continueRollback(stack: session.StackRef): Promise<session.Started> {
    const { client } = this.setup
    const place = placeOf(stack)
    const outcome = await client.continueRollback(place)
    if (outcome.accepted) return { outcome: 'started', marker: deploymentOf(outcome) }
    // An earlier call, whose answer was lost, has started it.
    const status = (await client.metadata(place))?.status ?? 'ROLLBACK_FAILED'
    if (status === 'ROLLBACK_FAILED') throw client.error(outcome.refusal, 'RFS ContinueRollbackStack')
    return { outcome: 'started', marker: { seen: true } }
  }

  /**
   * RFS has several codes for a state that does not allow the call, and not all are documented, so the stack's status
   * decides.
   */
  async #refused(place: StackPlace, refusal: HttpAnswer, action: string) {
    const { client } = this.setup
    if (isMissing(refusal)) return { outcome: 'missing' } as const
    const mayBeBusy =
      (refusal.status === 403 || refusal.status === 409) && huaweiFaultOf(refusal)?.code !== 'RF.10012507'
    const status = mayBeBusy ? ((await client.metadata(place))?.status ?? '') : ''
    if (isInProgress(status)) return { outcome: 'busy', status } as const
    if (isOfOtherRequest(refusal)) return { outcome: 'busy', status: `${status}, ${OTHER_REQUEST}` } as const
    // The other request that the refusal is about may not show yet.
    throw mayBeBusy ? unexplained(client.error(refusal, action)) : client.error(refusal, action)
  }

  /** `text`: the user's own part. */
  #descriptionFor({ description }: RfsStack, text: string): string {
    return describe(text, marksForUpdate(readMarks(description ?? ''), this.request, this.now()))
  }

  #marker({ update_time }: Pick<Partial<RfsStack>, 'update_time'>): Marker {
    const { desired } = this.setup
    return {
      startedAt: this.now(),
      deploys: desired === undefined || deploysSomething(desired),
      ...(update_time === undefined || update_time === null ? {} : { updateTime: update_time }),
    }
  }
}

const OTHER_REQUEST = 'and RFS was at work on another request'

/** How long a stack may show the state from before a deployment whose events show already. */
const LONGEST_LAG_MS = 15_000

/** How far our clock may be ahead of RFS's. */
const CLOCKS_APART_MS = 5000

const MARK_TOUCHES =
  "The mark is the end of the stack's description, which UpdateStack changes without a deployment: " +
  'https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStack.html'

const NO_PLAN_OF_CREATION =
  'RFS makes execution plans only of stacks that exist: a Create adds every resource of the template.'

const PROTECTED =
  'Deletion protection is on: switch it off (Stack.EnableDeletionProtection: false in an update, or the RFS console) and ' +
  'delete again'

function deploymentOf({ deploymentId }: { readonly deploymentId?: string }): JsonObject {
  return deploymentId === undefined ? {} : { deploymentId }
}
