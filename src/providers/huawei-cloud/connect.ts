import { endpointProblems } from '../properties/endpoint-problems.ts'
import { HuaweiClient, type HuaweiMemory } from './client.ts'
import type { HuaweiConnection } from './connection.ts'
import { readHuaweiIdentity, type KnownPlace } from './credentials.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

export type HuaweiConnected =
  | { readonly ok: true; readonly huawei: HuaweiClient; readonly region: string }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/**
 * A client for one service, as the properties and the environment say; makes no call. `known`: what the id of an existing
 * stack tells, which the properties cannot change. `endpointOf`: the service's address in a region.
 */
export function connectHuawei(
  connection: HuaweiConnection,
  known: KnownPlace,
  endpointOf: (region: string) => string,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): HuaweiConnected {
  const { clock, random, network, secrets } = surroundings
  const read = readHuaweiIdentity(connection, surroundings, known)
  const problems = [
    ...(read.ok ? endpointProblems('Auth.AuthUrl', read.identity.iamUrl, surroundings) : read.problems),
    ...endpointProblems('Endpoint', connection.Endpoint, surroundings),
  ]
  if (problems.length > 0 || !read.ok) return { ok: false, problems }
  const { identity } = read
  const huawei = new HuaweiClient({
    identity,
    endpoint: (connection.Endpoint ?? endpointOf(identity.region)).replace(/\/+$/, ''),
    http: { network, secrets, tls: connection.CACert === undefined ? {} : { ca: connection.CACert } },
    clock,
    random,
    memory,
  })
  return { ok: true, huawei, region: identity.region }
}
