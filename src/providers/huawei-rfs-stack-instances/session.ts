import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { HttpAnswer } from '../http-exchange.ts'
import {
  readDescription,
  withClaim,
  writeDescription,
  type Claim,
  type StackSetDescription,
} from '../huawei-stack-set-description.ts'
import { failuresInWords, hasFailed, isAtWork, operationPhase } from '../huawei-stack-set-operation.ts'
import { preferencesBody, present, type OperationPreferences } from '../huawei-stack-set-properties.ts'
import {
  isSetMissing,
  type RfsStackInstance,
  type RfsStackSet,
  type RfsStackSetOperation,
  type RfsStackSets,
  type SetAccepted,
} from '../huawei-stack-sets.ts'
import type { PropertyProblem } from '../property-problem.ts'
import {
  CloudError,
  type Condition,
  type CreateOutcome,
  type DeleteOutcome,
  type Explanation,
  type Found,
  type Observation,
  type Ownership,
  type StackEvent,
  type StackRef,
  type StackRequest,
  type StackSession,
  type Surroundings,
  type UpdateOutcome,
  type Watch,
} from '../provider.ts'
import { claimOwner, claimRequest, claimTargets, isSameClaim } from './claim.ts'
import { fitsRos, formatInstancesId, type InstancesId } from './instances-id.ts'
import { readMarker, writeMarker, type Marker } from './marker.ts'
import { outputsOf } from './outputs.ts'
import { overridesBody } from './overrides.ts'
import type { VarOverrides } from './properties.ts'
import { narrowed, stepsAfter, stepsOf, type Overriding, type Step } from './steps.ts'
import {
  areComparable,
  blocksOf,
  cellOf,
  cellsOf,
  instancesOf,
  targetsBody,
  within,
  without,
  type Cell,
  type Targets,
} from './targets.ts'

export interface InstancesSetup {
  readonly sets: RfsStackSets
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly setName: string
  /** The set that is meant, where ROS's id or the properties say which of that name. */
  readonly setId: string | undefined
  readonly by: 'id' | 'name'
  readonly wanted: Wanted
  /** What an Update comes from; absent where the properties do not say. */
  readonly oldTargets: Targets | undefined
  /** What an Update does about the variables of the instances that stay. */
  readonly overriding: Overriding
  readonly identityProblems: readonly PropertyProblem[]
}

export interface Wanted {
  readonly targets: Targets
  /** As the properties give it, to be sent with a Create. */
  readonly stackSetId: string | undefined
  readonly overrides: VarOverrides | undefined
  readonly preferences: OperationPreferences | undefined
  readonly callIdentity: string | undefined
}

/** What one look at RFS has told. */
interface View {
  readonly set: RfsStackSet
  readonly description: StackSetDescription
  readonly claim: Claim | undefined
  readonly instances: readonly RfsStackInstance[]
}

/** What came of asking RFS for the first of some steps. */
type Begun =
  | { readonly begun: 'started'; readonly marker: Marker }
  | { readonly begun: 'nothing' }
  | { readonly begun: 'busy' }
  | { readonly begun: 'refused'; readonly refusal: HttpAnswer; readonly action: string }

const BUSY = 'OPERATION_IN_PROGRESS'

/**
 * One event's calls to RFS. Instances bear no marks: whose they are stands in the description of their stack set, and what
 * they go through is told by the operation that each instance names as its latest.
 */
