import type { EpochMs } from '../../../platform/clock.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { requestDigest } from '../../recognition/mark-digest.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type {
  Check,
  CreateOutcome,
  DeleteOutcome,
  Explanation,
  Found,
  Observation,
  Ownership,
  StackEvent,
  StackRef,
  StackSession,
  UpdateOutcome,
  Watch,
} from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { isMissing, type AosExecution, type AosStack } from './client.ts'
import { actionOf, causeOf, elementsOf, inWords, messageOf, phaseOf } from './execution.ts'
import { immutableChanges } from './immutable-changes.ts'
import { readMarker, type Marker } from './marker.ts'
import { judge, statusOf } from './observation.ts'
import { createdIn, ownerLabels, ownershipOf, readLabels } from './owner-labels.ts'
import type { StackProperties } from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { createBody, runsAtAll, runsItself, upgradeBody } from './stack-body.ts'
import { formatStackId, parseStackId, type AosStackId } from './stack-id.ts'
import { adviceFor, conditionOf, isWorking } from './status.ts'

/** How long AOS may show nothing of a run that has begun. */
const PATIENCE_WITH_STALE_STATUS_MS = 60_000
const MINUTE_MS = 60_000
const NOT_BEGUN = 'AOS accepted the deletion and did not begin it'

