import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { CloudError } from '../../provider.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { nameTooLong } from '../../identifiers/name-too-long.ts'
import { isSuperseded } from '../../recognition/recent-requests.ts'
import { startedByMarks } from '../../recognition/started-by-marks.ts'
import { BoundService } from '../../session/bound-service.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import type * as session from '../../session/stack-service.ts'
import { checkedResources } from './checked-resources.ts'
import { busyStatus, isMissing, isNotSupported, isTaken, toCloudError } from './cloud-error.ts'
import { deviations } from './deviations.ts'
import { ifReadable } from './events.ts'
import type { Marker } from './marker.ts'
import {
  createdTag,
  isAdopted,
  marksForCreate,
  marksForUpdate,
  ownershipOf,
  recentIn,
  requestIn,
  requestTag,
  userTags,
  wasUpdated,
  stackDigestIn,
} from './marks.ts'
import { pollRules, startTimeOf } from './poll-rules.ts'
import type { StackProperties } from './properties.ts'
import { plannedCreation, plannedUpdate } from './preview.ts'
import { explainOperation } from './reason.ts'
import type { HeatStack } from './response-schemas.ts'
import { Revival } from './revival.ts'
import type { SessionSetup } from './session-setup.ts'
import { createBody, updateBody } from './stack-body.ts'
import { formatStackId, longestName, parseStackId, type HeatStackId } from './stack-id.ts'
import { adviceFor, isOfDeletion, meaningOf, wasCreated } from './status.ts'
import { watchedEvents } from './watched-events.ts'

