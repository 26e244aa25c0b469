import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { CloudError, unexplained } from '../../provider.ts'
import { requestDigest } from '../../recognition/mark-digest.ts'
import { startedByMarks } from '../../recognition/started-by-marks.ts'
import { BoundService } from '../../session/bound-service.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import type * as session from '../../session/stack-service.ts'
import { isMissing, type AosExecution } from './client.ts'
import { actionOf, causeOf, inWords, phaseOf } from './execution.ts'
import { eventsOf, RESOLUTION_MS } from './execution-events.ts'
import { immutableChanges } from './immutable-changes.ts'
import { readMarker, type Marker } from './marker.ts'
import { createdIn, ownerLabels, ownershipOf, readLabels, stackDigestIn } from './owner-labels.ts'
import { pollRules, statusOf, type AosRead } from './poll-rules.ts'
import type { StackProperties } from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { createBody, runsAtAll, runsItself, upgradeBody } from './stack-body.ts'
import { formatStackId, parseStackId, type AosStackId } from './stack-id.ts'
import { adviceFor, conditionOf, isWorking } from './status.ts'

const MINUTE_MS = 60_000
const NO_DRIFT = { impossible: 'AOS has no call that detects drift.' }
const CANNOT_PLAN = 'AOS has no call that tells what an operation would do: its API can only carry it out.'

