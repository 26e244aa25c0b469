import type { EpochMs } from '../../../platform/clock.ts'
import { huaweiFaultOf } from '../error.ts'
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
  StackEvent,
  StackRef,
  StackSession,
  UpdateOutcome,
  Watch,
} from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { isMissing, isTaken, type RfsEvent, type RfsStack, type StackPlace } from './client.ts'
import { readMarker, type Marker } from './marker.ts'
import { describe, marksOf, ownershipOf, readMarks, textOf, type Marks } from './marks.ts'
import { beginningOf, judge } from './observation.ts'
import { outputsOf } from './outputs.ts'
import type { StackProperties } from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { explainEvents } from './reason.ts'
import { attributesBody, createBody, deployBody, deploysSomething } from './stack-body.ts'
import { formatStackId, longestName, parseStackId, type RfsStackId } from './stack-id.ts'
import { adviceFor, conditionOf, isInProgress, isOfDeletion } from './status.ts'

/** How long RFS may show the status from before a deletion that it has accepted. */
const PATIENCE_WITH_STALE_STATUS_MS = 60_000

/** One event's calls to RFS. */
export class RfsStackSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly repair?: StackSession['repair'] & {}
  readonly #setup: SessionSetup
  /** As it was read a moment ago. */
  #latest: RfsStack | undefined

  constructor(setup: SessionSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
    this.deleteAttempts = 1 + setup.deletion.ladder.length
    if (setup.continuesRollback) this.repair = (stack) => this.#continueRollback(stack)
  }

  async find(): Promise<Found> {
    const { request, stack: asked } = this.#setup
    const place = await this.#placeAsked()
    const stack = await this.#setup.client.metadata(place)
    this.#latest = stack
    if (stack === undefined) return { found: false }
    const { status } = stack
    const marks = readMarks(stack.description ?? '')
    const ref = this.#refOf(place.project, stack)
    // Taken over by a Create that then failed: ROS never had its id, so it stays whose it was.
    const isAnothers = request.kind === 'delete' && asked.by === 'name' && marks?.adopted === true
    const begun = this.#begun(stack, ref)
    const begunAt = begun === undefined ? undefined : beginningOf(stack, begun)
    const advice = adviceFor(status)
    return {
      found: true,
      stack: ref,
      status,
      condition: conditionOf(status),
      ownership: isAnothers ? { mark: 'unmarked' } : ownershipOf(marks, request.owner),
      by: asked.by,
      ...(begun === undefined ? {} : { begun }),
      ...(begunAt === undefined ? {} : { begunAt }),
      ...(advice === undefined ? {} : { advice }),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { client, region, request, stack } = this.#setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const { name } = stack
    const wanted = this.#wanted()
    const project = await client.projectId()
    const longest = longestName({ region, project })
    if (Buffer.byteLength(name) > longest) throw tooLong(longest)
    const digest = requestDigest(request, 'create')
    const marks = marksOf(request.owner, {
      created: digest,
      request: digest,
      at: this.#now(),
      adopted: false,
    })
    const marker = this.#marker({})
    const created = await client.create(
      project,
      createBody(wanted, name, describe(wanted.Description ?? '', marks)),
    )
    if ('refusal' in created) {
      if (isTaken(created.refusal)) return { outcome: 'taken' }
      throw client.error(created.refusal, 'RFS CreateStack')
    }
    const { id, deploymentId } = created
    return {
      outcome: 'started',
      watch: {
        kind: 'create',
        stack: { id: formatStackId({ region, project, name, id }), name },
        marker: { ...marker, ...(deploymentId === undefined ? {} : { deploymentId }) },
      },
    }
  }

  /** Two calls: a deployment leaves alone what belongs to the stack itself, and with it the marks. */
  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { client } = this.#setup
    const wanted = this.#wanted()
    const place = this.#placeOf(stack)
    const before = await this.#known(place)
    if (before === undefined) return { outcome: 'missing' }
    const begun = this.#begun(before, stack)
    if (begun !== undefined) return { outcome: 'started', watch: begun }
    const body = attributesBody(wanted, before, this.#descriptionFor(before))
    const attributed = await client.updateAttributes(place, body)
    if (!attributed.accepted) return this.#updateRefused(place, attributed.refusal, 'RFS UpdateStack')
    if (!deploysSomething(wanted))
      return { outcome: 'unchanged', watch: { kind: 'read', stack, marker: this.#marker({}) } }
    // By its update_time the deployment is told from what was before it, and that includes the call just made.
    const changed = await client.metadata(place)
    if (changed === undefined) return { outcome: 'missing' }
    const marker = this.#marker(changed)
    const deployed = await client.deploy(place, deployBody(wanted, changed.stack_id))
    if (!deployed.accepted) return this.#updateRefused(place, deployed.refusal, 'RFS DeployStack')
    const { deploymentId } = deployed
    return {
      outcome: 'started',
      watch: {
        kind: 'update',
        stack,
        marker: { ...marker, ...(deploymentId === undefined ? {} : { deploymentId }) },
      },
    }
  }

  async delete(stack: StackRef, attempt: number): Promise<DeleteOutcome> {
    const { client, deletion } = this.#setup
    const place = this.#placeOf(stack)
    const before = await (attempt === 0 ? this.#known(place) : client.metadata(place))
    if (before === undefined) return { outcome: 'missing' }
    if (before.enable_deletion_protection === true) return { outcome: 'refused', reason: PROTECTED }
    const marker = this.#marker(before)
    const rung = attempt === 0 ? undefined : deletion.ladder[attempt - 1]
    const outcome = await client.delete(place, { retain: deletion.retain || rung === 'retain' })
    if (outcome.accepted) return { outcome: 'started', watch: { kind: 'delete', stack, marker } }
    if (isMissing(outcome.refusal)) return { outcome: 'missing' }
    const status = await this.#busyStatus(place, outcome.refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw client.error(outcome.refusal, 'RFS DeleteStack')
  }

  async describe(watch: Watch): Promise<Observation> {
    const { client, surroundings } = this.#setup
    const place = this.#placeOf(watch.stack)
    const marker = readMarker(watch.marker)
    const stack = await client.metadata(place)
    if (stack === undefined) return { phase: 'gone' }
    const judgement = judge(watch, marker, stack, surroundings.secrets)
    switch (judgement.judged) {
      case true:
        return judgement.observation
      case 'succeeded':
        return {
          phase: 'succeeded',
          status: judgement.status,
          ...outputsOf(await client.outputs(place)),
        }
      case false:
        return this.#stale(watch, marker, judgement.status)
    }
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { client, surroundings } = this.#setup
    const { deploymentId, updateTime, begunAt } = readMarker(watch.marker)
    const isOlder = ({ time }: RfsEvent) =>
      updateTime === undefined
        ? begunAt !== undefined && Date.parse(time) < begunAt - CLOCKS_APART_MS
        : time < updateTime
    const events = await client.events(
      this.#placeOf(watch.stack),
      deploymentId,
      deploymentId === undefined ? isOlder : undefined,
    )
    const { cause, latestEvent } = explainEvents(events.filter((event) => !isOlder(event)))
    const mask = (text: string) => surroundings.secrets.mask(text)
    return {
      ...(cause === undefined ? {} : { cause: mask(cause) }),
      ...(latestEvent === undefined ? {} : { latestEvent: mask(latestEvent) }),
    }
  }

  cancel(): Promise<string> {
    return Promise.resolve('RFS cannot cancel a deployment: it goes on.')
  }

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { client, surroundings } = this.#setup
    const isOlder = ({ time }: RfsEvent) => Date.parse(time) < since - RESOLUTION_MS
    const events = await client.events(this.#placeOf(stack), undefined, isOlder)
    return events
      .filter((event) => !isOlder(event))
      .reverse()
      .map((event) => ({
        id: JSON.stringify([event.time, event.event_type, event.resource_name, event.event_message]),
        at: Date.parse(event.time),
        resource: event.resource_name ?? stack.name,
        type: event.resource_type ?? 'RFS stack',
        status: event.event_type,
        ...(event.event_message === undefined || event.event_message === null
          ? {}
          : { reason: surroundings.secrets.mask(event.event_message) }),
      }))
  }

  async *checks(): AsyncGenerator<Check> {
    const { checkRfs } = await import('./checks.ts')
    yield* checkRfs(this.#setup)
  }

  close(): void {
    // The connections and tokens are the process's, for the next event.
  }

  async #continueRollback(stack: StackRef): Promise<Watch> {
    const { client } = this.#setup
    const place = this.#placeOf(stack)
    const marker = this.#marker((await this.#known(place)) ?? {})
    const outcome = await client.continueRollback(place)
    if (!outcome.accepted) {
      // A call that was made before, and whose answer got lost, has begun it.
      const status = (await client.metadata(place))?.status ?? 'ROLLBACK_FAILED'
      if (status === 'ROLLBACK_FAILED') throw client.error(outcome.refusal, 'RFS ContinueRollbackStack')
      return { kind: 'repair', stack, marker: { ...marker, seen: true } }
    }
    const { deploymentId } = outcome
    return {
      kind: 'repair',
      stack,
      marker: { ...marker, ...(deploymentId === undefined ? {} : { deploymentId }) },
    }
  }

  /** The status may be from before. A deployment's own events show whether it has begun; a deletion has none. */
  async #stale(watch: Watch, marker: Marker, status: string): Promise<Observation> {
    const { client } = this.#setup
    const before = `${status} (from before)`
    if (watch.kind !== 'delete') {
      if (marker.deploymentId === undefined) return { phase: 'working', status: before }
      const events = await client.events(this.#placeOf(watch.stack), marker.deploymentId, () => true)
      // Begun meanwhile, so the next look shows its status: this one may have come before it.
      const seen = events.length > 0 ? { marker: { ...marker, seen: true } } : {}
      return { phase: 'working', status: before, ...seen }
    }
    if (this.#now() - marker.startedAt < PATIENCE_WITH_STALE_STATUS_MS)
      return { phase: 'working', status: before }
    const statusReason = 'RFS accepted the deletion and did not begin it'
    return { phase: 'failed', status, statusReason, final: true }
  }

  async #updateRefused(place: StackPlace, refusal: HttpAnswer, action: string): Promise<UpdateOutcome> {
    if (isMissing(refusal)) return { outcome: 'missing' }
    const status = await this.#busyStatus(place, refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw this.#setup.client.error(refusal, action)
  }

  /** RFS has several codes for a state that does not allow it, and not all are documented: the stack itself tells. */
  async #busyStatus(place: StackPlace, refusal: HttpAnswer): Promise<string | undefined> {
    if (refusal.status !== 403 && refusal.status !== 409) return undefined
    if (huaweiFaultOf(refusal)?.code === 'RF.10012507') return undefined
    const status = (await this.#setup.client.metadata(place))?.status ?? ''
    return isInProgress(status) ? status : undefined
  }

  async #placeAsked(): Promise<StackPlace> {
    const { client, stack: asked } = this.#setup
    if (asked.by === 'id') return asked.id
    return { project: await client.projectId(), name: asked.name }
  }

  #refOf(project: string, { stack_id, stack_name }: RfsStack): StackRef {
    const { region } = this.#setup
    return { id: formatStackId({ region, project, name: stack_name, id: stack_id }), name: stack_name }
  }

  #placeOf(stack: StackRef): RfsStackId {
    const place = parseStackId(stack.id)
    if (place === undefined) throw new TypeError(`${stack.id} is not the id of an RFS stack`)
    return place
  }

  /** This request's operation, where the stack shows that it has begun: then it is followed, and none begun anew. */
  #begun(stack: RfsStack, ref: StackRef): Watch | undefined {
    const { request } = this.#setup
    const marker = { ...this.#marker({}), seen: true }
    if (request.kind === 'delete')
      return stack.status === 'DELETION_IN_PROGRESS' ? { kind: 'delete', stack: ref, marker } : undefined
    // An operation that a deletion has overtaken is over.
    if (isOfDeletion(stack.status)) return undefined
    const marks = readMarks(stack.description ?? '')
    if (marks === undefined) return undefined
    if (request.kind === 'create' && marks.created === requestDigest(request, 'create'))
      return { kind: 'create', stack: ref, marker }
    const begunAt = marks.at === undefined ? {} : { begunAt: marks.at }
    // The mark is written before the deployment begins: only at work it proves that it has.
    return marks.request === requestDigest(request, 'update') && isInProgress(stack.status)
      ? { kind: 'update', stack: ref, marker: { ...marker, ...begunAt } }
      : undefined
  }

  #descriptionFor(before: RfsStack): string {
    const { request } = this.#setup
    const description = before.description ?? ''
    const marks: Marks | undefined = readMarks(description)
    const wasOurs = ownershipOf(marks, request.owner).mark === 'ours'
    const created = wasOurs ? marks?.created : undefined
    return describe(
      this.#wanted().Description ?? textOf(description),
      marksOf(request.owner, {
        ...(created === undefined ? {} : { created }),
        request: requestDigest(request, 'update'),
        at: this.#now(),
        adopted: request.kind === 'create' && (!wasOurs || marks?.adopted === true),
      }),
    )
  }

  async #known(place: RfsStackId): Promise<RfsStack | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest?.stack_id === place.id ? latest : this.#setup.client.metadata(place)
  }

  #marker({ update_time }: Pick<Partial<RfsStack>, 'update_time'>): Marker {
    const { wanted } = this.#setup
    return {
      startedAt: this.#now(),
      deploys: wanted === undefined || deploysSomething(wanted),
      ...(update_time === undefined || update_time === null ? {} : { updateTime: update_time }),
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

/** RFS's events have no fractions of a second. */
const RESOLUTION_MS = 1000
/** By which our clock may be ahead of RFS's. */
const CLOCKS_APART_MS = 5000

const PROTECTED =
  'Deletion protection is on: switch it off (Stack.EnableDeletionProtection: false in an update, or the RFS console) and ' +
  'delete again'

function tooLong(longest: number): CloudError {
  return new CloudError(
    'rejected',
    `Stack.Name must have at most ${String(longest)} bytes here, so that ROS can keep the stack's id of 255 bytes`,
  )
}
