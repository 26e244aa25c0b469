import type { RfsStackSets } from '../stack-sets.ts'
import type { OperationPreferences } from '../stack-set-properties.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import type { InstancesId } from './instances-id.ts'
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
  /** The UUID of the set, where ROS's id or the properties give it. */
  readonly setId: string | undefined
  /** ROS's id; absent where only the properties name the instances. */
  readonly id: InstancesId | undefined
  readonly by: 'id' | 'name'
  readonly desired: Desired
  /** The targets before an Update; absent where the old properties do not give them. */
  readonly oldTargets: Targets | undefined
  /** How an Update changes the variables of the instances that stay. */
  readonly overriding: Overriding
  readonly identityProblems: readonly PropertyProblem[]
}

export interface Desired {
  readonly targets: Targets
  /** The targets in the form of the properties, as a Create sends them. */
  readonly stackSetId: string | undefined
  readonly overrides: VarOverrides | undefined
  readonly preferences: OperationPreferences | undefined
  readonly callIdentity: string | undefined
}

/** Reads the set and its instances; `undefined`: the set does not exist. */
export async function readView(setup: InstancesSetup): Promise<InstancesView | undefined> {
  const { sets, setName, setId, request, by, id, desired, oldTargets, overriding } = setup
  const set = await sets.metadata(setName, setId)
  if (set === undefined) return undefined
  const creation = id?.creation
  const input = { request, by, creation, targets: desired.targets, oldTargets, overriding }
  return new InstancesView(input, set, await sets.instances(setName))
}