/** AOS's calls for one request, and what its answers mean. */
export class AosStackService
  extends BoundService<StackProperties, SessionSetup>
  implements session.StackService<AosRead>
{
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  /** AOS has no request tokens: a label identifies the Create. */
  readonly detectDrift = NO_DRIFT
  readonly repeatsAreKnownBy = 'mark'
  readonly poll: PollRules<AosRead>

  constructor(setup: SessionSetup) {
    super(setup)
    this.poll = pollRules(setup.client)
    this.deleteAttempts = 1 + setup.onDeleteFailed.length
    const timeout = setup.desired?.ActionParameters?.Timeout
    if (timeout !== undefined) this.cloudTimeoutMs = timeout * MINUTE_MS
  }

  async find(): Promise<AosRead | undefined> {
    const { client, stack: asked } = this.setup
    const guid = asked.by === 'id' ? asked.id.guid : await client.guidOf(await client.projectId(), asked.name)
    return guid === undefined ? undefined : this.#read(guid)
  }

  read(stack: session.StackRef, watch?: session.Watch): Promise<AosRead | undefined> {
    return this.#read(placeOf(stack).guid, watch)
  }

  async refOf({ stack: { guid, name } }: Pick<AosRead, 'stack'>): Promise<session.StackRef> {
    const { client, region, stack: asked } = this.setup
    const project = asked.by === 'id' ? asked.id.project : await client.projectId()
    return { id: formatStackId({ region, project, name, guid }), name }
  }

  conditionOf(read: AosRead): session.Condition {
    // An earlier delivery of this Create made the stack but did not run its lifecycle: the update runs it.
    return this.#isUnfinished(read) ? 'settled' : conditionOf(read.stack.status ?? '', read.last)
  }

  marksOf({ stack: { labels } }: AosRead): session.Marks {
    const { request, stack } = this.setup
    const ownership = ownershipOf(readLabels(labels), request.owner)
    // A name that the bridge derived contains a hash of the owner's ids.
    const isOurName = stack.by === 'name' && stack.derived
    const isOurs = ownership.mark === 'unmarked' && isOurName
    return {
      ownership: isOurs ? { mark: 'ours' } : ownership,
      adopted: false,
      stackDigest: stackDigestIn(readLabels(labels)),
    }
  }

  adviceFor(read: AosRead): string | undefined {
    return adviceFor(this.conditionOf(read))
  }

  startedBefore(read: AosRead, ref: session.StackRef): session.StartedBefore | undefined {
    const { stack, last } = read
    const kind = startedByMarks(this.request, conditionOf(stack.status ?? '', last), {
      created: this.#isOwnCreate(read) && !this.#isToBeRun(read),
      updated: false,
      isOfDeletion: last !== undefined && actionOf(last) === 'delete',
    })
    return kind === undefined ? undefined : { watch: { kind, stack: ref, marker: this.#marker(undefined) } }
  }

  markerFor(operation: string, before: AosRead | undefined): Marker {
    return this.#marker(operation === 'create' ? undefined : before?.last)
  }

  /** Makes one call or two: where the properties do not mention the lifecycle, a call of its own runs it. */
  /** The calls for stacks: https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0022.html and the pages beside it. */
  plan(): Promise<session.PlanAnswer> {
    return Promise.resolve({ outcome: 'impossible', reason: CANNOT_PLAN })
  }

  async create(): Promise<session.CreateAnswer> {
    const { client, request, stack: asked, marksByLabels } = this.setup
    if (asked.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const desired = this.desired()
    const projectId = await client.projectId()
    const labels = marksByLabels ? ownerLabels(request, requestDigest(request, 'create')) : {}
    const created = await client.create(
      createBody(desired, { name: asked.name, projectId, ownerLabels: labels }),
    )
    if ('refusal' in created)
      return { outcome: 'taken', message: client.error(created.refusal, 'AOS stack create').message }
    const stack = await this.refOf({ stack: created })
    if (runsItself(desired) || !runsAtAll(desired)) return { outcome: 'started', stack }
    return { ...(await this.#install(created.guid)), stack }
  }

  async update(stack: session.StackRef, before: AosRead): Promise<session.UpdateAnswer> {
    const { client } = this.setup
    const desired = this.desired()
    const { guid } = placeOf(stack)
    if (isWorking(before.stack.status ?? '', before.last))
      return { outcome: 'busy', status: statusOf(before.stack) }
    const changes = immutableChanges(desired, before.stack)
    if (changes.length > 0) throw new CloudError('rejected', changes.join('; '))
    if (this.#isUnfinished(before) && runsAtAll(desired)) return this.#install(guid)
    const upgraded = await client.act(guid, upgradeBody(desired))
    return upgraded.accepted
      ? { outcome: 'started', marker: actionIn(upgraded) }
      : this.#refused(guid, upgraded.refusal, 'AOS stack upgrade')
  }

  /** AOS has no protection of stacks. */
  protectionOf(): undefined {
    return undefined
  }

  async delete(stack: session.StackRef, _before: AosRead, attempt: number): Promise<session.DeleteAnswer> {
    const { client, onDeleteFailed } = this.setup
    const { guid } = placeOf(stack)
    const force = attempt > 0 && onDeleteFailed[attempt - 1] === 'force'
    const outcome = await client.delete(guid, { force })
    return outcome.accepted
      ? { outcome: 'started', marker: actionIn(outcome) }
      : this.#refused(guid, outcome.refusal, 'AOS stack delete')
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    const { before } = readMarker(watch.marker)
    const all = await this.setup.client.executions(placeOf(watch.stack).guid, { last: false })
    const end = all.findIndex(({ metadata }) => metadata.name === before)
    const newestFirst = end === -1 ? all : all.slice(0, end)
    const causes = newestFirst
      .filter((execution) => phaseOf(execution) === 'failed')
      .map(causeOf)
      .filter((cause) => cause !== undefined)
    const [latest] = newestFirst
    const cause = causes.at(-1)
    return {
      ...(cause === undefined ? {} : { cause }),
      ...(latest === undefined ? {} : { latestEvent: inWords(latest) }),
    }
  }

  cancel(): Promise<string> {
    return Promise.resolve('AOS cannot cancel a lifecycle: it goes on.')
  }

  async events(stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    const executions = await this.setup.client.executions(placeOf(stack).guid, { last: false })
    return executions
      .reverse()
      .flatMap((execution) => eventsOf(execution, stack))
      .filter(({ at }) => at >= since - RESOLUTION_MS)
  }

  async *checks(): AsyncGenerator<session.Check> {
    const { checkAos } = await import('./checks.ts')
    yield* checkAos(this.setup)
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseAos } = await import('./diagnosis.ts')
    return diagnoseAos(this.setup)
  }

  /** Reads the stack after the runs, so that its status is not older than they are. */
  async #read(guid: string, watch?: session.Watch): Promise<AosRead | undefined> {
    const { client } = this.setup
    const [last] = await client.executions(guid, { last: true })
    const own = watch === undefined ? undefined : await this.#ownRun(guid, readMarker(watch.marker), last)
    const stack = await client.stack(guid)
    return stack === undefined ? undefined : { stack, last, own }
  }

  /** The watched operation's own run: by its id, or else the first run after `before`. */
  async #ownRun(
    guid: string,
    { actionId, before }: Marker,
    last: AosExecution | undefined,
  ): Promise<AosExecution | undefined> {
    if (actionId === undefined) return last?.metadata.name === before ? undefined : last
    return last?.metadata.name === actionId ? last : this.setup.client.execution(guid, actionId)
  }

  /**
   * Runs the lifecycle of a new stack. Where AOS refuses, AOS itself or an earlier delivery may have started the
   * lifecycle, though it does not show yet. So polls then find out whether a run starts.
   */
  async #install(guid: string): Promise<session.Started> {
    const { client } = this.setup
    const started = await client.act(guid, { lifecycle: 'create' })
    if (started.accepted) return { outcome: 'started', kind: 'create', marker: actionIn(started) }
    const refusal = client.error(started.refusal, 'AOS stack create').message
    return { outcome: 'started', kind: 'create', marker: { refusal } }
  }

  /** AOS's codes for a state that does not allow the call are not documented, so the stack's status decides. */
  async #refused(guid: string, refusal: HttpAnswer, action: string) {
    const { client } = this.setup
    const now = isMissing(refusal) ? undefined : await this.#read(guid)
    if (now === undefined) return { outcome: 'missing' } as const
    if (!isWorking(now.stack.status ?? '', now.last)) throw unexplained(client.error(refusal, action))
    return { outcome: 'busy', status: statusOf(now.stack) } as const
  }

  /** Whether this Create made the stack, by a label. */
  #isOwnCreate({ stack: { labels } }: AosRead): boolean {
    const { request } = this
    return request.kind === 'create' && createdIn(readLabels(labels)) === requestDigest(request, 'create')
  }

  #isUnfinished(read: AosRead): boolean {
    return read.last === undefined && this.#isOwnCreate(read)
  }

  /** Whether the lifecycle of the stack that this Create made still needs a call of its own. */
  #isToBeRun({ last }: AosRead): boolean {
    const { desired } = this.setup
    return last === undefined && desired !== undefined && !runsItself(desired) && runsAtAll(desired)
  }

  #marker(before: AosExecution | undefined): Marker {
    const { desired } = this.setup
    return {
      startedAt: this.now(),
      runs: desired === undefined || runsAtAll(desired),
      rollsBack: desired?.ActionParameters?.FailureStrategy === 'Rollback',
      ...(before === undefined ? {} : { before: before.metadata.name }),
    }
  }
}

function actionIn({ actionId }: { readonly actionId?: string }): JsonObject {
  return actionId === undefined ? {} : { actionId }
}

function placeOf(stack: session.StackRef): AosStackId {
  const place = parseStackId(stack.id)
  if (place === undefined) throw new TypeError(`${stack.id} is not the id of an AOS stack`)
  return place
}
