import type { RfsStackSets } from '../stack-sets.ts'
import type { OperationPreferences } from '../stack-set-properties.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import type { VarOverrides } from './properties.ts'
import type { Overriding } from './steps.ts'
import type { Targets } from './targets.ts'
import { InstancesView } from './view.ts'

export interface InstancesSetup {
  readonly sets: RfsStackSets
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly setName: string
  /** The set that is meant, where ROS's id or the properties say which of that name. */
  readonly setId: string | undefined
  readonly by: 'id' | 'name'
  readonly wanted: Wanted
  /** What an Update comes from; absent where the properties do not say. */
  readonly oldTargets: Targets | undefined
  /** What an Update does about the variables of the instances that stay. */
  readonly overriding: Overriding
  readonly identityProblems: readonly PropertyProblem[]
}

export interface Wanted {
  readonly targets: Targets
  /** As the properties give it, to be sent with a Create. */
  readonly stackSetId: string | undefined
  readonly overrides: VarOverrides | undefined
  readonly preferences: OperationPreferences | undefined
  readonly callIdentity: string | undefined
}

/** The set and its instances as they stand; `undefined`: there is no such set. */
export async function readView(setup: InstancesSetup): Promise<InstancesView | undefined> {
  const { sets, setName, setId, request, by, wanted, oldTargets, overriding } = setup
  const set = await sets.metadata(setName, setId)
  if (set === undefined) return undefined
  const matter = { request, by, targets: wanted.targets, oldTargets, overriding }
  return new InstancesView(matter, set, await sets.instances(setName))
}
