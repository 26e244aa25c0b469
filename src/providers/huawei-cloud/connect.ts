import { destinationProblems, trustProblems, type Destination } from '../http/credential-destinations.ts'
import { HuaweiClient, type HuaweiMemory } from './client.ts'
import { HUAWEI_CLOUD_REGIONS } from './known-regions.ts'
import type { HuaweiConnection } from './connection.ts'
import { readHuaweiIdentity, type KnownPlace } from './credentials.ts'
import { endpointInCloud, firstSet, type SetVariable } from './endpoint-variables.ts'
import type { ServiceEndpoint } from './region.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../provider.ts'
import type { Connected } from '../session/service-provider.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { withoutTrailingSlashes } from '../../platform/trailing-slashes.ts'

export type HuaweiConnected =
  | { readonly ok: true; readonly huawei: HuaweiClient; readonly region: string }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/**
 * A client for one service, for the place and credentials of the properties and the environment. Makes no call.
 * `known`: the parts of an existing stack's id, which the properties cannot change.
 */
export function connectHuawei(
  connection: HuaweiConnection,
  known: KnownPlace,
  address: ServiceEndpoint,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): HuaweiConnected {
  const { clock, random, network, secrets, tokens } = surroundings
  const read = readHuaweiIdentity(connection, surroundings, known)
  if (!read.ok) {
    const address = destinationProblems(
      'nowhere',
      [serviceAt(connection.Endpoint, undefined, [])],
      surroundings,
    )
    return { ok: false, problems: [...read.problems, ...address] }
  }
  const { identity } = read
  const variable = address.variable?.(identity.region)
  const { environment } = surroundings
  const named =
    firstSet(environment, variable === undefined ? [] : [variable]) ??
    endpointInCloud(address.service, identity.region, environment)
  const byDefault = named?.value ?? address.vendors(identity.region)
  const service = serviceAt(connection.Endpoint, named, [
    byDefault,
    ...(identity.iam.namedBy === 'properties' ? [] : [identity.iam.url]),
  ])
  const endpoint = withoutTrailingSlashes(connection.Endpoint ?? byDefault)
  const trust = {
    properties: connection.CACert === undefined ? [] : ['CACert'],
    urls: [identity.iam.url, endpoint],
  }
  const problems = [
    ...destinationProblems(identity.origin, [identity.iam, service], surroundings),
    ...trustProblems(identity.origin, trust, surroundings),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const huawei = new HuaweiClient({
    identity,
    endpoint,
    http: {
      network,
      secrets,
      placedBy: 'Region, Auth.AuthUrl or Endpoint',
      regions: HUAWEI_CLOUD_REGIONS,
      tls: connection.CACert === undefined ? {} : { ca: connection.CACert },
    },
    clock,
    random,
    memory,
    carried: tokens,
  })
  return { ok: true, huawei, region: identity.region }
}

function serviceAt(
  given: string | undefined,
  named: SetVariable | undefined,
  known: readonly string[],
): Destination {
  if (given === undefined && named !== undefined)
    return { path: named.name, url: named.value, namedBy: 'environment' }
  return { path: 'Endpoint', url: given, namedBy: 'properties', known }
}

/** What a session needs to reach the cloud. */
export interface HuaweiReach<Client> {
  readonly client: Client
  readonly region: string
}

export interface HuaweiConnector<Id, Client> {
  readonly memory: HuaweiMemory
  readonly endpoint: ServiceEndpoint
  /** The parts of an existing stack's id, which the properties cannot change. */
  readonly placeOf: (id: Id) => KnownPlace
  readonly clientOf: (
    huawei: HuaweiClient,
    secrets: Secrets,
    properties: { readonly CallIdentity?: string | undefined },
  ) => Client
}

/** The `connect` of a service, see `ServiceBinding`: it makes the service's own client. */
export function connecting<Id, Client>({ memory, endpoint, placeOf, clientOf }: HuaweiConnector<Id, Client>) {
  return (
    properties: HuaweiConnection & { readonly CallIdentity?: string | undefined },
    id: Id | undefined,
    _request: StackRequest,
    surroundings: Surroundings,
  ): Connected<HuaweiReach<Client>> => {
    const known = id === undefined ? {} : placeOf(id)
    const connected = connectHuawei(properties, known, endpoint, surroundings, memory)
    if (!connected.ok) return connected
    const { huawei, region } = connected
    return { ok: true, connection: { client: clientOf(huawei, surroundings.secrets, properties), region } }
  }
}
