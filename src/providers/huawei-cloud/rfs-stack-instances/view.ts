import {
  readDescription,
  withClaim,
  writeDescription,
  type Claim,
  type StackSetDescription,
} from '../stack-set-description.ts'
import { hasFailed, isAtWork } from '../stack-set-operation.ts'
import type { RfsStackInstance, RfsStackSet } from '../stack-sets.ts'
import type { Condition, Ownership, StackRequest } from '../../provider.ts'
import { claimOwner, claimRequest, claimTargets, isSameClaim } from './claim.ts'
import type { Marker } from './marker.ts'
import { stepsOf, type Overriding, type Step } from './steps.ts'
import {
  areComparable,
  cellOf,
  cellsOf,
  instancesOf,
  within,
  without,
  type Cell,
  type Targets,
} from './targets.ts'

/** What a request is about. */
export interface Matter {
  readonly request: StackRequest
  /** `id`: ROS's id names the instances. `name`: only the properties name them. */
  readonly by: 'id' | 'name'
  readonly targets: Targets
  /** What an Update comes from; absent where the properties do not say. */
  readonly oldTargets: Targets | undefined
  /** What an Update does about the variables of the instances that stay. */
  readonly overriding: Overriding
}

export const BUSY = 'OPERATION_IN_PROGRESS'

/** What one look at RFS has told, judged for one request: whose the instances are, and what is left to do. Makes no call. */
export class InstancesView {
  readonly set: RfsStackSet
  /** All of the set's. */
  readonly instances: readonly RfsStackInstance[]
  /** Those that are wanted, and for an Update those that were. */
  readonly concerned: readonly RfsStackInstance[]
  readonly claim: Claim | undefined
  readonly #description: StackSetDescription
  readonly #matter: Matter

  constructor(matter: Matter, set: RfsStackSet, instances: readonly RfsStackInstance[]) {
    this.#matter = matter
    this.set = set
    this.instances = instances
    this.concerned = concernedBy(matter, instances)
    this.#description = readDescription(set.stack_set_description ?? '')
    const owner = claimOwner(matter.request.owner)
    this.claim = this.#description.claims.find((claim) => claim.owner === owner)
  }

  get isBusy(): boolean {
    return this.set.status === BUSY
  }

  /** The cloud's word for how they stand. */
  get status(): string {
    return this.#telling?.status ?? this.set.status
  }

  get condition(): Condition {
    if (this.concerned.some(isAtWork) && this.claim?.state === 'deleted') return 'deleting'
    if (this.isBusy) return 'working'
    return this.concerned.some(({ status }) => status === 'INOPERABLE') ? 'delete-failed' : 'settled'
  }

  get ownership(): Ownership {
    const { request, by, targets } = this.#matter
    const { claim } = this
    if (claim === undefined) return by === 'id' ? { mark: 'invisible' } : { mark: 'unmarked' }
    if (by === 'id') return { mark: 'ours' }
    // Taken over by a Create that then failed: ROS never had its id, so they stay whose they were.
    const isAnothers = request.kind === 'delete' && claim.state === 'adopted'
    return this.areOurs(targets) && !isAnothers && !this.#isOver ? { mark: 'ours' } : { mark: 'unmarked' }
  }

