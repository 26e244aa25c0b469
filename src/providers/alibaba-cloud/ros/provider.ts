import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { endpointProblems } from '../../properties/endpoint-problems.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { keyPairProblems } from '../../properties/key-pair-problems.ts'
import { noEchoParameters } from '../../properties/no-echo-parameters.ts'
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
    ...connectionProblems(properties, id, surroundings),
  ]
  const region = regionOf(properties, id, surroundings)
  if (problems.length > 0 || region === undefined) return { ok: false, problems }
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
  const problems = connectionProblems(properties, id, surroundings)
  // Where the stack is, is where it was made, whatever the properties say today.
  const region = id?.region ?? regionOf(properties, id, surroundings)
  if (problems.length > 0 || region === undefined) return { ok: false, problems }
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
  const clientAs = (one: Identity) =>
    new RosClient({ identity: one, endpoint: properties.Endpoint, region, surroundings })
  const client = clientAs(identity)
  // A continuation does not say; the function is called from its own region as a rule.
  const rosRegion = request.owner.rosRegionId ?? surroundings.environment['FC_REGION'] ?? region
  const functionIdentity = identityOf({ StsEndpoint: properties.StsEndpoint }, request.owner, surroundings)
  const readers = [client, ...(usesOwnKeys(properties, surroundings) ? [clientAs(functionIdentity)] : [])]
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

/** Whether the properties' credentials are others than the function's, which has some. */
function usesOwnKeys({ AccessKeyId, AssumeRole }: Connection, { environment }: Surroundings): boolean {
  const hasRole = (environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '') !== ''
  return hasRole && (AccessKeyId !== undefined || AssumeRole !== undefined)
}

/** Before anything can be logged or thrown: NoEcho parameters of the template, and those that the properties name. */
async function keepParametersSecret(properties: RosProperties, { secrets }: Surroundings): Promise<void> {
  const { Stack, SecretParameters } = properties
  const hidden =
    (await noEchoParameters(templateOf(Stack), LARGEST_BODY_BYTES)) ?? Object.keys(Stack.Parameters ?? {})
  const names = new Set([...hidden, ...(SecretParameters ?? [])])
  for (const value of secretValues(Stack.Parameters, names)) secrets.add(value)
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

function connectionProblems(
  connection: Connection,
  id: RosStackId | undefined,
  surroundings: Surroundings,
): PropertyProblem[] {
  const region =
    regionOf(connection, id, surroundings) === undefined
      ? [{ path: 'RegionId', problem: 'is missing; it must be a region, such as cn-hangzhou' }]
      : []
  return [
    ...keyPairProblems(connection),
    ...region,
    ...endpointProblems('Endpoint', connection.Endpoint, surroundings),
    ...endpointProblems('StsEndpoint', connection.StsEndpoint, surroundings),
  ]
}

/** The function's own region where nothing else is said. */
function regionOf(
  connection: Connection,
  id: RosStackId | undefined,
  { environment }: Surroundings,
): string | undefined {
  return connection.RegionId ?? id?.region ?? environment['FC_REGION']
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
