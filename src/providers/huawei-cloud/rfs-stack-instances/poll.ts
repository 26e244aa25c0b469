import type { EpochMs } from '../../../platform/clock.ts'
import type { Observation, Watch } from '../../provider.ts'
import { addressOf } from '../stack-instance-events.ts'
import { hasFailed, isAtWork, operationPhase } from '../stack-set-operation.ts'
import type { RfsStackSetOperation } from '../stack-sets.ts'
import { isOfState, type InstanceOperations } from './instance-operations.ts'
import { readMarker, writeMarker, type Marker } from './marker.ts'
import { outputsOf } from './outputs.ts'
import { readView, type InstancesSetup } from './session-setup.ts'
import { isOf, narrowed } from './steps.ts'
import { cellOf, instancesOf } from './targets.ts'
import type { InstancesView } from './view.ts'

/** Polls the stack set operations of one request, and starts the next one when one has succeeded. */
export class InstancesPoll {
  readonly #setup: InstancesSetup
  readonly #operations: InstanceOperations

  constructor(setup: InstancesSetup, operations: InstanceOperations) {
    this.#setup = setup
    this.#operations = operations
  }

  async describe(watch: Watch): Promise<Observation> {
    const { sets, setName, surroundings } = this.#setup
    const marker = readMarker(watch.marker)
    if (marker.waits !== undefined) return this.#beginAfterAnother(marker, marker.waits)
    if (marker.operationId === undefined) return this.#ended(watch, marker)
    const operation = await sets.operation(setName, marker.operationId)
    if (operation === undefined) return this.#unseen()
    const { status, action } = operation
    switch (operationPhase(status)) {
      case 'working': {
        const startTime = startTimeOf(operation)
        return {
          phase: 'working',
          status: `${action} ${status}`,
          ...(startTime === undefined ? {} : { startTime }),
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

  /** Another request's operation was faster than this Create's. After its end there is something to create, or there is not. */
  async #beginAfterAnother(marker: Marker, waits: number): Promise<Observation> {
    const { sets, setName } = this.#setup
    const view = await readView(this.#setup)
    if (view === undefined) return { phase: 'gone' }
    const { status } = view
    if (view.isBusy) return { phase: 'working', status }
    const working = (next: Marker): Observation => ({
      phase: 'working',
      status,
      marker: writeMarker(next),
    })
    const again = { ...marker, waits: waits + 1 }
    const [made] = view.concerned
    if (made !== undefined) {
      if (view.isAnothersByClaim || (view.isClaimUndecided && waits >= MOST_WAITS))
        return this.#withdrawn(view, `The instance ${addressOf(made)} was created by another request at once`)
      // The request that made the instances is noted soon after their operation has ended, unless that delivery of the
      // event died.
      return view.isNoted || waits >= MOST_WAITS ? working(view.marker) : working(again)
    }
    const start = await this.#operations.begin(marker.then, view.set.stack_set_id)
    switch (start.outcome) {
      case 'started':
        return working(start.marker)
      case 'busy':
        return working(marker)
      case 'nothing':
        throw new TypeError('A Create has a step')
      case 'refused':
        return isOfState(start.refusal) && waits < MOST_WAITS
          ? working(again)
          : this.#withdrawn(view, sets.error(start.refusal, `${start.action} in ${setName}`).message)
    }
  }

  async #withdrawn(view: InstancesView, reason: string): Promise<Observation> {
    await this.#operations.withdraw(view)
    const statusReason = this.#setup.surroundings.secrets.mask(reason)
    return { phase: 'failed', status: view.status, final: true, statusReason }
  }

  /**
   * RFS also calls a deletion complete that failed within the tolerance. The instances that still exist would then have
   * no owner.
   */
  async #hasLeft({ action, stack_set_operation_id }: RfsStackSetOperation): Promise<boolean> {
    if (action !== 'DELETE_STACK_INSTANCES') return false
    const instances = await this.#setup.sets.instances(this.#setup.setName)
    return instances.some(
      (one) => hasFailed(one) && one.latest_stack_set_operation_id === stack_set_operation_id,
    )
  }

  /** The operation has succeeded and a further step follows: an Update may need several operations. */
  async #goOn(watch: Watch, marker: Marker, { action, status }: RfsStackSetOperation): Promise<Observation> {
    const { sets, setName, surroundings } = this.#setup
    const view = await readView(this.#setup)
    if (view === undefined) return { phase: 'gone' }
    if (view.isSuperseded || (watch.kind === 'update' && view.isDeleted))
      return { phase: 'failed', status: `${action} ${status}`, final: true, statusReason: OVERTAKEN }
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
      // Another delivery of the event started the step first, or somebody else runs an operation: poll again.
      return running !== undefined && isOf(next, running.action)
        ? working({ operationId: other, then: rest })
        : working(marker)
    }
    const start = await this.#operations.begin(steps, view.set.stack_set_id)
    switch (start.outcome) {
      case 'started':
        return working(start.marker)
      case 'nothing':
        return this.#ended(watch, { ...marker, then: [] })
      case 'busy':
        return working(marker)
      case 'refused':
        return {
          phase: 'failed',
          status: `${action} ${status}`,
          statusReason: surroundings.secrets.mask(
            sets.error(start.refusal, `${start.action} in ${setName}`).message,
          ),
          final: true,
        }
    }
  }

  async #ended({ kind }: Watch, { operationId }: Marker): Promise<Observation> {
    if (kind === 'delete') return { phase: 'gone' }
    const { surroundings, desired } = this.#setup
    const view = await readView(this.#setup)
    if (view === undefined) return { phase: 'gone' }
    if (operationId !== undefined) await this.#operations.noteDone(view, operationId)
    const instances = instancesOf(view.instances, desired.targets)
    return {
      phase: 'succeeded',
      status: view.status,
      outputs: outputsOf(view.set, instances, operationId, surroundings.secrets),
    }
  }

  /** The operation does not exist: its set was deleted, or RFS does not show it yet. */
  async #unseen(): Promise<Observation> {
    const { sets, setName, setId } = this.#setup
    const set = await sets.metadata(setName, setId)
    return set === undefined ? { phase: 'gone' } : { phase: 'working', status: set.status }
  }
}

function startTimeOf({ create_time }: RfsStackSetOperation): EpochMs | undefined {
  const time = Date.parse(create_time ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** Polls, since the set may still show the state from before another request's operation, or what nobody has noted yet. */
const MOST_WAITS = 5

const OVERTAKEN = 'Another request of ROS took the place of this one before it had ended'

const NOT_DELETED =
  'OperationPreferences tolerates failures, but a deletion is done only where nothing is left: these instances still stand'
