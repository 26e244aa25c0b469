import { isAtHost } from '../../platform/endpoint-host.ts'
import { ForbiddenAddressError } from '../../platform/network.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

/**
 * Where keys, a password, a token, an application credential or a role come from. What is derived from them (a signature, a
 * token, a role's session) comes from the same place.
 */
export type CredentialOrigin =
  | 'environment'
  | 'properties'
  /** There is none: nothing is sent, and the first call says so. */
  | 'nowhere'

/** Who named the host that a credential, or what is derived from it, is sent to. */
export type HostOrigin =
  | 'environment'
  /** A fixed pattern of the vendor's: see `vendorEndpoint`. */
  | 'vendor'
  | 'properties'

export interface Destination {
  /** The property or the environment variable that gives the URL. */
  readonly path: string
  /** `undefined`: it is not given, and nothing is sent there. */
  readonly url: string | undefined
  readonly namedBy: HostOrigin
  /** URLs that the environment or the vendor names for the same service: at their origins the properties tell nothing new. */
  readonly known?: readonly string[]
}

type Allowing = Pick<Surroundings, 'endpointHosts'>

/**
 * The one rule of who is sent what: a credential of the environment goes to hosts that the environment, the vendor or the
 * operator's STACKBRIDGE_ENDPOINT_HOSTS names, and to what a Keystone or IAM so named lists. A credential of the properties
 * goes where the properties say.
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

/** Properties that say which certificates count, such as `CACert`, and the URLs that they count for. */
export interface CertificateTrust {
  /** The names of those that are given. */
  readonly properties: readonly string[]
  readonly urls: readonly string[]
}

/**
 * What speaks against certificates that the properties trust. They let whoever is on the way read what is sent: that may be a
 * credential of the environment only where the operator names the host in STACKBRIDGE_ENDPOINT_HOSTS, also where the
 * environment or the vendor names it.
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
    "must not be given where the credentials are the environment's: whoever is on the way to " +
    `${refused.host} could read them. Give credentials beside it in the properties, or let the operator name the host in ` +
    'STACKBRIDGE_ENDPOINT_HOSTS'
  return properties.map((path) => ({ path, problem }))
}

/** What speaks against the destinations of a request's credentials: their addresses, and who named them. */
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
