import type { AwsCredentialIdentity } from '@smithy/types'
import { CloudError, type Surroundings } from '../../provider.ts'
import { basicConfig } from './basic-config.ts'
import { isAccessDenied, toCloudError } from './cloud-error.ts'
import type { Connection } from './properties.ts'

type Role = NonNullable<Connection['AssumeRole']>

/** How long a role that was made or changed moments ago may be denied. ROS waits 60 s by default. */
const NEW_ROLES_ARE_KNOWN_WITHIN_MS = 30_000

/**
 * Assumes roles for one event. A denial counts as temporary for its first half minute, since IAM is eventually consistent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export function roleAssumer(region: string, surroundings: Surroundings) {
  const { clock, secrets } = surroundings
  let deniedSince: number | undefined
  return async (
    role: Role,
    sessionName: string,
    base: AwsCredentialIdentity,
  ): Promise<AwsCredentialIdentity> => {
    try {
      const assumed = await assumeRole(role, sessionName, base, region, surroundings)
      deniedSince = undefined
      return assumed
    } catch (error) {
      const known = toCloudError(error, 'STS AssumeRole', secrets)
      if (!isAccessDenied(error)) throw known
      deniedSince ??= clock.now()
      const mayBeNew = clock.now() - deniedSince < NEW_ROLES_ARE_KNOWN_WITHIN_MS
      throw mayBeNew ? new CloudError('unavailable', known.message, { cause: error }) : known
    }
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function assumeRole(
  role: Role,
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
