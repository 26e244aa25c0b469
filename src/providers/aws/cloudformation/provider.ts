import { destinationProblems } from '../../http/credential-destinations.ts'
import { chosenRegion } from '../../identifiers/environment-region.ts'
import type { IdentityChange } from '../../properties/identity-problems.ts'
import { keyPairProblems } from '../../properties/key-pair.ts'
import { secretParameters } from '../../properties/no-echo-parameters.ts'
import { driftPolicyProblems, onDriftOf, type DriftPolicy } from '../../properties/drift-policy.ts'
import { planPolicyProblems, refusalsOf, type PlanPolicy } from '../../properties/plan-policy.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { reservedTagProblems } from '../../properties/reserved-tags.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { accountOfRole, parseStackArn, type StackArn } from './arn.ts'
import { isOfHeat } from './heat-compatible.ts'
import type { Calls } from './calls.ts'
import { createClient } from './client.ts'
import { credentialOrigin, endpointsOf, variantProblems } from './endpoints.ts'
import { TAG_PREFIX, tagProblems } from './ownership.ts'
import { parameterProblems, secretValues } from './parameters.ts'
import {
  properties,
  existingProperties,
  type ExistingAwsProperties,
  type AwsProperties,
  type Connection,
} from './properties.ts'
import { ENVIRONMENT_REGION } from './region.ts'
import { CloudFormationService } from './service.ts'
import type { Deletion } from './session-setup.ts'
import { deploymentConfig } from './stack-input.ts'
import { derivedStackName } from './stack-name.ts'
import { LARGEST_BODY_BYTES, templateProblems } from './template.ts'
import { suggestedRegion } from '../../identifiers/known-regions.ts'
import { AWS_REGIONS } from '../known-regions.ts'

/** AWS CloudFormation, and services with the same Query protocol. */
export const provider = serviceProvider<AwsProperties, ExistingAwsProperties, StackArn, Calls>({
  name: 'AwsCloudFormation',
  properties,
  existingProperties,
  parseId: parseStackArn,
  idMeaning: 'the ARN of a CloudFormation stack',
  async keepSecret({ Stack, SecretParameters }, { secrets }) {
    const { Template, Parameters } = Stack
    const hidden = await secretParameters(Template, LARGEST_BODY_BYTES, Parameters, SecretParameters)
    for (const value of [...secretValues(Parameters, hidden.names), ...hidden.defaults])
      secrets.addHidden(value)
  },
  problems: ({ Stack, ...policy }, { kind, physicalResourceId }) => [
    ...judgementProblems(Stack, policy, physicalResourceId),
    ...templateProblems(Stack),
    ...parameterProblems(Stack.Parameters, kind),
    ...reservedTagProblems(tagKeys(Stack.Tags), TAG_PREFIX),
    ...tagProblems(tagKeys(Stack.Tags)),
  ],
  connect,
  nameOf: ({ Stack }) => Stack.Name,
  identityChanges,
  session: ({ id, properties, desired, connection, ...bound }) =>
    new ServiceSession(
      new CloudFormationService({
        ...bound,
        client: connection,
        stack:
          id === undefined
            ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(bound.request.owner) }
            : { by: 'id', arn: id.arn },
        desired: desired?.Stack,
        refuses: refusalsOf(desired ?? {}),
        onDrift: onDriftOf(desired ?? {}),
        connection: properties,
        deletion: deletionOf(properties),
      }),
    ),
})

/** Reasons why a change set cannot be checked and then executed. */
function judgementProblems(
  stack: AwsProperties['Stack'],
  policy: PlanPolicy & DriftPolicy,
  physicalResourceId: string | undefined,
): PropertyProblem[] {
  const policies = [
    stack.StackPolicyBody,
    stack.StackPolicyURL,
    stack.StackPolicyDuringUpdateBody,
    stack.StackPolicyDuringUpdateURL,
  ]
  const isHeat = isOfHeat(physicalResourceId ?? '')
  return [
    ...(policies.some((one) => one !== undefined)
      ? planPolicyProblems(
          policy,
          'must not be given together with a stack policy, which a change set cannot carry',
        )
      : []),
    ...(isHeat
      ? planPolicyProblems(
          policy,
          "must not be given: Heat's CloudFormation-compatible API has no change sets",
        )
      : []),
    ...(isHeat
      ? driftPolicyProblems(
          policy,
          "must not be given: Heat's CloudFormation-compatible API detects no drift",
        )
      : []),
  ]
}

