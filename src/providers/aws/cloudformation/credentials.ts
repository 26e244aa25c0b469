import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { CloudError, type Owner, type Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'

/** What both clients are configured with: how to reach AWS, and how often to ask again. */
export interface ClientBasis {
  readonly region: string
  readonly surroundings: Surroundings
}

/** Given keys, else the environment's; where a role is to be assumed, with these. Never the SDK's default chain. */
export function credentialsOf(
  connection: Connection,
  owner: Owner,
  surroundings: Surroundings,
  assume: (
    role: NonNullable<Connection['AssumeRole']>,
    sessionName: string,
    base: AwsCredentialIdentity,
  ) => Promise<AwsCredentialIdentity>,
): AwsCredentialIdentity | AwsCredentialIdentityProvider {
  const base = givenCredentials(connection) ?? environmentCredentials(surroundings)
  const role = connection.AssumeRole
  if (role === undefined) return base ?? noCredentials
  if (base === undefined) return noCredentials
  const sessionName = role.SessionName ?? sessionNameOf(owner)
  // Called again by the SDK when the role's session is about to end, so that a long wait outlives it.
  return async () => {
    const assumed = await assume(role, sessionName, base)
    surroundings.secrets.add(assumed.secretAccessKey)
    if (assumed.sessionToken !== undefined) surroundings.secrets.add(assumed.sessionToken)
    return assumed
  }
}

function givenCredentials({
  AccessKeyId,
  AccessKeySecret,
  SecurityToken,
}: Connection): AwsCredentialIdentity | undefined {
  if (AccessKeyId === undefined || AccessKeySecret === undefined) return undefined
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: AccessKeySecret,
    ...(SecurityToken === undefined ? {} : { sessionToken: SecurityToken }),
  }
}

function environmentCredentials({ environment, secrets }: Surroundings): AwsCredentialIdentity | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    environment['AWS_ACCESS_KEY_ID'] ?? '',
    environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    environment['AWS_SESSION_TOKEN'] ?? '',
  ]
  if (accessKeyId === '' || secretAccessKey === '') return undefined
  for (const secret of [accessKeyId, secretAccessKey, sessionToken]) secrets.add(secret)
  return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) }
}

async function noCredentials(): Promise<never> {
  return Promise.reject(
    new CloudError(
      'denied',
      'There are no AWS credentials: give AccessKeyId and AccessKeySecret in the properties, or AWS_ACCESS_KEY_ID and ' +
        "AWS_SECRET_ACCESS_KEY in the function's environment",
    ),
  )
}

/** Shows up in AWS's own audit trail, so it says on whose behalf. */
function sessionNameOf({ rosStackName, logicalResourceId }: Owner): string {
  return `stackbridge-${rosStackName}-${logicalResourceId}`.replaceAll(/[^\w+=,.@-]+/g, '-').slice(0, 64)
}
