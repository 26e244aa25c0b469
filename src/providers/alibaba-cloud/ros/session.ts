import type { EpochMs } from '../../../platform/clock.ts'
import {
  CloudError,
  type Condition,
  type CreateOutcome,
  type DeleteOutcome,
  type Explanation,
  type Found,
  type Observation,
  type StackEvent,
  type StackRef,
  type StackRequest,
  type StackSession,
  type Surroundings,
  type UpdateOutcome,
  type Watch,
} from '../../provider.ts'
import type { RosClient, RosStack } from './client.ts'
import * as errors from './cloud-error.ts'
import type { Identity } from './credentials.ts'
import { depthOfNewStack } from './depth.ts'
import { eventsMark, eventsSince, isOfStackItself, parseTime, readEvents, timeOf } from './events.ts'
import { readMarker, type Marker } from './marker.ts'
import {
  adoptedTag,
  createdTag,
  depthTag,
  hasTag,
  isAdopted,
  lastingTags,
  ownershipOf,
  ownerTags,
  userTags,
  type Tag,
} from './marks.ts'
import { settled } from './observation.ts'
import type { StackProperties } from './properties.ts'
import { explainByStack, explainOperation } from './reason.ts'
import { clientToken } from './request-token.ts'
import { formatStackId, longestName, parseStackId, type RosStackId } from './stack-id.ts'
import { continueCreateStack, createStack, updateStack } from './stack-input.ts'
import { adviceFor, isOfDeletion, meaningOf, phaseOf } from './status.ts'

export interface SessionSetup {
  readonly client: RosClient
  readonly identity: Identity
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** The stack that ROS's id names, or else the name that is asked for. */
  readonly stack:
    { readonly by: 'id'; readonly id: RosStackId } | { readonly by: 'name'; readonly name: string }
  /** What a Create or Update asks for; a Delete asks for nothing. */
  readonly wanted: StackProperties | undefined
  readonly deletion: Deletion
  readonly depth: Depth
  readonly identityProblems: StackSession['identityProblems']
}

export interface Deletion {
  readonly ramRoleName: string | undefined
  readonly retain: readonly string[]
  readonly retainAll: boolean | undefined
  readonly options: readonly string[] | undefined
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain')[]
}

export interface Depth {
  readonly max: number
  /** Who may be able to read the ROS stack that holds the resource, likeliest first. */
  readonly readers: readonly RosClient[]
}

/** How long a settled status may still be the one from before an operation that ROS has accepted. */
const PATIENCE_WITH_STALE_STATUS_MS = 60_000

/** One event's calls to ROS. */
export class RosSession implements StackSession {
  readonly identityProblems: StackSession['identityProblems']
  readonly deleteAttempts: number
  readonly cloudTimeoutMs?: number
  readonly repair?: StackSession['repair'] & {}
  readonly #setup: SessionSetup
  readonly #markers = new Map<string, Marker>()
  /** As it was read a moment ago. */
  #latest: RosStack | undefined

  constructor(setup: SessionSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
    this.deleteAttempts = 1 + setup.deletion.ladder.length
    const { wanted } = setup
    if (wanted?.TimeoutInMinutes !== undefined) this.cloudTimeoutMs = wanted.TimeoutInMinutes * 60_000
    if (wanted?.ContinueCreate === true) this.repair = (stack) => this.#continueCreate(stack, wanted)
  }

