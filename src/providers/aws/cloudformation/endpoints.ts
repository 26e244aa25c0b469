import type { CredentialOrigin, Destination } from '../../http/credential-destinations.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
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

/**
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html and
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html; configuration files are not read.
 */
export function endpointsOf(connection: Connection, region: string, environment: Environment): AwsEndpoints {
  const ofRegion = (service: Service) =>
    REGION.test(region) ? awsEndpoint(service, region, variantOf(connection, environment)) : undefined
  const cloudFormation: EndpointProperty = {
    service: 'cloudformation',
    path: 'Endpoint',
    given: connection.Endpoint,
  }
  const sts: EndpointProperty = {
    service: 'sts',
    path: 'AssumeRole.Endpoint',
    given: connection.AssumeRole?.Endpoint,
  }
  return {
    cloudFormation: endpointOf(cloudFormation, ofRegion, environment),
    sts: endpointOf(sts, ofRegion, environment),
  }
}

const VARIANTS = [
  { property: 'UseDualstackEndpoint', variable: 'AWS_USE_DUALSTACK_ENDPOINT' },
  { property: 'UseFipsEndpoint', variable: 'AWS_USE_FIPS_ENDPOINT' },
] as const

type Variant = (typeof VARIANTS)[number]

export function variantOf(connection: Connection, environment: Environment): EndpointVariant {
  const [dualStack, fips] = VARIANTS.map((variant) => isEnabled(variant, connection, environment))
  return { dualStack: dualStack === true, fips: fips === true }
}

/** The property's word, else the variable's. */
function isEnabled(
  { property, variable }: Variant,
  connection: Connection,
  environment: Environment,
): boolean {
  return connection[property] ?? environment[variable] === 'true'
}

/**
 * What is wrong with the request for AWS's endpoints of another kind, by the SDK's own rules: a variable is `true` or `false`,
 * and an endpoint of one's own has no variants. Otherwise a user who asks for FIPS would not learn that it is not used.
 */
export function variantProblems(
  connection: Connection,
  environment: Environment,
  destinations: readonly Destination[],
): PropertyProblem[] {
  const own = destinations.find(({ namedBy }) => namedBy !== 'vendor')
  return VARIANTS.flatMap((variant) => {
    const { property, variable } = variant
    const isOfEnvironment = connection[property] === undefined
    const source = isOfEnvironment ? { path: variable, isOfEnvironment } : { path: property }
    if (isOfEnvironment && !['', 'true', 'false'].includes(environment[variable] ?? ''))
      return [{ ...source, problem: 'must be true or false, in small letters' }]
    return own !== undefined && isEnabled(variant, connection, environment)
      ? [
          {
            ...source,
            problem: `must not be true together with ${own.path}: only AWS's own endpoints have variants`,
          },
        ]
      : []
  })
}

/** Where the keys come from, and with them the session of an assumed role. */
export function credentialOrigin({ AccessKeyId }: Connection, environment: Environment): CredentialOrigin {
  if (AccessKeyId !== undefined) return 'properties'
  return (environment['AWS_ACCESS_KEY_ID'] ?? '') === '' ? 'nowhere' : 'environment'
}

interface EndpointProperty {
  readonly service: Service
  readonly path: string
  readonly given: string | undefined
}

function endpointOf(
  { service, path, given }: EndpointProperty,
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
