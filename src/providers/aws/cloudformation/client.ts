import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { AwsCredentialIdentity } from '@smithy/types'
import type { Network } from '../../../platform/network.ts'
import type { Owner, Surroundings } from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { callsFor, sharedNetwork, type Calls } from './calls.ts'
import { credentialsOf } from './credentials.ts'
import type { Connection } from './properties.ts'
import { NetworkRequestHandler } from './request-handler.ts'
import { sharedClient } from './shared-client.ts'

/**
 * The SDK's settings for both services. `standard` retries with the SDK's own backoff, for short network errors; the
 * bridge, which knows the deadline, retries longer ones. The SDK corrects clock skew by the answers' dates. Everything
 * that the SDK would read from its configuration files and `AWS_` variables is set here: they could name another
 * endpoint, and the operator of the bridge may not be their author.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function basicConfig(region: string, network: Network) {
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultsMode: 'standard' as const,
    ignoreConfiguredEndpointUrls: true,
    disableClockSkewCorrection: false,
    authSchemePreference: [],
    // Only STS uses it.
    sigv4aSigningRegionSet: [region],
    userAgentAppId: () => Promise.resolve(undefined),
    customUserAgent: 'stackbridge',
    requestHandler: new NetworkRequestHandler(network),
  }
}

/** A CloudFormation client for one event; events with the same keys share one. It makes no call yet. */
export function createClient(
  connection: Connection,
  region: string,
  owner: Owner,
  surroundings: Surroundings,
): Calls {
  const { network } = surroundings
  const endpoint = connection.Endpoint
  const credentials = credentialsOf(connection, owner, surroundings, (role, sessionName, base) =>
    assumeRole(role, sessionName, base, region, surroundings),
  )
  const create = (over: Network): CloudFormationClient =>
    new CloudFormationClient({
      ...basicConfig(region, over),
      credentials,
      ...(endpoint === undefined ? {} : { endpoint }),
    })
  // Clients with a role are not shared between resources, since the role's session has the resource's name.
  const client =
    typeof credentials === 'function'
      ? create(network)
      : sharedClient(sharedNetwork(network), [region, endpoint, credentials], create)
  return callsFor(network, client)
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function assumeRole(
  role: NonNullable<Connection['AssumeRole']>,
  sessionName: string,
  base: AwsCredentialIdentity,
  region: string,
  surroundings: Surroundings,
): Promise<AwsCredentialIdentity> {
  const { AssumeRoleCommand, STSClient } = await import('./sts.ts')
  const client = new STSClient({
    ...basicConfig(region, surroundings.network),
    credentials: base,
    ...(role.Endpoint === undefined ? {} : { endpoint: role.Endpoint }),
  })
  const { Credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn: role.RoleArn,
      RoleSessionName: sessionName,
      ...(role.ExternalId === undefined ? {} : { ExternalId: role.ExternalId }),
      ...(role.DurationSeconds === undefined ? {} : { DurationSeconds: role.DurationSeconds }),
    }),
  )
  if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined)
    throw new CloudError('denied', `AWS gave no credentials for the role ${role.RoleArn}`)
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    ...(Credentials.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
    ...(Credentials.Expiration === undefined ? {} : { expiration: Credentials.Expiration }),
  }
}
