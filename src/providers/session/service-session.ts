import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import {
  type Unread,
  CloudError,
  type Check,
  type Condition,
  type CreateOutcome,
  type DeleteOutcome,
  type Explanation,
  type Found,
  type Observation,
  type PlanOutcome,
  type StackEvent,
  type StackRef,
  type ForeignStackState,
  type StackSession,
  type UpdateCall,
  type UpdateOutcome,
  type Watch,
} from '../provider.ts'
import type { DriftOutcome } from '../drift.ts'
import { driftBeforeUpdate } from './drift-before-update.ts'
import { findDrift } from './find-drift.ts'
import { judgePoll } from './judge-poll.ts'
import { isJudged, Judgement } from './judgement.ts'
import { logRetained } from './log-retained.ts'
import { makePlan } from './make-plan.ts'
import { asksToRetain } from './mode.ts'
import { moveMark } from './move-mark.ts'
import { marksWithFormer } from './move.ts'
import type { Marks, StackService, UpdateAnswer } from './stack-service.ts'

/** Whether the creation of a stack has succeeded, by its status. */
function hasSucceeded(condition: Condition | 'deleted', status: string): boolean {
  return condition === 'settled' || condition === 'stuck' || status.startsWith('UPDATE_')
}

/** Whether the stack is another resource's, and not to be moved from that one. */
function isOfAnotherOwner({ ownership }: Marks): boolean {
  return ownership.mark === 'another' && ownership.isFormer !== true
}

