import type { EpochMs } from '../../../platform/clock.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { CloudError } from '../../provider.ts'
import { nameTooLong } from '../../identifiers/name-too-long.ts'
import { BoundService } from '../../session/bound-service.ts'
import type { PollRules } from '../../session/judge-poll.ts'
import type * as session from '../../session/stack-service.ts'
import { isSuperseded } from '../../recognition/recent-requests.ts'
import { instanceEvents } from '../stack-instance-events.ts'
import { readDescription, writeDescription } from '../stack-set-description.ts'
import { failuresInWords, hasFailed, isAtWork } from '../stack-set-operation.ts'
import { isSetMissing, type RfsStackInstance, type RfsStackSet } from '../stack-sets.ts'
import { NO_STACK_SET_DRIFT } from '../no-drift.ts'
import { NO_STACK_SET_PLAN } from '../stack-set-plan.ts'
import { readMarker, type Marker } from './marker.ts'
import {
  marksForUpdate,
  readSetMarks,
  recentIn,
  setMarksOf,
  setOwnership,
  setRequest,
  writeSetMarks,
} from './marks.ts'
import { BUSY, pollRules, type SetRead } from './poll-rules.ts'
import { designOf, nameIn, type SessionSetup, type SetDeployment } from './session-setup.ts'
import {
  changedAttributes,
  createSetBody,
  deploySetBody,
  describeSetBody,
  updateSetBody,
} from './stack-set-body.ts'
import { formatStackSetId, longestName } from './stack-set-id.ts'

