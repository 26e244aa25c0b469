import type { EpochMs } from '../../../platform/clock.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { addressOf, instanceEvents } from '../stack-instance-events.ts'
import { failuresInWords, hasFailed, isAtWork } from '../stack-set-operation.ts'
import { NO_STACK_SET_DRIFT } from '../no-drift.ts'
import { NO_STACK_SET_PLAN } from '../stack-set-plan.ts'
import { isSetMissing, type RfsStackInstance } from '../stack-sets.ts'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import {
  CloudError,
  unexplained,
  type CreateOutcome,
  type DeleteOutcome,
  type DriftOutcome,
  type Explanation,
  type Found,
  type Observation,
  type PlanOutcome,
  type ForeignStackState,
  type StackEvent,
  type StackRef,
  type StackSession,
  type UpdateOutcome,
  type Watch,
} from '../../provider.ts'
import { claimRequest } from './claim.ts'
import { beginCreation, nameOf, newIdOf } from './creation.ts'
import { formatInstancesId } from './instances-id.ts'
import { logRetained } from '../../session/log-retained.ts'
import { readMarker, writeMarker, type Marker } from './marker.ts'
import { InstanceOperations } from './instance-operations.ts'
import { InstancesPoll } from './poll.ts'
import { readView, type InstancesSetup } from './session-setup.ts'
import { OTHER_MEMBERS, OTHER_TARGETS } from './refusals.ts'
import { isOf, stepsAfter, type Step } from './steps.ts'
import type { InstancesView } from './view.ts'
import { BUSY } from './view.ts'
import { blocksOf, cellsOf, instancesOf, within, type Cell } from './targets.ts'

/** So many of the missing instances does a reason name. */
const MOST_NAMED = 10

/**
 * One request's calls to RFS. Not a `StackService`: an Update may take several operations one after the other, which the
 * polls themselves start, and a poll that sees one at work reads that operation alone. Instances have no marks: the
 * description of their stack set names their owner, and each instance names its latest operation.
 */
