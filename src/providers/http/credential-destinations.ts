import { isAtHost } from '../../platform/endpoint-host.ts'
import { ForbiddenAddressError } from '../../platform/network.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

/**
 * Where a credential comes from: keys, a password, a token, an application credential or a role. A signature, a token
 * or a role's session that is derived from it has the same origin.
 */
export type CredentialOrigin =
  | 'environment'
  | 'properties'
  /** There is no credential: nothing is sent, and the first call fails with that reason. */
  | 'nowhere'

/** Who named the host that receives a credential, or a signature or token derived from it. */
export type HostOrigin =
  | 'environment'
  /** A fixed pattern of the vendor, see `vendorEndpoint`. */
  | 'vendor'
  | 'properties'

export interface Destination {
  /** The property or the environment variable that gives the URL. */
  readonly path: string
  /** `undefined`: no URL is given, and nothing is sent. */
  readonly url: string | undefined
  readonly namedBy: HostOrigin
  /** URLs that the environment or the vendor names for the same service: properties may name the same origins. */
  readonly known?: readonly string[]
}

type Allowing = Pick<Surroundings, 'endpointHosts'>

/**
 * The rule that decides which host may receive which credential. A credential of the environment goes only to hosts
 * that the environment, the vendor or the operator's STACKBRIDGE_ENDPOINT_HOSTS names, and to hosts that a Keystone or
 * IAM named so lists. A credential of the properties goes where the properties say.
 */
export function mayReceive(
  credential: CredentialOrigin,
  { url, namedBy, known = [] }: Pick<Destination, 'url' | 'namedBy' | 'known'>,
  { endpointHosts = [] }: Allowing,
): boolean {
  if (credential !== 'environment' || namedBy !== 'properties' || url === undefined) return true
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  return (
    known.some((one) => URL.canParse(one) && new URL(one).origin === parsed.origin) ||
    endpointHosts.some((allowed) => isAtHost(parsed, allowed))
  )
}

/** Properties that decide which certificates are accepted, such as `CACert`, and the URLs that they apply to. */
export interface CertificateTrust {
  /** The names of those that are given. */
  readonly properties: readonly string[]
  readonly urls: readonly string[]
}

/**
 * The problems with certificates that the properties trust. Such a certificate lets anyone on the network path read the
 * request. A credential of the environment may be sent so only to hosts in STACKBRIDGE_ENDPOINT_HOSTS, even if the
 * environment or the vendor names the host.
 */
export function trustProblems(
  credential: CredentialOrigin,
  { properties, urls }: CertificateTrust,
  { endpointHosts = [] }: Allowing,
): PropertyProblem[] {
  if (credential !== 'environment') return []
  const refused = urls
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url))
    .find((url) => !endpointHosts.some((allowed) => isAtHost(url, allowed)))
  if (refused === undefined) return []
  const problem =
    "must not be given where the credentials are the environment's: anyone on the network path to " +
    `${refused.host} could read them. Give credentials beside it in the properties, or let the operator name the host in ` +
    'STACKBRIDGE_ENDPOINT_HOSTS'
  return properties.map((path) => ({ path, problem }))
}

/**
 * The problems with the destinations of a request's credentials: forbidden addresses, and hosts that may not receive
 * them.
 */
export function destinationProblems(
  credential: CredentialOrigin,
  destinations: readonly Destination[],
  surroundings: Pick<Surroundings, 'network' | 'endpointHosts'>,
): PropertyProblem[] {
  return destinations.flatMap((destination) => {
    const forbidden = addressProblem(destination, surroundings)
    if (forbidden !== undefined) return [forbidden]
    return mayReceive(credential, destination, surroundings) ? [] : [untrusted(destination)]
  })
}

function addressProblem(
  { path, url, namedBy }: Destination,
  { network }: Pick<Surroundings, 'network'>,
): PropertyProblem | undefined {
  if (url === undefined) return undefined
  try {
    network.check(url, 'endpoint')
    return undefined
  } catch (error) {
    if (!(error instanceof ForbiddenAddressError)) throw error
    return { path, problem: error.message, ...(namedBy === 'environment' ? { isOfEnvironment: true } : {}) }
  }
}

function untrusted({ path, url }: Destination): PropertyProblem {
  const host = url === undefined ? '' : new URL(url).host
  return {
    path,
    problem:
      `must not name ${host} where the credentials are the environment's: it would be sent a token or a signature, or the ` +
      'password itself. Give credentials beside it in the properties, or let the operator name the host in STACKBRIDGE_ENDPOINT_HOSTS',
  }
}
