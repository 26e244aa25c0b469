import {
  ListStacksCommand,
  type ListStacksCommandOutput,
  type Stack,
  type StackEvent as AwsStackEvent,
} from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Calls } from './calls.ts'
import type { CloudError } from '../../provider.ts'
import { type StackRef, type StackRequest, type Surroundings, type Watch } from '../../provider.ts'
import * as errors from './cloud-error.ts'
import { readEvents, timeOf } from './events.ts'
import { isOfStackItself } from './failure-event.ts'
import type { Marker } from './marker.ts'
import { deletionToken, requestToken } from './request-token.ts'
import type { Deletion } from './session-setup.ts'

/** How far back this request's operation is searched for: Function Compute keeps an event no longer. */
const OLDEST_REPEAT_MS = 7 * 86_400_000
/** How far before the start of an operation its own events may be dated. */
const CLOCKS_DIFFER_MS = 60_000
/** Some clouds count LastUpdatedTime in whole seconds. */
const CLOCK_STEP_MS = 1000
/** How long CloudFormation may still show a stack as it was before an update. */
const STALE_READS_PASS_MS = 60_000
/** An event may become visible after a later one, so a search goes on below the first known event. */
const KNOWN_EVENTS_TO_END_A_SEARCH = 50
/**
 * Heat's CloudFormation-compatible API always lists stacks in a form that the SDK cannot parse; a proxy breaks only
 * single answers.
 */
const UNREADABLE_LISTS_UNTIL_UNKNOWN = 3

/** Recognises one request by a stack's events: CloudFormation writes the ClientRequestToken on each of them. */
export class StackHistory {
  readonly #client: Calls
  readonly #request: StackRequest
  readonly #surroundings: Surroundings
  readonly #deleteAttempts: number
  /** By stack id: the ids of events that are not this request's. */
  readonly #searched = new Map<string, Set<string>>()

  constructor({
    client,
    request,
    surroundings,
    deletion,
  }: {
    readonly client: Calls
    readonly request: StackRequest
    readonly surroundings: Surroundings
    readonly deletion: Deletion
  }) {
    this.#client = client
    this.#request = request
    this.#surroundings = surroundings
    this.#deleteAttempts = 1 + deletion.onDeleteFailed.length
  }

  /**
   * The operation that an earlier delivery of this request started. `undefined` also where the events cannot be read.
   */
  async startedBefore(stack: StackRef): Promise<Watch | undefined> {
    const byToken = new Map(operationsOf(this.#request, this.#deleteAttempts))
    const isOurs = ({ ClientRequestToken }: AwsStackEvent) => byToken.has(ClientRequestToken ?? '')
    const searched = this.#searched.get(stack.id) ?? new Set<string>()
    const isEnough = anyOf(afterThose(isOurs), afterKnown(searched))
    const read = await this.#ifReadable(() => readEvents(this.#client, stack.id, this.#oldest(), isEnough))
    const token = read?.events.find(isOurs)?.ClientRequestToken
    const start = read?.events.findLast(({ ClientRequestToken }) => ClientRequestToken === token)
    const kind = byToken.get(token ?? '')
    // A wait for another's operation searches again and again: the next search reads newer events only.
    for (const { EventId } of read?.events ?? []) if (EventId !== undefined) searched.add(EventId)
    this.#searched.set(stack.id, searched)
    return start === undefined || token === undefined || kind === undefined
      ? undefined
      : { kind, stack, marker: { token, startedAt: timeOf(start), repeated: true, ...operationOf(start) } }
  }

  /**
   * The deleted stack that an earlier delivery of this Create made. Only the first page of the account's deleted stacks
   * is read, which holds the latest ones. `undefined` also where the credentials may not list them.
   */
  async madeAndDeleted(name: string): Promise<StackRef | undefined> {
    const token = requestToken(this.#request, 'create')
    return this.#deletedWith(
      name,
      ({ ClientRequestToken }) => ClientRequestToken === token,
      (err) => {
        this.#surroundings.log.info({ err }, 'whether this Create comes after its Delete cannot be seen')
      },
    )
  }

  /**
   * Whether an earlier delivery of this Delete, which has no id, has deleted another stack of the name than `existing`. Read as
   * `madeAndDeleted` is.
   */
  async hasDeleted(name: string, existing: StackRef): Promise<boolean> {
    const tokens = operationsOf(this.#request, this.#deleteAttempts).map(([token]) => token)
    const isOurs = ({ ClientRequestToken }: AwsStackEvent) => tokens.includes(ClientRequestToken ?? '')
    const logFailure = (err: CloudError) => {
      this.#surroundings.log.info({ err }, 'whether this Delete was done before cannot be seen')
    }
    return (await this.#deletedWith(name, isOurs, logFailure, existing.id)) !== undefined
  }

  /**
   * Whether the watched operation's own events end with the status that the stack shows. For an update whose
   * LastUpdatedTime is older than these events, the read of the stack may be stale, and so may its outputs: it counts
   * after stale reads have had time to pass. Where the events cannot be read, `startedInTheSecondOfTheLast` decides.
   */
  async showsItsEnd({ kind, stack: { id } }: Watch, marker: Marker, stack: Stack): Promise<boolean> {
    const now = this.#surroundings.clock.now()
    const updatedAt = stack.LastUpdatedTime?.getTime()
    const mayBeStale = kind === 'update' && updatedAt !== undefined && marker.repeated !== true
    if (mayBeStale && now - marker.startedAt < STALE_READS_PASS_MS) return false
    const since = marker.startedAt - (marker.repeated === true ? OLDEST_REPEAT_MS : CLOCKS_DIFFER_MS)
    const read = await this.#ifReadable(() => readEvents(this.#client, id, since))
    if (read === undefined) return mayBeStale && startedInTheSecondOfTheLast(updatedAt, marker)
    const own = read.events.filter(
      (event) => event.ClientRequestToken === marker.token && isOfStackItself(event),
    )
    const [newest] = own
    const start = own.at(-1)
    if (newest === undefined || start === undefined || newest.ResourceStatus !== stack.StackStatus)
      return false
    return (
      kind !== 'update' ||
      updatedAt === undefined ||
      (marker.repeated === true && updatedAt >= timeOf(start) - CLOCK_STEP_MS) ||
      now - timeOf(newest) >= STALE_READS_PASS_MS
    )
  }

  /**
   * Whether the events of a stack that DescribeStacks does not find show that it exists. CloudFormation shows a deleted
   * stack by its ARN for 90 days, so a stack that is missing is one that reads do not show yet.
   */
  async existsByEvents({ id }: StackRef): Promise<boolean> {
    const read = await this.#ifReadable(() => readEvents(this.#client, id, this.#oldest(), isOfStackItself))
    const newest = read?.events.find(isOfStackItself)
    return newest !== undefined && newest.ResourceStatus !== 'DELETE_COMPLETE'
  }

  async #deletedWith(
    name: string,
    isOurs: (event: AwsStackEvent) => boolean,
    logFailure: (why: CloudError) => void,
    except?: string,
  ): Promise<StackRef | undefined> {
    try {
      for (const id of await this.#deletedStacks(name)) {
        if (id === except) continue
        const { events } = await readEvents(this.#client, id, this.#oldest(), isOurs)
        if (events.some(isOurs)) return { id, name }
      }
      return undefined
    } catch (error) {
      const known = this.#cloudError(error, 'ListStacks')
      const passes = known.kind === 'throttled' || known.kind === 'unavailable'
      if (passes && !errors.isUnreadable(error)) throw known
      logFailure(known)
      return undefined
    }
  }

  /** An unreadable list is asked for again here: an operation that is handed off after each call would count none. */
  async #listDeleted(): Promise<ListStacksCommandOutput> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }))
      } catch (error) {
        if (!errors.isUnreadable(error) || attempt >= UNREADABLE_LISTS_UNTIL_UNKNOWN) throw error
      }
    }
  }

  async #deletedStacks(name: string): Promise<string[]> {
    const { StackSummaries = [] } = await this.#listDeleted()
    return StackSummaries.flatMap(({ StackId, StackName, StackStatus, CreationTime }) =>
      StackId !== undefined &&
      StackName === name &&
      StackStatus === 'DELETE_COMPLETE' &&
      (CreationTime?.getTime() ?? 0) >= this.#oldest()
        ? [StackId]
        : [],
    )
  }

