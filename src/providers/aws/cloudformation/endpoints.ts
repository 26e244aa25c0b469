import type { CredentialOrigin, Destination } from '../../http/credential-destinations.ts'
import type { Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'
import { awsEndpoint, REGION, type EndpointVariant } from './region.ts'

type Environment = Surroundings['environment']
type Service = 'cloudformation' | 'sts'

/** The endpoints of the calls: the properties', else the environment's, else AWS's for a region of AWS. */
export interface AwsEndpoints {
  readonly cloudFormation: Destination
  readonly sts: Destination
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html; configuration files are not read. */
export function endpointsOf(connection: Connection, region: string, environment: Environment): AwsEndpoints {
  const ofRegion = (service: Service) =>
    REGION.test(region) ? awsEndpoint(service, region, variantOf(connection)) : undefined
  const given = { cloudformation: connection.Endpoint, sts: connection.AssumeRole?.Endpoint }
  return {
    cloudFormation: endpointOf('cloudformation', 'Endpoint', given.cloudformation, ofRegion, environment),
    sts: endpointOf('sts', 'AssumeRole.Endpoint', given.sts, ofRegion, environment),
  }
}

/** Only the properties choose: the author of the environment's AWS_ variables may not be the bridge's operator. */
function variantOf({ UseDualstackEndpoint, UseFipsEndpoint }: Connection): EndpointVariant {
  return { dualStack: UseDualstackEndpoint === true, fips: UseFipsEndpoint === true }
}

/** Where the keys come from, and with them the session of an assumed role. */
export function credentialOrigin({ AccessKeyId }: Connection, environment: Environment): CredentialOrigin {
  if (AccessKeyId !== undefined) return 'properties'
  return (environment['AWS_ACCESS_KEY_ID'] ?? '') === '' ? 'nowhere' : 'environment'
}

function endpointOf(
  service: Service,
  path: string,
  given: string | undefined,
  ofRegion: (service: Service) => string | undefined,
  environment: Environment,
): Destination {
  const variable = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL'].find(
    (name) => (environment[name] ?? '') !== '',
  )
  const fromEnvironment = variable === undefined ? undefined : environment[variable]
  const known = fromEnvironment ?? ofRegion(service)
  if (given !== undefined)
    return { path, url: given, namedBy: 'properties', ...(known === undefined ? {} : { known: [known] }) }
  return { path: variable ?? path, url: known, namedBy: variable === undefined ? 'vendor' : 'environment' }
}
