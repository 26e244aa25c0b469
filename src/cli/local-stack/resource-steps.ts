import type { JsonObject } from '../../platform/json.ts'
import { ownValue } from '../../platform/own-value.ts'
import { foreignResourceCount } from '../foreign-resource-count.ts'
import { keptBecause } from './planned-events.ts'
import type { StackReporter } from './stack-reporter.ts'
import type { ResourceChange, ResourceEvent, StackResource, StackState } from './stack-state.ts'
import { inventedId, standInNote } from './stand-in.ts'

/** How ROS is told of an event's end. */
export type EventAnswer =
  | { readonly ok: true; readonly physicalResourceId: string; readonly data: JsonObject }
  | {
      readonly ok: false
      readonly reason: string
      /** No operation was started on the foreign stack. */
      readonly refused?: boolean
      /** The foreign stack on which an operation ran. */
      readonly stackId?: string
    }

interface StepsSetup {
  /** Sends an event to the bridge and waits for its answer. */
  readonly send: (event: ResourceEvent) => Promise<EventAnswer>
  /** Keeps the state. */
  readonly save: () => Promise<void>
  readonly requestId: () => string
}

const VERBS = { Create: 'CREATE', Update: 'UPDATE', Delete: 'DELETE' } as const

/** Creates, updates, deletes and restores single resources. What it does is in `state` before its events are sent. */
export class ResourceSteps {
  readonly #state: StackState
  readonly #reporter: StackReporter
  readonly #setup: StepsSetup

  constructor(state: StackState, reporter: StackReporter, setup: StepsSetup) {
    this.#state = state
    this.#reporter = reporter
    this.#setup = setup
  }

  /** Creates or updates one resource. */
  async change(name: string, before: StackResource | undefined, after: StackResource): Promise<void> {
    if (!after.served) {
      this.#state.resources[name] = { ...after, physicalResourceId: inventedId(name, after, this.#state) }
      const status = before === undefined ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE'
      const note = standInNote(after.type)
      this.#reporter.resource(name, after.type, status, { standIn: true, note })
      return
    }
    const { type, properties } = after
    const answer = await this.serve(
      before === undefined
        ? { ...this.#newEvent('Create', name), type, properties }
        : {
            ...this.#newEvent('Update', name),
            type,
            properties,
            oldProperties: before.properties,
            ...idOf(before),
          },
    )
    const change = this.#state.operation?.changes.findLast((one) => one.logicalId === name)
    if (answer.ok || answer.refused !== true || change === undefined) return
    change.refused = true
    await this.#setup.save()
  }

  #newEvent<Type extends ResourceEvent['requestType']>(requestType: Type, logicalId: string) {
    return { requestType, logicalId, requestId: this.#setup.requestId() }
  }

  /** Sends an event, which is kept before, and keeps its answer. */
  async serve(event: ResourceEvent): Promise<EventAnswer> {
    const { logicalId, requestType, type } = event
    this.#state.pending[logicalId] = event
    await this.#setup.save()
    const stackResources = foreignResourceCount(event.properties)
    this.#reporter.resource(logicalId, type, `${VERBS[requestType]}_IN_PROGRESS`, {
      ...(stackResources === undefined ? {} : { stackResources }),
    })
    const answer = await this.#setup.send(event)
    Reflect.deleteProperty(this.#state.pending, logicalId)
    if (this.#state.sandbox) this.#addToHistory(event, answer)
    this.#take(event, answer)
    const status = answer.ok ? 'COMPLETE' : 'FAILED'
    this.#reporter.resource(
      logicalId,
      type,
      `${VERBS[requestType]}_${status}`,
      answer.ok ? keptIn(event) : { reason: answer.reason, refused: answer.refused ?? false },
    )
    await this.#setup.save()
    return answer
  }