export class StackInstancesSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts = 1
  readonly #setup: InstancesSetup
  /** As it was read a moment ago. */
  #latest: View | undefined

  constructor(setup: InstancesSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
  }

  async find(): Promise<Found> {
    const { request, by } = this.#setup
    const view = await this.#look()
    this.#latest = view
    if (view === undefined) return { found: false }
    const instances = this.#concerned(view)
    const ref = this.#refOf(view.set)
    if (instances.length === 0 && request.kind !== 'update')
      return this.#isSpent(view) ? { found: 'spent', stack: ref } : { found: false }
    const begun = await this.#underWay(view, ref)
    return {
      found: true,
      stack: begun === undefined && by === 'name' ? this.#namedAfter(ref, instances) : ref,
      status: statusOf(view.set, instances),
      condition: this.#conditionOf(view, instances),
      ownership: this.#ownershipOf(view),
      by,
      ...(begun === undefined ? {} : { begun }),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { sets, request, wanted, setName } = this.#setup
    const view = await this.#known()
    if (view === undefined) throw this.#noSet()
    const { set } = view
    const ref = this.#refOf(set)
    if (!fitsRos(this.#idOf(set))) throw tooLong()
    if (this.#concerned(view).length > 0) return { outcome: 'taken' }
    if (this.#isSpent(view)) return { outcome: 'spent', stack: ref }
    // Nothing can be written before the other operation has ended: then it shows, too, whether it was ours.
    if (set.status === BUSY) return { outcome: 'taken' }
    const digest = claimRequest(request, 'create')
    const claimed = await this.#claim(view, { created: digest, request: digest, state: 'own' })
    if (!claimed.accepted) {
      if (await sets.isBusy(setName, claimed.refusal)) return { outcome: 'taken' }
      throw sets.error(claimed.refusal, 'RFS UpdateStackSet')
    }
    const begun = await this.#begin([{ does: 'create', targets: wanted.targets }], wanted.stackSetId)
    switch (begun.begun) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('create', ref, begun.marker) }
      case 'busy':
        return { outcome: 'taken' }
      case 'refused':
        throw sets.error(begun.refusal, begun.action)
      case 'nothing':
        throw new TypeError('A Create has a step')
    }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { sets, request, setName } = this.#setup
    const view = await this.#known()
    if (view === undefined) return { outcome: 'missing' }
    const ref = this.#refOf(view.set)
    const begun = await this.#underWay(view, ref)
    if (begun !== undefined) return { outcome: 'started', watch: begun }
    if (view.set.status === BUSY) return { outcome: 'busy', status: BUSY }
    if (!this.#isToldFromOld(view)) throw new CloudError('rejected', OTHER_MEMBERS)
    const [stranger] = request.kind === 'create' ? [] : this.#strangers(view)
    if (stranger !== undefined) throw this.#strangersInstance(stranger)
    const wasOurs = this.#ownershipOf(view).mark === 'ours'
    const isTakenOver = request.kind === 'create' && (!wasOurs || view.claim?.state === 'adopted')
    const claimed = await this.#claim(view, {
      created: wasOurs ? (view.claim?.created ?? '') : '',
      request: claimRequest(request, 'update'),
      state: isTakenOver ? 'adopted' : 'own',
    })
    if (!claimed.accepted) return this.#updateRefused(claimed.refusal, 'RFS UpdateStackSet')
    const steps = this.#stepsFor(view)
    const outcome = await this.#begin(steps, view.set.stack_set_id)
    switch (outcome.begun) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('update', ref, outcome.marker) }
      case 'nothing':
        return {
          outcome: 'unchanged',
          watch: this.#watch('read', stack, this.#markerOf(this.#concerned(view))),
        }
      case 'busy':
        return { outcome: 'busy', status: BUSY }
      case 'refused':
        return isSetMissing(outcome.refusal)
          ? this.#updateRefused(outcome.refusal, outcome.action)
          : Promise.reject(sets.error(outcome.refusal, `${outcome.action} in ${setName}`))
    }
  }

  async delete(stack: StackRef): Promise<DeleteOutcome> {
    const { sets, request, wanted, setName } = this.#setup
    const view = await this.#known()
    const instances = view === undefined ? [] : this.#concerned(view)
    if (view === undefined || instances.length === 0) return { outcome: 'missing' }
    if (!this.#areOurs(view, wanted.targets)) return { outcome: 'refused', reason: OTHER_TARGETS }
    if (view.set.status === BUSY) return { outcome: 'busy', status: BUSY }
    if (view.claim !== undefined) {
      const { created } = view.claim
      const claimed = await this.#claim(view, {
        created,
        request: claimRequest(request, 'update'),
        state: 'deleted',
      })
      if (!claimed.accepted) {
        if (await sets.isBusy(setName, claimed.refusal)) return { outcome: 'busy', status: BUSY }
        if (isSetMissing(claimed.refusal)) return { outcome: 'missing' }
        throw sets.error(claimed.refusal, 'RFS UpdateStackSet')
      }
    }
    const { targets } = wanted
    const live = within(cellsOf(targets), this.#standing(view))
    const steps = blocksOf(live, targets.members).map((block): Step => ({ does: 'delete', targets: block }))
    const begun = await this.#begin(steps, view.set.stack_set_id)
    switch (begun.begun) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('delete', stack, begun.marker) }
      case 'nothing':
        return { outcome: 'missing' }
      case 'busy':
        return { outcome: 'busy', status: BUSY }
      case 'refused':
        if (isSetMissing(begun.refusal)) return { outcome: 'missing' }
        throw sets.error(begun.refusal, begun.action)
    }
  }

  async describe(watch: Watch): Promise<Observation> {
    const { sets, setName, surroundings } = this.#setup
    const marker = readMarker(watch.marker)
    if (marker.operationId === undefined) return this.#ended(watch, marker)
    const operation = await sets.operation(setName, marker.operationId)
    if (operation === undefined) return { phase: 'gone' }
    const { status, action } = operation
    switch (operationPhase(status)) {
      case 'working': {
        const begunAt = beginningOf(operation)
        return {
          phase: 'working',
          status: `${action} ${status}`,
          ...(begunAt === undefined ? {} : { begunAt }),
        }
      }
      case 'failed': {
        const statusReason = operation.status_message ?? ''
        return {
          phase: 'failed',
          status: `${action} ${status}`,
          final: true,
          ...(statusReason === '' ? {} : { statusReason: surroundings.secrets.mask(statusReason) }),
        }
      }
      case 'succeeded':
        return marker.then.length === 0 ? this.#ended(watch, marker) : this.#goOn(watch, marker, operation)
    }
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { sets, setName, surroundings } = this.#setup
    const { operationId } = readMarker(watch.marker)
    const instances = await sets.instances(setName)
    const cause = failuresInWords(instances, operationId, surroundings.secrets)
    const atWork = instances.filter(
      (one) => isAtWork(one) && one.latest_stack_set_operation_id === operationId,
    )
    const [first] = atWork
    return {
      ...(cause === undefined ? {} : { cause }),
      ...(first === undefined
        ? {}
        : { latestEvent: `${String(atWork.length)} instances are not done, ${addressOf(first)} among them` }),
    }
  }

  cancel(): Promise<string> {
    return Promise.resolve('RFS has no call that stops an operation of a stack set: it goes on.')
  }

  /** RFS keeps no events of a set: each instance as it stands is one. */
  async events(_stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { sets, setName, surroundings, wanted } = this.#setup
    const instances = instancesOf(await sets.instances(setName), wanted.targets)
    return instances
      .map((instance) => ({ instance, at: Date.parse(instance.update_time ?? '') }))
      .filter(({ at }) => at >= since)
      .sort((one, other) => one.at - other.at)
      .map(({ instance, at }) => ({
        id: JSON.stringify([addressOf(instance), instance.status, instance.latest_stack_set_operation_id]),
        at,
        resource: addressOf(instance),
        type: 'RFS stack instance',
        status: instance.status,
        ...(instance.status_message === undefined || instance.status_message === null
          ? {}
          : { reason: surroundings.secrets.mask(instance.status_message) }),
      }))
  }

  close(): void {
    // The connections and tokens are the process's, for the next event.
  }

  /** The operation has succeeded, and there is another one to come: an Update of more than one kind. */
  async #goOn(watch: Watch, marker: Marker, { action, status }: RfsStackSetOperation): Promise<Observation> {
    const { sets, setName, surroundings } = this.#setup
    const view = await this.#look()
    if (view === undefined) return { phase: 'gone' }
    const [next, ...rest] = marker.then
    if (next === undefined) return this.#ended(watch, marker)
    const concerned = instancesOf(view.instances, next.targets)
    const steps = [...narrowed(next, view.instances.map(cellOf)), ...rest]
    const working = (then: Marker): Observation => ({
      phase: 'working',
      status: `${action} ${status}, more to do`,
      marker: writeMarker(then),
    })
    // Another delivery of the event was quicker.
    const others = concerned.find(isAtWork)?.latest_stack_set_operation_id ?? marker.operationId
    if (others !== marker.operationId && others !== undefined)
      return working({ operationId: others, then: rest })
    const begun = await this.#begin(steps, view.set.stack_set_id)
    switch (begun.begun) {
      case 'started':
        return working(begun.marker)
      case 'nothing':
        return this.#ended(watch, { ...marker, then: [] })
      case 'busy':
        return working(marker)
      case 'refused':
        return {
          phase: 'failed',
          status: `${action} ${status}`,
          statusReason: surroundings.secrets.mask(
            sets.error(begun.refusal, `${begun.action} in ${setName}`).message,
          ),
          final: true,
        }
    }
  }

  async #ended({ kind }: Watch, { operationId }: Marker): Promise<Observation> {
    if (kind === 'delete') return { phase: 'gone' }
    const { surroundings, wanted } = this.#setup
    const view = await this.#look()
    if (view === undefined) return { phase: 'gone' }
    const instances = instancesOf(view.instances, wanted.targets)
    return {
      phase: 'succeeded',
      status: statusOf(view.set, instances),
      outputs: outputsOf(view.set, instances, operationId, surroundings.secrets),
    }
  }

  /** Asks for the first of the steps; the others are left to the marker. `setId`: so that no later set of the name is meant. */
  async #begin([step, ...then]: readonly Step[], setId: string | undefined): Promise<Begun> {
    if (step === undefined) return { begun: 'nothing' }
    const { sets, setName } = this.#setup
    const body = this.#bodyOf(step, setId)
    const [action, asked] = await this.#ask(step, body)
    if (asked.accepted) {
      if (asked.operationId === undefined)
        throw new CloudError('unavailable', `RFS ${action}: the answer names no operation`)
      return { begun: 'started', marker: { operationId: asked.operationId, then } }
    }
    return (await sets.isBusy(setName, asked.refusal))
      ? { begun: 'busy' }
      : { begun: 'refused', refusal: asked.refusal, action: `RFS ${action}` }
  }

  async #ask({ does }: Step, body: JsonObject): Promise<[string, SetAccepted]> {
    const { sets, setName } = this.#setup
    switch (does) {
      case 'create':
        return ['CreateStackInstance', await sets.createInstances(setName, body)]
      case 'update':
        return ['UpdateStackInstances', await sets.updateInstances(setName, body)]
      case 'delete':
        return ['DeleteStackInstance', await sets.deleteInstances(setName, body)]
    }
  }

  #bodyOf({ does, targets, reverts }: Step, setId: string | undefined): JsonObject {
    const { overrides, preferences, callIdentity } = this.#setup.wanted
    const given = reverts === undefined ? overrides : { UseStackSetVars: [...reverts] }
    return present({
      stack_set_id: setId,
      deployment_targets: targetsBody(targets),
      var_overrides: does === 'delete' || given === undefined ? undefined : overridesBody(given),
      operation_preferences:
        preferences === undefined ? undefined : preferencesBody(preferences, targets.regions),
      call_identity: callIdentity,
    })
  }

  /** Writes into the set's description that the instances are this resource's, unless it stands there. */
  async #claim(view: View, what: Pick<Claim, 'created' | 'request' | 'state'>): Promise<SetAccepted> {
    const { sets, setName, request, wanted } = this.#setup
    const targets = claimTargets(wanted.targets)
    const { claim: earlier } = view
    const claim: Claim = {
      owner: claimOwner(request.owner),
      created: what.created,
      request: what.request,
      targets,
      before: (earlier?.targets === targets ? earlier.before : earlier?.targets) ?? '',
      state: what.state,
    }
    if (isSameClaim(view.claim, claim)) return { accepted: true }
    return sets.update(
      setName,
      present({
        stack_set_id: view.set.stack_set_id,
        stack_set_description: writeDescription(withClaim(view.description, claim)),
        call_identity: wanted.callIdentity,
      }),
    )
  }

  #stepsFor(view: View): Step[] {
    const { wanted, overriding } = this.#setup
    const { targets } = wanted
    const failed = instancesOf(view.instances, targets).some(hasFailed)
    return stepsOf({
      wanted: targets,
      old: this.#comparableOld(view),
      standing: this.#standing(view),
      overriding: failed && overriding === 'none' ? 'given' : overriding,
      variables: [...view.set.vars_body, ...view.set.vars_uri_content],
    })
  }

  /** Accounts are told by the instances, units by what the set manages; of a selection only the properties tell. */
  #standing(view: View): Cell[] {
    const { set, instances } = view
    const { members } = this.#setup.wanted.targets
    if (members.by === 'accounts') return instances.map(cellOf)
    const before = cellsOf(this.#comparableOld(view) ?? this.#setup.wanted.targets)
    const managed = set.organizational_unit_ids ?? []
    return members.by === 'units' && managed.length > 0
      ? before.filter(({ member }) => managed.includes(member))
      : before
  }

  /** Where the change before this one was refused, its instances are not ours to delete. */
  #comparableOld(view: View): Targets | undefined {
    const { oldTargets, wanted } = this.#setup
    return oldTargets !== undefined &&
      areComparable(oldTargets.members, wanted.targets.members) &&
      this.#areOurs(view, oldTargets)
      ? oldTargets
      : undefined
  }

  /** What takes a refused change back is what stands already. */
  #isToldFromOld(view: View): boolean {
    const { oldTargets, wanted } = this.#setup
    return (
      oldTargets === undefined ||
      areComparable(oldTargets.members, wanted.targets.members) ||
      this.#areOurs(view, wanted.targets)
    )
  }

  /** Instances that an Update is to make, and that somebody else has made already. */
  #strangers(view: View): Cell[] {
    const { targets } = this.#setup.wanted
    if (targets.members.by !== 'accounts') return []
    if (view.claim !== undefined && this.#areOurs(view, targets)) return []
    const old = this.#comparableOld(view)
    const added = without(cellsOf(targets), old === undefined ? [] : cellsOf(old))
    return within(added, view.instances.map(cellOf))
  }

  /** Whether these targets are what this resource has begun to bring about, now or before its last change. */
  #areOurs({ claim }: View, targets: Targets): boolean {
    if (claim === undefined) return this.#setup.by === 'id'
    return [claim.targets, claim.before].includes(claimTargets(targets))
  }

  /** This request's operation, where RFS shows that it has begun: then it is followed, and none begun anew. */
  async #underWay(view: View, ref: StackRef): Promise<Watch | undefined> {
    const { sets, setName, request } = this.#setup
    const { claim } = view
    const instances = this.#concerned(view)
    const marker = this.#markerOf(instances)
    if (claim === undefined || marker.operationId === undefined) return undefined
    const isRunning = instances.some(isAtWork)
    switch (request.kind) {
      case 'delete':
        return claim.state === 'deleted' && isRunning ? this.#watch('delete', ref, marker) : undefined
      case 'create':
        if (claim.state !== 'deleted' && claim.created === claimRequest(request, 'create'))
          return this.#watch('create', ref, marker)
        break
      case 'update':
        break
    }
    if (!isRunning || claim.request !== claimRequest(request, 'update')) return undefined
    const operation = await sets.operation(setName, marker.operationId)
    if (operation === undefined) return undefined
    const then = stepsAfter(this.#stepsFor(view), operation.action)
    return this.#watch('update', ref, { ...marker, then })
  }

  /** The operation that the instances are in, or were last. */
  #markerOf(instances: readonly RfsStackInstance[]): Marker {
    const telling = instances.find(isAtWork) ?? instances.find(hasFailed) ?? instances[0]
    const operationId = telling?.latest_stack_set_operation_id ?? undefined
    return { ...(operationId === undefined ? {} : { operationId }), then: [] }
  }

  #ownershipOf(view: View): Ownership {
    const { request, by, wanted } = this.#setup
    const { claim } = view
    if (claim === undefined) return by === 'id' ? { mark: 'invisible' } : { mark: 'unmarked' }
    if (by === 'id') return { mark: 'ours' }
    // Taken over by a Create that then failed: ROS never had its id, so they stay whose they were.
    const isAnothers = request.kind === 'delete' && claim.state === 'adopted'
    return this.#areOurs(view, wanted.targets) && !isAnothers ? { mark: 'ours' } : { mark: 'unmarked' }
  }

  #conditionOf({ set, claim }: View, instances: readonly RfsStackInstance[]): Condition {
    if (instances.some(isAtWork) && claim?.state === 'deleted') return 'deleting'
    if (set.status === BUSY) return 'working'
    return instances.some(({ status }) => status === 'INOPERABLE') ? 'delete-failed' : 'settled'
  }

  #isSpent({ claim }: View): boolean {
    const { request } = this.#setup
    return (
      request.kind === 'create' &&
      claim?.state === 'deleted' &&
      claim.created === claimRequest(request, 'create')
    )
  }

  /** Those that are wanted, and for an Update those that were. */
  #concerned({ instances }: View): RfsStackInstance[] {
    const { wanted, oldTargets } = this.#setup
    const now = instancesOf(instances, wanted.targets)
    const before = oldTargets === undefined ? [] : instancesOf(instances, oldTargets)
    return [...now, ...before.filter((one) => !now.includes(one))]
  }

  async #look(): Promise<View | undefined> {
    const { sets, setName, setId, request } = this.#setup
    const set = await sets.metadata(setName, setId)
    if (set === undefined) return undefined
    const description = readDescription(set.stack_set_description ?? '')
    const owner = claimOwner(request.owner)
    return {
      set,
      description,
      claim: description.claims.find((claim) => claim.owner === owner),
      instances: await sets.instances(setName),
    }
  }

  async #known(): Promise<View | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest ?? this.#look()
  }

  async #updateRefused(refusal: HttpAnswer, action: string): Promise<UpdateOutcome> {
    const { sets, setName } = this.#setup
    if (isSetMissing(refusal)) return { outcome: 'missing' }
    if (await sets.isBusy(setName, refusal)) return { outcome: 'busy', status: BUSY }
    throw sets.error(refusal, action)
  }

  #watch(kind: Watch['kind'], stack: StackRef, marker: Marker): Watch {
    return { kind, stack, marker: writeMarker(marker) }
  }

  #idOf({ stack_set_name, stack_set_id }: RfsStackSet): InstancesId {
    const { region, request } = this.#setup
    return { region, setName: stack_set_name, setId: stack_set_id, owner: claimOwner(request.owner) }
  }

  #refOf(set: RfsStackSet): StackRef {
    return { id: formatInstancesId(this.#idOf(set)), name: `instances of ${set.stack_set_name}` }
  }

  /** A stranger's are named one by one, so that it is known what stands in the way. */
  #namedAfter(ref: StackRef, instances: readonly RfsStackInstance[]): StackRef {
    const [first] = instances
    return first === undefined
      ? ref
      : { ...ref, name: `${addressOf(first)} in the stack set ${this.#setup.setName}` }
  }

  #strangersInstance({ region, member }: Cell): CloudError {
    return new CloudError(
      'rejected',
      `The instance ${region}/${member} exists already in the stack set ${this.#setup.setName} and was not made by this ` +
        'resource: leave it out of DeploymentTargets, or delete it there first',
    )
  }

  #noSet(): CloudError {
    const { setName, setId } = this.#setup
    const which = setId === undefined ? '' : ` with the id ${setId}`
    return new CloudError(
      'rejected',
      `There is no stack set named ${setName}${which}: check StackSetName and Region`,
    )
  }
}

function statusOf(set: RfsStackSet, instances: readonly RfsStackInstance[]): string {
  return (instances.find(isAtWork) ?? instances.find(hasFailed) ?? instances[0])?.status ?? set.status
}

function addressOf({ region, stack_domain_id }: RfsStackInstance): string {
  return `${region}/${stack_domain_id}`
}

function beginningOf({ create_time }: RfsStackSetOperation): EpochMs | undefined {
  const time = Date.parse(create_time ?? '')
  return Number.isNaN(time) ? undefined : time
}

const OTHER_MEMBERS =
  'DeploymentTargets cannot change from one way of naming accounts to another, nor to another DomainIdsUri or filter: RFS ' +
  'does not show which accounts these were, so that nobody could tell what is new and what is gone. Add a resource with ' +
  'another name to the ROS template and remove this one'

const OTHER_TARGETS =
  'DeploymentTargets are not those that this resource has brought about: some of the instances may be of others. Take the ' +
  'last change of DeploymentTargets back and delete again'

function tooLong(): CloudError {
  return new CloudError(
    'rejected',
    'StackSetName is too long: ROS keeps an id of 255 bytes at most, of which a Chinese character takes three',
  )
}