  /**
   * What stands after their deletion somebody else may have made. Not where the deletion is this very request's, nor where
   * a Delete comes to what an earlier one is at, or has failed with.
   */
  get #isOver(): boolean {
    const { request } = this.#matter
    const isLeft = request.kind === 'delete' && this.concerned.some((one) => isAtWork(one) || hasFailed(one))
    return (
      this.claim?.state === 'deleted' && this.claim.request !== claimRequest(request, 'update') && !isLeft
    )
  }

  /** This very Create has made instances that were deleted since. */
  get wasMadeAndDeleted(): boolean {
    const { request } = this.#matter
    return (
      request.kind === 'create' &&
      this.claim?.state === 'deleted' &&
      this.claim.created === claimRequest(request, 'create')
    )
  }

  /** The operation that the instances are in, or were last. */
  get marker(): Marker {
    const operationId = this.#telling?.latest_stack_set_operation_id ?? undefined
    return { ...(operationId === undefined ? {} : { operationId }), then: [] }
  }

  /** Whether these targets are what this resource has begun to bring about, now or before its last change. */
  areOurs(targets: Targets): boolean {
    const { claim } = this
    if (claim === undefined) return this.#matter.by === 'id'
    return [claim.targets, claim.before].includes(claimTargets(targets))
  }

  /** Whether it can be said what is new and what is gone. What takes a refused change back is what stands already. */
  get isToldFromOld(): boolean {
    const { oldTargets, targets } = this.#matter
    return (
      oldTargets === undefined || areComparable(oldTargets.members, targets.members) || this.areOurs(targets)
    )
  }

  /** Instances that an Update is to make, and that somebody else has made already. */
  get strangers(): Cell[] {
    const { targets } = this.#matter
    if (targets.members.by !== 'accounts') return []
    if (this.claim !== undefined && this.areOurs(targets)) return []
    const old = this.#comparableOld()
    const added = without(cellsOf(targets), old === undefined ? [] : cellsOf(old))
    return within(added, this.instances.map(cellOf))
  }

  /** What leads from what there is to what is wanted. */
  steps(): Step[] {
    const { targets, overriding } = this.#matter
    const failed = instancesOf(this.instances, targets).some(hasFailed)
    return stepsOf({
      wanted: targets,
      old: this.#comparableOld(),
      standing: this.standing(),
      overriding: failed && overriding === 'none' ? 'given' : overriding,
      variables: [...this.set.vars_body, ...this.set.vars_uri_content],
    })
  }

  /** Accounts are told by the instances, units by what the set manages; of a selection only the properties tell. */
  standing(): Cell[] {
    const { targets } = this.#matter
    const { members } = targets
    if (members.by === 'accounts') return this.instances.map(cellOf)
    const before = cellsOf(this.#comparableOld() ?? targets)
    const managed = this.set.organizational_unit_ids ?? []
    return members.by === 'units' && managed.length > 0
      ? before.filter(({ member }) => managed.includes(member))
      : before
  }

  /** The set's description with the resource's claim; `undefined` where that stands there already. */
  descriptionWith(what: Pick<Claim, 'created' | 'request' | 'state'>): string | undefined {
    const { request, targets } = this.#matter
    const now = claimTargets(targets)
    const { claim: earlier } = this
    const claim: Claim = {
      owner: claimOwner(request.owner),
      created: what.created,
      request: what.request,
      targets: now,
      before: (earlier?.targets === now ? earlier.before : earlier?.targets) ?? '',
      state: what.state,
    }
    return isSameClaim(earlier, claim) ? undefined : writeDescription(withClaim(this.#description, claim))
  }

  /** The set's description with another claim of the resource's, or with none. */
  descriptionClaimedAs(claim: Claim | undefined): string {
    const others = this.#description.claims.filter(({ owner }) => owner !== this.claim?.owner)
    return writeDescription({
      ...this.#description,
      claims: claim === undefined ? others : [...others, claim],
    })
  }

  get #telling(): RfsStackInstance | undefined {
    return this.concerned.find(isAtWork) ?? this.concerned.find(hasFailed) ?? this.concerned[0]
  }

  /** Where the change before this one was refused, its instances are not ours to delete. */
  #comparableOld(): Targets | undefined {
    const { oldTargets, targets } = this.#matter
    return oldTargets !== undefined &&
      areComparable(oldTargets.members, targets.members) &&
      this.areOurs(oldTargets)
      ? oldTargets
      : undefined
  }
}

function concernedBy(
  { targets, oldTargets }: Matter,
  instances: readonly RfsStackInstance[],
): RfsStackInstance[] {
  const now = instancesOf(instances, targets)
  const before = oldTargets === undefined ? [] : instancesOf(instances, oldTargets)
  return [...now, ...before.filter((one) => !now.includes(one))]
}
