import type { EpochMs } from '../../../platform/clock.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { readDescription, writeDescription } from '../stack-set-description.ts'
import { failuresInWords, hasFailed, isAtWork, operationPhase } from '../stack-set-operation.ts'
import { isSetMissing, type RfsStackInstance, type RfsStackSet, type RfsStackSets } from '../stack-sets.ts'
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
import { readMarker, type Marker } from './marker.ts'
import { designDigest, readSetMarks, setMarksOf, setOwnership, setRequest, writeSetMarks } from './marks.ts'
import type { WantedSet } from './properties.ts'
import { createSetBody, deploySetBody, updateSetBody, type DeploymentWish } from './stack-set-body.ts'
import { formatStackSetId, longestName, type StackSetId } from './stack-set-id.ts'

export interface StackSetSetup {
  readonly sets: RfsStackSets
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** The set that ROS's id names, or else the name that is asked for. */
  readonly set:
    { readonly by: 'id'; readonly id: StackSetId } | { readonly by: 'name'; readonly name: string }
  /** What a Create or Update asks for; a Delete asks for nothing. */
  readonly wanted: SetWish | undefined
  readonly identityProblems: readonly PropertyProblem[]
}

export interface SetWish extends DeploymentWish {
  readonly set: WantedSet
  /** Changed to have what is behind an address deployed anew. */
  readonly revision: unknown
}

const BUSY = 'OPERATION_IN_PROGRESS'
/** RFS deletes a set while it answers; whether its list is as quick is not documented. */
const PATIENCE_WITH_DELETION_MS = 60_000

/** One event's calls to RFS. */
export class StackSetSession implements StackSession {
  readonly identityProblems: readonly PropertyProblem[]
  readonly deleteAttempts = 1
  readonly #setup: StackSetSetup

  constructor(setup: StackSetSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
  }

  async find(): Promise<Found> {
    const { request, set: asked } = this.#setup
    const set = await this.#look()
    if (set === undefined) return { found: false }
    const marks = marksIn(set)
    const ref = await this.#refOf(set)
    // Taken over by a Create that then failed: ROS never had its id, so it stays whose it was.
    const isAnothers = request.kind === 'delete' && asked.by === 'name' && marks?.adopted === true
    const begun = await this.#underWay(set, ref)
    return {
      found: true,
      stack: ref,
      status: set.status,
      condition: set.status === BUSY ? 'working' : set.status === 'DEACTIVATED' ? 'stuck' : 'settled',
      ownership: isAnothers ? { mark: 'unmarked' } : setOwnership(marks, request.owner),
      by: asked.by,
      ...(begun === undefined ? {} : { begun }),
      ...(set.status === 'DEACTIVATED' ? { advice: DEACTIVATED } : {}),
    }
  }

