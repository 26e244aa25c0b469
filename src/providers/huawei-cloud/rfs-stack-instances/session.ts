import type { EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { type Claim } from '../stack-set-description.ts'
import { failuresInWords, hasFailed, isAtWork, operationPhase } from '../stack-set-operation.ts'
import { preferencesBody, present, type OperationPreferences } from '../stack-set-properties.ts'
import {
  isSetMissing,
  type RfsStackInstance,
  type RfsStackSet,
  type RfsStackSetOperation,
  type RfsStackSets,
  type SetAccepted,
} from '../stack-sets.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import {
  CloudError,
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
import { claimOwner, claimRequest } from './claim.ts'
import { fitsRos, formatInstancesId, type InstancesId } from './instances-id.ts'
import { readMarker, writeMarker, type Marker } from './marker.ts'
import { outputsOf } from './outputs.ts'
import { overridesBody } from './overrides.ts'
import type { VarOverrides } from './properties.ts'
import { isOf, narrowed, stepsAfter, type Overriding, type Step } from './steps.ts'
import { BUSY, InstancesView } from './view.ts'
import {
  blocksOf,
  cellOf,
  cellsOf,
  instancesOf,
  targetsBody,
  within,
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

/** What came of asking RFS for the first of some steps. */
type Begun =
  | { readonly begun: 'started'; readonly marker: Marker }
  | { readonly begun: 'nothing' }
  | { readonly begun: 'busy' }
  | { readonly begun: 'refused'; readonly refusal: HttpAnswer; readonly action: string }

/**
 * One event's calls to RFS. Instances bear no marks: whose they are stands in the description of their stack set, and what
 * they go through is told by the operation that each instance names as its latest.
 */
export class StackInstancesSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts = 1
  readonly #setup: InstancesSetup
  /** As it was read a moment ago. */
  #latest: InstancesView | undefined

  constructor(setup: InstancesSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
  }

  async find(): Promise<Found> {
    const { request, by } = this.#setup
    const view = await this.#look()
    this.#latest = view
    if (view === undefined) return { found: false }
    const ref = await this.#refOf(view.set)
    if (view.concerned.length === 0 && request.kind !== 'update')
      return view.isSpent ? { found: 'spent', stack: ref } : { found: false }
    const begun = await this.#underWay(view, ref)
    return {
      found: true,
      stack: begun === undefined && by === 'name' ? this.#namedAfter(ref, view.concerned) : ref,
      status: view.status,
      condition: view.condition,
      ownership: view.ownership,
      by,
      ...(begun === undefined ? {} : { begun }),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { sets, request, wanted, setName } = this.#setup
    const view = await this.#known()
    if (view === undefined) throw this.#noSet()
    const { set } = view
    const ref = await this.#refOf(set)
    if (!fitsRos(await this.#idOf(set))) throw tooLong()
    if (view.concerned.length > 0) return { outcome: 'taken' }
    if (view.isSpent) return { outcome: 'spent', stack: ref }
    // Nothing can be written before the other operation has ended: then it shows, too, whether it was ours.
    if (view.isBusy) return { outcome: 'taken' }
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
        await this.#unclaim(view)
        throw sets.error(begun.refusal, begun.action)
      case 'nothing':
        throw new TypeError('A Create has a step')
    }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { request } = this.#setup
    const view = await this.#known()
    if (view === undefined) return { outcome: 'missing' }
    const ref = await this.#refOf(view.set)
    const begun = await this.#underWay(view, ref)
    if (begun !== undefined) return { outcome: 'started', watch: begun }
    if (view.isBusy) return { outcome: 'busy', status: BUSY }
    if (!view.isToldFromOld) throw new CloudError('rejected', OTHER_MEMBERS)
    const [stranger] = request.kind === 'create' ? [] : view.strangers
    if (stranger !== undefined) throw this.#strangersInstance(stranger)
    const wasOurs = view.ownership.mark === 'ours'
    const isTakenOver = request.kind === 'create' && (!wasOurs || view.claim?.state === 'adopted')
    const claimed = await this.#claim(view, {
      created: wasOurs ? (view.claim?.created ?? '') : '',
      request: claimRequest(request, 'update'),
      state: isTakenOver ? 'adopted' : 'own',
    })
    if (!claimed.accepted) return this.#updateRefused(claimed.refusal, 'RFS UpdateStackSet')
    const outcome = await this.#begin(view.steps(), view.set.stack_set_id)
    switch (outcome.begun) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('update', ref, outcome.marker) }
      case 'nothing':
        return { outcome: 'unchanged', watch: this.#watch('read', stack, view.marker) }
      case 'busy':
        return { outcome: 'busy', status: BUSY }
      case 'refused':
        return this.#updateRefused(outcome.refusal, outcome.action)
    }
  }

  async delete(stack: StackRef): Promise<DeleteOutcome> {
    const { sets, request, wanted, setName } = this.#setup
    const view = await this.#known()
    if (view === undefined || view.concerned.length === 0) return { outcome: 'missing' }
    if (!view.areOurs(wanted.targets)) return { outcome: 'refused', reason: OTHER_TARGETS }
    if (view.isBusy) return { outcome: 'busy', status: BUSY }
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
    const live = within(cellsOf(targets), view.standing())
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
        await this.#unclaim(view)
        throw sets.error(begun.refusal, begun.action)
    }
  }

  async describe(watch: Watch): Promise<Observation> {
    const { sets, setName, surroundings } = this.#setup
    const marker = readMarker(watch.marker)
    if (marker.operationId === undefined) return this.#ended(watch, marker)
    const operation = await sets.operation(setName, marker.operationId)
    if (operation === undefined) return this.#unseen()
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
        if (await this.#hasLeft(operation))
          return { phase: 'failed', status: `${action} ${status}`, final: true, advice: NOT_DELETED }
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

  /** RFS calls a deletion complete also where it has failed within the tolerance: what still stands would be nobody's. */
  async #hasLeft({ action, stack_set_operation_id }: RfsStackSetOperation): Promise<boolean> {
    if (action !== 'DELETE_STACK_INSTANCES') return false
    const instances = await this.#setup.sets.instances(this.#setup.setName)
    return instances.some(
      (one) => hasFailed(one) && one.latest_stack_set_operation_id === stack_set_operation_id,
    )
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
    const other = concerned.find(isAtWork)?.latest_stack_set_operation_id ?? marker.operationId
    if (other !== marker.operationId && other !== undefined) {
      const running = await sets.operation(setName, other)
      // Another delivery of the event was quicker; what somebody else does is waited for.
      return running !== undefined && isOf(next, running.action)
        ? working({ operationId: other, then: rest })
        : working(marker)
    }
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
      status: view.status,
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
  async #claim(
    view: InstancesView,
    what: Pick<Claim, 'created' | 'request' | 'state'>,
  ): Promise<SetAccepted> {
    const { sets, setName, wanted } = this.#setup
    const description = view.descriptionWith(what)
    if (description === undefined) return { accepted: true }
    return sets.update(
      setName,
      present({
        stack_set_id: view.set.stack_set_id,
        stack_set_description: description,
        call_identity: wanted.callIdentity,
      }),
    )
  }

  /**
   * Takes a claim back whose operation RFS has refused: it would stand for instances that are not as it says. Not where
   * another delivery of the event has got through meanwhile.
   */
  async #unclaim(before: InstancesView): Promise<void> {
    const { sets, setName, wanted } = this.#setup
    const now = await this.#look()
    if (now?.concerned.length !== before.concerned.length) return
    // Where RFS refuses this as well, the refusal to answer with is still the operation's.
    await sets.update(
      setName,
      present({
        stack_set_id: now.set.stack_set_id,
        stack_set_description: now.descriptionClaimedAs(before.claim),
        call_identity: wanted.callIdentity,
      }),
    )
  }

  /** This request's operation, where RFS shows that it has begun: then it is followed, and none begun anew. */
  async #underWay(view: InstancesView, ref: StackRef): Promise<Watch | undefined> {
    const { sets, setName, request } = this.#setup
    const { claim, marker } = view
    if (claim === undefined || marker.operationId === undefined) return undefined
    const isRunning = view.concerned.some(isAtWork)
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
    const then = stepsAfter(view.steps(), operation.action)
    return this.#watch('update', ref, { ...marker, then })
  }

  async #look(): Promise<InstancesView | undefined> {
    const { sets, setName, setId, request, by, wanted, oldTargets, overriding } = this.#setup
    const set = await sets.metadata(setName, setId)
    if (set === undefined) return undefined
    const matter = { request, by, targets: wanted.targets, oldTargets, overriding }
    return new InstancesView(matter, set, await sets.instances(setName))
  }

  /** An operation that is not there: its set was deleted, or RFS does not show it yet. */
  async #unseen(): Promise<Observation> {
    const { sets, setName, setId } = this.#setup
    const set = await sets.metadata(setName, setId)
    return set === undefined ? { phase: 'gone' } : { phase: 'working', status: set.status }
  }

  async #known(): Promise<InstancesView | undefined> {
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

  async #idOf({ stack_set_name: setName, stack_set_id: setId }: RfsStackSet): Promise<InstancesId> {
    const { region, request, sets } = this.#setup
    return { region, scope: await sets.scope(), setName, setId, owner: claimOwner(request.owner) }
  }

  async #refOf(set: RfsStackSet): Promise<StackRef> {
    return { id: formatInstancesId(await this.#idOf(set)), name: `instances of ${set.stack_set_name}` }
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

const NOT_DELETED =
  'OperationPreferences tolerates failures, but a deletion is done only where nothing is left: these instances still stand'

const OTHER_TARGETS =
  'DeploymentTargets are not those that this resource has brought about: some of the instances may be of others. Take the ' +
  'last change of DeploymentTargets back and delete again'

function tooLong(): CloudError {
  return new CloudError(
    'rejected',
    'StackSetName is too long: ROS keeps an id of 255 bytes at most, of which a Chinese character takes three',
  )
}
