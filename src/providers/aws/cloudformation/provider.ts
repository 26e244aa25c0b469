import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { destinationProblems } from '../../http/credential-destinations.ts'
import { environmentRegion } from '../../identifiers/environment-region.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { keyPairProblems } from '../../properties/key-pair-problems.ts'
import { noEchoParameters, textsOf } from '../../properties/no-echo-parameters.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { accountOfRole, parseStackArn, type StackArn } from './arn.ts'
import { createClient } from './client.ts'
import { credentialOrigin, endpointsOf } from './endpoints.ts'
import { TAG_PREFIX } from './ownership.ts'
import { parameterProblems, secretValues } from './parameters.ts'
import {
  awsDeleteProperties,
  awsProperties,
  type AwsDeleteProperties,
  type AwsProperties,
  type Connection,
} from './properties.ts'
import { ENVIRONMENT_REGION } from './region.ts'
import type { Deletion } from './session-setup.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { CloudFormationService } from './service.ts'
import { derivedStackName } from './stack-name.ts'
import { LARGEST_BODY_BYTES, templateProblems } from './template.ts'

/** AWS CloudFormation, and what speaks its Query protocol. */
export const awsCloudFormation: StackProvider = {
  name: 'AwsCloudFormation',
  open: (request, surroundings) =>
    request.kind === 'delete' || request.follows !== undefined
      ? openForStanding(request, surroundings)
      : openForStack(request, surroundings),
  propertiesToFollow: (properties) => knownProperties(properties, awsDeleteProperties),
}