  async #ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      const known = this.#cloudError(error, 'DescribeStackEvents')
      if (known.kind === 'throttled') throw known
      this.#surroundings.log.warn({ err: known }, 'the events of the stack cannot be read')
      return undefined
    }
  }

  #oldest(): number {
    return this.#surroundings.clock.now() - OLDEST_REPEAT_MS
  }

  #cloudError(error: unknown, action: string): CloudError {
    return errors.toCloudError(error, action, this.#surroundings.secrets)
  }
}

/** Ends a search with the first event that is older than those that are desired. */
function afterThose(isMatch: (event: AwsStackEvent) => boolean): (event: AwsStackEvent) => boolean {
  let isFound = false
  return (event) => {
    const isPast = isFound && !isMatch(event)
    isFound ||= isMatch(event)
    return isPast
  }
}

/** Ends a search after a row of events that an earlier search has read. */
function afterKnown(searched: ReadonlySet<string>): (event: AwsStackEvent) => boolean {
  let inARow = 0
  return ({ EventId }) => {
    inARow = EventId !== undefined && searched.has(EventId) ? inARow + 1 : 0
    return inARow >= KNOWN_EVENTS_TO_END_A_SEARCH
  }
}

/** Asks all of them each time, since they count. */
function anyOf(...ends: readonly ((event: AwsStackEvent) => boolean)[]): (event: AwsStackEvent) => boolean {
  return (event) => ends.map((end) => end(event)).includes(true)
}

/**
 * Heat's CloudFormation-compatible API counts LastUpdatedTime in whole seconds and shows no events. An update that starts
 * in the same second as the update before it leaves LastUpdatedTime as it was, and nothing else shows that it ran.
 */
function startedInTheSecondOfTheLast(updatedAt: EpochMs, { startedAt }: Marker): boolean {
  return updatedAt % CLOCK_STEP_MS === 0 && updatedAt >= startedAt - CLOCKS_DIFFER_MS
}

function operationOf({ OperationId }: AwsStackEvent): Pick<Marker, 'operationId'> {
  return OperationId === undefined ? {} : { operationId: OperationId }
}

/** The operations by which a request can have started, by token. */
function operationsOf(
  request: StackRequest,
  deleteAttempts: number,
): [string, 'create' | 'update' | 'delete'][] {
  switch (request.kind) {
    case 'create':
      return [
        [requestToken(request, 'create'), 'create'],
        [requestToken(request, 'update'), 'update'],
      ]
    case 'update':
      return [[requestToken(request, 'update'), 'update']]
    case 'delete':
      return Array.from({ length: deleteAttempts }, (_, attempt) => [
        deletionToken(request, attempt),
        'delete',
      ])
  }
}
