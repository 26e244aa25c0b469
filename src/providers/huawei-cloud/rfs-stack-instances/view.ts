import {
  readDescription,
  withClaim,
  writeDescription,
  type Claim,
  type StackSetDescription,
} from '../stack-set-description.ts'
import { hasFailed, isAtWork } from '../stack-set-operation.ts'
import type { RfsStackInstance, RfsStackSet } from '../stack-sets.ts'
import type { Condition, Ownership } from '../../provider.ts'
import { asksToRetain } from '../../session/mode.ts'
import { isSuperseded, remember, type RecentRequests } from '../../recognition/recent-requests.ts'
import { claimConflictOf, type ClaimConflict } from './claim-conflict.ts'
import { claimOwner, claimRequest, claimTargets, isSameClaim } from './claim.ts'
import type { Marker } from './marker.ts'
import type { ViewInput } from './view-input.ts'
import { stepsOf, type Step } from './steps.ts'
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

const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

/** More would leave too little room in the description for other resources. */
const MOST_EARLIER = 3

export const BUSY = 'OPERATION_IN_PROGRESS'

/**
 * The result of one read of RFS, judged for one request: who owns the instances, and which steps remain. Makes no call.
 */
export class InstancesView {
  readonly set: RfsStackSet
  /** All instances of the set. */
  readonly instances: readonly RfsStackInstance[]
  /** The instances of the desired targets, and for an Update those of the old ones. */
  readonly concerned: readonly RfsStackInstance[]
  readonly claim: Claim | undefined
  readonly #description: StackSetDescription
  readonly #input: ViewInput

  constructor(input: ViewInput, set: RfsStackSet, instances: readonly RfsStackInstance[]) {
    this.#input = input
    this.set = set
    this.instances = instances
    this.concerned = concernedBy(input, instances)
    this.#description = readDescription(set.stack_set_description ?? '')
    const owner = claimOwner(input.request.owner)
    this.claim = this.#description.claims.find((claim) => claim.owner === owner)
  }

  get isBusy(): boolean {
    return this.set.status === BUSY
  }

  /** The cloud's name for the instances' status. */
  get status(): string {
    return this.#representative?.status ?? this.set.status
  }

  get condition(): Condition {
    if (this.isClaimUndecided) return 'working'
    if (this.concerned.some(isAtWork) && this.claim?.state === 'deleted') return 'deleting'
    if (this.isBusy) return 'working'
    return this.concerned.some(({ status }) => status === 'INOPERABLE') ? 'delete-failed' : 'settled'
  }

  get ownership(): Ownership {
    const { request, by, targets } = this.#input
    const { claim } = this
    const [other] = this.#otherClaims
    if (by === 'id') {
      if (claim !== undefined) return { mark: 'ours' }
      // Somebody has removed the mark from the description, and another resource has taken the instances over since.
      return other?.state === 'adopted' ? anothers(other) : { mark: 'invisible' }
    }
    const isLost = claim === undefined || claim.state === 'deleted' || this.isAnothersByClaim
    if (request.kind === 'create' && other !== undefined && isLost) return anothers(other)
    if (claim === undefined) return { mark: 'unmarked' }
    // A failed Create took the instances over. ROS never had its id, so they keep their former owner.
    const isAnothers = request.kind === 'delete' && claim.state === 'adopted'
    return this.areOurs(targets) &&
      !isAnothers &&
      !this.isRetained &&
      !this.#isOver &&
      !this.isAnothersByClaim
      ? { mark: 'ours' }
      : { mark: 'unmarked' }
  }

  /**
   * `OnDelete` keeps the instances, for a Delete without an id: their creation has succeeded once. Only then has a later request
   * than the Create changed them. A claim without instances is withdrawn: its Create may still begin them.
   */
  get isRetained(): boolean {
    const { request, by } = this.#input
    const { claim } = this
    if (request.kind !== 'delete' || by !== 'name' || !asksToRetain(request)) return false
    if (claim === undefined || claim.state === 'deleted' || this.concerned.length === 0) return false
    return claim.request !== claim.created || !this.concerned.some((one) => isAtWork(one) || hasFailed(one))
  }