  async create(): Promise<CreateOutcome> {
    const { sets, region, request } = this.#setup
    const wish = this.#wanted()
    const name = this.#name()
    const scope = await sets.scope()
    const longest = longestName({ region, scope })
    if (Buffer.byteLength(name) > longest) throw tooLong(longest)
    const digest = setRequest(request, 'create')
    const marks = setMarksOf(request.owner, {
      created: digest,
      request: digest,
      design: designOf(wish),
      adopted: false,
    })
    const description = writeDescription({
      text: wish.set.Description ?? '',
      mark: writeSetMarks(marks),
      claims: [],
    })
    const created = await sets.create(createSetBody(wish.set, name, description, wish.callIdentity))
    if ('refusal' in created) return { outcome: 'taken' }
    const stack = { id: formatStackSetId({ region, scope, name, id: created.id }), name }
    return { outcome: 'started', watch: { kind: 'create', stack, marker: this.#marker() } }
  }

  /** Two calls: a deployment leaves alone what belongs to the set itself, and with it the marks. */
  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { sets } = this.#setup
    const wish = this.#wanted()
    const set = await this.#look()
    if (set === undefined) return { outcome: 'missing' }
    const begun = await this.#underWay(set, stack)
    if (begun !== undefined) return { outcome: 'started', watch: begun }
    if (set.status === BUSY) return { outcome: 'busy', status: BUSY }
    const { PermissionModel } = wish.set
    if (PermissionModel !== undefined && PermissionModel !== (set.permission_model ?? 'SELF_MANAGED'))
      throw new CloudError('rejected', OTHER_MODEL)
    const instances = await sets.instances(set.stack_set_name)
    const isNew = this.#isToBeDeployed(set, instances)
    // Until it is deployed the design is not the set's: a later Update would find nothing to do.
    const description = this.#descriptionFor(set, isNew ? '' : designOf(wish))
    const name = set.stack_set_name
    const attributed = await sets.update(
      name,
      updateSetBody(wish.set, set.stack_set_id, description, wish.callIdentity),
    )
    if (!attributed.accepted) return this.#updateRefused(name, attributed.refusal, 'RFS UpdateStackSet')
    if (!isNew) return { outcome: 'unchanged', watch: { kind: 'read', stack, marker: this.#marker() } }
    const deployed = await sets.deploy(name, deploySetBody(wish.set, set, instances, wish))
    if (!deployed.accepted) return this.#updateRefused(name, deployed.refusal, 'RFS DeployStackSet')
    return {
      outcome: 'started',
      watch: { kind: 'update', stack, marker: this.#deploying(deployed.operationId) },
    }
  }

  async delete(stack: StackRef): Promise<DeleteOutcome> {
    const { sets } = this.#setup
    const set = await this.#look()
    if (set === undefined) return { outcome: 'missing' }
    if (set.status === BUSY) return { outcome: 'busy', status: BUSY }
    const name = set.stack_set_name
    const instances = await sets.instances(name)
    if (instances.length > 0) return { outcome: 'refused', reason: hasInstances(instances) }
    const deleted = await sets.delete(name, set.stack_set_id)
    if (deleted.accepted)
      return { outcome: 'started', watch: { kind: 'delete', stack, marker: this.#marker() } }
    if (isSetMissing(deleted.refusal)) return { outcome: 'missing' }
    if (await sets.isBusy(name, deleted.refusal)) return { outcome: 'busy', status: BUSY }
    throw sets.error(deleted.refusal, 'RFS DeleteStackSet')
  }

  async describe(watch: Watch): Promise<Observation> {
    const { sets } = this.#setup
    const marker = readMarker(watch.marker)
    const { operationId, startedAt } = marker
    const set = await this.#look()
    if (set === undefined) return { phase: 'gone' }
    if (watch.kind === 'delete')
      return this.#now() - startedAt < PATIENCE_WITH_DELETION_MS
        ? { phase: 'working', status: set.status }
        : { phase: 'failed', status: set.status, statusReason: NOT_DELETED, final: true }
    if (operationId === undefined) {
      if (set.status === BUSY) return working(BUSY)
      await this.#markDeployed(set, marker)
      return this.#succeeded(set)
    }
    const operation = await sets.operation(set.stack_set_name, operationId)
    if (operation === undefined) return working(set.status)
    const status = `${operation.action} ${operation.status}`
    switch (operationPhase(operation.status)) {
      case 'working':
        return working(status)
      case 'succeeded':
        await this.#markDeployed(set, marker)
        return this.#succeeded(set, operationId)
      case 'failed': {
        const statusReason = this.#setup.surroundings.secrets.mask(operation.status_message ?? '')
        return { phase: 'failed', status, final: true, ...(statusReason === '' ? {} : { statusReason }) }
      }
    }
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { sets, surroundings } = this.#setup
    const { operationId } = readMarker(watch.marker)
    const instances = operationId === undefined ? [] : await sets.instances(this.#name())
    const cause = failuresInWords(instances, operationId, surroundings.secrets)
    return cause === undefined ? {} : { cause }
  }

  cancel(): Promise<string> {
    return Promise.resolve('RFS has no call that stops an operation of a stack set: it goes on.')
  }

  /** RFS keeps no events of a set: each instance as it stands is one. */
  async events(_stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { sets, surroundings } = this.#setup
    const instances = await sets.instances(this.#name())
    return instances
      .map((instance) => ({ ...instance, at: Date.parse(instance.update_time ?? '') }))
      .filter(({ at }) => at >= since)
      .sort((one, other) => one.at - other.at)
      .map(({ at, region, stack_domain_id, status, status_message, latest_stack_set_operation_id }) => ({
        id: JSON.stringify([region, stack_domain_id, status, latest_stack_set_operation_id]),
        at,
        resource: `${region}/${stack_domain_id}`,
        type: 'RFS stack instance',
        status,
        ...(status_message === undefined || status_message === null
          ? {}
          : { reason: surroundings.secrets.mask(status_message) }),
      }))
  }

  close(): void {
    // The connections and tokens are the process's, for the next event.
  }

  /** This request's operation, where the set shows that it has begun: then it is followed, and none begun anew. */
  async #underWay(set: RfsStackSet, ref: StackRef): Promise<Watch | undefined> {
    const { sets, request } = this.#setup
    const marks = marksIn(set)
    if (request.kind === 'create' && marks?.created === setRequest(request, 'create'))
      return { kind: 'create', stack: ref, marker: this.#marker() }
    // The mark is written before the deployment begins: only at work it proves that it has.
    if (request.kind === 'delete' || set.status !== BUSY || marks?.request !== setRequest(request, 'update'))
      return undefined
    const name = set.stack_set_name
    const instances = await sets.instances(name)
    const operationId = instances.find(isAtWork)?.latest_stack_set_operation_id ?? undefined
    const operation = operationId === undefined ? undefined : await sets.operation(name, operationId)
    // What runs on instances may be somebody else's, and the deployment still to be asked for: then it is waited for.
    return instances.length === 0 || operation?.action === 'DEPLOY_STACK_SET'
      ? { kind: 'update', stack: ref, marker: this.#deploying(operationId) }
      : undefined
  }

  /** A deployment reaches into every account, so that it is begun only for what has changed, or has not come about. */
  #isToBeDeployed(set: RfsStackSet, instances: readonly RfsStackInstance[]): boolean {
    const { request } = this.#setup
    const marks = marksIn(set)
    return (
      marks?.design !== designOf(this.#wanted()) ||
      // Written before a deployment that may never have been asked for.
      marks.request === setRequest(request, 'update') ||
      instances.some(hasFailed)
    )
  }

  #descriptionFor(set: RfsStackSet, design: string): string {
    const { request } = this.#setup
    const wish = this.#wanted()
    const description = readDescription(set.stack_set_description ?? '')
    const marks = marksIn(set)
    const wasOurs = setOwnership(marks, request.owner).mark === 'ours'
    const created = wasOurs ? marks?.created : undefined
    const mark = setMarksOf(request.owner, {
      ...(created === undefined ? {} : { created }),
      request: setRequest(request, 'update'),
      design,
      adopted: request.kind === 'create' && (!wasOurs || marks?.adopted === true),
    })
    return writeDescription({
      ...description,
      text: wish.set.Description ?? description.text,
      mark: writeSetMarks(mark),
    })
  }

  /** Where RFS refuses it, or nobody comes to it, the next Update deploys once more what is deployed. */
  async #markDeployed(set: RfsStackSet, { design }: Marker): Promise<void> {
    const { sets, request, wanted } = this.#setup
    const { mark, ...description } = readDescription(set.stack_set_description ?? '')
    const marks = readSetMarks(mark)
    if (design === undefined || marks?.request !== setRequest(request, 'update') || marks.design === design)
      return
    const written = writeDescription({ ...description, mark: writeSetMarks({ ...marks, design }) })
    await sets.update(set.stack_set_name, updateSetBody({}, set.stack_set_id, written, wanted?.callIdentity))
  }

  async #updateRefused(name: string, refusal: HttpAnswer, action: string): Promise<UpdateOutcome> {
    const { sets } = this.#setup
    if (isSetMissing(refusal)) return { outcome: 'missing' }
    if (await sets.isBusy(name, refusal)) return { outcome: 'busy', status: BUSY }
    throw sets.error(refusal, action)
  }

  #look(): Promise<RfsStackSet | undefined> {
    const { sets, set } = this.#setup
    return set.by === 'id' ? sets.metadata(set.id.name, set.id.id) : sets.metadata(set.name)
  }

  #succeeded(set: RfsStackSet, operationId?: string): Observation {
    return {
      phase: 'succeeded',
      status: set.status,
      outputs: {
        StackSetId: set.stack_set_id,
        StackSetName: set.stack_set_name,
        PermissionModel: set.permission_model ?? 'SELF_MANAGED',
        ...(operationId === undefined ? {} : { StackSetOperationId: operationId }),
      },
    }
  }

  async #refOf({ stack_set_name: name, stack_set_id: id }: RfsStackSet): Promise<StackRef> {
    const { region, sets } = this.#setup
    return { id: formatStackSetId({ region, scope: await sets.scope(), name, id }), name }
  }

  #name(): string {
    const { set } = this.#setup
    return set.by === 'id' ? set.id.name : set.name
  }

  #marker(operationId?: string): Marker {
    return { startedAt: this.#now(), ...(operationId === undefined ? {} : { operationId }) }
  }

  #deploying(operationId: string | undefined): Marker {
    return { ...this.#marker(operationId), design: designOf(this.#wanted()) }
  }

  #wanted(): SetWish {
    const { wanted } = this.#setup
    if (wanted === undefined) throw new TypeError('A Delete has no stack set to ask for')
    return wanted
  }

  #now(): EpochMs {
    return this.#setup.surroundings.clock.now()
  }
}

