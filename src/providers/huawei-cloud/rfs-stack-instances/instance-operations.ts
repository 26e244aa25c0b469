import type { JsonObject } from '../../../platform/json.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import { CloudError } from '../../provider.ts'
import type { Claim } from '../stack-set-description.ts'
import { preferencesBody, present } from '../stack-set-properties.ts'
import type { SetAccepted } from '../stack-sets.ts'
import type { Marker } from './marker.ts'
import { overridesBody } from './overrides.ts'
import type { InstancesSetup } from './session-setup.ts'
import type { Step } from './steps.ts'
import { targetsBody } from './targets.ts'
import type { InstancesView } from './view.ts'

/** How RFS answered the call that starts the first of the steps. */
export type Start =
  | { readonly outcome: 'started'; readonly marker: Marker }
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'refused'; readonly refusal: HttpAnswer; readonly action: string }

/** The writes of one request: one stack set operation for each step, and the claims in the set's description. */
export class InstanceOperations {
  readonly #setup: InstancesSetup

  constructor(setup: InstancesSetup) {
    this.#setup = setup
  }

  /** Starts the first step; the marker keeps the others. `setId` excludes a later set of the same name. */
  async begin([step, ...then]: readonly Step[], setId: string | undefined): Promise<Start> {
    if (step === undefined) return { outcome: 'nothing' }
    const { sets, setName } = this.#setup
    const body = this.#bodyOf(step, setId)
    const [action, asked] = await this.#ask(step, body)
    if (asked.accepted) {
      if (asked.operationId === undefined)
        throw new CloudError('unavailable', `RFS ${action}: the answer names no operation`)
      return { outcome: 'started', marker: { operationId: asked.operationId, then } }
    }
    return (await sets.isBusy(setName, asked.refusal))
      ? { outcome: 'busy' }
      : { outcome: 'refused', refusal: asked.refusal, action: `RFS ${action}` }
  }

  async #ask({ does }: Step, body: JsonObject): Promise<[string, SetAccepted]> {
    const { sets, setName } = this.#setup
    switch (does) {
      case 'create':
        return ['CreateStackInstance', await sets.createInstances(setName, body)]
      case 'update':
        return ['UpdateStackInstances', await sets.updateInstances(setName, body)]
      case 'delete':
        return ['DeleteStackInstance', await sets.deleteInstances(setName, body)]
    }
  }

  #bodyOf({ does, targets, reverts }: Step, setId: string | undefined): JsonObject {
    const { overrides, preferences, callIdentity } = this.#setup.desired
    const given = reverts === undefined ? overrides : { UseStackSetVars: [...reverts] }
    return present({
      stack_set_id: setId,
      deployment_targets: targetsBody(targets),
      var_overrides: does === 'delete' || given === undefined ? undefined : overridesBody(given),
      operation_preferences:
        preferences === undefined ? undefined : preferencesBody(preferences, targets.regions),
      call_identity: callIdentity,
    })
  }

  /** Writes into the set's description that this resource owns the instances, unless it says so already. */
  async claim(view: InstancesView, what: Pick<Claim, 'created' | 'request' | 'state'>): Promise<SetAccepted> {
    const { sets, setName, desired } = this.#setup
    const description = view.descriptionWith(what)
    if (description === undefined) return { accepted: true }
    return sets.update(
      setName,
      present({
        stack_set_id: view.set.stack_set_id,
        stack_set_description: description,
        call_identity: desired.callIdentity,
      }),
    )
  }

  /** Notes in the claim of a request that it has succeeded. Where RFS refuses that, a repeated Update runs once more. */
  async noteDone(view: InstancesView, operationId: string): Promise<void> {
    const { sets, setName, desired } = this.#setup
    const description = view.descriptionDone(operationId)
    if (description === undefined) return
    await sets.update(
      setName,
      present({
        stack_set_id: view.set.stack_set_id,
        stack_set_description: description,
        call_identity: desired.callIdentity,
      }),
    )
  }

  /** Removes this resource's claim: its request has begun nothing. */
  async withdraw(view: InstancesView): Promise<void> {
    const { sets, setName, desired } = this.#setup
    await sets.update(
      setName,
      present({
        stack_set_id: view.set.stack_set_id,
        stack_set_description: view.descriptionClaimedAs(undefined),
        call_identity: desired.callIdentity,
      }),
    )
  }

  /**
   * Restores the earlier claim after RFS refused the operation, since the new claim would describe instances that do
   * not exist. It changes nothing where another delivery of the event has written since.
   */
  async unclaim(before: InstancesView, now: InstancesView | undefined): Promise<void> {
    const { sets, setName, desired } = this.#setup
    if (now?.concerned.length !== before.concerned.length) return
    // Where RFS refuses this as well, the answer still gives the operation's refusal.
    await sets.update(
      setName,
      present({
        stack_set_id: now.set.stack_set_id,
        stack_set_description: now.descriptionClaimedAs(before.claim),
        call_identity: desired.callIdentity,
      }),
    )
  }
}

/** Whether RFS may have refused the call because of another operation, which its set may not show yet. */
export function isOfState({ status }: HttpAnswer): boolean {
  return status === 403 || status === 409
}
