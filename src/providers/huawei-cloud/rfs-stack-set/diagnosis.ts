import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { diagnoseInstances } from '../stack-set-failures.ts'
import { nameIn, type SessionSetup } from './session-setup.ts'
import { formatStackSetId } from './stack-set-id.ts'

/** What RFS tells of the instances of the setup's stack set that failed. Reads only. */
export async function diagnoseStackSet(setup: SessionSetup): Promise<Diagnosis | undefined> {
  const { sets, region, stack } = setup
  const name = nameIn(setup)
  const set = await sets.metadata(name, stack.by === 'id' ? stack.id.id : undefined)
  if (set === undefined) return undefined
  const scope = stack.by === 'id' ? stack.id.scope : await sets.scope()
  const id = formatStackSetId({ region, scope, name, id: set.stack_set_id })
  return diagnoseInstances(sets, { set, stack: { id, name }, own: (all) => all })
}