function marksIn({ stack_set_description }: RfsStackSet) {
  return readSetMarks(readDescription(stack_set_description ?? '').mark)
}

function designOf({ set, revision }: SetWish): string {
  const { TemplateBody, TemplateUri, Parameters, VarsBody, VarsUri } = set
  return designDigest([TemplateBody, TemplateUri, Parameters, VarsBody, VarsUri, revision])
}

function working(status: string): Observation {
  return { phase: 'working', status }
}

function hasInstances(instances: readonly RfsStackInstance[]): string {
  const [first] = instances
  const example = first === undefined ? '' : `, for example ${first.region}/${first.stack_domain_id}`
  return (
    `The stack set still has ${String(instances.length)} instances${example}, and RFS deletes only sets without: delete these ` +
    'first (a Custom::HuaweiRfsStackInstances that depends on this resource is deleted before it)'
  )
}

const DEACTIVATED = 'The stack set is deactivated: see the RFS console'
const NOT_DELETED = 'RFS accepted the deletion, and the stack set is still there'
const OTHER_MODEL =
  'StackSet.PermissionModel cannot change: RFS does not change it. Add a resource with another name to the ROS template and ' +
  'remove this one'

function tooLong(longest: number): CloudError {
  return new CloudError(
    'rejected',
    `StackSet.Name must have at most ${String(longest)} bytes here, so that ROS can keep the id of 255 bytes`,
  )
}