/** One request's session: it applies the rules that all services share to the calls of one service. */
export class ServiceSession<Stack> implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  readonly reportsDrift?: boolean
  readonly repair?: (stack: StackRef) => Promise<Watch>
  readonly checks?: () => AsyncIterable<Check>
  readonly diagnose?: () => Promise<Diagnosis | undefined>
  readonly #service: StackService<Stack>
  /** By operation. A repeated call needs the first call's marker, since that call may have changed what a read shows. */
  readonly #markers = new Map<string, JsonObject>()
  /** What `find` read. The next write uses it once, and so saves a read. */
  #latest: { readonly stack: Stack; readonly id: string } | undefined
  /** This session has asked whether an earlier delivery started the operation. An update that was handed off has not. */
  #hasFound = false

  constructor(service: StackService<Stack>) {
    this.#service = service
    this.identityProblems = service.identityProblems
    this.deleteAttempts = service.deleteAttempts
    if (service.cloudTimeoutMs !== undefined) this.cloudTimeoutMs = service.cloudTimeoutMs
    if (service.onDrift === 'report') this.reportsDrift = true
    if (service.repair !== undefined) {
      const repair = service.repair.bind(service)
      this.repair = (stack) => this.#repair(stack, repair)
    }
    if (service.checks !== undefined) this.checks = service.checks.bind(service)
    if (service.diagnose !== undefined) this.diagnose = service.diagnose.bind(service)
  }

  async find(): Promise<Found> {
    const service = this.#service
    const stack = await service.find()
    if (stack === undefined) return this.#notFound()
    const condition = service.conditionOf(stack)
    if (condition === 'deleted') return this.#notFound()
    const ref = await service.refOf(stack)
    this.#latest = { stack, id: ref.id }
    const marks = marksWithFormer(service, stack)
    if (this.#isLate(marks)) return { found: 'superseded', stack: ref }
    const ownership = this.#ownershipOf(stack, ref, marks)
    const started = isOfAnotherOwner(marks) ? undefined : await service.startedBefore(stack, ref)
    this.#hasFound = true
    if (started === undefined && marks.ownership.mark === 'ours') {
      const replayed = await this.#replayed(ref)
      if (replayed !== undefined) return replayed
    }
    const advice = service.adviceFor(stack)
    return {
      found: true,
      stack: ref,
      status: service.poll.statusOf(stack),
      condition,
      ownership,
      by: service.by,
      ...(started === undefined ? {} : { started: started.watch }),
      ...(started?.mayBeAnothers === true ? { mayBeAnothers: true } : {}),
      ...(started?.startTime === undefined ? {} : { startTime: started.startTime }),
      ...(this.#isOfAnotherCreation(marks) ? { isOfAnotherCreation: true } : {}),
      ...(advice === undefined ? {} : { advice }),
    }
  }

  async readState(): Promise<ForeignStackState | undefined> {
    const service = this.#service
    const stack = await service.find()
    if (stack === undefined) return undefined
    const condition = service.conditionOf(stack)
    if (condition === 'deleted') return undefined
    const ref = await service.refOf(stack)
    const marker = await service.markerFor('read', undefined)
    return { watch: { kind: 'read', stack: ref, marker }, status: service.poll.statusOf(stack), condition }
  }

  plan(signal?: AbortSignal): Promise<PlanOutcome> {
    return makePlan(this.#service, signal)
  }

  drift(signal?: AbortSignal): Promise<DriftOutcome> {
    return findDrift(this.#service, signal)
  }

  async create(): Promise<CreateOutcome> {
    const service = this.#service
    if (service.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const deleted = await service.madeAndDeleted?.()
    if (deleted !== undefined) return { outcome: 'replayed-after-delete', stack: deleted }
    const before = await this.#markerFor('create', undefined)
    const answer = await service.create()
    if (answer.outcome === 'taken') return answer
    return {
      outcome: 'started',
      watch: { kind: 'create', stack: answer.stack, marker: { ...before, ...answer.marker } },
    }
  }

  async update(
    stack: StackRef,
    { until, drift: progress, detectUntil }: UpdateCall = {},
  ): Promise<UpdateOutcome> {
    const service = this.#service
    if (service.request.move?.mayChange === false) return this.#move(stack)
    const before = await this.#known(stack)
    if (before === undefined || service.conditionOf(before) === 'deleted') return { outcome: 'missing' }
    if (this.#isOwnedByAnother(before)) return { outcome: 'busy', status: service.poll.statusOf(before) }
    if (service.repeatsAreKnownBy === 'mark' || !this.#hasFound) {
      if (service.marksOf(before).isSuperseded === true) return { outcome: 'superseded' }
      const started = await service.startedBefore(before, stack)
      if (started !== undefined) return { outcome: 'started', watch: started.watch }
    }
    const drift = await driftBeforeUpdate(service, { stack, before }, progress, detectUntil)
    if (drift?.outcome === 'missing') await this.#confirmMissing(stack, 'drift detection')
    if (drift !== undefined) return drift
    const judgement = new Judgement(service, { stack, before })
    const refused = await judgement.against(until)
    if (refused !== undefined) return refused
    // The plan takes seconds, in which another resource may have taken the stack over.
    if (service.request.kind === 'create' && isJudged(service, before) && (await this.#isTaken(stack)))
      return { outcome: 'busy', status: service.poll.statusOf(before) }
    const marker = await this.#markerFor('update', before)
    return this.#updated(stack, marker, await judgement.orDiscard(() => service.update(stack, before)))
  }

  /** Changes nothing but the mark. What the properties ask for otherwise is refused. */
  async #move(stack: StackRef): Promise<UpdateOutcome> {
    // Another resource may have moved it since it was found: only the latest read counts.
    this.#latest = undefined
    const moved = await moveMark(this.#service, stack, (before) => this.#markerFor('update', before))
    return 'answer' in moved ? this.#updated(stack, moved.marker, moved.answer) : moved
  }

  async #updated(stack: StackRef, marker: JsonObject, answer: UpdateAnswer): Promise<UpdateOutcome> {
    switch (answer.outcome) {
      case 'started':
        return {
          outcome: 'started',
          watch: { kind: answer.kind ?? 'update', stack, marker: { ...marker, ...answer.marker } },
        }
      case 'unchanged':
        return { outcome: 'unchanged', watch: { kind: 'read', stack, marker } }
      case 'busy':
        return answer
      case 'missing':
        await this.#confirmMissing(stack, 'update')
        return answer
    }
  }

  async delete(stack: StackRef, attempt: number): Promise<DeleteOutcome> {
    const service = this.#service
    const before = await (attempt === 0 ? this.#known(stack) : service.read(stack))
    if (before === undefined || service.conditionOf(before) === 'deleted') return { outcome: 'missing' }
    if (this.#isOwnedByAnother(before)) return { outcome: 'busy', status: service.poll.statusOf(before) }
    const protection = service.protectionOf(before)
    if (protection !== undefined) return { outcome: 'refused', reason: protection }
    const marker = await this.#markerFor(`delete-${String(attempt)}`, before)
    const answer = await service.delete(stack, before, attempt)
    if (answer.outcome === 'missing') await this.#confirmMissing(stack, 'deletion')
    return answer.outcome === 'started'
      ? { outcome: 'started', watch: { kind: 'delete', stack, marker: { ...marker, ...answer.marker } } }
      : answer
  }

  async describe(watch: Watch): Promise<Observation> {
    const service = this.#service
    const first = await this.#poll(watch, await service.read(watch.stack, watch))
    if (first.phase !== 'succeeded' || service.readWithOutputs === undefined) return first
    // Another operation may have changed the stack and its outputs since the first read: judge the second read as well.
    return this.#poll(watch, await service.readWithOutputs(watch.stack, watch))
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { cause, latestEvent, unread } = await this.#service.explain(watch)
    return {
      ...(cause === undefined ? {} : { cause: this.#mask(cause) }),
      ...(unread === undefined ? {} : { unread: this.#maskUnread(unread) }),
      ...(latestEvent === undefined ? {} : { latestEvent: this.#mask(latestEvent) }),
    }
  }

  cancel(watch: Watch): Promise<string> {
    return this.#service.cancel(watch)
  }

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const events = await this.#service.events(stack, since)
    return events.map((event) =>
      event.reason === undefined ? event : { ...event, reason: this.#mask(event.reason) },
    )
  }

  close(): void {
    // Connections and tokens belong to the process: the next event uses them.
  }

  /** ROS has sent a later request since this one. So it is for a Create, too, whose mark a later move has replaced. */
  #isLate({ ownership, isSuperseded }: Marks): boolean {
    const isOurs = ownership.mark === 'ours' && this.#service.request.kind !== 'create'
    const isFormers = ownership.mark === 'another' && ownership.isFormer === true
    return isSuperseded === true && (isOurs || isFormers)
  }

  /** Unmarked for a Delete without an id that must leave the stack, whose mark is the owner's. */
  #ownershipOf(stack: Stack, ref: StackRef, { ownership, adopted }: Marks): Marks['ownership'] {
    const { request, by } = this.#service
    // ROS never learned the id of a stack that a failed Create took over, so that stack keeps its former owner.
    const isTakenOver = request.kind === 'delete' && by === 'name' && adopted
    const mustStay = isTakenOver || (ownership.mark === 'ours' && this.#isRetained(stack, ref))
    return mustStay ? { mark: 'unmarked' } : ownership
  }

  #notFound(): Found {
    const { request, by } = this.#service
    return { found: false, ...(request.kind === 'delete' && by === 'name' ? { mayAppear: true } : {}) }
  }

  /**
   * The mark is another resource's: it took the stack over after `find`, while drift was detected or the operation was
   * handed off. So the stack is found and judged again.
   */
  #isOwnedByAnother(stack: Stack): boolean {
    return isOfAnotherOwner(marksWithFormer(this.#service, stack))
  }

  async #isTaken(stack: StackRef): Promise<boolean> {
    const latest = await this.#service.read(stack)
    return latest === undefined || this.#isOwnedByAnother(latest)
  }

  /**
   * A stack that `OnDelete` keeps, for a Delete without an id: its creation has succeeded, so the Create that has failed may
   * only have found it.
   */
  #isRetained(stack: Stack, ref: StackRef): boolean {
    const service = this.#service
    const { request, by } = service
    if (request.kind !== 'delete' || by !== 'name' || !asksToRetain(request)) return false
    const isRetained =
      service.wasCreated?.(stack) ?? hasSucceeded(service.conditionOf(stack), service.poll.statusOf(stack))
    if (isRetained) logRetained(service.surroundings.log, ref)
    return isRetained
  }

  /** A Delete without an id that does not belong to the Create that made the stack, as the stack's marks tell. */
  #isOfAnotherCreation({ ownership, stackDigest }: Marks): boolean {
    const { request, by } = this.#service
    const isOther =
      stackDigest !== undefined && request.stackDigest !== undefined && stackDigest !== request.stackDigest
    return request.kind === 'delete' && by === 'name' && ownership.mark === 'ours' && isOther
  }

  /** A Create, or a Delete without an id, that an earlier delivery has brought to its end. */
  async #replayed(existing: StackRef): Promise<Found | undefined> {
    const service = this.#service
    switch (service.request.kind) {
      case 'create': {
        const deleted = await service.madeAndDeleted?.()
        return deleted === undefined ? undefined : { found: 'replayed-after-delete', stack: deleted }
      }
      case 'delete': {
        const isDone = service.by === 'name' && (await service.hasDeleted?.(existing)) === true
        return isDone ? { found: 'superseded', stack: existing } : undefined
      }
      case 'update':
        return undefined
    }
  }

  /**
   * A cloud may say "not found" of something else that the request needed. Only a read of the stack itself tells that it is
   * missing. Throws a `CloudError` where the stack is there.
   */
  async #confirmMissing(stack: StackRef, what: string): Promise<void> {
    const service = this.#service
    const existing = await service.read(stack)
    if (existing === undefined || service.conditionOf(existing) === 'deleted') return
    throw new CloudError(
      'unavailable',
      `The cloud answered the ${what} with "not found", and still shows stack ${stack.name}`,
    )
  }

  async #repair(stack: StackRef, repair: NonNullable<StackService<Stack>['repair']>): Promise<Watch> {
    const before = await this.#known(stack)
    const marker = await this.#markerFor('repair', before)
    const { marker: learned } = await repair(stack)
    return { kind: 'repair', stack, marker: { ...marker, ...learned } }
  }

  async #poll(watch: Watch, stack: Stack | undefined): Promise<Observation> {
    const service = this.#service
    const { clock, secrets } = service.surroundings
    const observation = await judgePoll(stack, watch, service.poll, { now: clock.now(), secrets })
    if (observation.phase !== 'working' || stack === undefined) return observation
    const marker = await service.markerAfterPoll?.(stack, watch, observation.marker === undefined)
    return marker === undefined ? observation : { ...observation, marker }
  }

  async #markerFor(operation: string, before: Stack | undefined): Promise<JsonObject> {
    const known = this.#markers.get(operation)
    if (known !== undefined) return known
    const marker = await this.#service.markerFor(operation, before)
    this.#markers.set(operation, marker)
    return marker
  }

  async #known(stack: StackRef): Promise<Stack | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest?.id === stack.id ? latest.stack : this.#service.read(stack)
  }

  #maskUnread({ why, message }: Unread): Unread {
    return { why, ...(message === undefined ? {} : { message: this.#mask(message) }) }
  }

  #mask(text: string): string {
    return this.#service.surroundings.secrets.mask(text)
  }
}
