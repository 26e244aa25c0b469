import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentity } from '@smithy/types'
import type { Owner, Surroundings } from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { credentialsOf } from './credentials.ts'
import type { Connection } from './properties.ts'
import { sharedClient } from './shared-client.ts'

const CONNECT_TIMEOUT_MS = 5000
const REQUEST_TIMEOUT_MS = 20_000

/**
 * How the SDK is to behave, for both services. `standard` retries with the SDK's own backoff, for a slip of the network;
 * whatever lasts longer is the bridge's to wait out, which knows the deadline. Clock skew is corrected by the SDK from
 * the answers' dates. All is given explicitly, so that the SDK reads no configuration files.
 */
export function basicConfig(region: string, { network }: Surroundings) {
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultsMode: 'standard' as const,
    customUserAgent: 'stackbridge',
    requestHandler: new NodeHttpHandler({
      httpAgent: network.httpAgent,
      httpsAgent: network.httpsAgent,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: REQUEST_TIMEOUT_MS,
    }),
  }
}

/** A CloudFormation client for one event; events with the same keys share one. It makes no call yet. */
export function createClient(
  connection: Connection,
  region: string,
  owner: Owner,
  surroundings: Surroundings,
): CloudFormationClient {
  const endpoint = connection.Endpoint
  const credentials = credentialsOf(connection, owner, surroundings, (role, sessionName, base) =>
    assumeRole(role, sessionName, base, region, surroundings),
  )
  const create = (): CloudFormationClient =>
    new CloudFormationClient({
      ...basicConfig(region, surroundings),
      credentials,
      ...(endpoint === undefined ? {} : { endpoint }),
    })
  // Where a role is to be assumed, its session bears the name of the one resource.
  return typeof credentials === 'function'
    ? create()
    : sharedClient(surroundings.network, [region, endpoint, credentials], create)
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
    ...basicConfig(region, surroundings),
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
