import {
  ListStacksCommand,
  type Stack,
  type StackEvent as AwsStackEvent,
} from '@aws-sdk/client-cloudformation'
import type { Calls } from './calls.ts'
import type { CloudError } from '../../provider.ts'
import { type StackRef, type StackRequest, type Surroundings, type Watch } from '../../provider.ts'
import * as errors from './cloud-error.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'
import type { Marker } from './marker.ts'
import { deletionToken, requestToken } from './request-token.ts'
import type { Deletion } from './session-setup.ts'

/** How far back this request's operation is searched for: Function Compute keeps an event no longer. */
const OLDEST_REPEAT_MS = 7 * 86_400_000
/** How far before the start of an operation its own events may be dated. */
const CLOCKS_DIFFER_MS = 60_000
/** Some clouds count LastUpdatedTime in whole seconds. */
const CLOCK_STEP_MS = 1000
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
  #unreadableLists = 0

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
    this.#deleteAttempts = 1 + deletion.ladder.length
  }

  /**
   * The operation that an earlier delivery of this request started. `undefined` also where the events cannot be read.
   */
  async startedBefore(stack: StackRef): Promise<Watch | undefined> {
    const byToken = new Map(operationsOf(this.#request, this.#deleteAttempts))
    const isOurs = ({ ClientRequestToken }: AwsStackEvent) => byToken.has(ClientRequestToken ?? '')
    const events = await this.#ifReadable(() => readEvents(this.#client, stack.id, this.#oldest(), isOurs))
    const ours = events?.find(isOurs)
    const token = ours?.ClientRequestToken
    const kind = byToken.get(token ?? '')
    return ours === undefined || token === undefined || kind === undefined
      ? undefined
      : { kind, stack, marker: { token, startedAt: timeOf(ours), repeated: true } }
  }

  /**
   * The deleted stack that an earlier delivery of this Create made. Only the first page of the account's deleted stacks
   * is read, which holds the latest ones. `undefined` also where the credentials may not list them.
   */
  async madeAndDeleted(name: string): Promise<StackRef | undefined> {
    const token = requestToken(this.#request, 'create')
    const isOurs = ({ ClientRequestToken }: AwsStackEvent) => ClientRequestToken === token
    return this.#deletedWith(name, isOurs, (err) => {
      this.#surroundings.log.info({ err }, 'whether this Create comes after its Delete cannot be seen')
    })
  }

  /**
   * Whether an earlier delivery of this Delete, which has no id, has deleted another stack of the name than `standing`. Read as
   * `madeAndDeleted` is.
   */
  async hasDeleted(name: string, standing: StackRef): Promise<boolean> {
    const tokens = operationsOf(this.#request, this.#deleteAttempts).map(([token]) => token)
    const isOurs = ({ ClientRequestToken }: AwsStackEvent) => tokens.includes(ClientRequestToken ?? '')
    const logUnseen = (err: CloudError): void => {
      this.#surroundings.log.info({ err }, 'whether this Delete was done before cannot be seen')
    }
    return (await this.#deletedWith(name, isOurs, logUnseen, standing.id)) !== undefined
  }

  /** Whether the watched operation's own events, where they can be read, end with the status that the stack shows. */
  async showsItsEnd({ kind, stack: { id } }: Watch, marker: Marker, stack: Stack): Promise<boolean> {
    const since = marker.startedAt - (marker.repeated === true ? OLDEST_REPEAT_MS : CLOCKS_DIFFER_MS)
    const events = await this.#ifReadable(() => readEvents(this.#client, id, since))
    const own = (events ?? []).filter(
      (event) => event.ClientRequestToken === marker.token && isOfStackItself(event),
    )
    const start = own.at(-1)
    if (start === undefined || !own.some(({ ResourceStatus }) => ResourceStatus === stack.StackStatus))
      return false
    // The same status can be that of an earlier update.
    return kind !== 'update' || (stack.LastUpdatedTime?.getTime() ?? 0) >= timeOf(start) - CLOCK_STEP_MS
  }

  async #deletedWith(
    name: string,
    isOurs: (event: AwsStackEvent) => boolean,
    logUnseen: (err: CloudError) => void,
    except?: string,
  ): Promise<StackRef | undefined> {
    try {
      for (const id of await this.#deletedStacks(name)) {
        if (id === except) continue
        const events = await readEvents(this.#client, id, this.#oldest(), isOurs)
        if (events.some(isOurs)) return { id, name }
      }
      return undefined
    } catch (error) {
      const known = this.#cloudError(error, 'ListStacks')
      if (errors.isUnreadable(error)) this.#unreadableLists += 1
      const passes = known.kind === 'throttled' || known.kind === 'unavailable'
      if (passes && this.#unreadableLists < UNREADABLE_LISTS_UNTIL_UNKNOWN) throw known
      logUnseen(known)
      return undefined
    }
  }

  async #deletedStacks(name: string): Promise<string[]> {
    const { StackSummaries = [] } = await this.#client.send(
      new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
    )
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