/** RFS's calls about one stack set for one request, and what its answers mean. */
export class StackSetService
  extends BoundService<SetDeployment, SessionSetup>
  implements session.StackService<SetRead>
{
  readonly deleteAttempts = 1
  /** RFS has neither request tokens nor tags: the description holds the marks. */
  readonly detectDrift = NO_STACK_SET_DRIFT
  readonly repeatsAreKnownBy = 'mark'
  readonly markTouches = MARK_TOUCHES
  readonly poll: PollRules<SetRead>
  /** This session has written the request's mark. */
  #hasNoted = false

  constructor(setup: SessionSetup) {
    super(setup)
    this.poll = pollRules(setup)
  }

  find(): Promise<SetRead | undefined> {
    return this.#read(undefined)
  }

  read(_stack: session.StackRef, watch?: session.Watch): Promise<SetRead | undefined> {
    return this.#read(watch === undefined ? undefined : readMarker(watch.marker).operationId)
  }

  async refOf({ set: { stack_set_name: name, stack_set_id: id } }: SetRead): Promise<session.StackRef> {
    const { region, sets } = this.setup
    return { id: formatStackSetId({ region, scope: await sets.scope(), name, id }), name }
  }

  conditionOf({ set: { status } }: SetRead): session.Condition {
    return status === BUSY ? 'working' : status === 'DEACTIVATED' ? 'stuck' : 'settled'
  }

  marksOf({ set }: SetRead, owner = this.request.owner): session.Marks {
    const marks = marksIn(set)
    return {
      ownership: setOwnership(marks, owner),
      adopted: marks?.adopted === true,
      isSuperseded: isSuperseded(recentIn(marks), setRequest(this.request, 'update')),
      stackDigest: marks?.stackDigest,
    }
  }

  adviceFor({ set: { status } }: SetRead): string | undefined {
    return status === 'DEACTIVATED' ? DEACTIVATED : undefined
  }

  async startedBefore({ set }: SetRead, ref: session.StackRef): Promise<session.StartedBefore | undefined> {
    const { sets, request } = this.setup
    const marks = marksIn(set)
    if (request.kind === 'create' && marks?.created === setRequest(request, 'create'))
      return { watch: { kind: 'create', stack: ref, marker: this.#marker() } }
    // The mark is written before the deployment starts, so it proves a start only while an operation runs.
    if (request.kind === 'delete' || set.status !== BUSY || marks?.request !== setRequest(request, 'update'))
      return undefined
    const name = set.stack_set_name
    const instances = await sets.instances(name)
    const operationId = instances.find(isAtWork)?.latest_stack_set_operation_id ?? undefined
    const operation = operationId === undefined ? undefined : await sets.operation(name, operationId)
    // The running operation may be somebody else's, and this request's deployment not started yet. Then the request
    // waits for its end.
    return instances.length === 0 || operation?.action === 'DEPLOY_STACK_SET'
      ? {
          watch: { kind: 'update', stack: ref, marker: this.#deploying(operationId) },
          mayBeAnothers: true,
        }
      : undefined
  }

  markerFor(): Marker {
    return this.#marker()
  }

  /** RFS plans nothing here. Where the last deployment was of the same design, nothing changes. */
  async plan(existing: session.Existing<SetRead> | undefined): Promise<session.PlanAnswer> {
    const impossible = { outcome: 'impossible', reason: NO_STACK_SET_PLAN } as const
    if (existing === undefined) return impossible
    const { set } = existing.before
    const instances = await this.setup.sets.instances(set.stack_set_name)
    return this.#isToBeDeployed(set, instances) ? impossible : { outcome: 'planned', changes: [] }
  }

  async create(): Promise<session.CreateAnswer> {
    const { sets, region, request } = this.setup
    const desired = this.desired()
    const name = nameIn(this.setup)
    const scope = await sets.scope()
    const longest = longestName({ region, scope })
    if (Buffer.byteLength(name) > longest) throw nameTooLong('StackSet.Name', `${String(longest)} bytes`)
    const digest = setRequest(request, 'create')
    const design = designOf(desired)
    const marks = setMarksOf(request.owner, {
      created: digest,
      request: digest,
      earlier: [],
      stackDigest: request.stackDigest,
      design,
      adopted: false,
    })
    const text = desired.set.Description ?? ''
    const description = writeDescription({ text, mark: writeSetMarks(marks), claims: [] })
    const created = await sets.create(createSetBody(desired.set, name, description, desired.callIdentity))
    if ('refusal' in created)
      return { outcome: 'taken', message: sets.error(created.refusal, 'RFS CreateStackSet').message }
    return {
      outcome: 'started',
      stack: { id: formatStackSetId({ region, scope, name, id: created.id }), name },
    }
  }

  /** Two calls, since a deployment does not change the attributes of the set itself, which include the marks. */
  async update(_stack: session.StackRef, { set }: SetRead): Promise<session.UpdateAnswer> {
    const { sets } = this.setup
    const desired = this.desired()
    if (set.status === BUSY) return { outcome: 'busy', status: BUSY }
    const { PermissionModel } = desired.set
    if (PermissionModel !== undefined && PermissionModel !== (set.permission_model ?? 'SELF_MANAGED'))
      throw new CloudError('rejected', OTHER_MODEL)
    const name = set.stack_set_name
    const instances = await sets.instances(name)
    const isNew = this.#isToBeDeployed(set, instances)
    if (isNew && this.#isStartedByAnother(set)) return { outcome: 'busy', status: set.status }
    // The digest must not name the new design before it is deployed: a later Update would then deploy nothing.
    const text = desired.set.Description ?? readDescription(set.stack_set_description ?? '').text
    const description = this.#descriptionFor(set, isNew ? '' : designOf(desired), text)
    const body = updateSetBody(desired.set, set.stack_set_id, description, desired.callIdentity)
    const attributed = await sets.update(name, body)
    if (!attributed.accepted) return this.#refused(name, attributed.refusal, 'RFS UpdateStackSet')
    // The deployment of an earlier delivery of this request is a part of the answer.
    const before = marksIn(set)
    const isAgain = before?.request === setRequest(this.request, 'update')
    const deployment = isAgain ? before.operation : undefined
    this.#hasNoted = true
    if (!isNew)
      return deployment === undefined
        ? { outcome: 'unchanged' }
        : { outcome: 'started', marker: this.#deploying(deployment) }
    const deployed = await sets.deploy(name, deploySetBody(desired.set, set, instances, desired))
    if (!deployed.accepted) return this.#refused(name, deployed.refusal, 'RFS DeployStackSet')
    return { outcome: 'started', marker: this.#deploying(deployed.operationId) }
  }

  /** Only the description changes, and no deployment runs. */
  async move(_stack: session.StackRef, { set }: SetRead): Promise<session.UpdateAnswer> {
    const { sets } = this.setup
    if (set.status === BUSY) return { outcome: 'busy', status: BUSY }
    const { text } = readDescription(set.stack_set_description ?? '')
    const description = this.#descriptionFor(set, marksIn(set)?.design ?? '', text)
    const name = set.stack_set_name
    const body = describeSetBody(set.stack_set_id, description, this.desired().callIdentity)
    const attributed = await sets.update(name, body)
    return attributed.accepted
      ? { outcome: 'unchanged' }
      : this.#refused(name, attributed.refusal, 'RFS UpdateStackSet')
  }

  deviations({ set }: SetRead): readonly string[] {
    const { set: desired } = this.desired()
    const isDeployed = marksIn(set)?.design === designOf(this.desired())
    const { text } = readDescription(set.stack_set_description ?? '')
    const isSame = desired.Description === undefined || desired.Description === text
    return [
      ...(isDeployed ? [] : ['a template or variables that are not those of the last deployment']),
      ...(isSame ? [] : ['StackSet.Description']),
      ...changedAttributes(desired, set),
    ]
  }

  /** RFS has no protection of sets. */
  protectionOf(): undefined {
    return undefined
  }

  async delete(_stack: session.StackRef, { set }: SetRead): Promise<session.DeleteAnswer> {
    const { sets } = this.setup
    if (set.status === BUSY) return { outcome: 'busy', status: BUSY }
    const name = set.stack_set_name
    const instances = await sets.instances(name)
    if (instances.length > 0) return { outcome: 'refused', reason: hasInstances(instances) }
    const deleted = await sets.delete(name, set.stack_set_id)
    return deleted.accepted
      ? { outcome: 'started' }
      : this.#refused(name, deleted.refusal, 'RFS DeleteStackSet')
  }

  async explain(watch: session.Watch): Promise<session.Explanation> {
    const { sets, surroundings } = this.setup
    const { operationId } = readMarker(watch.marker)
    const instances = operationId === undefined ? [] : await sets.instances(nameIn(this.setup))
    const cause = failuresInWords(instances, operationId, surroundings.secrets)
    return cause === undefined ? {} : { cause }
  }

  cancel(): Promise<string> {
    return Promise.resolve('RFS has no call that stops an operation of a stack set: it goes on.')
  }

  async events(_stack: session.StackRef, since: EpochMs): Promise<readonly session.StackEvent[]> {
    return instanceEvents(await this.setup.sets.instances(nameIn(this.setup)), since)
  }

  async diagnose(): Promise<session.Diagnosis | undefined> {
    const { diagnoseStackSet } = await import('./diagnosis.ts')
    return diagnoseStackSet(this.setup)
  }

  async #read(operationId: string | undefined): Promise<SetRead | undefined> {
    const { sets, stack } = this.setup
    const set = await (stack.by === 'id'
      ? sets.metadata(stack.id.name, stack.id.id)
      : sets.metadata(stack.name))
    if (set === undefined) return undefined
    const operation =
      operationId === undefined ? undefined : await sets.operation(set.stack_set_name, operationId)
    return { set, operation }
  }

  /**
   * A deployment changes every account, so it is started only for a change, or after a deployment that did not succeed.
   */
  #isToBeDeployed(set: RfsStackSet, instances: readonly RfsStackInstance[]): boolean {
    const marks = marksIn(set)
    return marks?.design !== designOf(this.desired()) || instances.some(hasFailed)
  }

  /**
   * Another delivery of this request has noted it a moment ago: it may be about to deploy, or about to note that the
   * deployment has succeeded.
   */
  #isStartedByAnother(set: RfsStackSet): boolean {
    const marks = marksIn(set)
    const isOwn = marks?.request === setRequest(this.request, 'update') && marks.design === ''
    return isOwn && !this.#hasNoted && this.now() - (marks.at ?? 0) < NOTED_BY_ANOTHER_MS
  }

  /** `text`: the user's own part. */
  #descriptionFor(set: RfsStackSet, design: string, text: string): string {
    const description = readDescription(set.stack_set_description ?? '')
    const marks = marksForUpdate(marksIn(set), this.request, design, this.now())
    return writeDescription({ ...description, text, mark: writeSetMarks(marks) })
  }

  async #refused(name: string, refusal: HttpAnswer, action: string) {
    const { sets } = this.setup
    if (isSetMissing(refusal)) return { outcome: 'missing' } as const
    if (await sets.isBusy(name, refusal)) return { outcome: 'busy', status: BUSY } as const
    throw sets.refused(refusal, action)
  }

  #marker(operationId?: string): Marker {
    return { startedAt: this.now(), ...(operationId === undefined ? {} : { operationId }) }
  }

  #deploying(operationId: string | undefined): Marker {
    return { ...this.#marker(operationId), design: designOf(this.desired()) }
  }
}

function marksIn({ stack_set_description }: RfsStackSet) {
  return readSetMarks(readDescription(stack_set_description ?? '').mark)
}

function hasInstances(instances: readonly RfsStackInstance[]): string {
  const [first] = instances
  const example = first === undefined ? '' : `, for example ${first.region}/${first.stack_domain_id}`
  return (
    `The stack set still has ${String(instances.length)} instances${example}, and RFS deletes only sets without: delete these ` +
    'first (a Custom::HuaweiRfsStackInstances that depends on this resource is deleted before it)'
  )
}

const MARK_TOUCHES =
  "The mark is in the set's description, which UpdateStackSet changes without a deployment: " +
  'https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStackSet.html'

/** Longer than a process takes from the mark to the deployment. */
const NOTED_BY_ANOTHER_MS = 30_000

const DEACTIVATED = 'The stack set is deactivated: see the RFS console'
const OTHER_MODEL =
  'StackSet.PermissionModel cannot change: RFS does not change it. Add a resource with another name to the ROS template and ' +
  'remove this one'
