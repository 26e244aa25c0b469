import type { EpochMs } from '../../platform/clock.ts'
import type { Refusals } from '../properties/plan-policy.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../provider.ts'

/** The input of every service: one request, and what its properties ask for. */
export interface ServiceSetup<Desired> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** `id`: ROS's id names the stack. `name`: the properties name it. */
  readonly stack: { readonly by: 'id' | 'name' }
  /** The properties of a Create or Update; `undefined` for a Delete. */
  readonly desired: Desired | undefined
  readonly identityProblems: readonly PropertyProblem[]
  /** What an Update must not do. */
  readonly refuses?: Refusals | undefined
  /** What an Update does about drift. */
  readonly onDrift?: 'report' | 'refuse' | undefined
}

/** Throws a `TypeError` for a Delete. */
export function desiredOf<Desired>({ desired }: Pick<ServiceSetup<Desired>, 'desired'>): Desired {
  if (desired === undefined) throw new TypeError('A Delete has no stack to ask for')
  return desired
}

/** The part of a `StackService` that follows from its setup alone. */
export abstract class BoundService<Desired, Setup extends ServiceSetup<Desired>> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly identityProblems: readonly PropertyProblem[]
  readonly by: 'id' | 'name'
  readonly refuses?: Refusals
  readonly onDrift?: 'report' | 'refuse'
  protected readonly setup: Setup

  constructor(setup: Setup) {
    this.setup = setup
    this.request = setup.request
    this.surroundings = setup.surroundings
    this.identityProblems = setup.identityProblems
    this.by = setup.stack.by
    if (setup.refuses !== undefined) this.refuses = setup.refuses
    if (setup.onDrift !== undefined) this.onDrift = setup.onDrift
  }

  protected desired(): Desired {
    return desiredOf(this.setup)
  }

  protected now(): EpochMs {
    return this.surroundings.clock.now()
  }
}