function tagKeys(tags: AwsProperties['Stack']['Tags']): string[] {
  return Array.isArray(tags) ? tags.map(({ Key }) => Key) : Object.keys(tags ?? {})
}

/** A client for the region and endpoint that the id, the properties and the environment name. Makes no call. */
function connect(
  connection: Connection,
  arn: StackArn | undefined,
  { owner, kind }: StackRequest,
  surroundings: Surroundings,
): Connected<Calls> {
  const keys = keyPairProblems(connection)
  const fromArn = arn === undefined || arn.region === '' ? undefined : arn.region
  // The id says where the stack is: in another region it would seem deleted.
  const known = fromArn ?? connection.RegionId
  const chosen = chosenRegion(known, ENVIRONMENT_REGION, 'us-east-1', surroundings)
  const region = chosen.ok ? chosen.region : ''
  const { cloudFormation, sts } = endpointsOf(connection, region, surroundings.environment)
  const role = connection.AssumeRole
  const destinations = role === undefined ? [cloudFormation] : [cloudFormation, sts]
  const problems = [
    ...keys,
    ...(kind === 'delete' ? otherAccountProblems(connection, arn) : []),
    ...(chosen.ok ? [] : [chosen.problem]),
    ...(chosen.ok && destinations.some(({ url }) => url === undefined) ? [notOfAws(region)] : []),
    ...variantProblems(connection, surroundings.environment, destinations),
    ...destinationProblems(
      credentialOrigin(connection, surroundings.environment),
      destinations,
      surroundings,
    ),
  ]
  if (problems.length > 0) return { ok: false, problems }
  // All endpoints are set, so that the SDK neither builds a host name from the region nor reads one from a
  // configuration file.
  const resolved: Connection = {
    ...connection,
    Endpoint: cloudFormation.url,
    ...(role === undefined ? {} : { AssumeRole: { ...role, Endpoint: sts.url } }),
  }
  return { ok: true, connection: createClient(resolved, region, owner, surroundings) }
}

/** To a role of another account an existing stack would seem deleted. An Update is refused for it like for another name. */
function otherAccountProblems({ AssumeRole }: Connection, arn: StackArn | undefined): PropertyProblem[] {
  const account = AssumeRole === undefined ? undefined : accountOfRole(AssumeRole.RoleArn)
  if (arn === undefined || account === undefined || isOfHeat(arn.arn) || account === arn.account) return []
  const problem = `is of the account ${account}, and stack ${arn.name} is in the account ${arn.account}: nothing was touched`
  return [{ path: 'AssumeRole.RoleArn', problem }]
}

function notOfAws(region: string): PropertyProblem {
  const rule =
    'must be a region of AWS, such as us-east-1, unless Endpoint, and AssumeRole.Endpoint for a role, say where to call'
  return { path: 'RegionId', problem: `${rule}${suggestedRegion(region, AWS_REGIONS)}` }
}

function identityChanges(properties: AwsProperties | ExistingAwsProperties, arn: StackArn): IdentityChange[] {
  const account =
    properties.AssumeRole === undefined ? undefined : accountOfRole(properties.AssumeRole.RoleArn)
  return [
    { path: 'Stack.Name', from: arn.name, to: properties.Stack.Name },
    { path: 'RegionId', from: arn.region === '' ? undefined : arn.region, to: properties.RegionId },
    { path: 'AssumeRole.RoleArn', from: arn.account, to: account },
  ]
}

function deletionOf({ Stack, OnDeleteFailed }: AwsProperties | ExistingAwsProperties): Deletion {
  return {
    roleArn: Stack.RoleARN,
    config: deploymentConfig(Stack.DeploymentConfig),
    retain: Stack.RetainResources ?? [],
    force: Stack.DeletionMode === 'FORCE_DELETE_STACK',
    onDeleteFailed: OnDeleteFailed ?? [],
  }
}