export class StackInstancesSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts = 1
  readonly #setup: InstancesSetup
  readonly #operations: InstanceOperations
  readonly #poll: InstancesPoll
  /** What `find` read; the next write uses it once. */
  #latest: InstancesView | undefined

  constructor(setup: InstancesSetup) {
    this.#setup = setup
    this.#operations = new InstanceOperations(setup)
    this.#poll = new InstancesPoll(setup, this.#operations)
    this.identityProblems = setup.identityProblems
  }

  async find(): Promise<Found> {
    const { request, by } = this.#setup
    const view = await readView(this.#setup)
    this.#latest = view
    if (view === undefined) return this.#notFound()
    const ref = await this.#refOf(view)
    if (view.isSuperseded) return { found: 'superseded', stack: ref }
    if (request.kind === 'update' && view.isDeleted) return this.#notFound()
    if (view.concerned.length === 0 && request.kind !== 'update') {
      if (view.wasMadeAndDeleted) return { found: 'replayed-after-delete', stack: ref }
      // The Create has claimed the instances: once the claim is withdrawn, it begins nothing more.
      if (!this.#isToBeWithdrawn(view)) return this.#notFound()
    }
    if (view.isRetained) logRetained(this.#setup.surroundings.log, ref)
    const started = await this.#underWay(view, ref)
    return {
      found: true,
      stack: started === undefined && by === 'name' ? this.#namedAfter(ref, view.concerned) : ref,
      status: view.status,
      condition: view.condition,
      ownership: view.ownership,
      by,
      ...(started === undefined ? {} : { started }),
      // The claim is written before the operation starts.
      ...(started?.kind === 'update' ? { mayBeAnothers: true } : {}),
      ...(view.isOfAnotherCreation ? { isOfAnotherCreation: true } : {}),
    }
  }

  async readState(): Promise<ForeignStackState | undefined> {
    const view = await readView(this.#setup)
    if (view === undefined || view.concerned.length === 0) return undefined
    const watch = this.#watch('read', await this.#refOf(view), { then: [] })
    const condition = view.concerned.some(hasFailed) ? 'failed-create' : view.condition
    const { lacks } = view
    return {
      watch,
      status: view.status,
      condition: view.isBusy ? 'working' : condition,
      ...(lacks.length === 0 ? {} : { lacks: this.#lacking(lacks) }),
    }
  }

  plan(): Promise<PlanOutcome> {
    return Promise.resolve({ outcome: 'impossible', reason: NO_STACK_SET_PLAN })
  }

  drift(): Promise<DriftOutcome> {
    return Promise.resolve({ outcome: 'impossible', reason: NO_STACK_SET_DRIFT.impossible })
  }

  async create(): Promise<CreateOutcome> {
    return beginCreation(await this.#known(), this.#setup, this.#operations)
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { request } = this.#setup
    const view = await this.#known()
    if (view === undefined) return { outcome: 'missing' }
    const ref = await this.#refOf(view)
    if (view.isSuperseded) return { outcome: 'superseded' }
    if (view.doneBefore !== undefined)
      return { outcome: 'unchanged', watch: this.#watch('read', ref, view.doneBefore) }
    const started = await this.#underWay(view, ref)
    if (started !== undefined) return { outcome: 'started', watch: started }
    if (view.isBusy) return { outcome: 'busy', status: BUSY }
    if (!view.isToldFromOld) throw new CloudError('rejected', OTHER_MEMBERS)
    const [foreign] = request.kind === 'create' ? [] : view.foreignCells
    if (foreign !== undefined) throw this.#notMadeByThis(foreign)
    const wasOurs = view.ownership.mark === 'ours'
    const isTakenOver = request.kind === 'create' && (!wasOurs || view.claim?.state === 'adopted')
    const claimed = await this.#operations.claim(view, {
      created: this.#createdOf(view),
      request: claimRequest(request, 'update'),
      state: isTakenOver ? 'adopted' : 'own',
    })
    if (!claimed.accepted) return this.#updateRefused(claimed.refusal, 'RFS UpdateStackSet')
    const start = await this.#operations.begin(view.steps(), view.set.stack_set_id)
    switch (start.outcome) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('update', ref, start.marker) }
      case 'nothing':
        return { outcome: 'unchanged', watch: this.#watch('read', stack, view.marker) }
      case 'busy':
        return { outcome: 'busy', status: BUSY }
      case 'refused':
        return this.#updateRefused(start.refusal, start.action)
    }
  }

  async delete(stack: StackRef): Promise<DeleteOutcome> {
    const { sets, request, desired, setName } = this.#setup
    const view = await this.#known()
    if (view === undefined) return { outcome: 'missing' }
    const isWithdrawal = view.concerned.length === 0
    if (isWithdrawal && !this.#isToBeWithdrawn(view)) return { outcome: 'missing' }
    if (!view.areOurs(desired.targets)) return { outcome: 'refused', reason: OTHER_TARGETS }
    if (view.isBusy) return { outcome: 'busy', status: BUSY }
    if (view.claim !== undefined) {
      const { created } = view.claim
      const claimed = await this.#operations.claim(view, {
        created,
        request: claimRequest(request, 'update'),
        state: 'deleted',
      })
      if (!claimed.accepted) {
        if (await sets.isBusy(setName, claimed.refusal)) return { outcome: 'busy', status: BUSY }
        if (isSetMissing(claimed.refusal)) return { outcome: 'missing' }
        throw sets.refused(claimed.refusal, 'RFS UpdateStackSet')
      }
    }
    if (isWithdrawal) return { outcome: 'busy', status: 'not created' }
    const { targets } = desired
    const live = within(cellsOf(targets), view.existing())
    const steps = blocksOf(live, targets.members).map((block): Step => ({ does: 'delete', targets: block }))
    const start = await this.#operations.begin(steps, view.set.stack_set_id)
    switch (start.outcome) {
      case 'started':
        return { outcome: 'started', watch: this.#watch('delete', stack, start.marker) }
      case 'nothing':
        return { outcome: 'missing' }
      case 'busy':
        return { outcome: 'busy', status: BUSY }
      case 'refused':
        if (isSetMissing(start.refusal)) return { outcome: 'missing' }
        await this.#operations.unclaim(view, await readView(this.#setup))
        throw sets.error(start.refusal, start.action)
    }
  }

  describe(watch: Watch): Promise<Observation> {
    return this.#poll.describe(watch)
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { sets, setName, surroundings } = this.#setup
    const { operationId } = readMarker(watch.marker)
    const instances = await sets.instances(setName)
    if (
      operationId !== undefined &&
      !instances.some((one) => one.latest_stack_set_operation_id === operationId)
    )
      throw new CloudError('unavailable', 'RFS does not show the instances of the operation yet', {
        unreadable: true,
      })
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

  /** RFS keeps no events of a set, so each instance's current status is one. */
  async events(_stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { sets, setName, surroundings, desired } = this.#setup
    const instances = instancesOf(await sets.instances(setName), desired.targets)
    return instanceEvents(instances, since).map((event) =>
      event.reason === undefined ? event : { ...event, reason: surroundings.secrets.mask(event.reason) },
    )
  }

  async diagnose(): Promise<Diagnosis | undefined> {
    const view = await readView(this.#setup)
    if (view === undefined) return undefined
    const { diagnoseStackInstances } = await import('./diagnosis.ts')
    return diagnoseStackInstances(this.#setup, view.set, await this.#refOf(view))
  }

  close(): void {
    // Connections and tokens belong to the process: the next event uses them.
  }

  /**
   * The operation that an earlier delivery of this request started, where RFS shows it. The request follows it and
   * starts no other.
   */
  async #underWay(view: InstancesView, ref: StackRef): Promise<Watch | undefined> {
    const { sets, setName, request } = this.#setup
    const { claim, marker } = view
    if (claim === undefined || marker.operationId === undefined) return undefined
    const isRunning = view.concerned.some(isAtWork)
    switch (request.kind) {
      case 'delete':
        return claim.state === 'deleted' && isRunning && (await this.#isDeletion(marker.operationId))
          ? this.#watch('delete', ref, marker)
          : undefined
      case 'create':
        if (view.isClaimUndecided || view.isAnothersByClaim) return undefined
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

  /** A creation can begin after the claim was withdrawn: its request was sent before, and RFS carried it out late. */
  async #isDeletion(operationId: string): Promise<boolean> {
    const { sets, setName } = this.#setup
    const operation = await sets.operation(setName, operationId)
    return operation !== undefined && isOf({ does: 'delete' }, operation.action)
  }

  async #known(): Promise<InstancesView | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest ?? readView(this.#setup)
  }

  async #updateRefused(refusal: HttpAnswer, action: string): Promise<UpdateOutcome> {
    const { sets, setName } = this.#setup
    if (isSetMissing(refusal)) return { outcome: 'missing' }
    if (await sets.isBusy(setName, refusal)) return { outcome: 'busy', status: BUSY }
    // A Create that found instances may have read what was true before their deletion.
    throw this.#setup.request.kind === 'create'
      ? unexplained(sets.error(refusal, action))
      : sets.refused(refusal, action)
  }

  #watch(kind: Watch['kind'], stack: StackRef, marker: Marker): Watch {
    return { kind, stack, marker: writeMarker(marker) }
  }

  async #refOf(view: InstancesView): Promise<StackRef> {
    const id = this.#setup.id ?? (await newIdOf(this.#setup, view.set, this.#createdOf(view)))
    return { id: formatInstancesId(id), name: nameOf(view.set) }
  }

  /**
   * The Create that made the instances; empty where it is not known. A claim that somebody has removed is written anew with
   * the creation that ROS's id names.
   */
  #createdOf({ claim, ownership }: InstancesView): string {
    const { id, by } = this.#setup
    if (ownership.mark === 'ours' && claim !== undefined) return claim.created
    return by === 'id' ? (id?.creation ?? '') : ''
  }

  #notFound(): Found {
    const { request, by } = this.#setup
    return { found: false, ...(request.kind === 'delete' && by === 'name' ? { mayAppear: true } : {}) }
  }

  /** A Delete without an id finds no instances, and a Create's claim on them. */
  #isToBeWithdrawn({ claim }: InstancesView): boolean {
    const { request, by } = this.#setup
    return request.kind === 'delete' && by === 'name' && claim?.state === 'own'
  }

  /** The ids of instances that somebody else made, so that the reason can name them. */
  #namedAfter(ref: StackRef, instances: readonly RfsStackInstance[]): StackRef {
    const [first] = instances
    return first === undefined
      ? ref
      : { ...ref, name: `${addressOf(first)} in the stack set ${this.#setup.setName}` }
  }

  #lacking(lacks: readonly string[]): string {
    const named = lacks.slice(0, MOST_NAMED).join(', ')
    const more = lacks.length > MOST_NAMED ? ` and ${String(lacks.length - MOST_NAMED)} more` : ''
    return (
      `The stack set ${this.#setup.setName} has no instance in ${named}${more}: create what is missing there, or ` +
      'leave it out of DeploymentTargets'
    )
  }

  #notMadeByThis({ region, member }: Cell): CloudError {
    return new CloudError(
      'rejected',
      `The instance ${region}/${member} exists already in the stack set ${this.#setup.setName} and was not made by this ` +
        'resource: leave it out of DeploymentTargets, or delete it there first',
    )
  }
}