  #addToHistory(event: ResourceEvent, answer: EventAnswer): void {
    this.#state.history.push(
      answer.ok
        ? { event, status: 'SUCCESS', physicalResourceId: answer.physicalResourceId }
        : { event, status: 'FAILED', ...(answer.stackId === undefined ? {} : { stackId: answer.stackId }) },
    )
  }

  #take({ logicalId, requestType }: ResourceEvent, answer: EventAnswer): void {
    const { operation, resources } = this.#state
    const change = operation?.changes.findLast((one) => one.logicalId === logicalId)
    if (!answer.ok) {
      if (operation !== undefined && operation.kind !== 'delete' && requestType !== 'Delete')
        operation.failure ??= { logicalId, reason: `${logicalId}: ${answer.reason}` }
      return
    }
    const { physicalResourceId, data } = answer
    if (requestType === 'Delete') Reflect.deleteProperty(resources, logicalId)
    const becomes = operation?.rollback === true ? change?.before : change?.after
    if (requestType !== 'Delete' && becomes !== undefined)
      resources[logicalId] = { ...becomes, physicalResourceId, data }
    if (operation?.rollback === true && change !== undefined) change.undone = true
  }

  /** Returns why it could not be undone. */
  async undo(change: ResourceChange): Promise<string | undefined> {
    const answer = await this.#undo(change)
    // Where neither the change nor its way back was begun, there is nothing to undo.
    const isAsBefore =
      change.refused === true && answer !== undefined && !answer.ok && answer.refused === true
    if (answer !== undefined && !answer.ok && !isAsBefore) return answer.reason
    change.undone = true
    if (isKept(change)) await this.#setup.save()
    return undefined
  }

  async #undo({ logicalId, before, after }: ResourceChange): Promise<EventAnswer | undefined> {
    if (before === undefined)
      return this.#delete(logicalId, ownValue(this.#state.resources, logicalId) ?? after)
    if (after.served) {
      const { type, properties } = before
      const event = {
        ...this.#newEvent('Update', logicalId),
        type,
        properties,
        oldProperties: after.properties,
      }
      return this.serve({ ...event, ...idOf(before) })
    }
    this.#state.resources[logicalId] = before
    this.#reporter.resource(logicalId, before.type, 'UPDATE_COMPLETE', {
      standIn: true,
      note: 'stood in for',
    })
    return undefined
  }

  /** Forgets a resource whose DeletionPolicy is Retain. */
  async retain(name: string, { type }: StackResource): Promise<void> {
    Reflect.deleteProperty(this.#state.resources, name)
    this.#reporter.resource(name, type, 'DELETE_COMPLETE', {
      kept: true,
      note: 'retained: its DeletionPolicy is Retain',
    })
    await this.#setup.save()
  }

  /** Returns why it could not be deleted. */
  async remove(name: string, resource: StackResource): Promise<string | undefined> {
    const answer = await this.#delete(name, resource)
    return answer === undefined || answer.ok ? undefined : answer.reason
  }

  /** `undefined`: a local ROS stood in for it. */
  async #delete(name: string, resource: StackResource): Promise<EventAnswer | undefined> {
    const { type, properties, served } = resource
    if (served) return this.serve({ ...this.#newEvent('Delete', name), type, properties, ...idOf(resource) })
    Reflect.deleteProperty(this.#state.resources, name)
    this.#reporter.resource(name, type, 'DELETE_COMPLETE', { standIn: true, note: 'stood in for' })
    return undefined
  }
}

/**
 * Whether the state is written after the change. A resource that a local ROS stands in for gets the same values when it
 * is made again, and writing the state for each such resource takes long in a large stack.
 */
export function isKept({ before, after }: Pick<ResourceChange, 'before' | 'after'>): boolean {
  return after.served || before?.served === true
}

/** Whether the stack stays after a Delete. One without an id may remove what a failed Create left. */
function keptIn({ requestType, properties, physicalResourceId }: ResourceEvent) {
  if (requestType !== 'Delete' || physicalResourceId === undefined) return {}
  const why = keptBecause({ retained: false, properties, physicalResourceId })
  return why === undefined ? {} : { kept: true, note: why }
}

function idOf({ physicalResourceId }: StackResource): { readonly physicalResourceId?: string } {
  return physicalResourceId === undefined ? {} : { physicalResourceId }
}
