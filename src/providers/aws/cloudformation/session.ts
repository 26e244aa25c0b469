import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation'
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
  StackRequest,
  StackSession,
  UpdateOutcome,
  Watch,
} from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { parseStackArn } from './arn.ts'
import * as errors from './cloud-error.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'
import { readMarker, type Marker } from './marker.ts'
import { ownershipOf } from './ownership.ts'
import type { AwsProperties } from './properties.ts'
import { explainOperation } from './reason.ts'
import { requestToken } from './request-token.ts'
import type { SessionSetup } from './session-setup.ts'
import { createInput, updateInput } from './stack-input.ts'
import { adviceFor, meaningOf, phaseOf } from './status.ts'

/** How long a settled status after a DeleteStack may still be the one from before it. */
const PATIENCE_WITH_STALE_STATUS_MS = 60_000
/** How far back the start of this very request's operation is looked for: as long as FC keeps an event at most. */
const OLDEST_REPEAT_MS = 7 * 86_400_000
/** Some clouds count LastUpdatedTime in whole seconds. */
const CLOCK_STEP_MS = 1000
/** Heat's CloudFormation-compatible API lists stacks in a way that the SDK cannot read, always; a proxy breaks one answer. */
const UNREADABLE_LISTS_UNTIL_UNKNOWN = 3

/** One event's calls to CloudFormation. */
export class AwsSession implements StackSession {
  readonly identityProblems: StackSession['identityProblems']
  readonly deleteAttempts: number
  readonly repair?: StackSession['repair'] & {}
  readonly #setup: SessionSetup
  readonly #markers = new Map<string, Marker>()
  #latest: Stack | undefined
  #unreadableLists = 0

  constructor(setup: SessionSetup) {
    this.#setup = setup
    this.identityProblems = setup.identityProblems
    this.deleteAttempts = 1 + setup.deletion.ladder.length
    const wanted = setup.wanted
    if (wanted?.ContinueUpdateRollback === true || wanted?.ResourcesToSkip !== undefined)
      this.repair = (stack) => this.#continueUpdateRollback(stack, wanted.ResourcesToSkip ?? [])
  }

