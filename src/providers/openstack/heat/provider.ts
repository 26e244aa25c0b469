import * as v from 'valibot'
import type { TlsOptions } from '../../../platform/network.ts'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { destinationProblems, trustProblems, type Destination } from '../../http/credential-destinations.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { HeatClient, type HeatClientOptions } from './client.ts'
import { readCredentials, type Credentials } from './credentials.ts'
import { parameterProblems, secretParameterValues } from './hidden-parameters.ts'
import type { EndpointChoice, Token } from './keystone.ts'
import { heatDeleteProperties, heatProperties, type Connection, type HeatProperties } from './properties.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { HeatService } from './service.ts'
import { parseStackId, type HeatStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'
import { createTokenCache, type TokenCache } from '../../http/token-cache.ts'

/** OpenStack Heat, by its native API, with tokens of Keystone v3. */
export const heat: StackProvider = createHeat(createTokenCache())

export function createHeat(tokens: TokenCache<Token>): StackProvider {
  return {
    name: 'Heat',
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openForStanding(request, surroundings, tokens)
        : openForStack(request, surroundings, tokens),
    propertiesToFollow: (properties) => knownProperties(properties, heatDeleteProperties),
  }
}

async function openForStack(
  request: StackRequest,
  surroundings: Surroundings,
  tokens: TokenCache<Token>,
): Promise<Opened> {
  const parsed = v.safeParse(heatProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, heatProperties) }
  const properties = parsed.output
  const wanted = properties.Stack
  for (const value of await secretParameterValues(wanted, properties.SecretParameters ?? []))
    surroundings.secrets.add(value)
  const id = parseStackId(request.physicalResourceId ?? '')
  const connected = connect(properties, surroundings, tokens)
  const problems = [
    ...templateProblems(wanted, request),
    ...parameterProblems(wanted.Parameters),
    ...(request.kind === 'update' && id === undefined ? [FOREIGN_ID] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const service = new HeatService({
    client: connected.client,
    request,
    surroundings,
    stack:
      request.kind === 'update' && id !== undefined
        ? { by: 'id', id }
        : { by: 'name', name: wanted.Name ?? derivedStackName(request.owner) },
    wanted,
    deleteAttempts: 1 + (properties.OnDeleteFailed ?? []).length,
    identityProblems: id === undefined ? [] : identityProblems(changesOfIdentity(properties, request, id)),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(
  request: StackRequest,
  surroundings: Surroundings,
  tokens: TokenCache<Token>,
): Opened {
  const parsed = v.safeParse(heatDeleteProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, heatDeleteProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseStackId(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = connect(properties, surroundings, tokens)
  if (!connected.ok) return connected
  const service = new HeatService({
    client: connected.client,
    request,
    surroundings,
    stack:
      id === undefined
        ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(request.owner) }
        : { by: 'id', id },
    wanted: undefined,
    deleteAttempts: 1 + (properties.OnDeleteFailed ?? []).length,
    identityProblems: [],
  })
  return { ok: true, session: new ServiceSession(service), bridge: { Timeout: properties.Timeout } }
}

type Connected =
  | { readonly ok: true; readonly client: HeatClient }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

function connect(connection: Connection, surroundings: Surroundings, tokens: TokenCache<Token>): Connected {
  const read = readCredentials(connection, surroundings)
  const choice = endpointChoice(connection, surroundings)
  // Whoever gives `Auth` gives all of it: nothing of the environment's is mixed in.
  const origin = connection.Auth === undefined ? 'environment' : 'properties'
  const problems = [
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
  if (problems.length > 0 || !read.ok) return { ok: false, problems }
  return {
    ok: true,
    client: clientOf(connection, { credentials: read.credentials, choice, trusting }, surroundings, tokens),
  }
}

function trustPropertiesOf({ CACert, Insecure }: Connection): readonly string[] {
  return [...(CACert === undefined ? [] : ['CACert']), ...(Insecure === true ? ['Insecure'] : [])]
}

function keystone(origin: 'environment' | 'properties', { authUrl }: Credentials): Destination {
  return { path: origin === 'environment' ? 'OS_AUTH_URL' : 'Auth.AuthUrl', url: authUrl, namedBy: origin }
}

function clientOf(
  connection: Connection,
  options: Pick<HeatClientOptions, 'credentials' | 'choice' | 'trusting'>,
  { clock, network, secrets, log }: Surroundings,
  tokens: TokenCache<Token>,
): HeatClient {
  const tls: TlsOptions = {
    ...(connection.CACert === undefined ? {} : { ca: connection.CACert }),
    ...(connection.Insecure === true ? { rejectUnauthorized: false } : {}),
  }
  if (connection.Insecure === true)
    log.warn('Insecure is on: whoever is on the way can read the credentials and answer for the cloud')
  return new HeatClient({ ...options, http: { network, tls, secrets }, clock, tokens })
}

/** The environment's region and interface go with the environment's auth only. */
function endpointChoice(connection: Connection, { environment }: Surroundings): EndpointChoice {
  const isFromEnvironment = connection.Auth === undefined
  const fallback = (...names: readonly string[]) =>
    isFromEnvironment
      ? names.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
      : undefined
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

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of a Heat stack: this resource was not created by this provider',
}

function changesOfIdentity(
  properties: HeatProperties,
  { oldProperties }: StackRequest,
  id: HeatStackId,
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
