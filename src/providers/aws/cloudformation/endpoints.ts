import type { CredentialOrigin, Destination } from '../../http/credential-destinations.ts'
import type { Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'
import { awsEndpoint, REGION } from './region.ts'

type Environment = Surroundings['environment']

/** The endpoints of the calls: the properties', else the environment's, else AWS's for a region of AWS. */
export interface AwsEndpoints {
  readonly cloudFormation: Destination
  readonly sts: Destination
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html; configuration files are not read. */
export function endpointsOf(connection: Connection, region: string, environment: Environment): AwsEndpoints {
  return {
    cloudFormation: endpointOf('cloudformation', 'Endpoint', connection.Endpoint, region, environment),
    sts: endpointOf('sts', 'AssumeRole.Endpoint', connection.AssumeRole?.Endpoint, region, environment),
  }
}

/** Where the keys come from, and with them the session of an assumed role. */
export function credentialOrigin({ AccessKeyId }: Connection, environment: Environment): CredentialOrigin {
  if (AccessKeyId !== undefined) return 'properties'
  return (environment['AWS_ACCESS_KEY_ID'] ?? '') === '' ? 'nowhere' : 'environment'
}

function endpointOf(
  service: 'cloudformation' | 'sts',
  path: string,
  given: string | undefined,
  region: string,
  environment: Environment,
): Destination {
  const variable = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL'].find(
    (name) => (environment[name] ?? '') !== '',
  )
  const fromEnvironment = variable === undefined ? undefined : environment[variable]
  const known = fromEnvironment ?? (REGION.test(region) ? awsEndpoint(service, region) : undefined)
  if (given !== undefined)
    return { path, url: given, namedBy: 'properties', ...(known === undefined ? {} : { known: [known] }) }
  return { path: variable ?? path, url: known, namedBy: variable === undefined ? 'vendor' : 'environment' }
}