  async find(): Promise<Found> {
    const { stack: asked, request } = this.#setup
    const stack = await this.#describeStack(asked.by === 'id' ? asked.arn : asked.name)
    const ref = refOf(stack)
    if (stack === undefined || ref === undefined) return { found: false }
    const status = stack.StackStatus ?? ''
    const condition = conditionOf(stack, request)
    if (condition === 'deleted') return { found: false }
    const ownership = ownershipOf(stack, request.owner)
    const begun = ownership.mark === 'another' ? undefined : await this.#begun(ref)
    const begunAt = begun === undefined ? undefined : beginningOf(stack, begun)
    if (begun === undefined && request.kind === 'create' && ownership.mark === 'ours') {
      const spent = await this.#spent(ref.name)
      if (spent !== undefined) return { found: 'spent', stack: spent }
    }
    const advice = adviceFor(status)
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
    const { client, request, surroundings, stack } = this.#setup
    const token = requestToken(request, 'create')
    const wanted = this.#wanted()
    if (stack.by === 'id') throw new TypeError('A Create has no PhysicalResourceId')
    const spent = await this.#spent(stack.name)
    if (spent !== undefined) return { outcome: 'spent', stack: spent }
    try {
      const { StackId } = await client.send(
        new CreateStackCommand(createInput(wanted, stack.name, request.owner, token)),
      )
      if (StackId === undefined) throw new CloudError('unavailable', 'AWS CreateStack gave no StackId')
      const marker = { token, startedAt: surroundings.clock.now() }
      return {
        outcome: 'started',
        watch: { kind: 'create', stack: { id: StackId, name: stack.name }, marker },
      }
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isTaken(failure)) return { outcome: 'taken' }
      throw this.#cloudError(error, 'CreateStack')
    }
  }

  async update(stack: StackRef): Promise<UpdateOutcome> {
    const { client, request } = this.#setup
    const token = requestToken(request, 'update')
    const wanted = this.#wanted()
    const before = await this.#known(stack)
    if (before === undefined) return { outcome: 'missing' }
    const marker = this.#marker(token, before)
    try {
      await this.#protect(stack, before, wanted.EnableTerminationProtection)
      await client.send(new UpdateStackCommand(updateInput(wanted, stack.id, request.owner, token)))
      return { outcome: 'started', watch: { kind: 'update', stack, marker } }
    } catch (error) {
      return this.#updateFailure(error, stack, marker)
    }
  }

  async delete(stack: StackRef, attempt: number): Promise<DeleteOutcome> {
    const { client, request, deletion } = this.#setup
    const token = requestToken(request, attempt === 0 ? 'delete' : `delete-${String(attempt)}`)
    const before = await (attempt === 0 ? this.#known(stack) : this.#describeStack(stack.id))
    if (before === undefined || before.StackStatus === 'DELETE_COMPLETE') return { outcome: 'missing' }
    if (before.EnableTerminationProtection === true) return { outcome: 'refused', reason: PROTECTED }
    const marker = this.#marker(token, before)
    try {
      await client.send(
        new DeleteStackCommand({
          StackName: stack.id,
          ClientRequestToken: token,
          ...(deletion.roleArn === undefined ? {} : { RoleARN: deletion.roleArn }),
          ...(before.StackStatus === 'DELETE_FAILED' ? await this.#meansAgainstFailure(stack, attempt) : {}),
        }),
      )
      return { outcome: 'started', watch: { kind: 'delete', stack, marker } }
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure === undefined) throw this.#cloudError(error, 'DeleteStack')
      if (errors.isMissing(failure)) return { outcome: 'missing' }
      if (errors.isProtected(failure)) return { outcome: 'refused', reason: PROTECTED }
      if (errors.isUsedToken(failure)) return { outcome: 'started', watch: { kind: 'delete', stack, marker } }
      const status = errors.busyStatus(failure)
      if (status !== undefined) return { outcome: 'busy', status }
      throw this.#cloudError(error, 'DeleteStack')
    }
  }

  async describe(watch: Watch): Promise<Observation> {
    const stack = await this.#describeStack(watch.stack.id)
    if (stack === undefined) return { phase: 'gone' }
    const status = stack.StackStatus ?? ''
    const phase = phaseOf(status, watch.kind)
    const marker = readMarker(watch.marker)
    switch (phase) {
      case 'gone':
        return { phase: 'gone' }
      case 'working': {
        const begunAt = beginningOf(stack, watch)
        const sight = begunAt === undefined ? {} : { begunAt }
        return { phase: 'working', status, marker: { ...marker, seen: true }, ...sight }
      }
      case 'succeeded':
      case 'failed':
        return (await this.#isFresh(watch, marker, stack))
          ? settled(stack, status, phase)
          : { phase: 'working', status: `${status} (from before)` }
    }
  }

  async explain(watch: Watch): Promise<Explanation> {
    const { client, surroundings } = this.#setup
    const { token, startedAt } = readMarker(watch.marker)
    try {
      const { cause, latestEvent } = await explainOperation(client, watch.stack.id, token, startedAt)
      const mask = (text: string) => surroundings.secrets.mask(text)
      return {
        ...(cause === undefined ? {} : { cause: mask(cause) }),
        ...(latestEvent === undefined ? {} : { latestEvent: mask(latestEvent) }),
      }
    } catch (error) {
      throw this.#cloudError(error, 'DescribeStackEvents')
    }
  }

  async cancel(watch: Watch): Promise<string> {
    if (watch.kind !== 'update') return 'CloudFormation cannot cancel this operation: it goes on.'
    const { client, request } = this.#setup
    try {
      const ClientRequestToken = requestToken(request, 'cancel')
      await client.send(new CancelUpdateStackCommand({ StackName: watch.stack.id, ClientRequestToken }))
      return 'The update was cancelled, as OnTimeout asks: CloudFormation rolls it back.'
    } catch (error) {
      throw this.#cloudError(error, 'CancelUpdateStack')
    }
  }

  async events(stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const { client, surroundings } = this.#setup
    try {
      const events = await readEvents(client, stack.id, since)
      return events.reverse().map((event) => ({
        id: event.EventId ?? '',
        at: timeOf(event),
        resource: event.LogicalResourceId ?? '?',
        type: event.ResourceType ?? '?',
        status: event.ResourceStatus ?? '?',
        ...(event.ResourceStatusReason === undefined
          ? {}
          : { reason: surroundings.secrets.mask(event.ResourceStatusReason) }),
      }))
    } catch (error) {
      throw this.#cloudError(error, 'DescribeStackEvents')
    }
  }

  async *checks(): AsyncGenerator<Check> {
    const { checkAws } = await import('./checks.ts')
    yield* checkAws(this.#setup)
  }

  close(): void {
    // The connections are the process's, for the next event; the client itself holds nothing.
  }

  #wanted(): AwsProperties['Stack'] {
    const { wanted } = this.#setup
    if (wanted === undefined) throw new TypeError('A Delete has no stack to ask for')
    return wanted
  }

  async #describeStack(nameOrArn: string): Promise<Stack | undefined> {
    try {
      const { Stacks } = await this.#setup.client.send(new DescribeStacksCommand({ StackName: nameOrArn }))
      this.#latest = Stacks?.[0]
      return this.#latest
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isMissing(failure)) return undefined
      throw this.#cloudError(error, 'DescribeStacks')
    }
  }

  /** As it was read a moment ago where it was, since `find` has just looked. */
  async #known(stack: StackRef): Promise<Stack | undefined> {
    const latest = this.#latest
    this.#latest = undefined
    return latest?.StackId === stack.id ? latest : this.#describeStack(stack.id)
  }

  /**
   * This request's operation, where the stack's events show that it has begun: an event that is delivered again must
   * follow it and not begin a second one. Where the events cannot be read, nothing is known.
   */
  async #begun(stack: StackRef): Promise<Watch | undefined> {
    const { client, request, surroundings } = this.#setup
    const operations = beginnings(request, this.deleteAttempts)
    const byToken = new Map(operations.map(({ token, kind }) => [token, kind]))
    const since = surroundings.clock.now() - OLDEST_REPEAT_MS
    const isOurs = (token: string | undefined) => token !== undefined && byToken.has(token)
    try {
      const events = await readEvents(client, stack.id, since, (event) => isOurs(event.ClientRequestToken))
      const ours = events.find((event) => isOurs(event.ClientRequestToken))
      const token = ours?.ClientRequestToken
      const kind = token === undefined ? undefined : byToken.get(token)
      if (ours === undefined || token === undefined || kind === undefined) return undefined
      return { kind, stack, marker: { token, startedAt: timeOf(ours), repeated: true } }
    } catch (error) {
      const known = this.#cloudError(error, 'DescribeStackEvents')
      if (known.kind === 'throttled') throw known
      surroundings.log.warn({ err: known }, 'the events of the stack cannot be read')
      return undefined
    }
  }

  /**
   * The deleted stack that this very Create made, where there is one: then the event comes late, after its Delete. Of an
   * account's deleted stacks the first page is read, which shows the latest; where they may not be listed, nothing is known.
   */
  async #spent(name: string): Promise<StackRef | undefined> {
    const { client, request, surroundings } = this.#setup
    const token = requestToken(request, 'create')
    const since = surroundings.clock.now() - OLDEST_REPEAT_MS
    try {
      const { StackSummaries } = await client.send(
        new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
      )
      for (const { StackId, StackName, StackStatus, CreationTime } of StackSummaries ?? []) {
        if (StackId === undefined || StackName !== name || StackStatus !== 'DELETE_COMPLETE') continue
        if ((CreationTime?.getTime() ?? 0) < since) continue
        const isOurs = ({ ClientRequestToken }: { ClientRequestToken?: string | undefined }) =>
          ClientRequestToken === token
        const events = await readEvents(client, StackId, since, isOurs)
        if (events.some(isOurs)) return { id: StackId, name }
      }
      return undefined
    } catch (error) {
      const known = this.#cloudError(error, 'ListStacks')
      if (errors.isUnreadable(error)) this.#unreadableLists += 1
      const passes = known.kind === 'throttled' || known.kind === 'unavailable'
      if (passes && this.#unreadableLists < UNREADABLE_LISTS_UNTIL_UNKNOWN) throw known
      surroundings.log.info({ err: known }, 'whether this Create comes after its Delete cannot be seen')
      return undefined
    }
  }

  /**
   * Whether a settled status can be this operation's end, and not what the stack was like before it: the service's reads
   * may lag. That the operation has begun is not enough for it; its end has to show.
   */
  async #isFresh(watch: Watch, marker: Marker, stack: Stack): Promise<boolean> {
    // A stack that was just created has no before; nothing was begun where nothing had to change.
    if (watch.kind === 'create' || watch.kind === 'read') return true
    if (watch.kind === 'update' && marker.repeated !== true)
      return (stack.LastUpdatedTime?.getTime() ?? 0) > (marker.updatedAt ?? 0)
    if (await this.#showsItsEnd(watch, marker, stack)) return true
    if (watch.kind !== 'update' && marker.seen === true) return true
    const waited = this.#setup.surroundings.clock.now() - marker.startedAt
    // A refused deletion need not leave a trace; an update always does.
    return watch.kind === 'delete' && waited > PATIENCE_WITH_STALE_STATUS_MS
  }

  /** Whether this operation's own events, where they can be read, end in the status that the stack shows. */
  async #showsItsEnd(watch: Watch, marker: Marker, stack: Stack): Promise<boolean> {
    const { client, surroundings } = this.#setup
    const since =
      marker.startedAt - (marker.repeated === true ? OLDEST_REPEAT_MS : PATIENCE_WITH_STALE_STATUS_MS)
    try {
      const events = await readEvents(client, watch.stack.id, since)
      const own = events.filter(
        (event) => event.ClientRequestToken === marker.token && isOfStackItself(event),
      )
      const start = own.at(-1)
      if (start === undefined || !own.some(({ ResourceStatus }) => ResourceStatus === stack.StackStatus))
        return false
      // The same status can be that of the update before.
      return (
        watch.kind !== 'update' || (stack.LastUpdatedTime?.getTime() ?? 0) >= timeOf(start) - CLOCK_STEP_MS
      )
    } catch (error) {
      const known = this.#cloudError(error, 'DescribeStackEvents')
      surroundings.log.warn({ err: known }, 'the events of the stack cannot be read')
      return false
    }
  }

  /** The same for a call that is made again: by then the first one may have changed LastUpdatedTime. */
  #marker(token: string, before: Stack): Marker {
    const known = this.#markers.get(token)
    if (known !== undefined) return known
    const updatedAt = before.LastUpdatedTime?.getTime()
    const startedAt = this.#setup.surroundings.clock.now()
    const marker = { token, startedAt, ...(updatedAt === undefined ? {} : { updatedAt }) }
    this.#markers.set(token, marker)
    return marker
  }

  #updateFailure(error: unknown, stack: StackRef, marker: Marker): UpdateOutcome {
    const failure = errors.serviceFailure(error)
    if (failure === undefined) throw this.#cloudError(error, 'UpdateStack')
    if (errors.isUnchanged(failure)) return { outcome: 'unchanged', watch: { kind: 'read', stack, marker } }
    if (errors.isMissing(failure)) return { outcome: 'missing' }
    if (errors.isUsedToken(failure))
      return { outcome: 'started', watch: { kind: 'update', stack, marker: { ...marker, repeated: true } } }
    const status = errors.busyStatus(failure)
    if (status !== undefined) return { outcome: 'busy', status }
    throw this.#cloudError(error, 'UpdateStack')
  }

  /** Switched on or off only where the properties say so. */
  async #protect(stack: StackRef, before: Stack, wanted: boolean | undefined): Promise<void> {
    if (wanted === undefined || wanted === (before.EnableTerminationProtection ?? false)) return
    await this.#setup.client.send(
      new UpdateTerminationProtectionCommand({ StackName: stack.id, EnableTerminationProtection: wanted }),
    )
  }

  async #continueUpdateRollback(stack: StackRef, skip: readonly string[]): Promise<Watch> {
    const { client, request, surroundings } = this.#setup
    const token = requestToken(request, 'repair')
    const marker = { token, startedAt: surroundings.clock.now() }
    try {
      await client.send(
        new ContinueUpdateRollbackCommand({
          StackName: stack.id,
          ClientRequestToken: token,
          ...(skip.length === 0 ? {} : { ResourcesToSkip: [...skip] }),
          ...(this.#setup.deletion.roleArn === undefined ? {} : { RoleARN: this.#setup.deletion.roleArn }),
        }),
      )
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure === undefined || !errors.isUsedToken(failure))
        throw this.#cloudError(error, 'ContinueUpdateRollback')
    }
    return { kind: 'repair', stack, marker }
  }

  /** What is legal only after a deletion has failed: what the properties ask for, and this rung of the ladder. */
  async #meansAgainstFailure(
    stack: StackRef,
    attempt: number,
  ): Promise<{ RetainResources?: string[]; DeletionMode?: 'FORCE_DELETE_STACK' }> {
    const { deletion } = this.#setup
    const rung = attempt === 0 ? undefined : deletion.ladder[attempt - 1]
    if (rung === 'force' || (rung === undefined && deletion.force))
      return { DeletionMode: 'FORCE_DELETE_STACK' }
    if (rung === 'retain') return { RetainResources: await this.#resourcesThatStay(stack) }
    return deletion.retain.length === 0 ? {} : { RetainResources: [...deletion.retain] }
  }

  async #resourcesThatStay(stack: StackRef): Promise<string[]> {
    const names: string[] = []
    let token: string | undefined
    do {
      const page = await this.#setup.client.send(
        new ListStackResourcesCommand({
          StackName: stack.id,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      )
      for (const { LogicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
        if (ResourceStatus === 'DELETE_FAILED' && LogicalResourceId !== undefined)
          names.push(LogicalResourceId)
      token = page.NextToken
    } while (token !== undefined)
    return names
  }

  #cloudError(error: unknown, action: string): CloudError {
    return errors.toCloudError(error, action, this.#setup.surroundings.secrets)
  }
}

const PROTECTED =
  'Termination protection is on: switch it off (Stack.EnableTerminationProtection: false in an update, or the ' +
  'CloudFormation console) and delete again'

function refOf(stack: Stack | undefined): StackRef | undefined {
  return stack?.StackId === undefined || stack.StackName === undefined
    ? undefined
    : { id: stack.StackId, name: stack.StackName }
}

function conditionOf(stack: Stack, { kind }: StackRequest) {
  const status = stack.StackStatus ?? ''
  // Heat calls a rolled-back update ROLLBACK_COMPLETE, and can update it. ROS has an id only where the Create succeeded.
  const isHeat = parseStackArn(stack.StackId ?? '')?.partition === 'openstack'
  if (isHeat && kind === 'update' && status === 'ROLLBACK_COMPLETE') return 'settled'
  return meaningOf(status).condition
}

/** The operations by which a request can have begun, newest kind first. */
function beginnings(request: StackRequest, deleteAttempts: number) {
  switch (request.kind) {
    case 'create':
      return (['create', 'update'] as const).map((kind) => ({ kind, token: requestToken(request, kind) }))
    case 'update':
      return [{ kind: 'update' as const, token: requestToken(request, 'update') }]
    case 'delete':
      return Array.from({ length: deleteAttempts }, (_, attempt) => ({
        kind: 'delete' as const,
        token: requestToken(request, attempt === 0 ? 'delete' : `delete-${String(attempt)}`),
      }))
  }
}

function beginningOf(stack: Stack, { kind }: Watch): EpochMs | undefined {
  switch (kind) {
    case 'create':
      return stack.CreationTime?.getTime()
    case 'update':
      return stack.LastUpdatedTime?.getTime()
    case 'delete':
      return stack.DeletionTime?.getTime()
    case 'repair':
    case 'read':
      return undefined
  }
}

function settled(stack: Stack, status: string, phase: 'succeeded' | 'failed'): Observation {
  if (phase === 'succeeded') {
    const outputs = (stack.Outputs ?? []).flatMap(({ OutputKey, OutputValue }): [string, string][] =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
    )
    return { phase, status, outputs: Object.fromEntries(outputs) }
  }
  // After a failed Create there is nothing to be done: ROS deletes what is left.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  const statusReason = stack.StackStatusReason
  return {
    phase,
    status,
    final: true,
    ...(statusReason === undefined || statusReason === '' ? {} : { statusReason }),
    ...(advice === undefined ? {} : { advice }),
  }
}
