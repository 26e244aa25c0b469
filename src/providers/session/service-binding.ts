import type * as v from 'valibot'
import type { IdentityChange } from '../properties/identity-problems.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { StackRequest, StackSession, Surroundings } from '../provider.ts'

/** What a service needs to reach its cloud, such as a client; or the problems that prevent it. */
export type Connected<Connection> =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/** The input of a session, once the properties are valid and the cloud can be addressed. */
export interface Bound<Full, Existing, Id, Connection> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly connection: Connection
  /** The parsed PhysicalResourceId; absent for a Create, and where ROS has no id of this cloud. */
  readonly id: Id | undefined
  /** All properties for a Create or Update; a smaller set for a stack that is deleted or followed. */
  readonly properties: Full | Existing
  /** The properties of a Create or Update; `undefined` for a stack that is deleted or followed. */
  readonly desired: Full | undefined
  readonly identityProblems: readonly PropertyProblem[]
}

/** The parts of validating properties and binding them to a request that differ between services. */
export interface ServiceBinding<Full, Existing, Id, Connection> {
  readonly name: string
  readonly properties: v.GenericSchema<unknown, Full>
  /** The properties that a stack needs when it is deleted, or when its operation has started: no template. */
  readonly existingProperties: v.GenericSchema<unknown, Existing>
  parseId(physicalResourceId: string): Id | undefined
  /** Completes `is not …`, for example `the id of a Heat stack`. */
  readonly idMeaning: string
  /** Adds the secrets of the properties to `surroundings.secrets`, before anything is logged or thrown. */
  keepSecret(properties: Full, surroundings: Surroundings): void | Promise<void>
  problems(properties: Full, request: StackRequest): readonly PropertyProblem[]
  /** Makes no call. */
  connect(
    properties: Full | Existing,
    id: Id | undefined,
    request: StackRequest,
    surroundings: Surroundings,
  ): Connected<Connection>
  /** The name of the stack that the properties give. */
  nameOf(properties: Existing): string | undefined
  /** Why the owner's mark cannot be moved: the vendor's reason, without a full stop. Absent: it can. */
  readonly immovable?: string
  /** The properties that mean another stack than `id`. */
  identityChanges(properties: Full | Existing, id: Id, request: StackRequest): readonly IdentityChange[]
  session(bound: Bound<Full, Existing, Id, Connection>): StackSession
}