  async find(): Promise<Found> {
    const { request, stack: asked } = this.#setup
    const stack = await this.#search()
    if (stack === undefined) return { found: false }
    const condition = this.#conditionOf(stack)
    if (condition === 'deleted') return { found: false }
    const ref = await this.#refOf(stack)
    const begun = this.#begun(stack, ref)
    const begunAt = begun === undefined ? undefined : beginningOf(stack, begun)
    // Taken over by a Create that then failed: ROS never had its id, so it stays whose it was.
    const isAnothers = request.kind === 'delete' && asked.by === 'name' && isAdopted(stack.Tags)
    const ownership = isAnothers ? ({ mark: 'unmarked' } as const) : ownershipOf(stack.Tags, request.owner)
    if (begun === undefined && request.kind === 'create' && ownership.mark === 'ours') {
      const spent = await this.#spent(ref.name)
      if (spent !== undefined) return { found: 'spent', stack: spent }
    }
    const advice = adviceFor(stack.Status)
    return {
      found: true,
      stack: ref,
      status: stack.Status,
      condition,
      ownership,
      by: asked.by,
      ...(begun === undefined ? {} : { begun }),
      ...(begunAt === undefined ? {} : { begunAt }),
      ...(advice === undefined ? {} : { advice }),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { client, identity, request, region, stack, depth, surroundings } = this.#setup
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const { name } = stack
    const wanted = this.#wanted()
    const longest = longestName(region, await identity.account())
    if (name.length > longest) throw tooLong(longest)
    const spent = await this.#spent(name)
    if (spent !== undefined) return { outcome: 'spent', stack: spent }
    const own = await depthOfNewStack(request.owner, depth.readers, depth.max, surroundings.log)
    const tags = [...userTags(wanted.Tags), ...ownerTags(request.owner), createdTag(request), depthTag(own)]
    const marker: Marker = { startedAt: this.#now() }
    const answer = await client.create(createStack(wanted, name, tags, clientToken(request, 'create')))
    if ('refusal' in answer) {
      if (errors.isTaken(answer.refusal)) return { outcome: 'taken' }
      throw client.error(answer.refusal, 'CreateStack')
    }
    const ref = await this.#refOf({ StackId: answer.StackId, StackName: name })
    return { outcome: 'started', watch: { kind: 'create', stack: ref, marker } }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { client, request } = this.#setup
    const wanted = this.#wanted()
    const { id } = placeOf(stack)
    const before = await this.#known(id)
    if (before === undefined || before.Status === 'DELETE_COMPLETE') return { outcome: 'missing' }
    const marker = await this.#marker('update', before)
    if (wanted.DeletionProtection !== undefined && wanted.DeletionProtection !== before.DeletionProtection)
      await client.setDeletionProtection(id, wanted.DeletionProtection)
    const tags = this.#tagsForUpdate(before, wanted)
    const ClientToken = clientToken(request, 'update')
    const refusal = await client.act(updateStack(wanted, id, tags, { ClientToken }))
    if (refusal === undefined || errors.isUsedToken(refusal))
      return { outcome: 'started', watch: { kind: 'update', stack, marker } }
    if (errors.isMissing(refusal)) return { outcome: 'missing' }
    const status = errors.busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    if (!errors.isNotSupported(refusal) || !(await this.#isUnchanged(wanted, id, tags)))
      throw client.error(refusal, 'UpdateStack')
    if (!tags.every((tag) => hasTag(before.Tags, tag))) await client.tag(id, tags)
    return { outcome: 'unchanged', watch: { kind: 'read', stack, marker } }
  }

  async delete(stack: StackRef, attempt: number): Promise<DeleteOutcome> {
    const { client, deletion } = this.#setup
    const { id } = placeOf(stack)
    const before = await this.#known(id)
    if (before === undefined || before.Status === 'DELETE_COMPLETE') return { outcome: 'missing' }
    if (before.DeletionProtection === 'Enabled') return { outcome: 'refused', reason: PROTECTED }
    const marker = await this.#marker(`delete-${String(attempt)}`, before)
    const retain = [...deletion.retain, ...(await this.#retainedAt(attempt, id))]
    const refusal = await client.act({
      action: 'DeleteStack',
      parameters: {
        StackId: id,
        RamRoleName: deletion.ramRoleName,
        RetainAllResources: deletion.retainAll,
        RetainResources: retain,
        DeleteOptions: deletion.options,
      },
    })
    if (refusal === undefined) return { outcome: 'started', watch: { kind: 'delete', stack, marker } }
    if (errors.isMissing(refusal)) return { outcome: 'missing' }
    if (errors.isProtected(refusal)) return { outcome: 'refused', reason: PROTECTED }
    const status = errors.busyStatus(refusal)
    if (status !== undefined) return { outcome: 'busy', status }
    throw client.error(refusal, 'DeleteStack')
  }

  async describe(watch: Watch): Promise<Observation> {
    const { id } = placeOf(watch.stack)
    const observation = await this.#look(watch, await this.#read(id, false))
    if (observation.phase !== 'succeeded') return observation
    // What a deletion or another update has done since, it has done to the outputs as well.
    return this.#look(watch, await this.#read(id, true))
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { client, surroundings } = this.#setup
    const { startedAt } = readMarker(watch.marker)
    const { id } = placeOf(watch.stack)
    const told = await this.#ifReadable(() => explainOperation(client, id, watch.kind, startedAt))
    const { cause, latestEvent } = told ?? (await explainByStack(client, id))
    const mask = (text: string) => surroundings.secrets.mask(text)
    return {
      ...(cause === undefined ? {} : { cause: mask(cause) }),
      ...(latestEvent === undefined ? {} : { latestEvent: mask(latestEvent) }),
    }
  }

  async cancel(watch: Watch): Promise<string> {
    const { client } = this.#setup
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

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { client, surroundings } = this.#setup
    const events = await readEvents(client, placeOf(stack).id, since)
    return events.reverse().map((event) => ({
      id: event.EventId,
      at: timeOf(event),
      resource: event.LogicalResourceId ?? '?',
      type: event.ResourceType ?? '?',
      status: event.Status ?? '?',
      ...reasonOf(event.StatusReason ?? '', surroundings),
    }))
  }

  close(): void {
    // The connections are the process's, for the next event.
  }

  async #search(): Promise<RosStack | undefined> {
    const { client, stack: asked } = this.#setup
    if (asked.by === 'id') return this.#read(asked.id.id, false)
    const named = await client.stacksNamed(asked.name)
    const standing = named.find(({ Status }) => Status !== 'DELETE_COMPLETE')
    return standing === undefined ? undefined : this.#read(standing.StackId, false)
  }

  /** In another account a living stack would look deleted. */
  async #read(id: string, outputs: boolean): Promise<RosStack | undefined> {
    const { client, stack: asked, request } = this.#setup
    this.#latest = await client.stack(id, { outputs })
    const expected = asked.by === 'id' ? asked.id : parseStackId(request.follows?.id ?? '')
    if (this.#latest === undefined && expected !== undefined) await this.#requireAccount(expected)
    return this.#latest
  }

  async #requireAccount({ account, name }: RosStackId): Promise<void> {
    const own = await this.#setup.identity.account()
    if (own === account) return
    throw new CloudError(
      'rejected',
      `Stack ${name} is in the account ${account}, and the credentials are of the account ${own}`,
    )
  }

  /** As it was read a moment ago where it was, since `find` has just looked. */
  async #known(id: string): Promise<RosStack | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest?.StackId === id ? latest : this.#read(id, false)
  }

  /** The deleted stack that this very Create made, where there is one: then the event comes late, after its Delete. */
  async #spent(name: string): Promise<StackRef | undefined> {
    const { client, request, surroundings } = this.#setup
    const tag = createdTag(request)
    try {
      const deleted = await client.stacksNamed(name, { Status: ['DELETE_COMPLETE'], Tag: [tag] })
      const own = deleted.find((stack) => stack.Status === 'DELETE_COMPLETE' && hasTag(stack.Tags, tag))
      return own === undefined ? undefined : await this.#refOf(own)
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'unavailable' || error.kind === 'throttled')
        throw error
      surroundings.log.info({ err: error }, 'whether this Create comes after its Delete cannot be seen')
      return undefined
    }
  }

  async #refOf({ StackId, StackName }: Pick<RosStack, 'StackId' | 'StackName'>): Promise<StackRef> {
    const { identity, region } = this.#setup
    const account = await identity.account()
    return { id: formatStackId({ region, account, name: StackName, id: StackId }), name: StackName }
  }