async function openForStack(request: StackRequest, surroundings: Surroundings): Promise<Opened> {
  const parsed = v.safeParse(awsProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, awsProperties) }
  const properties = parsed.output
  await keepParametersSecret(properties, surroundings)
  const arn = parseStackArn(request.physicalResourceId ?? '')
  const problems = [
    ...stackProblems(properties, request),
    ...(request.kind === 'update' && arn === undefined ? [FOREIGN_ID] : []),
  ]
  const connected = connect(properties, arn, request, surroundings)
  if (problems.length > 0 || !connected.ok)
    return { ok: false, problems: [...problems, ...(connected.ok ? [] : connected.problems)] }
  const wanted = properties.Stack
  const service = new CloudFormationService({
    client: connected.client,
    request,
    surroundings,
    stack:
      arn === undefined
        ? { by: 'name', name: wanted.Name ?? derivedStackName(request.owner) }
        : { by: 'id', arn: arn.arn },
    wanted,
    connection: properties,
    deletion: deletionOf(properties),
    identityProblems: arn === undefined ? [] : identityProblems(changesOfIdentity(properties, arn)),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(request: StackRequest, surroundings: Surroundings): Opened {
  const parsed = v.safeParse(awsDeleteProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, awsDeleteProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const arn = parseStackArn(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = connect(properties, arn, request, surroundings)
  if (!connected.ok) return connected
  const service = new CloudFormationService({
    client: connected.client,
    request,
    surroundings,
    stack:
      arn === undefined
        ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(request.owner) }
        : { by: 'id', arn: arn.arn },
    wanted: undefined,
    connection: properties,
    deletion: deletionOf(properties),
    identityProblems: [],
  })
  return {
    ok: true,
    session: new ServiceSession(service),
    bridge: properties.Timeout === undefined ? {} : { Timeout: properties.Timeout },
  }
}

/** Before anything can be logged or thrown: NoEcho parameters of the template, and those that the properties name. */
async function keepParametersSecret(properties: AwsProperties, { secrets }: Surroundings): Promise<void> {
  const { Stack, SecretParameters } = properties
  const hidden = await noEchoParameters(Stack.Template, LARGEST_BODY_BYTES)
  const names = hidden?.names ?? Object.keys(Stack.Parameters ?? {})
  const given = secretValues(Stack.Parameters, new Set([...names, ...(SecretParameters ?? [])]))
  for (const value of [...given, ...textsOf(hidden?.defaults)]) secrets.add(value)
}

function stackProblems({ Stack }: AwsProperties, { kind }: StackRequest): PropertyProblem[] {
  const tags = Array.isArray(Stack.Tags) ? Stack.Tags.map(({ Key }) => Key) : Object.keys(Stack.Tags ?? {})
  const reserved = tags.some((key) => key.startsWith(TAG_PREFIX))
  return [
    ...templateProblems(Stack),
    ...parameterProblems(Stack.Parameters, kind),
    ...(reserved
      ? [
          {
            path: 'Stack.Tags',
            problem: `must not hold a tag that begins with ${TAG_PREFIX}: it marks the owner`,
          },
        ]
      : []),
  ]
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the ARN of a CloudFormation stack: this resource was not created by this provider',
}

type Connected =
  | { readonly ok: true; readonly client: ReturnType<typeof createClient> }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/** A client for where the properties, the id and the environment say; makes no call. */
function connect(
  connection: Connection,
  arn: StackArn | undefined,
  { owner }: StackRequest,
  surroundings: Surroundings,
): Connected {
  const keys = keyPairProblems(connection)
  const chosen = regionOf(connection, arn, surroundings)
  const region = chosen.ok ? chosen.region : ''
  const { cloudFormation, sts } = endpointsOf(connection, region, surroundings.environment)
  const role = connection.AssumeRole
  const destinations = role === undefined ? [cloudFormation] : [cloudFormation, sts]
  const problems = [
    ...keys,
    ...(chosen.ok ? [] : [chosen.problem]),
    ...(chosen.ok && destinations.some(({ url }) => url === undefined) ? [UNKNOWN_REGION] : []),
    ...destinationProblems(
      credentialOrigin(connection, surroundings.environment),
      destinations,
      surroundings,
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  // All endpoints are given, so that the SDK neither builds a host of the region nor reads a configuration file for one.
  const resolved: Connection = {
    ...connection,
    Endpoint: cloudFormation.url,
    ...(role === undefined ? {} : { AssumeRole: { ...role, Endpoint: sts.url } }),
  }
  return { ok: true, client: createClient(resolved, region, owner, surroundings) }
}

type ChosenRegion =
  { readonly ok: true; readonly region: string } | { readonly ok: false; readonly problem: PropertyProblem }

function regionOf(
  connection: Connection,
  arn: StackArn | undefined,
  surroundings: Surroundings,
): ChosenRegion {
  const fromArn = arn === undefined || arn.region === '' ? undefined : arn.region
  const known = connection.RegionId ?? fromArn
  if (known !== undefined) return { ok: true, region: known }
  const read = environmentRegion(ENVIRONMENT_REGION, surroundings)
  if (!read.ok) return read
  return read.region === undefined
    ? { ok: false, problem: MISSING_REGION }
    : { ok: true, region: read.region }
}

const MISSING_REGION: PropertyProblem = {
  path: 'RegionId',
  problem: 'is missing; it must be a region, such as us-east-1',
}

const UNKNOWN_REGION: PropertyProblem = {
  path: 'RegionId',
  problem:
    'must be a region of AWS, such as us-east-1, unless Endpoint, and AssumeRole.Endpoint for a role, say where to call',
}

function changesOfIdentity(properties: AwsProperties, arn: StackArn): IdentityChange[] {
  const account =
    properties.AssumeRole === undefined ? undefined : accountOfRole(properties.AssumeRole.RoleArn)
  return [
    { path: 'Stack.Name', from: arn.name, to: properties.Stack.Name },
    { path: 'RegionId', from: arn.region === '' ? undefined : arn.region, to: properties.RegionId },
    { path: 'AssumeRole.RoleArn', from: arn.account, to: account },
  ]
}

function deletionOf({ Stack, OnDeleteFailed }: AwsProperties | AwsDeleteProperties): Deletion {
  return {
    roleArn: Stack.RoleARN,
    retain: Stack.RetainResources ?? [],
    force: Stack.DeletionMode === 'FORCE_DELETE_STACK',
    ladder: OnDeleteFailed ?? [],
  }
}
