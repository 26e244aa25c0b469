import type { StackRequest } from '../../provider.ts'
import type { Overriding } from './steps.ts'
import type { Targets } from './targets.ts'

/** The request, and the instances that it is about. */
export interface ViewInput {
  readonly request: StackRequest
  /** `id`: ROS's id names the instances. `name`: only the properties name them. */
  readonly by: 'id' | 'name'
  /** The Create that made the instances, where ROS's id names it: see instances-id.ts. */
  readonly creation?: string | undefined
  readonly targets: Targets
  /** The targets before an Update; absent where the old properties do not give them. */
  readonly oldTargets: Targets | undefined
  /** How an Update changes the variables of the instances that stay. */
  readonly overriding: Overriding
}
