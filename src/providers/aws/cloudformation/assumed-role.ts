import * as v from 'valibot'
import type { AwsCredentialIdentity } from '@smithy/types'
import { CloudError, type Surroundings } from '../../provider.ts'
import {
  cachedTokenEntries,
  sessionEnd,
  tokenCachePerNetwork,
  tokenKey,
  type TokenForm,
} from '../../http/token-cache.ts'
import { basicConfig } from './basic-config.ts'
import { isAccessDenied, isRefusedSession, toCloudError } from './cloud-error.ts'
import type { Connection } from './properties.ts'

type Role = NonNullable<Connection['AssumeRole']>

/** Assumes roles for one event. */
export interface RoleAssumer {
  /** The role's session: one that this process or the operation has already, or a new one. */
  readonly assume: (
    role: Role,
    sessionName: string,
    base: AwsCredentialIdentity,
  ) => Promise<AwsCredentialIdentity>
  /** Whether the cloud's error may be about the session in use. Then it is dropped, and a new one may succeed. */
  readonly dropsRefused: (error: unknown) => boolean
}

/** How long a role that was made or changed moments ago may be denied. ROS waits 60 s by default. */
const NEW_ROLES_ARE_KNOWN_WITHIN_MS = 30_000
/** AWS's default. */
const SESSION_SECONDS = 3600

const sessionSchema = v.object({
  ...cachedTokenEntries,
  secretAccessKey: v.string(),
  sessionToken: v.optional(v.string()),
})

/** `value` is the access key's id. */
type RoleSession = v.InferOutput<typeof sessionSchema>

const form: TokenForm<RoleSession> = {
  schema: sessionSchema,
  write: ({ sessionToken, ...session }) => ({
    ...session,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }),
  secretsOf: ({ secretAccessKey, sessionToken }) => [
    secretAccessKey,
    ...(sessionToken === undefined ? [] : [sessionToken]),
  ],
}

const sessionsOf = tokenCachePerNetwork<RoleSession>()

/**
 * A denial counts as temporary for its first half minute, since IAM is eventually consistent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export function roleAssumer(region: string, surroundings: Surroundings): RoleAssumer {
  const { clock, secrets, network, tokens } = surroundings
  const sessions = sessionsOf(network)
  let deniedSince: number | undefined
  let inUse: { readonly key: string; readonly session: RoleSession } | undefined
  let issued: RoleSession | undefined
  const issue = async (
    role: Role,
    sessionName: string,
    base: AwsCredentialIdentity,
  ): Promise<RoleSession> => {
    try {
      issued = await assumeRole(role, sessionName, base, region, surroundings)
      deniedSince = undefined
      return issued
    } catch (error) {
      const known = toCloudError(error, 'STS AssumeRole', secrets)
      if (!isAccessDenied(error)) throw known
      deniedSince ??= clock.now()
      const mayBeNew = clock.now() - deniedSince < NEW_ROLES_ARE_KNOWN_WITHIN_MS
      throw mayBeNew ? new CloudError('unavailable', known.message, { cause: error }) : known
    }
  }
  return {
    async assume(role, sessionName, base) {
      const key = tokenKey(['AWS', region, role, sessionName, base], {})
      const asking = () => issue(role, sessionName, base)
      const session = await sessions.get(key, asking, clock, { form, tokens })
      inUse = { key, session }
      return identityOf(session)
    },
    dropsRefused(error) {
      if (inUse === undefined) return false
      const { key, session } = inUse
      // A session that was requested just now is refused for good; any other may have been revoked since.
      if (!isRefusedSession(error, { isNew: session === issued })) return false
      sessions.forget(key, session, tokens)
      return true
    },
  }
}

function identityOf({ value, secretAccessKey, sessionToken, expiresAt }: RoleSession): AwsCredentialIdentity {
  return {
    accessKeyId: value,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    expiration: new Date(expiresAt),
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function assumeRole(
  role: Role,
  sessionName: string,
  base: AwsCredentialIdentity,
  region: string,
  { network, clock }: Surroundings,
): Promise<RoleSession> {
  const { AssumeRoleCommand, STSClient } = await import('./sts.ts')
  const client = new STSClient({
    ...basicConfig(region, network),
    // A copy, since the SDK adds a field to the object, which is part of the session's key in the cache.
    credentials: { ...base },
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
  const issuedAt = clock.now()
  const seconds = role.DurationSeconds ?? SESSION_SECONDS
  return {
    value: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    issuedAt,
    expiresAt: sessionEnd(issuedAt, seconds, Credentials.Expiration?.getTime() ?? 0),
  }
}
