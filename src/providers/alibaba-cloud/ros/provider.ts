import { destinationProblems, mayReceive } from '../../http/credential-destinations.ts'
import { chosenRegion, environmentRegion } from '../../identifiers/environment-region.ts'
import type { IdentityChange } from '../../properties/identity-problems.ts'
import { keyPairProblems } from '../../properties/key-pair.ts'
import { secretParameters } from '../../properties/no-echo-parameters.ts'
import { onDriftOf } from '../../properties/drift-policy.ts'
import { planPolicyProblems, refusalsOf } from '../../properties/plan-policy.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { reservedTagProblems } from '../../properties/reserved-tags.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import { namedStack } from '../../session/named-stack.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { RosClient } from './client.ts'
import { identityOf, type Identity } from './credentials.ts'
import { DEFAULT_MAX_DEPTH } from './depth.ts'
import { credentialOrigin, endpointsOf } from './endpoints.ts'
import { MOST_MARKS, MOST_TAGS, TAG_PREFIX, userTags } from './marks.ts'
import { parameterProblems, secretValues } from './parameters.ts'
import {
  properties,
  existingProperties,
  type Connection,
  type ExistingRosProperties,
  type RosProperties,
} from './properties.ts'
import { ENVIRONMENT_REGION } from './region.ts'
import { RosService } from './service.ts'
import type { Deletion, SessionSetup } from './session-setup.ts'
import { accountOfRole, parseStackId, type RosStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'
import { LARGEST_BODY_BYTES, templateOf, templateProblems } from './template.ts'

type RosConnection = Pick<SessionSetup, 'client' | 'identity' | 'region' | 'depth'>

/** Alibaba Cloud ROS itself: a stack in another account or region than the one that holds the resource. */
export const provider = serviceProvider<RosProperties, ExistingRosProperties, RosStackId, RosConnection>({
  name: 'AliyunRos',
  properties,
  existingProperties,
  parseId: parseStackId,
  idMeaning: 'the id of a ROS stack',
  async keepSecret({ Stack, SecretParameters }, { secrets }) {
    const { Parameters } = Stack
    const template = templateOf(Stack)
    const hidden = await secretParameters(template, LARGEST_BODY_BYTES, Parameters, SecretParameters)
    for (const value of [...secretValues(Parameters, hidden.names), ...hidden.defaults])
      secrets.addHidden(value)
  },
  problems: ({ Stack, ...policy }) => [
    ...(Stack.UsePreviousParameters === true ? planPolicyProblems(policy, NO_PREVIOUS_PARAMETERS) : []),
    ...templateProblems(Stack),
    ...parameterProblems(Stack.Parameters),
    ...tagProblems(userTags(Stack.Tags).map(({ Key }) => Key)),
  ],
  connect,
  nameOf: ({ Stack }) => Stack.Name,
  identityChanges,
  session: ({ id, properties, desired, connection, ...bound }) =>
    new ServiceSession(
      new RosService({
        ...bound,
        ...connection,
        stack: namedStack(id, () => nameOf(properties, bound.request, connection)),
        desired: desired?.Stack,
        refuses: refusalsOf(desired ?? {}),
        onDrift: onDriftOf(desired ?? {}),
        deletion: deletionOf(properties),
      }),
    ),
})

const NO_PREVIOUS_PARAMETERS =
  'must not be given together with Stack.UsePreviousParameters, which PreviewStack of ROS does not know'

function nameOf(
  { Stack }: RosProperties | ExistingRosProperties,
  { owner }: StackRequest,
  { region }: RosConnection,
): string {
  return Stack.Name ?? derivedStackName(owner, region)
}

function connect(
  properties: RosProperties | ExistingRosProperties,
  id: RosStackId | undefined,
  request: StackRequest,
  surroundings: Surroundings,
): Connected<RosConnection> {
  const problems = connectionProblems(properties, surroundings)
  // The id names the region, which the properties cannot change.
  const known = id?.region ?? properties.RegionId
  const chosen = chosenRegion(known, ENVIRONMENT_REGION, 'cn-hangzhou', surroundings)
  if (problems.length > 0 || !chosen.ok)
    return { ok: false, problems: [...problems, ...(chosen.ok ? [] : [chosen.problem])] }
  return { ok: true, connection: connectionOf(properties, chosen.region, request, surroundings) }
}

function connectionOf(
  properties: RosProperties | ExistingRosProperties,
  region: string,
  request: StackRequest,
  surroundings: Surroundings,
): RosConnection {
  const identity = identityOf(properties, request.owner, surroundings)
  const clientAs = (one: Identity, endpoint: string | undefined) =>
    new RosClient({ identity: one, endpoint, region, surroundings })
  const client = clientAs(identity, properties.Endpoint)
  // A continuation does not hold ROS's region; it usually is the function's own.
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
    depth: {
      max: ('MaxDepth' in properties ? properties.MaxDepth : undefined) ?? DEFAULT_MAX_DEPTH,
      readers: readers.map((reader) => reader.inRegion(rosRegion)),
    },
  }
}