  /**
   * Whether this resource has deleted its instances, so that another owner may have made those that exist now. False
   * where the deletion is this request's, and for a Delete while an earlier deletion still runs or has failed.
   */
  get #isOver(): boolean {
    const { request } = this.#input
    const isLeft = request.kind === 'delete' && this.concerned.some((one) => isAtWork(one) || hasFailed(one))
    return (
      this.claim?.state === 'deleted' && this.claim.request !== claimRequest(request, 'update') && !isLeft
    )
  }

  /** ROS has sent later requests since this one, as the claim tells. */
  get isSuperseded(): boolean {
    const { request, creation } = this.#input
    const { claim } = this
    if (claim === undefined || request.kind === 'create') return false
    // ROS's id may be of instances that were deleted, and others were made since.
    const isKnown = creation !== undefined && claim.created !== ''
    const isOfDeleted = isKnown && claim.created !== creation
    return isOfDeleted || isSuperseded(this.#recent, claimRequest(request, 'update'))
  }

  /** A Delete without an id does not belong to the Create that made the instances, as the claim tells. */
  get isOfAnotherCreation(): boolean {
    const { request, by } = this.#input
    const made = this.claim?.stackDigest
    const isOther = made !== undefined && request.stackDigest !== undefined && made !== request.stackDigest
    return request.kind === 'delete' && by === 'name' && this.claim?.state === 'own' && isOther
  }

  /** Two resources have claimed these instances at once, and neither has noted that its request made them. */
  get isClaimUndecided(): boolean {
    return this.#input.request.kind === 'create' && this.#claimConflict === 'open'
  }

  /** This resource has noted that its request's last operation is that of the instances. */
  get isNoted(): boolean {
    return this.claim?.done !== undefined && this.claim.done === this.marker.operationId?.replaceAll('-', '')
  }

  /** Another resource has noted that its request made these instances. */
  get isAnothersByClaim(): boolean {
    return this.#claimConflict === 'lost'
  }

  /** What other resources have claimed: exactly these targets, and they have not deleted the instances since. */
  get #otherClaims(): Claim[] {
    const { request, targets } = this.#input
    const [owner, digest] = [claimOwner(request.owner), claimTargets(targets)]
    return this.#description.claims.filter(
      (one) => one.owner !== owner && one.state !== 'deleted' && one.targets === digest,
    )
  }

  get #claimConflict(): ClaimConflict {
    const targets = claimTargets(this.#input.targets)
    return claimConflictOf(this.#description.claims, {
      claim: this.claim,
      targets,
      last: this.marker.operationId,
    })
  }

  /** This resource has deleted its instances, and ROS has no later id. */
  get isDeleted(): boolean {
    return this.claim?.state === 'deleted'
  }

  /** The marker of this request's last operation, where an earlier delivery has brought it to its end. */
  get doneBefore(): Marker | undefined {
    const { claim } = this
    const done = UUID.exec(claim?.done ?? '')
    const isOwn = claim?.request === claimRequest(this.#input.request, 'update')
    return done === null || !isOwn ? undefined : { operationId: done.slice(1).join('-'), then: [] }
  }

  /**
   * The description that says so; `undefined` where it does already, or is of another request. A Create whose claim another
   * resource has overwritten, since both claimed at once, writes it anew.
   */
  descriptionDone(operationId: string): string | undefined {
    const { request } = this.#input
    const done = operationId.replaceAll('-', '')
    const { claim } = this
    if (request.kind === 'create') {
      const created = claimRequest(request, 'create')
      if (claim === undefined) return this.descriptionWith({ created, request: created, state: 'own', done })
      // Only needed if another resource claims the instances; a Delete may be writing its own claim at this moment.
      const isAsked = claim.created === created && this.#claimConflict === 'open'
      return isAsked ? this.descriptionWith({ ...claim, done }) : undefined
    }
    return claim?.request === claimRequest(request, 'update')
      ? this.descriptionWith({ ...claim, done })
      : undefined
  }

  get #recent(): RecentRequests {
    return { latest: this.claim?.request ?? '', earlier: this.claim?.earlier ?? [] }
  }

  /** An earlier delivery of this Create made instances that were deleted since. */
  get wasMadeAndDeleted(): boolean {
    const { request } = this.#input
    return (
      request.kind === 'create' &&
      this.claim?.state === 'deleted' &&
      this.claim.created === claimRequest(request, 'create')
    )
  }

  /** The marker of the instances' current or last operation. */
  get marker(): Marker {
    const operationId = this.#representative?.latest_stack_set_operation_id ?? undefined
    return { ...(operationId === undefined ? {} : { operationId }), then: [] }
  }

  /** Whether this resource's claim contains these targets, now or before its last change. */
  areOurs(targets: Targets): boolean {
    const { claim } = this
    if (claim === undefined) return this.#input.by === 'id'
    return [claim.targets, claim.before].includes(claimTargets(targets))
  }

  /**
   * Whether the new and the removed instances can be known. An Update that reverts a refused change asks for the
   * existing ones.
   */
  get isToldFromOld(): boolean {
    const { oldTargets, targets } = this.#input
    return (
      oldTargets === undefined || areComparable(oldTargets.members, targets.members) || this.areOurs(targets)
    )
  }

  /** Instances that an Update has to create, but that somebody else has created already. */
  get foreignCells(): Cell[] {
    const { targets } = this.#input
    if (targets.members.by !== 'accounts') return []
    if (this.claim !== undefined && this.areOurs(targets)) return []
    const old = this.#comparableOld()
    const added = without(cellsOf(targets), old === undefined ? [] : cellsOf(old))
    return within(added, this.instances.map(cellOf))
  }

  /**
   * The addresses of the targets that have no instance. Which accounts a unit or a file has, only RFS knows: then the regions
   * without any.
   */
  get lacks(): string[] {
    const { targets } = this.#input
    const cells = this.concerned.map(cellOf)
    if (targets.members.by === 'accounts')
      return without(cellsOf(targets), cells).map(({ region, member }) => `${region}/${member}`)
    return targets.regions.filter((one) => cells.every(({ region }) => region !== one))
  }

  /** The steps from the existing instances to the desired ones. */
  steps(): Step[] {
    const { targets, overriding } = this.#input
    const failed = instancesOf(this.instances, targets).some(hasFailed)
    return stepsOf({
      desired: targets,
      old: this.#comparableOld(),
      existing: this.existing(),
      overriding: failed && overriding === 'none' ? 'given' : overriding,
      variables: [...this.set.vars_body, ...this.set.vars_uri_content],
    })
  }

  /**
   * The existing cells: accounts are known from the instances, units from the set, and a selection only from the
   * properties.
   */
  existing(): Cell[] {
    const { targets } = this.#input
    const { members } = targets
    if (members.by === 'accounts') return this.instances.map(cellOf)
    const before = cellsOf(this.#comparableOld() ?? targets)
    const managed = this.set.organizational_unit_ids ?? []
    return members.by === 'units' && managed.length > 0
      ? before.filter(({ member }) => managed.includes(member))
      : before
  }

  /** The set's description with the resource's claim; `undefined` where it has that claim already. */
  descriptionWith(what: Pick<Claim, 'created' | 'request' | 'state' | 'done'>): string | undefined {
    const { request, targets } = this.#input
    const now = claimTargets(targets)
    const { claim: earlier } = this
    const recent = remember(this.#recent, what.request)
    const stackDigest = request.kind === 'create' ? request.stackDigest : earlier?.stackDigest
    const claim: Claim = {
      owner: claimOwner(request.owner),
      created: what.created,
      ...(stackDigest === undefined ? {} : { stackDigest }),
      request: recent.latest,
      earlier: recent.earlier.slice(0, MOST_EARLIER),
      ...(what.done === undefined ? {} : { done: what.done }),
      targets: now,
      before: (earlier?.targets === now ? earlier.before : earlier?.targets) ?? '',
      state: what.state,
    }
    return isSameClaim(earlier, claim) ? undefined : writeDescription(withClaim(this.#description, claim))
  }

  /** The set's description with another claim of the resource, or with none. */
  descriptionClaimedAs(claim: Claim | undefined): string {
    const others = this.#description.claims.filter(({ owner }) => owner !== this.claim?.owner)
    return writeDescription({
      ...this.#description,
      claims: claim === undefined ? others : [...others, claim],
    })
  }

  get #representative(): RfsStackInstance | undefined {
    return this.concerned.find(isAtWork) ?? this.concerned.find(hasFailed) ?? this.concerned[0]
  }

  /**
   * The old targets, where they can be compared. Where RFS refused the change to them, their instances are not this
   * resource's to delete.
   */
  #comparableOld(): Targets | undefined {
    const { oldTargets, targets } = this.#input
    return oldTargets !== undefined &&
      areComparable(oldTargets.members, targets.members) &&
      this.areOurs(oldTargets)
      ? oldTargets
      : undefined
  }
}

/** A mark has room for a hash of its owner, and not for the names. */
function anothers({ owner }: Claim): Ownership {
  const named = `another ROS resource: its mark in the description of the stack set begins with ${owner}`
  return { mark: 'another', owner: named }
}

function concernedBy(
  { targets, oldTargets }: ViewInput,
  instances: readonly RfsStackInstance[],
): RfsStackInstance[] {
  const now = instancesOf(instances, targets)
  const before = oldTargets === undefined ? [] : instancesOf(instances, oldTargets)
  return [...now, ...before.filter((one) => !now.includes(one))]
}
