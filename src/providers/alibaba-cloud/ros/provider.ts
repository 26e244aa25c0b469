import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { destinationProblems, mayReceive } from '../../http/credential-destinations.ts'
import { environmentRegion } from '../../identifiers/environment-region.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { keyPairProblems } from '../../properties/key-pair-problems.ts'
import { noEchoParameters, textsOf } from '../../properties/no-echo-parameters.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { RosClient } from './client.ts'
import { identityOf, type Identity } from './credentials.ts'
import { DEFAULT_MAX_DEPTH } from './depth.ts'
import { MOST_MARKS, MOST_TAGS, TAG_PREFIX, userTags } from './marks.ts'
import { parameterProblems, secretValues } from './parameters.ts'
import {
  rosDeleteProperties,
  rosProperties,
  type Connection,
  type RosDeleteProperties,
  type RosProperties,
} from './properties.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { RosService } from './service.ts'
import type { Deletion, SessionSetup } from './session-setup.ts'
import { accountOfRole, parseStackId, type RosStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'
import { credentialOrigin, endpointsOf } from './endpoints.ts'
import { ENVIRONMENT_REGION } from './region.ts'
import { LARGEST_BODY_BYTES, templateOf, templateProblems } from './template.ts'

/** Alibaba Cloud ROS itself: a stack in another account or region than the one that holds the resource. */
export const aliyunRos: StackProvider = {
  name: 'AliyunRos',
  open: (request, surroundings) =>
    request.kind === 'delete' || request.follows !== undefined
      ? openForStanding(request, surroundings)
      : openForStack(request, surroundings),
  propertiesToFollow: (properties) => knownProperties(properties, rosDeleteProperties),
}

async function openForStack(request: StackRequest, surroundings: Surroundings): Promise<Opened> {
  const parsed = v.safeParse(rosProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, rosProperties) }
  const properties = parsed.output
  await keepParametersSecret(properties, surroundings)
  const id = parseStackId(request.physicalResourceId ?? '')
  const problems = [
    ...stackProblems(properties),
    ...(request.kind === 'update' && id === undefined ? [FOREIGN_ID] : []),
    ...connectionProblems(properties, surroundings),
  ]
  const chosen = regionOf(properties, id, surroundings)
  if (problems.length > 0 || !chosen.ok)
    return { ok: false, problems: [...problems, ...(chosen.ok ? [] : [chosen.problem])] }
  const { region } = chosen
  const wanted = properties.Stack
  const service = new RosService({
    ...setupOf(properties, region, request, surroundings),
    stack:
      id === undefined
        ? { by: 'name', name: wanted.Name ?? derivedStackName(request.owner, region) }
        : { by: 'id', id },
    wanted,
    identityProblems: id === undefined ? [] : identityProblems(changesOfIdentity(properties, id)),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(request: StackRequest, surroundings: Surroundings): Opened {
  const parsed = v.safeParse(rosDeleteProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, rosDeleteProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseStackId(request.follows?.id ?? request.physicalResourceId ?? '')
  const problems = connectionProblems(properties, surroundings)
  // Where the stack is, is where it was made, whatever the properties say today.
  const chosen: ChosenRegion =
    id === undefined ? regionOf(properties, id, surroundings) : { ok: true, region: id.region }
  if (problems.length > 0 || !chosen.ok)
    return { ok: false, problems: [...problems, ...(chosen.ok ? [] : [chosen.problem])] }
  const { region } = chosen
  const service = new RosService({
    ...setupOf(properties, region, request, surroundings),
    stack:
      id === undefined
        ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(request.owner, region) }
        : { by: 'id', id },
    wanted: undefined,
    identityProblems: [],
  })
  return {
    ok: true,
    session: new ServiceSession(service),
    bridge: properties.Timeout === undefined ? {} : { Timeout: properties.Timeout },
  }
}

/** What both kinds of session have in common. */
function setupOf(
  properties: RosProperties | RosDeleteProperties,
  region: string,
  request: StackRequest,
  surroundings: Surroundings,
): Omit<SessionSetup, 'stack' | 'wanted' | 'identityProblems'> {
  const identity = identityOf(properties, request.owner, surroundings)
  const clientAs = (one: Identity, endpoint: string | undefined) =>
    new RosClient({ identity: one, endpoint, region, surroundings })
  const client = clientAs(identity, properties.Endpoint)
  // A continuation does not say; the function is called from its own region as a rule.
  const rosRegion = request.owner.rosRegionId ?? functionRegion(surroundings) ?? region
  const readers = [
    client,
    ...(usesOwnKeys(properties, surroundings)
      ? [functionReader(properties, request, clientAs, surroundings)]
      : []),
  ]
  return {
    client,
    identity,
    region,
    request,
    surroundings,
    deletion: deletionOf(properties),
    depth: {
      max: ('MaxDepth' in properties ? properties.MaxDepth : undefined) ?? DEFAULT_MAX_DEPTH,
      readers: readers.map((reader) => reader.inRegion(rosRegion)),
    },
  }
}

/** The function's role reads where ROS is: at the properties' endpoint only where that may receive its signature. */
function functionReader(
  connection: Connection,
  { owner }: StackRequest,
  clientAs: (identity: Identity, endpoint: string | undefined) => RosClient,
  surroundings: Surroundings,
): RosClient {
  const { ros, sts } = endpointsOf(connection)
  const StsEndpoint = mayReceive('environment', sts, surroundings) ? connection.StsEndpoint : undefined
  const identity = identityOf({ StsEndpoint }, owner, surroundings)
  return clientAs(identity, mayReceive('environment', ros, surroundings) ? connection.Endpoint : undefined)
}

function functionRegion(surroundings: Surroundings): string | undefined {
  const read = environmentRegion(ENVIRONMENT_REGION, surroundings)
  return read.ok ? read.region : undefined
}

/** Whether the properties' credentials are others than the function's, which has some. */
function usesOwnKeys({ AccessKeyId, AssumeRole }: Connection, { environment }: Surroundings): boolean {
  const hasRole = (environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '') !== ''
  return hasRole && (AccessKeyId !== undefined || AssumeRole !== undefined)
}

/** Before anything can be logged or thrown: NoEcho parameters of the template, and those that the properties name. */
async function keepParametersSecret(properties: RosProperties, { secrets }: Surroundings): Promise<void> {
  const { Stack, SecretParameters } = properties
  const hidden = await noEchoParameters(templateOf(Stack), LARGEST_BODY_BYTES)
  const names = hidden?.names ?? Object.keys(Stack.Parameters ?? {})
  const given = secretValues(Stack.Parameters, new Set([...names, ...(SecretParameters ?? [])]))
  for (const value of [...given, ...textsOf(hidden?.defaults)]) secrets.add(value)
}

function stackProblems({ Stack }: RosProperties): PropertyProblem[] {
  const tags = userTags(Stack.Tags)
  const reserved = tags.some(({ Key }) => Key.startsWith(TAG_PREFIX))
  const most = MOST_TAGS - MOST_MARKS
  return [
    ...templateProblems(Stack),
    ...parameterProblems(Stack.Parameters),
    ...(reserved
      ? [
          {
            path: 'Stack.Tags',
            problem: `must not hold a tag that begins with ${TAG_PREFIX}: it marks the owner`,
          },
        ]
      : []),
    ...(tags.length > most
      ? [
          {
            path: 'Stack.Tags',
            problem: `must hold at most ${String(most)} tags: ROS takes ${String(MOST_TAGS)}, and the bridge needs ${String(MOST_MARKS)}`,
          },
        ]
      : []),
  ]
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of a ROS stack: this resource was not created by this provider',
}

function connectionProblems(connection: Connection, surroundings: Surroundings): PropertyProblem[] {
  const { ros, sts } = endpointsOf(connection)
  return [
    ...keyPairProblems(connection),
    ...destinationProblems(credentialOrigin(connection, surroundings.environment), [ros, sts], surroundings),
  ]
}

type ChosenRegion =
  { readonly ok: true; readonly region: string } | { readonly ok: false; readonly problem: PropertyProblem }

/** The function's own region where nothing else is said. */
function regionOf(
  connection: Connection,
  id: RosStackId | undefined,
  surroundings: Surroundings,
): ChosenRegion {
  const known = connection.RegionId ?? id?.region
  if (known !== undefined) return { ok: true, region: known }
  const read = environmentRegion(ENVIRONMENT_REGION, surroundings)
  if (!read.ok) return read
  return read.region === undefined
    ? { ok: false, problem: MISSING_REGION }
    : { ok: true, region: read.region }
}

const MISSING_REGION: PropertyProblem = {
  path: 'RegionId',
  problem: 'is missing; it must be a region, such as cn-hangzhou',
}

function changesOfIdentity(properties: RosProperties, id: RosStackId): IdentityChange[] {
  const { AssumeRole } = properties
  const account = AssumeRole === undefined ? undefined : accountOfRole(AssumeRole.RoleArn)
  return [
    { path: 'Stack.Name', from: id.name, to: properties.Stack.Name },
    { path: 'RegionId', from: id.region, to: properties.RegionId },
    { path: 'AssumeRole.RoleArn', from: id.account, to: account },
  ]
}

function deletionOf({ Stack, OnDeleteFailed }: RosProperties | RosDeleteProperties): Deletion {
  return {
    ramRoleName: Stack.RamRoleName,
    retain: Stack.RetainResources ?? [],
    retainAll: Stack.RetainAllResources,
    options: Stack.DeleteOptions,
    ladder: OnDeleteFailed ?? [],
  }
}
