import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { CloudError, type Owner, type Surroundings } from '../../provider.ts'
import type { RoleAssumer } from './assumed-role.ts'
import type { Connection } from './properties.ts'

/**
 * The properties' keys, else the environment's. Where the properties name a role, these keys assume it. The SDK's
 * default chain is never used.
 */
export function credentialsOf(
  connection: Connection,
  owner: Owner,
  surroundings: Surroundings,
  assume: RoleAssumer['assume'],
): AwsCredentialIdentity | AwsCredentialIdentityProvider {
  const base = givenCredentials(connection) ?? environmentCredentials(surroundings)
  const role = connection.AssumeRole
  if (role === undefined) return base ?? noCredentials
  if (base === undefined) return noCredentials
  const sessionName = role.SessionName ?? sessionNameOf(owner)
  // The SDK calls it again shortly before the role's session ends, so a long operation can outlast the session.
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

/** AWS's audit trail shows it, so it names the resource on whose behalf the call was made. */
function sessionNameOf({ rosStackName, logicalResourceId }: Owner): string {
  return `stackbridge-${rosStackName}-${logicalResourceId}`.replaceAll(/[^\w+=,.@-]+/g, '-').slice(0, 64)
}