  #conditionOf(stack: RosStack): Condition | 'deleted' {
    const { request } = this.#setup
    const canGoOn = this.repair !== undefined && request.kind === 'create'
    return canGoOn && stack.Status === 'CREATE_FAILED' ? 'stuck' : meaningOf(stack.Status).condition
  }

  /**
   * This request's operation, where the stack shows that it has begun: then it is followed, and none begun anew. Of updates
   * the stack shows nothing; for them there is the ClientToken.
   */
  #begun(stack: RosStack, ref: StackRef): Watch | undefined {
    const { request } = this.#setup
    const marker: Marker = { startedAt: this.#now() }
    switch (request.kind) {
      case 'create':
        // An operation that a deletion has overtaken is over.
        return hasTag(stack.Tags, createdTag(request)) && !isOfDeletion(stack.Status)
          ? { kind: 'create', stack: ref, marker }
          : undefined
      case 'update':
        return undefined
      case 'delete':
        return stack.Status === 'DELETE_IN_PROGRESS'
          ? { kind: 'delete', stack: ref, marker: { ...marker, seen: true } }
          : undefined
    }
  }

  /** The same for a call that is made again: by then the first may have changed what it tells. */
  async #marker(operation: string, before: RosStack): Promise<Marker> {
    const known = this.#markers.get(operation)
    if (known !== undefined) return known
    const events = await this.#ifReadable(() => eventsMark(this.#setup.client, before.StackId))
    const updateTime = before.UpdateTime ?? undefined
    const marker = {
      startedAt: this.#now(),
      ...(updateTime === undefined ? {} : { updateTime }),
      ...(events === undefined ? {} : { events }),
    }
    this.#markers.set(operation, marker)
    return marker
  }

  /** Where the events may not be read, the rest has to do. */
  async #ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'throttled' || error.kind === 'unavailable')
        throw error
      this.#setup.surroundings.log.warn({ err: error }, 'the events of the stack cannot be read')
      return undefined
    }
  }

  async #look(watch: Watch, stack: RosStack | undefined): Promise<Observation> {
    if (stack === undefined) return { phase: 'gone' }
    const status = stack.Status
    const phase = phaseOf(status, watch.kind)
    const marker = readMarker(watch.marker)
    switch (phase) {
      case 'gone':
        return { phase }
      case 'working': {
        const begunAt = beginningOf(stack, watch)
        return {
          phase,
          status,
          marker: { ...marker, seen: true },
          ...(begunAt === undefined ? {} : { begunAt }),
        }
      }
      case 'succeeded':
      case 'failed':
        if (await this.#isFresh(watch, marker, stack))
          return settled(stack, phase, this.#setup.surroundings.secrets)
        return { phase: 'working', status: `${status} (from before)` }
    }
  }

  /**
   * Whether a settled status can be this operation's end, and not what the stack was like before it. ROS takes an update that
   * it has had before for done, whatever has become of it: then nothing new will ever show, and the status is the answer.
   */
  async #isFresh({ kind }: Watch, marker: Marker, now: RosStack): Promise<boolean> {
    if (kind === 'create' || kind === 'read') return true
    if (kind === 'update' && (now.UpdateTime ?? undefined) !== marker.updateTime) return true
    if (kind === 'delete' && marker.seen === true && isOfDeletion(now.Status)) return true
    if (await this.#showsItsEnd(marker, now)) return true
    return marker.seen !== true && this.#now() - marker.startedAt > PATIENCE_WITH_STALE_STATUS_MS
  }

  /** Whether the stack's events, where they can be read, have gone on since and end in the status that the stack shows. */
  async #showsItsEnd({ events, seen }: Marker, { StackId, Status }: RosStack): Promise<boolean> {
    if (events === undefined) return seen === true
    const since = await this.#ifReadable(() => eventsSince(this.#setup.client, StackId, events))
    return since === undefined
      ? seen === true
      : since.some((event) => isOfStackItself(event, StackId) && event.Status === Status)
  }

  #tagsForUpdate(before: RosStack, wanted: StackProperties): Tag[] {
    const { request } = this.#setup
    const wasOurs = ownershipOf(before.Tags, request.owner).mark === 'ours'
    const lasting = wasOurs ? lastingTags(before.Tags) : []
    const adopts = request.kind === 'create' && !wasOurs
    return [
      ...userTags(wanted.Tags),
      ...ownerTags(request.owner),
      ...lasting,
      ...(adopts ? [adoptedTag] : []),
    ]
  }

  /** ROS calls an update without a change not supported, as it does other things; asked what it would do, it says nothing. */
  async #isUnchanged(wanted: StackProperties, id: string, tags: readonly Tag[]): Promise<boolean> {
    return (await this.#setup.client.act(updateStack(wanted, id, tags, { DryRun: true }))) === undefined
  }

  async #continueCreate(stack: StackRef, wanted: StackProperties): Promise<Watch> {
    const { client } = this.#setup
    const { id } = placeOf(stack)
    const before = await this.#known(id)
    if (before === undefined) throw new CloudError('rejected', `Stack ${stack.name} was deleted meanwhile`)
    const marker = await this.#marker('repair', before)
    const refusal = await client.act(continueCreateStack(wanted, id))
    // A call that was made before, and whose answer got lost, has begun it.
    if (refusal !== undefined && errors.busyStatus(refusal) === undefined)
      throw client.error(refusal, 'ContinueCreateStack')
    return { kind: 'repair', stack, marker }
  }

  /** What this rung of the ladder leaves where it is. */
  async #retainedAt(attempt: number, id: string): Promise<string[]> {
    const { client, deletion } = this.#setup
    const rung = attempt === 0 ? undefined : deletion.ladder[attempt - 1]
    return rung === 'retain' ? client.resourcesIn(id, 'DELETE_FAILED') : []
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

const PROTECTED =
  'Deletion protection is on: switch it off (Stack.DeletionProtection: Disabled in an update, or the ROS console) and ' +
  'delete again'

function placeOf(stack: StackRef): RosStackId {
  const place = parseStackId(stack.id)
  if (place === undefined) throw new TypeError(`${stack.id} is not the id of a ROS stack`)
  return place
}

function beginningOf(stack: RosStack, { kind }: Watch): EpochMs | undefined {
  switch (kind) {
    case 'create':
      return parseTime(stack.CreateTime)
    case 'update':
    case 'delete':
    case 'repair':
    case 'read':
      // Whether ROS writes UpdateTime at the beginning or at the end of an update, its documents do not say.
      return undefined
  }
}

function reasonOf(reason: string, { secrets }: Surroundings): { reason?: string } {
  return reason === '' || reason === 'state changed' ? {} : { reason: secrets.mask(reason) }
}

function tooLong(longest: number): CloudError {
  return new CloudError(
    'rejected',
    `Stack.Name must have at most ${String(longest)} characters here, so that ROS can keep the stack's id of 255 bytes`,
  )
}