/**
 * Reads with the function's role. It uses the properties' endpoint only where that may receive the role's signature.
 */
function functionReader(
  connection: Connection,
  { owner }: StackRequest,
  clientAs: (identity: Identity, endpoint: string | undefined) => RosClient,
  surroundings: Surroundings,
): RosClient {
  const { ros, sts } = endpointsOf(connection, surroundings.environment)
  const StsEndpoint = mayReceive('environment', sts, surroundings) ? connection.StsEndpoint : undefined
  const identity = identityOf({ StsEndpoint }, owner, surroundings)
  return clientAs(identity, mayReceive('environment', ros, surroundings) ? connection.Endpoint : undefined)
}

function functionRegion(surroundings: Surroundings): string | undefined {
  const read = environmentRegion(ENVIRONMENT_REGION, surroundings)
  return read.ok ? read.region : undefined
}

/** Whether the function has credentials and the properties give others. */
function usesOwnKeys({ AccessKeyId, AssumeRole }: Connection, { environment }: Surroundings): boolean {
  const hasRole = (environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '') !== ''
  return hasRole && (AccessKeyId !== undefined || AssumeRole !== undefined)
}

function tagProblems(keys: readonly string[]): PropertyProblem[] {
  const most = MOST_TAGS - MOST_MARKS
  const problem =
    `must hold at most ${String(most)} tags: ROS takes ${String(MOST_TAGS)}, and the bridge needs ` +
    String(MOST_MARKS)
  return [
    ...reservedTagProblems(keys, TAG_PREFIX),
    ...(keys.length > most ? [{ path: 'Stack.Tags', problem }] : []),
  ]
}

function connectionProblems(connection: Connection, surroundings: Surroundings): PropertyProblem[] {
  const { ros, sts } = endpointsOf(connection, surroundings.environment)
  return [
    ...keyPairProblems(connection),
    ...destinationProblems(credentialOrigin(connection, surroundings.environment), [ros, sts], surroundings),
  ]
}

function identityChanges(
  properties: RosProperties | ExistingRosProperties,
  id: RosStackId,
): IdentityChange[] {
  const { AssumeRole } = properties
  const account = AssumeRole === undefined ? undefined : accountOfRole(AssumeRole.RoleArn)
  return [
    { path: 'Stack.Name', from: id.name, to: properties.Stack.Name },
    { path: 'RegionId', from: id.region, to: properties.RegionId },
    { path: 'AssumeRole.RoleArn', from: id.account, to: account },
  ]
}

function deletionOf({ Stack, OnDeleteFailed }: RosProperties | ExistingRosProperties): Deletion {
  return {
    ramRoleName: Stack.RamRoleName,
    retain: Stack.RetainResources ?? [],
    retainAll: Stack.RetainAllResources,
    options: Stack.DeleteOptions,
    onDeleteFailed: OnDeleteFailed ?? [],
  }
}
