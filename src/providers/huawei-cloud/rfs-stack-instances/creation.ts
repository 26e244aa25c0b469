import { isOfState, type InstanceOperations } from './instance-operations.ts'
import { CloudError, type CreateOutcome, type StackRef, type Watch } from '../../provider.ts'
import type { RfsStackSet } from '../stack-sets.ts'
import { claimOwner, claimRequest } from './claim.ts'
import { fitsRos, formatInstancesId, isCreation, type InstancesId } from './instances-id.ts'
import { writeMarker, type Marker } from './marker.ts'
import { tooLong } from './refusals.ts'
import { readView, type InstancesSetup } from './session-setup.ts'
import type { Step } from './steps.ts'
import { BUSY, type InstancesView } from './view.ts'

/** Claims the instances and begins to create them. `view`: what was read last; `undefined` where there is no such set. */
export async function beginCreation(
  view: InstancesView | undefined,
  setup: InstancesSetup,
  operations: InstanceOperations,
): Promise<CreateOutcome> {
  const { sets, request, desired, setName } = setup
  if (view === undefined) throw noSet(setup)
  const { set } = view
  const digest = claimRequest(request, 'create')
  const id = await newIdOf(setup, set, digest)
  const ref = { id: formatInstancesId(id), name: nameOf(set) }
  if (!fitsRos(id)) throw tooLong()
  if (view.concerned.length > 0)
    return {
      outcome: 'taken',
      message: `The stack set ${setName} has instances of DeploymentTargets already`,
    }
  if (view.wasMadeAndDeleted) return { outcome: 'replayed-after-delete', stack: ref }
  // The description cannot be changed while another operation runs. After its end, `find` shows whether it was this
  // request's.
  if (view.isBusy) return { outcome: 'busy', status: BUSY }
  const claimed = await operations.claim(view, { created: digest, request: digest, state: 'own' })
  if (!claimed.accepted) {
    if (await sets.isBusy(setName, claimed.refusal)) return { outcome: 'busy', status: BUSY }
    throw sets.refused(claimed.refusal, 'RFS UpdateStackSet')
  }
  await claimAgain(set, digest, setup, operations)
  const step: Step = { does: 'create', targets: desired.targets }
  const start = await operations.begin([step], desired.stackSetId)
  switch (start.outcome) {
    case 'started':
      return { outcome: 'started', watch: watching(ref, start.marker) }
    case 'busy':
      return { outcome: 'started', watch: watching(ref, { waits: 0, then: [step] }) }
    case 'refused':
      if (isOfState(start.refusal))
        return { outcome: 'started', watch: watching(ref, { waits: 0, then: [step] }) }
      await operations.unclaim(view, await readView(setup))
      throw sets.error(start.refusal, start.action)
    case 'nothing':
      throw new TypeError('A Create has a step')
  }
}

/** The id of instances that the Create with this digest has made; empty where a Create took them over. */
export async function newIdOf(
  { region, request, sets }: InstancesSetup,
  { stack_set_name: setName, stack_set_id: setId }: RfsStackSet,
  creation: string,
): Promise<InstancesId> {
  // Empty where a Create took the instances over; earlier versions wrote claims of other forms.
  const of = isCreation(creation) ? { creation } : {}
  return { region, scope: await sets.scope(), setName, setId, owner: claimOwner(request.owner), ...of }
}

export function nameOf({ stack_set_name }: Pick<RfsStackSet, 'stack_set_name'>): string {
  return `instances of ${stack_set_name}`
}

/** Two resources that claim at once may have read the same description: the later one has then dropped the other's claim. */
async function claimAgain(
  set: RfsStackSet,
  digest: string,
  setup: InstancesSetup,
  operations: InstanceOperations,
): Promise<void> {
  const view = await readView(setup)
  if (view?.set.stack_set_id !== set.stack_set_id || view.claim !== undefined || view.isBusy) return
  await operations.claim(view, { created: digest, request: digest, state: 'own' })
}

/** With `waits`: another request was faster. What it makes is not this one's: only after its end is there something to begin. */
function watching(stack: StackRef, marker: Marker): Watch {
  return { kind: 'create', stack, marker: writeMarker(marker) }
}

function noSet({ setName, setId }: InstancesSetup): CloudError {
  const which = setId === undefined ? '' : ` with the id ${setId}`
  return new CloudError(
    'rejected',
    `There is no stack set named ${setName}${which}: check StackSetName and Region`,
  )
}