/** Heat's calls for one request, and what its answers mean. */
export class HeatService
  extends BoundService<StackProperties, SessionSetup>
  implements session.StackService<HeatStack>
{
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  /** Heat has no request tokens: tags hold the marks. */
  readonly repeatsAreKnownBy = 'mark'
  /** https://docs.openstack.org/api-ref/orchestration/v1/#update-stack */
  readonly markTouches =
    'The mark is tags of the stack. Heat changes them by an update of the stack, and gives them to no resource: https://docs.openstack.org/api-ref/orchestration/v1/#update-stack'
  readonly poll: PollRules<HeatStack>
  readonly #revival: Revival

  constructor(setup: SessionSetup) {
    super(setup)
    this.poll = pollRules(setup.client, setup.surroundings.log)
    this.#revival = new Revival(setup.client, setup.surroundings, setup.request.follows !== undefined)
    this.deleteAttempts = setup.deleteAttempts
    const minutes = setup.desired?.TimeoutMins
    if (minutes !== undefined) this.cloudTimeoutMs = minutes * 60_000
  }

  async find(): Promise<HeatStack | undefined> {
    const { client, stack: asked } = this.setup
    if (asked.by === 'id') await this.#requireProject(asked.id)
    const place = asked.by === 'id' ? asked.id : await client.locate(asked.name)
    return place === undefined ? undefined : client.show(place, { outputs: false })
  }

  async read(stack: session.StackRef): Promise<HeatStack | undefined> {
    return this.setup.client.show(await this.#placeOf(stack), { outputs: false })
  }

  async readWithOutputs(stack: session.StackRef): Promise<HeatStack | undefined> {
    return this.setup.client.show(await this.#placeOf(stack), { outputs: true })
  }

  async refOf({ stack_name: name, id }: HeatStack): Promise<session.StackRef> {
    return { id: formatStackId({ project: await this.setup.client.projectId(), name, id }), name }
  }

  conditionOf(stack: HeatStack): session.Condition | 'deleted' {
    const { condition } = meaningOf(stack.stack_status)
    // ROLLBACK_COMPLETE can follow a creation or an update. ROS has an id only where the creation succeeded, this resource did
    // not create a stack that it took over, and no update was started on a stack whose creation has failed. Heat can update all
    // three, so they must not be deleted as a failed Create.
    const wasCreated = this.by === 'id' || isAdopted(stack.tags ?? []) || wasUpdated(stack.tags ?? [])
    return condition === 'failed-create' && this.request.kind !== 'delete' && wasCreated
      ? 'settled'
      : condition
  }

  marksOf({ tags }: HeatStack, owner = this.request.owner): session.Marks {
    const written = tags ?? []
    const own = requestIn(requestTag(this.request, 'update'))
    return {
      ownership: ownershipOf(written, owner),
      adopted: isAdopted(written),
      isSuperseded: isSuperseded(recentIn(written), own),
      stackDigest: stackDigestIn(written),
    }
  }

  wasCreated({ stack_status, tags }: HeatStack): boolean {
    return wasCreated(stack_status) || wasUpdated(tags ?? [])
  }

  adviceFor({ stack_status, stack_name }: HeatStack): string | undefined {
    return adviceFor(stack_status, stack_name)
  }

  startedBefore(stack: HeatStack, ref: session.StackRef): session.StartedBefore | undefined {
    const { request } = this
    const tags = stack.tags ?? []
    const kind = startedByMarks(request, meaningOf(stack.stack_status).condition, {
      created: tags.includes(createdTag(request)) || tags.includes(requestTag(request, 'create')),
      updated: tags.includes(requestTag(request, 'update')),
      isOfDeletion: isOfDeletion(stack.stack_status),
    })
    if (kind === undefined) return undefined
    const tag = kind === 'delete' ? {} : { requestTag: requestTag(request, kind), showsTags: true }
    const marker = { startedAt: this.now(), ...tag, ...(kind === 'delete' ? { seen: true } : {}) }
    return { watch: { kind, stack: ref, marker }, startTime: startTimeOf(stack, kind) }
  }

  async madeAndDeleted(): Promise<session.StackRef | undefined> {
    try {
      const stack = await this.setup.client.deleted(createdTag(this.request))
      return stack === undefined ? undefined : await this.refOf(stack)
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'unavailable' || error.kind === 'throttled')
        throw error
      this.surroundings.log.info({ err: error }, 'whether this Create comes after its Delete cannot be seen')
      return undefined
    }
  }

  async markerFor(operation: string, before: HeatStack | undefined): Promise<Marker> {
    const startedAt = this.now()
    if (before === undefined) return { startedAt, requestTag: requestTag(this.request, 'create') }
    if (operation !== 'update') return { startedAt, ...(await this.#failureBefore(before)) }
    const updatedTime = before.updated_time ?? undefined
    const showsTags = ownershipOf(before.tags ?? [], this.request.owner).mark !== 'unmarked'
    return {
      startedAt,
      requestTag: requestTag(this.request, 'update'),
      ...(updatedTime === undefined ? {} : { updatedTime }),
      ...(showsTags ? { showsTags } : {}),
    }
  }

  async plan(existing: session.Existing<HeatStack> | undefined): Promise<session.PlanAnswer> {
    const { client, stack: asked } = this.setup
    const desired = this.desired()
    if (existing === undefined) {
      if (asked.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
      const body = createBody(desired, asked.name, desired.Tags ?? [])
      return { outcome: 'planned', changes: plannedCreation(await client.previewCreate(body), asked.name) }
    }
    const place = await this.#placeOf(existing.stack)
    const body = updateBody(desired, existing.before.tags ?? [])
    const preview = await client.previewUpdate(desired.Existing === true ? 'PATCH' : 'PUT', place, body)
    const { replaced, updated } = preview.changes
    const isListed = replaced.length > 0 || updated.length > 0
    const idle = isListed ? await client.previewUpdate('PATCH', place, {}) : preview
    const { changes, hasDoubtful } = plannedUpdate(preview, idle)
    const notes = [...(preview.nested ? [] : [NESTED_UNKNOWN]), ...(hasDoubtful ? [REFERENCES_UNKNOWN] : [])]
    return { outcome: 'planned', changes, notes }
  }

  /** A check is an operation of the stack, so one that is busy is not checked. */
  async detectDrift(
    existing: session.Existing<HeatStack>,
    detection: JsonObject | undefined,
  ): Promise<session.DriftAnswer> {
    const { client } = this.setup
    const place = await this.#placeOf(existing.stack)
    if (detection === undefined) {
      const { stack_status: before } = existing.before
      // What has failed and cannot be checked gets CHECK_COMPLETE, so that no update repairs it: heat/engine/resource.py, `check`.
      if (before.endsWith('_FAILED') && before !== 'CHECK_FAILED')
        return { outcome: 'impossible', reason: `${before}: ${FAILED_UNCHECKED}` }
      const refusal = await client.check(place)
      if (refusal !== undefined) return this.#refused(refusal, 'Heat stack check')
      return { outcome: 'working', status: 'CHECK_IN_PROGRESS', detection: { action: 'check' } }
    }
    const checked = await client.show(place, { outputs: false })
    if (checked === undefined) return { outcome: 'missing' }
    const status = checked.stack_status
    if (status === 'CHECK_IN_PROGRESS') return { outcome: 'working', status, detection }
    if (status === 'CHECK_COMPLETE' || status === 'CHECK_FAILED') {
      const resources = await client.resources(place)
      const mask = (text: string): string => this.surroundings.secrets.mask(text)
      return { outcome: 'detected', ...checkedResources(resources, place.id, mask) }
    }
    // Another operation has followed: its end is not that of the check.
    return this.conditionOf(checked) === 'settled'
      ? this.detectDrift({ ...existing, before: checked }, undefined)
      : { outcome: 'busy', status }
  }

  async create(): Promise<session.CreateAnswer> {
    const { client, request, stack } = this.setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const { name } = stack
    const project = await client.projectId()
    const longest = longestName(project)
    if (Buffer.byteLength(name) > longest) throw nameTooLong('Stack.Name', `${String(longest)} characters`)
    const desired = this.desired()
    const tags = [...(desired.Tags ?? []), ...marksForCreate(request)]
    const answer = await client.create(createBody(desired, name, tags))
    if ('refusal' in answer) {
      const error = this.#cloudError(answer.refusal, 'Heat stack create')
      if (isTaken(answer.refusal)) return { outcome: 'taken', message: error.message }
      throw error
    }
    return { outcome: 'started', stack: { id: formatStackId({ project, name, id: answer.id }), name } }
  }

  async update(stack: session.StackRef, before: HeatStack): Promise<session.UpdateAnswer> {
    const desired = this.desired()
    const place = await this.#placeOf(stack)
    const body = updateBody(desired, this.#tagsForUpdate(before, desired))
    const refusal = await this.setup.client.update(desired.Existing === true ? 'PATCH' : 'PUT', place, body)
    if (refusal === undefined) return { outcome: 'started' }
    return this.#refused(refusal, 'Heat stack update')
  }

  /** PATCH keeps what it is not given, so that only the tags change. */
  async move(stack: session.StackRef, before: HeatStack): Promise<session.UpdateAnswer> {
    const tags = [...userTags(before.tags ?? []), ...marksForUpdate(before.tags ?? [], this.request)].join(
      ',',
    )
    const refusal = await this.setup.client.update('PATCH', await this.#placeOf(stack), { tags })
    return refusal === undefined ? { outcome: 'started' } : this.#refused(refusal, 'Heat stack update')
  }

  deviations(stack: HeatStack): readonly string[] {
    return deviations(this.desired(), stack)
  }

  /** Heat has no protection of stacks. */
  protectionOf(): undefined {
    return undefined
  }

  /** Heat deletes a stack in any state, and ends a running operation. */
  async delete(stack: session.StackRef): Promise<session.DeleteAnswer> {
    const refusal = await this.setup.client.delete(await this.#placeOf(stack))
    if (refusal === undefined) return { outcome: 'started' }
    return this.#refused(refusal, 'Heat stack delete')
  }

  async markerAfterPoll(stack: HeatStack, watch: session.Watch, isStale: boolean): Promise<JsonObject> {
    const marker = await this.#revival.afterPoll(watch, await this.#placeOf(watch.stack), stack)
    return isStale ? marker : { ...marker, seen: true }
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    return explainOperation(this.setup.client, await this.#placeOf(watch.stack), watch.kind)
  }

  async cancel(watch: session.Watch): Promise<string> {
    const action = watch.kind === 'update' ? 'cancel_update' : 'cancel_without_rollback'
    const refusal = await this.setup.client.act(await this.#placeOf(watch.stack), action)
    if (refusal === undefined)
      return watch.kind === 'update'
        ? 'The update was cancelled, as OnTimeout asks: Heat rolls it back.'
        : 'The creation was cancelled, as OnTimeout asks: Heat goes no further, and what exists stays.'
    if (isNotSupported(refusal) || isMissing(refusal)) return 'It had ended before it could be cancelled.'
    throw this.#cloudError(refusal, `Heat stack ${action}`)
  }

  async events(stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    return watchedEvents(this.setup.client, await this.#placeOf(stack), since)
  }

  async *checks(): AsyncGenerator<session.Check> {
    const { checkHeat } = await import('./checks.ts')
    yield* checkHeat(this.setup)
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseHeat } = await import('./diagnosis.ts')
    return diagnoseHeat(this.setup)
  }

  #refused(refusal: HttpAnswer, action: string) {
    if (isMissing(refusal)) return { outcome: 'missing' } as const
    const status = busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status } as const
    throw this.#cloudError(refusal, action)
  }

  #tagsForUpdate(before: HeatStack, desired: StackProperties): string[] {
    const kept = desired.Existing === true ? userTags(before.tags ?? []) : []
    return [...(desired.Tags ?? kept), ...marksForUpdate(before.tags ?? [], this.request)]
  }

  /** An older Heat shows the failure of an earlier deletion for some seconds after it has accepted another one. */
  async #failureBefore({ stack_status, stack_name: name, id }: HeatStack): Promise<Partial<Marker>> {
    if (stack_status !== 'DELETE_FAILED') return {}
    const { client, surroundings } = this.setup
    const newest = await ifReadable(surroundings.log, () => client.events({ name, id }, { limit: 1 }))
    const event = newest?.[0]?.id
    return { failedBefore: event === undefined ? {} : { event } }
  }

  async #placeOf(stack: session.StackRef): Promise<HeatStackId> {
    const place = parseStackId(stack.id)
    if (place === undefined) throw new TypeError(`${stack.id} is not the id of a Heat stack`)
    await this.#requireProject(place)
    return place
  }

  /** With another project's credentials an existing stack would seem deleted. */
  async #requireProject({ project, name }: HeatStackId): Promise<void> {
    const own = await this.setup.client.projectId()
    if (own === project) return
    throw new CloudError(
      'rejected',
      `Stack ${name} is in the project ${project}, and the credentials are for the project ${own}`,
    )
  }

  #cloudError(answer: HttpAnswer, action: string): CloudError {
    return toCloudError(answer, action, this.surroundings.secrets)
  }
}

const FAILED_UNCHECKED =
  "Heat's check would set what has failed to complete, and no update would repair it; an Update with OnDrift: report repairs it"

const NESTED_UNKNOWN =
  'Heat does not look into nested stacks where one is added that has nested stacks itself: what changes inside is unknown.'

const REFERENCES_UNKNOWN =
  "Heat's preview does not resolve references to other resources: a resource that has one is listed also where nothing changes."