/** One event's calls to AOS. */
export class AosStackSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  readonly #setup: SessionSetup

  constructor(setup: SessionSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
    this.deleteAttempts = 1 + setup.ladder.length
    const timeout = setup.wanted?.ActionParameters?.Timeout
    if (timeout !== undefined) this.cloudTimeoutMs = timeout * MINUTE_MS
  }

  async find(): Promise<Found> {
    const { client, stack: asked } = this.#setup
    const place =
      asked.by === 'id' ? { project: asked.id.project, guid: asked.id.guid } : await this.#byName()
    const stack = place.guid === undefined ? undefined : await client.stack(place.guid)
    if (stack === undefined) return { found: false }
    const ref = this.#refOf(place.project, stack)
    const last = await this.#last(stack.guid)
    const begun = this.#begun(stack, last, ref)
    const isUnfinished = last === undefined && this.#isOwnCreate(stack)
    // This very Create has made the stack and not come to run its lifecycle: the update does it.
    const condition = isUnfinished ? 'settled' : conditionOf(stack.status ?? '', last)
    const advice = adviceFor(condition)
    return {
      found: true,
      stack: ref,
      status: statusOf(stack),
      condition,
      ownership: this.#ownershipOf(stack),
      by: asked.by,
      ...(begun === undefined ? {} : { begun }),
      ...(advice === undefined ? {} : { advice }),
    }
  }

  /** One call, or two: the lifecycle of a stack whose properties say nothing of it is run by a call of its own. */
  async create(): Promise<CreateOutcome> {
    const { client, request, stack: asked, marksByLabels } = this.#setup
    if (asked.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const wanted = this.#wanted()
    const projectId = await client.projectId()
    const labels = marksByLabels ? ownerLabels(request.owner, requestDigest(request, 'create')) : {}
    const marker = this.#marker()
    const body = createBody(wanted, { name: asked.name, projectId, ownerLabels: labels })
    const created = await client.create(body)
    if ('refusal' in created) return { outcome: 'taken' }
    const stack = this.#refOf(projectId, created)
    if (runsItself(wanted) || !runsAtAll(wanted))
      return { outcome: 'started', watch: { kind: 'create', stack, marker } }
    return { outcome: 'started', watch: await this.#install(created.guid, stack) }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { client } = this.#setup
    const wanted = this.#wanted()
    const { guid } = placeOf(stack)
    const before = await client.stack(guid)
    if (before === undefined) return { outcome: 'missing' }
    const last = await this.#last(guid)
    if (isWorking(before.status ?? '', last)) return { outcome: 'busy', status: statusOf(before) }
    const changes = immutableChanges(wanted, before)
    if (changes.length > 0) throw new CloudError('rejected', changes.join('; '))
    if (last === undefined && this.#isOwnCreate(before) && runsAtAll(wanted))
      return { outcome: 'started', watch: await this.#install(guid, stack) }
    const upgraded = await client.act(guid, upgradeBody(wanted))
    if (!upgraded.accepted) return this.#refused(guid, upgraded.refusal, 'AOS stack upgrade')
    return {
      outcome: 'started',
      watch: { kind: 'update', stack, marker: this.#marker(last, upgraded.actionId) },
    }
  }

  async delete(stack: StackRef, attempt: number): Promise<DeleteOutcome> {
    const { client, ladder } = this.#setup
    const { guid } = placeOf(stack)
    const last = await this.#last(guid)
    const force = attempt > 0 && ladder[attempt - 1] === 'force'
    const outcome = await client.delete(guid, { force })
    if (!outcome.accepted) return this.#refused(guid, outcome.refusal, 'AOS stack delete')
    return {
      outcome: 'started',
      watch: { kind: 'delete', stack, marker: this.#marker(last, outcome.actionId) },
    }
  }

  async describe(watch: Watch): Promise<Observation> {
    const { client, surroundings } = this.#setup
    const { guid } = placeOf(watch.stack)
    const marker = readMarker(watch.marker)
    const last = await this.#last(guid)
    const own = await this.#ownOf(guid, marker, last)
    // After the runs, so that the stack is no older than they are.
    const stack = await client.stack(guid)
    if (stack === undefined) return { phase: 'gone' }
    const judgement = judge(watch.kind, marker, { stack, last, own }, surroundings.secrets)
    switch (judgement.judged) {
      case true:
        return judgement.observation
      case 'succeeded':
        return { phase: 'succeeded', status: judgement.status, outputs: await client.outputs(guid) }
      case false:
        return this.#stale(watch, marker, judgement.status)
    }
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { client, surroundings } = this.#setup
    const { before } = readMarker(watch.marker)
    const all = await client.executions(placeOf(watch.stack).guid, { last: false })
    const end = all.findIndex(({ metadata }) => metadata.name === before)
    const newestFirst = end === -1 ? all : all.slice(0, end)
    const causes = newestFirst
      .filter((execution) => phaseOf(execution) === 'failed')
      .map(causeOf)
      .filter((cause) => cause !== undefined)
    const [latest] = newestFirst
    const cause = causes.at(-1)
    return {
      ...(cause === undefined ? {} : { cause: surroundings.secrets.mask(cause) }),
      ...(latest === undefined ? {} : { latestEvent: inWords(latest) }),
    }
  }

  cancel(): Promise<string> {
    return Promise.resolve('AOS cannot cancel a lifecycle: it goes on.')
  }

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { client, surroundings } = this.#setup
    const executions = await client.executions(placeOf(stack).guid, { last: false })
    const mask = (text: string) => surroundings.secrets.mask(text)
    return executions
      .reverse()
      .flatMap((execution) => eventsOf(execution, stack, mask))
      .filter(({ at }) => at >= since - RESOLUTION_MS)
  }

  async *checks(): AsyncGenerator<Check> {
    const { checkAos } = await import('./checks.ts')
    yield* checkAos(this.#setup)
  }

  close(): void {
    // The connections and tokens are the process's, for the next event.
  }

  /**
   * Runs the lifecycle of a new stack. Where AOS refuses, it may have begun by itself, or an earlier delivery have come to
   * it, without a sign of it so far: whether anything begins is then looked at for a while.
   */
  async #install(guid: string, stack: StackRef): Promise<Watch> {
    const { client } = this.#setup
    const begun = await client.act(guid, { lifecycle: 'create' })
    if (begun.accepted) return { kind: 'create', stack, marker: this.#marker(undefined, begun.actionId) }
    const refusal = client.error(begun.refusal, 'AOS stack create').message
    return { kind: 'create', stack, marker: { ...this.#marker(), refusal } }
  }

  async #last(guid: string): Promise<AosExecution | undefined> {
    return (await this.#setup.client.executions(guid, { last: true }))[0]
  }

  /** The watched operation's own run: by its id, or else the first after the one from before. */
  async #ownOf(
    guid: string,
    { actionId, before }: Marker,
    last: AosExecution | undefined,
  ): Promise<AosExecution | undefined> {
    if (actionId === undefined) return last?.metadata.name === before ? undefined : last
    return last?.metadata.name === actionId ? last : this.#setup.client.execution(guid, actionId)
  }

  #stale({ kind }: Watch, { startedAt, refusal }: Marker, status: string): Observation {
    const hasPatience = this.#now() - startedAt < PATIENCE_WITH_STALE_STATUS_MS
    const statusReason = kind === 'delete' ? NOT_BEGUN : refusal
    return hasPatience || statusReason === undefined
      ? { phase: 'working', status: kind === 'create' ? status : `${status} (from before)` }
      : { phase: 'failed', status, statusReason, final: true }
  }

  /** AOS's codes for a state that does not allow it are not documented: the stack itself tells. */
  async #refused(
    guid: string,
    refusal: HttpAnswer,
    action: string,
  ): Promise<{ readonly outcome: 'missing' } | { readonly outcome: 'busy'; readonly status: string }> {
    const { client } = this.#setup
    if (isMissing(refusal)) return { outcome: 'missing' }
    const stack = await client.stack(guid)
    if (stack === undefined) return { outcome: 'missing' }
    if (!isWorking(stack.status ?? '', await this.#last(guid))) throw client.error(refusal, action)
    return { outcome: 'busy', status: statusOf(stack) }
  }

  async #byName(): Promise<{ readonly project: string; readonly guid: string | undefined }> {
    const { client, stack } = this.#setup
    if (stack.by === 'id') throw new TypeError('The stack is known by its id')
    const project = await client.projectId()
    return { project, guid: await client.guidOf(project, stack.name) }
  }

  #refOf(project: string, { guid, name }: AosStack): StackRef {
    return { id: formatStackId({ region: this.#setup.region, project, name, guid }), name }
  }

  #ownershipOf({ labels }: AosStack): Ownership {
    const { request, stack } = this.#setup
    const ownership = ownershipOf(readLabels(labels), request.owner)
    // The name holds a hash of the owner's ids, where the bridge has made it.
    const isOurName = stack.by === 'name' && stack.derived
    return ownership.mark === 'unmarked' && isOurName ? { mark: 'ours' } : ownership
  }

  /** Made by this very Create; a label tells. */
  #isOwnCreate({ labels }: AosStack): boolean {
    const { request } = this.#setup
    return request.kind === 'create' && createdIn(readLabels(labels)) === requestDigest(request, 'create')
  }

  /** This request's operation, where the stack shows that it has begun: then it is followed, and none begun anew. */
  #begun(stack: AosStack, last: AosExecution | undefined, ref: StackRef): Watch | undefined {
    const { request, wanted } = this.#setup
    const isDeletion = last !== undefined && actionOf(last) === 'delete'
    if (request.kind === 'delete') {
      const isDeleting = isDeletion && isWorking(stack.status ?? '', last)
      return isDeleting ? { kind: 'delete', stack: ref, marker: this.#marker() } : undefined
    }
    // An operation that a deletion has overtaken is over.
    if (isDeletion || !this.#isOwnCreate(stack)) return undefined
    const hasBegun = last !== undefined || wanted === undefined || runsItself(wanted) || !runsAtAll(wanted)
    return hasBegun ? { kind: 'create', stack: ref, marker: this.#marker() } : undefined
  }

  #marker(before?: AosExecution, actionId?: string): Marker {
    const { wanted } = this.#setup
    return {
      startedAt: this.#now(),
      runs: wanted === undefined || runsAtAll(wanted),
      rollsBack: wanted?.ActionParameters?.FailureStrategy === 'Rollback',
      ...(actionId === undefined ? {} : { actionId }),
      ...(before === undefined ? {} : { before: before.metadata.name }),
    }
  }

  #wanted(): StackProperties {
    const { wanted } = this.#setup
    if (wanted === undefined) throw new TypeError('A Delete has no stack to ask for')
    return wanted
  }

  #now(): EpochMs {
    return this.#setup.surroundings.clock.now()
  }
}

/** AOS's times have no fractions of a second. */
const RESOLUTION_MS = 1000

function placeOf(stack: StackRef): AosStackId {
  const place = parseStackId(stack.id)
  if (place === undefined) throw new TypeError(`${stack.id} is not the id of an AOS stack`)
  return place
}

/** A run of a lifecycle as events: its own and its elements'. */
function eventsOf(execution: AosExecution, stack: StackRef, mask: (text: string) => string): StackEvent[] {
  const { metadata, status } = execution
  const began = Date.parse(metadata.creationTimestamp ?? '')
  const own = status?.objectStatus ?? {}
  return [
    ...elementsOf(execution).map((element) => ({ ...element, type: 'AOS element' })),
    { name: stack.name, status: own, type: 'AOS stack' },
  ].map(({ name, status: { phase, update_at, ...words }, type }) => {
    const updated = Date.parse(update_at ?? '')
    const reason = messageOf(words)
    return {
      id: JSON.stringify([metadata.name, type, name, phase ?? '']),
      at: Number.isNaN(updated) ? began : updated,
      resource: name,
      type,
      status: `${actionOf(execution)} ${phase === undefined || phase === null || phase === '' ? 'Pending' : phase}`,
      ...(reason === '' ? {} : { reason: mask(reason) }),
    }
  })
}
