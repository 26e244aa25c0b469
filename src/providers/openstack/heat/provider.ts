import type { TlsOptions } from '../../../platform/network.ts'
import { destinationProblems, trustProblems, type Destination } from '../../http/credential-destinations.ts'
import { firstSet } from '../../properties/environment-values.ts'
import { type IdentityChange } from '../../properties/identity-problems.ts'
import { onDriftOf } from '../../properties/drift-policy.ts'
import { refusalsOf } from '../../properties/plan-policy.ts'
import type { StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { HeatClient, type HeatClientOptions } from './client.ts'
import { environmentTrust, type EnvironmentTrust } from './environment-trust.ts'
import { readCredentials, type Credentials } from './credentials.ts'
import { parameterProblems, secretParameterValues } from './hidden-parameters.ts'
import type { EndpointChoice, Token } from './keystone.ts'
import {
  properties,
  existingProperties,
  type Connection,
  type ExistingHeatProperties,
  type HeatProperties,
} from './properties.ts'
import { namedStack } from '../../session/named-stack.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { HeatService } from './service.ts'
import { parseStackId, type HeatStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'
import { createTokenCache, type TokenCache } from '../../http/token-cache.ts'

/** OpenStack Heat's native API, with tokens of Keystone v3. */
export const provider: StackProvider = createHeat(createTokenCache())

export function createHeat(tokens: TokenCache<Token>): StackProvider {
  return serviceProvider<HeatProperties, ExistingHeatProperties, HeatStackId, HeatClient>({
    name: 'Heat',
    properties,
    existingProperties,
    parseId: parseStackId,
    idMeaning: 'the id of a Heat stack',
    async keepSecret({ Stack, SecretParameters }, { secrets }) {
      for (const value of await secretParameterValues(Stack, SecretParameters ?? [])) secrets.addHidden(value)
    },
    problems: ({ Stack }, request) => [
      ...templateProblems(Stack, request),
      ...parameterProblems(Stack.Parameters),
    ],
    connect: (properties, _id, _request, surroundings) => connect(properties, surroundings, tokens),
    nameOf: ({ Stack }) => Stack.Name,
    identityChanges,
    session: ({ id, properties, desired, connection, ...bound }) =>
      new ServiceSession(
        new HeatService({
          ...bound,
          client: connection,
          stack: namedStack(id, () => properties.Stack.Name ?? derivedStackName(bound.request.owner)),
          desired: desired?.Stack,
          refuses: refusalsOf(desired ?? {}),
          onDrift: onDriftOf(desired ?? {}),
          deleteAttempts: 1 + (properties.OnDeleteFailed ?? []).length,
        }),
      ),
  })
}

function connect(
  connection: Connection,
  surroundings: Surroundings,
  tokens: TokenCache<Token>,
): Connected<HeatClient> {
  const read = readCredentials(connection, surroundings)
  const choice = endpointChoice(connection, surroundings)
  // `Auth` replaces the environment's auth as a whole: the two are never mixed.
  const origin = connection.Auth === undefined ? 'environment' : 'properties'
  const trust: EnvironmentTrust =
    origin === 'environment' ? environmentTrust(surroundings) : { ok: true, tls: {} }
  const problems = [
    ...(trust.ok ? [] : [trust.problem]),
    ...(read.ok
      ? destinationProblems(origin, [keystone(origin, read.credentials)], surroundings)
      : read.problems),
    ...destinationProblems(
      origin,
      [{ path: 'Endpoint', url: choice.endpoint, namedBy: 'properties' }],
      surroundings,
    ),
  ]
  const trusting = (...urls: readonly string[]) =>
    trustProblems(origin, { properties: trustPropertiesOf(connection), urls }, surroundings)
  const given = [
    ...(read.ok ? [read.credentials.authUrl] : []),
    ...(choice.endpoint === undefined ? [] : [choice.endpoint]),
  ]
  problems.push(...trusting(...given))
  if (problems.length > 0 || !read.ok || !trust.ok) return { ok: false, problems }
  return {
    ok: true,
    connection: clientOf(
      connection,
      { credentials: read.credentials, choice, trusting, environmentTls: trust.tls },
      surroundings,
      tokens,
    ),
  }
}

function trustPropertiesOf({ CACert, Insecure }: Connection): readonly string[] {
  return [...(CACert === undefined ? [] : ['CACert']), ...(Insecure === true ? ['Insecure'] : [])]
}

function keystone(origin: 'environment' | 'properties', { authUrl }: Credentials): Destination {
  return { path: origin === 'environment' ? 'OS_AUTH_URL' : 'Auth.AuthUrl', url: authUrl, namedBy: origin }
}

interface ClientParts extends Pick<HeatClientOptions, 'credentials' | 'choice' | 'trusting'> {
  readonly environmentTls: TlsOptions
}

function clientOf(
  connection: Connection,
  { environmentTls, ...options }: ClientParts,
  { clock, network, secrets, log, tokens: carried }: Surroundings,
  tokens: TokenCache<Token>,
): HeatClient {
  const tls: TlsOptions = {
    ...environmentTls,
    ...(connection.CACert === undefined ? {} : { ca: connection.CACert }),
    ...(connection.Insecure === undefined ? {} : { rejectUnauthorized: !connection.Insecure }),
  }
  if (tls.rejectUnauthorized === false)
    log.warn('Insecure is on: anyone on the network path can read the credentials and answer for the cloud')
  return new HeatClient({
    ...options,
    http: { network, tls, secrets, placedBy: 'Auth.AuthUrl, RegionName or Endpoint' },
    clock,
    tokens,
    carried,
  })
}

/** The environment's region and interface apply only with the environment's auth. */
function endpointChoice(connection: Connection, { environment }: Surroundings): EndpointChoice {
  const isFromEnvironment = connection.Auth === undefined
  const fallback = (...names: readonly string[]) =>
    isFromEnvironment ? firstSet(environment, names) : undefined
  const chosen = connection.Interface ?? fallback('OS_INTERFACE', 'OS_ENDPOINT_TYPE') ?? 'public'
  return {
    endpoint: connection.Endpoint,
    regionName: connection.RegionName ?? fallback('OS_REGION_NAME'),
    interface: chosen.replace(/URL$/, ''),
  }
}

function templateProblems(
  { Template, TemplateURL, Existing }: HeatProperties['Stack'],
  { kind }: StackRequest,
) {
  if (Template !== undefined || TemplateURL !== undefined) return []
  if (Existing === true && kind === 'update') return []
  const problem = 'is missing; it must be a string or a map (or give TemplateURL)'
  return [{ path: 'Stack.Template', problem }]
}

function identityChanges(
  properties: HeatProperties | ExistingHeatProperties,
  id: HeatStackId,
  { oldProperties }: StackRequest,
): IdentityChange[] {
  const oldRegion = oldProperties?.['RegionName']
  return [
    { path: 'Stack.Name', from: id.name, to: properties.Stack.Name },
    { path: 'Auth.ProjectId', from: id.project, to: properties.Auth?.ProjectId },
    {
      path: 'RegionName',
      from: typeof oldRegion === 'string' ? oldRegion : undefined,
      to: properties.RegionName,
    },
  ]
}
