import * as v from 'valibot'
import { bridgePropertiesOf, type BridgeProperties } from '../properties/bridge-properties.ts'
import { identityProblems, type IdentityChange } from '../properties/identity-problems.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import { knownProperties, problemsOf } from '../properties/property-schema.ts'
import type { Opened, StackProvider, StackRequest, StackSession, Surroundings } from '../provider.ts'

/** A client and what else a service needs to reach its cloud, or why there is none. */
export type Connected<Connection> =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/** What a session is made of, once the properties are valid and the cloud can be addressed. */
export interface Bound<Full, Standing, Id, Connection> {
  readonly request: StackRequest
  readonly surroundings: Surroundings
  readonly connection: Connection
  /** The stack that ROS's id names; absent for a Create, and where ROS has no id of this cloud. */
  readonly id: Id | undefined
  /** All properties for a Create or Update; what is still needed for a stack that is deleted or followed. */
  readonly properties: Full | Standing
  /** What a Create or Update asks for. */
  readonly wanted: Full | undefined
  readonly identityProblems: readonly PropertyProblem[]
}

/** What differs between services when properties are validated and bound to one request. */
export interface ServiceBinding<Full, Standing, Id, Connection> {
  readonly name: string
  readonly properties: v.GenericSchema<unknown, Full>
  /** What is needed of a stack that is deleted, or whose operation has started: no template. */
  readonly standingProperties: v.GenericSchema<unknown, Standing>
  parseId(physicalResourceId: string): Id | undefined
  /** What an id of this service is, for example `the id of a Heat stack`. */
  readonly idMeaning: string
  /** Adds what must be masked, before anything can be logged or thrown. */
  keepSecret(properties: Full, surroundings: Surroundings): void | Promise<void>
  problems(properties: Full, request: StackRequest): readonly PropertyProblem[]
  /** Makes no call. */
  connect(
    properties: Full | Standing,
    id: Id | undefined,
    request: StackRequest,
    surroundings: Surroundings,
  ): Connected<Connection>
  identityChanges(properties: Full, id: Id, request: StackRequest): readonly IdentityChange[]
  session(bound: Bound<Full, Standing, Id, Connection>): StackSession
}

/** A provider that validates properties and binds them to a request in the way that all services share. */
export function serviceProvider<
  Full extends BridgeProperties,
  Standing extends Pick<BridgeProperties, 'Timeout'>,
  Id,
  Connection,
>(binding: ServiceBinding<Full, Standing, Id, Connection>): StackProvider {
  return {
    name: binding.name,
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openStanding(binding, request, surroundings)
        : openWanted(binding, request, surroundings),
    propertiesToFollow: (properties) => knownProperties(properties, binding.standingProperties),
  }
}

async function openWanted<Full extends BridgeProperties, Standing, Id, Connection>(
  binding: ServiceBinding<Full, Standing, Id, Connection>,
  request: StackRequest,
  surroundings: Surroundings,
): Promise<Opened> {
  const parsed = v.safeParse(binding.properties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, binding.properties) }
  const properties = parsed.output
  await binding.keepSecret(properties, surroundings)
  const id = request.kind === 'update' ? binding.parseId(request.physicalResourceId ?? '') : undefined
  const connected = binding.connect(properties, id, request, surroundings)
  const problems = [
    ...binding.problems(properties, request),
    ...(request.kind === 'update' && id === undefined ? [foreignId(binding.idMeaning)] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const session = binding.session({
    request,
    surroundings,
    connection: connected.connection,
    id,
    properties,
    wanted: properties,
    identityProblems: identityProblems(
      id === undefined ? [] : binding.identityChanges(properties, id, request),
    ),
  })
  return { ok: true, session, bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is deleted, or whose operation has started. */
function openStanding<Full, Standing extends Pick<BridgeProperties, 'Timeout'>, Id, Connection>(
  binding: ServiceBinding<Full, Standing, Id, Connection>,
  request: StackRequest,
  surroundings: Surroundings,
): Opened {
  const parsed = v.safeParse(binding.standingProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, binding.standingProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then name and mark lead to the stack.
  const id = binding.parseId(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = binding.connect(properties, id, request, surroundings)
  if (!connected.ok) return connected
  const session = binding.session({
    request,
    surroundings,
    connection: connected.connection,
    id,
    properties,
    wanted: undefined,
    identityProblems: [],
  })
  return { ok: true, session, bridge: { Timeout: properties.Timeout } }
}

function foreignId(idMeaning: string): PropertyProblem {
  const problem = `is not ${idMeaning}: this resource was not created by this provider`
  return { path: 'PhysicalResourceId', problem }
}
