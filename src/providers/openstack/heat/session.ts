import type { EpochMs } from '../../../platform/clock.ts'
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
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { CloudError } from '../../provider.ts'
import type { HeatStack, NameAndId } from './client.ts'
import { busyStatus, isMissing, isNotSupported, isTaken, toCloudError } from './cloud-error.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import type { Marker } from './marker.ts'
import {
  adoptedTag,
  createdTag,
  createdTagOf,
  isAdopted,
  ownershipOf,
  ownerTags,
  requestTag,
  userTags,
} from './marks.ts'
import type { StackProperties } from './properties.ts'
import { judge } from './observation.ts'
import { explainOperation } from './reason.ts'
import { Revival } from './revival.ts'
import type { SessionSetup } from './session-setup.ts'
import { createBody, updateBody } from './stack-body.ts'
import { formatStackId, longestName, parseStackId, type HeatStackId } from './stack-id.ts'
import { adviceFor, isOfDeletion, meaningOf } from './status.ts'
import { watchedEvents } from './watched-events.ts'

export class HeatSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  readonly #setup: SessionSetup
  readonly #revival: Revival
  /** As it was read a moment ago. */
  #latest: HeatStack | undefined

  constructor(setup: SessionSetup) {
    this.#setup = setup
    this.#revival = new Revival(setup.client, setup.surroundings, setup.request.follows !== undefined)
    this.identityProblems = setup.identityProblems
    this.deleteAttempts = setup.deleteAttempts
    const minutes = setup.wanted?.TimeoutMins
    if (minutes !== undefined) this.cloudTimeoutMs = minutes * 60_000
  }

  async find(): Promise<Found> {
    const { request, stack: asked } = this.#setup
    const stack = await this.#search()
    if (stack === undefined) return { found: false }
    const status = stack.stack_status
    const tags = stack.tags ?? []
    const condition = this.#conditionOf(stack)
    if (condition === 'deleted') return { found: false }
    const ref = await this.#refOf(stack)
    // Taken over by a Create that then failed: ROS never had its id, so it stays whose it was.
    const isAnothers = request.kind === 'delete' && asked.by === 'name' && isAdopted(tags)
    const begun = this.#begun(stack, ref)
    const begunAt = begun === undefined ? undefined : beginningOf(stack, begun)
    const ownership = isAnothers ? UNMARKED : ownershipOf(tags, request.owner)
    if (begun === undefined && request.kind === 'create' && ownership.mark === 'ours') {
      const spent = await this.#spent()
      if (spent !== undefined) return { found: 'spent', stack: spent }
    }
    const advice = adviceFor(status, stack.stack_name)
    return {
      found: true,
      stack: ref,
      status,
      condition,
      ownership,
      by: asked.by,
      ...(begun === undefined ? {} : { begun }),
      ...(begunAt === undefined ? {} : { begunAt }),
      ...(advice === undefined ? {} : { advice }),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { client, request, stack } = this.#setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const { name } = stack
    const project = await client.projectId()
    if (Buffer.byteLength(name) > longestName(project)) throw tooLong(longestName(project))
    const spent = await this.#spent()
    if (spent !== undefined) return { outcome: 'spent', stack: spent }
    const wanted = this.#wanted()
    const mark = requestTag(request, 'create')
    const startedAt = this.#now()
    const tags = [...(wanted.Tags ?? []), ...ownerTags(request.owner), createdTag(request), mark]
    const answer = await client.create(createBody(wanted, name, tags))
    if ('refusal' in answer) {
      if (isTaken(answer.refusal)) return { outcome: 'taken' }
      throw this.#cloudError(answer.refusal, 'Heat stack create')
    }
    const id = formatStackId({ project, name, id: answer.id })
    return {
      outcome: 'started',
      watch: { kind: 'create', stack: { id, name }, marker: { startedAt, requestTag: mark } },
    }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { client, request } = this.#setup
    const wanted = this.#wanted()
    const place = await this.#placeOf(stack)
    const before = await this.#known(place)
    if (before === undefined) return { outcome: 'missing' }
    const begun = this.#begun(before, stack)
    if (begun !== undefined) return { outcome: 'started', watch: begun }
    const mark = requestTag(request, 'update')
    const marker = this.#updateMarker(before, mark)
    const refusal = await client.update(
      wanted.Existing === true ? 'PATCH' : 'PUT',
      place,
      updateBody(wanted, this.#tagsForUpdate(before, wanted, mark)),
    )
    if (refusal === undefined) return { outcome: 'started', watch: { kind: 'update', stack, marker } }
    if (isMissing(refusal)) return { outcome: 'missing' }
    const status = busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw this.#cloudError(refusal, 'Heat stack update')
  }

  /** Heat deletes a stack in whatever state it is, and ends what was under way. */
  async delete(stack: StackRef): Promise<DeleteOutcome> {
    const place = await this.#placeOf(stack)
    const marker: Marker = { startedAt: this.#now() }
    const refusal = await this.#setup.client.delete(place)
    if (refusal === undefined) return { outcome: 'started', watch: { kind: 'delete', stack, marker } }
    if (isMissing(refusal)) return { outcome: 'missing' }
    const status = busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw this.#cloudError(refusal, 'Heat stack delete')
  }

  async describe(watch: Watch): Promise<Observation> {
    const place = await this.#placeOf(watch.stack)
    const stack = await this.#setup.client.show(place, { outputs: false })
    const observation = this.#judge(watch, stack)
    if (observation.phase === 'working' && stack !== undefined)
      return { ...observation, marker: await this.#revival.look(watch, place, stack) }
    if (observation.phase !== 'succeeded') return observation
    // What a deletion or another update has done since, it has done to the outputs as well.
    return this.#judge(watch, await this.#setup.client.show(place, { outputs: true }))
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { client, surroundings } = this.#setup
    const place = await this.#placeOf(watch.stack)
    const { cause, latestEvent } = await explainOperation(client, place, watch.kind)
    const mask = (text: string) => surroundings.secrets.mask(text)
    return {
      ...(cause === undefined ? {} : { cause: mask(cause) }),
      ...(latestEvent === undefined ? {} : { latestEvent: mask(latestEvent) }),
    }
  }

  async cancel(watch: Watch): Promise<string> {
    const action = watch.kind === 'update' ? 'cancel_update' : 'cancel_without_rollback'
    const refusal = await this.#setup.client.act(await this.#placeOf(watch.stack), action)
    if (refusal === undefined)
      return watch.kind === 'update'
        ? 'The update was cancelled, as OnTimeout asks: Heat rolls it back.'
        : 'The creation was cancelled, as OnTimeout asks: Heat goes no further, and what exists stays.'
    if (isNotSupported(refusal) || isMissing(refusal)) return 'It had ended before it could be cancelled.'
    throw this.#cloudError(refusal, `Heat stack ${action}`)
  }

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { client, surroundings } = this.#setup
    const events = await watchedEvents(client, await this.#placeOf(stack), since)
    return events.map((event) =>
      event.reason === undefined ? event : { ...event, reason: surroundings.secrets.mask(event.reason) },
    )
  }

  async *checks(): AsyncGenerator<Check> {
    const { checkHeat } = await import('./checks.ts')
    yield* checkHeat(this.#setup)
  }

  close(): void {
    // The connections and tokens are the process's, for the next event.
  }

  async #search(): Promise<HeatStack | undefined> {
    const { client, stack: asked } = this.#setup
    if (asked.by === 'id') await this.#requireProject(asked.id)
    const place = asked.by === 'id' ? asked.id : await client.locate(asked.name)
    this.#latest = place === undefined ? undefined : await client.show(place, { outputs: false })
    return this.#latest
  }

  /** The deleted stack that this very Create made, where there is one: then the event comes late, after its Delete. */
  async #spent(): Promise<StackRef | undefined> {
    const { client, request, surroundings } = this.#setup
    try {
      const stack = await client.deleted(createdTag(request))
      return stack === undefined ? undefined : await this.#refOf(stack)
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'unavailable' || error.kind === 'throttled')
        throw error
      surroundings.log.info({ err: error }, 'whether this Create comes after its Delete cannot be seen')
      return undefined
    }
  }

  async #refOf(stack: HeatStack): Promise<StackRef> {
    const project = await this.#setup.client.projectId()
    return {
      id: formatStackId({ project, name: stack.stack_name, id: stack.id }),
      name: stack.stack_name,
    }
  }

  async #placeOf(stack: StackRef): Promise<HeatStackId> {
    const place = parseStackId(stack.id)
    if (place === undefined) throw new TypeError(`${stack.id} is not the id of a Heat stack`)
    await this.#requireProject(place)
    return place
  }

  /** In another project a living stack would look deleted. */
  async #requireProject({ project, name }: HeatStackId): Promise<void> {
    const own = await this.#setup.client.projectId()
    if (own === project) return
    throw new CloudError(
      'rejected',
      `Stack ${name} is in the project ${project}, and the credentials are for the project ${own}`,
    )
  }

  #conditionOf(stack: HeatStack) {
    const { request, stack: asked } = this.#setup
    const { condition } = meaningOf(stack.stack_status)
    // ROLLBACK_COMPLETE can be of a creation or of an update. ROS has an id only where the creation had succeeded, and what
    // was taken over was not created by us: both are for Heat to update, and not ours to delete.
    const wasCreated = asked.by === 'id' || isAdopted(stack.tags ?? [])
    return condition === 'failed-create' && request.kind !== 'delete' && wasCreated ? 'settled' : condition
  }

  /** This request's operation, where the stack shows that it has begun: then it is followed, and none begun anew. */
  #begun(stack: HeatStack, ref: StackRef): Watch | undefined {
    const { request } = this.#setup
    const startedAt = this.#now()
    if (request.kind === 'delete')
      return stack.stack_status === 'DELETE_IN_PROGRESS'
        ? { kind: 'delete', stack: ref, marker: { startedAt } }
        : undefined
    // An operation that a deletion has overtaken is over.
    if (isOfDeletion(stack.stack_status)) return undefined
    const kinds = request.kind === 'create' ? (['create', 'update'] as const) : (['update'] as const)
    for (const kind of kinds) {
      const mark = requestTag(request, kind)
      const isMade = kind === 'create' && stack.tags?.includes(createdTag(request)) === true
      if (isMade || stack.tags?.includes(mark) === true)
        return { kind, stack: ref, marker: { startedAt, requestTag: mark, showsTags: true } }
    }
    return undefined
  }

  #updateMarker(before: HeatStack, mark: string): Marker {
    const updatedTime = before.updated_time ?? undefined
    const showsTags = ownershipOf(before.tags ?? [], this.#setup.request.owner).mark === 'ours'
    return {
      startedAt: this.#now(),
      requestTag: mark,
      ...(updatedTime === undefined ? {} : { updatedTime }),
      ...(showsTags ? { showsTags } : {}),
    }
  }

  #tagsForUpdate(before: HeatStack, wanted: StackProperties, mark: string): string[] {
    const { request } = this.#setup
    const tags = before.tags ?? []
    const kept = wanted.Existing === true ? userTags(tags) : []
    const wasOurs = ownershipOf(tags, request.owner).mark === 'ours'
    const adopted = request.kind === 'create' && (!wasOurs || isAdopted(tags))
    const made = wasOurs ? createdTagOf(tags) : []
    const own = [...ownerTags(request.owner), ...made, mark, ...(adopted ? [adoptedTag] : [])]
    return [...(wanted.Tags ?? kept), ...own]
  }

  #judge(watch: Watch, stack: HeatStack | undefined): Observation {
    return judge(watch, stack, this.#now(), this.#setup.surroundings.secrets)
  }

  async #known(place: NameAndId): Promise<HeatStack | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest?.id === place.id ? latest : this.#setup.client.show(place, { outputs: false })
  }

  #wanted(): StackProperties {
    const { wanted } = this.#setup
    if (wanted === undefined) throw new TypeError('A Delete has no stack to ask for')
    return wanted
  }

  #now(): EpochMs {
    return this.#setup.surroundings.clock.now()
  }

  #cloudError(answer: HttpAnswer, action: string): CloudError {
    return toCloudError(answer, action, this.#setup.surroundings.secrets)
  }
}

/** Heat writes UTC, with a Z or without. */
function beginningOf(stack: HeatStack, { kind }: Watch): EpochMs | undefined {
  const written = kind === 'create' ? stack.creation_time : stack.updated_time
  const time = Date.parse(`${(written ?? '').replace(/Z$/, '')}Z`)
  return Number.isNaN(time) || kind === 'delete' ? undefined : time
}

const UNMARKED = { mark: 'unmarked' } as const

function tooLong(longest: number): CloudError {
  return new CloudError(
    'rejected',
    `Stack.Name must have at most ${String(longest)} characters here, so that ROS can keep the stack's id of 255 bytes`,
  )
}
