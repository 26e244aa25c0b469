import type { AlibabaCloudCredentials } from '../../../platform/acs3-signature.ts'
import { tokenCachePerNetwork, tokenKey, type TokenForm } from '../../http/token-cache.ts'
import { CloudError, type Owner, type Surroundings } from '../../provider.ts'
import { isRefusedSession } from './cloud-error.ts'
import type { Connection } from './properties.ts'
import { accountOfRole } from './stack-id.ts'
import type { ServiceFailure } from './rpc.ts'
import { sessionSchema, StsClient, type RoleSession } from './sts.ts'

/** The identity with which a session calls, and its account. */
export interface Identity {
  credentials(): Promise<AlibabaCloudCredentials>
  /** The account's id. */
  account(): Promise<string>
  /** Whether the service's error may be about the session in use. Then it is dropped, and a new one may succeed. */
  dropsRefused(failure: ServiceFailure): boolean
}

const form: TokenForm<RoleSession> = {
  schema: sessionSchema,
  write: (session) => ({ ...session }),
  secretsOf: ({ accessKeySecret, securityToken }) => [accessKeySecret, securityToken],
}

const sessionsOf = tokenCachePerNetwork<RoleSession>()

/**
 * The properties' keys, else those of the function's role. Where the properties name a role, these keys assume it.
 * Makes no call yet.
 */
export function identityOf(connection: Connection, owner: Owner, surroundings: Surroundings): Identity {
  const base = givenCredentials(connection) ?? environmentCredentials(surroundings)
  const sts = new StsClient(connection.StsEndpoint, surroundings)
  const role = connection.AssumeRole
  if (role === undefined) return fixedIdentity(base, sts)
  // Those of the function's role change while the role does not.
  const isOfFunctionRole = givenCredentials(connection) === undefined && base?.securityToken !== undefined
  return roleIdentity(
    { base, meaning: isOfFunctionRole ? 'the role of the function' : base },
    { ...role, SessionName: role.SessionName ?? sessionNameOf(owner) },
    sts,
    surroundings,
  )
}

function fixedIdentity(base: AlibabaCloudCredentials | undefined, sts: StsClient): Identity {
  let account: Promise<string> | undefined
  const credentials = () => (base === undefined ? Promise.reject(noCredentials()) : Promise.resolve(base))
  return {
    credentials,
    account() {
      account ??= credentials().then((own) => sts.accountOf(own))
      // A failed call must not be cached: it may succeed when it is retried.
      account.catch(() => {
        account = undefined
      })
      return account
    },
    dropsRefused: () => false,
  }
}

/** `meaning`: what the key of the session contains instead of `base`. */
interface Base {
  readonly base: AlibabaCloudCredentials | undefined
  readonly meaning: AlibabaCloudCredentials | string | undefined
}

function roleIdentity(
  { base, meaning }: Base,
  role: NonNullable<Connection['AssumeRole']> & { readonly SessionName: string },
  sts: StsClient,
  { clock, network, secrets, tokens }: Surroundings,
): Identity {
  const sessions = sessionsOf(network)
  const key = tokenKey(['Alibaba Cloud', sts.endpoint, role, meaning], {})
  let inUse: RoleSession | undefined
  let issued: RoleSession | undefined
  return {
    async credentials() {
      if (base === undefined) throw noCredentials()
      const issue = async () => (issued = await sts.assumeRole(role, base))
      inUse = await sessions.get(key, issue, clock, { form, tokens })
      // It may have been requested for an earlier event, so this event's secrets may not contain it.
      for (const secret of form.secretsOf(inUse)) secrets.add(secret)
      const { value: accessKeyId, accessKeySecret, securityToken } = inUse
      return { accessKeyId, accessKeySecret, securityToken }
    },
    account: () => Promise.resolve(accountOfRole(role.RoleArn) ?? ''),
    dropsRefused(failure) {
      // A session that was requested just now is refused for good; any other may have been revoked since.
      if (inUse === undefined || !isRefusedSession(failure, { isNew: inUse === issued })) return false
      sessions.forget(key, inUse, tokens)
      return true
    },
  }
}

/** The function's own keys, where it has a role. */
export function environmentCredentials({
  environment,
  secrets,
}: Surroundings): AlibabaCloudCredentials | undefined {
  const [accessKeyId, accessKeySecret, securityToken] = [
    environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '',
    environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] ?? '',
    environment['ALIBABA_CLOUD_SECURITY_TOKEN'] ?? '',
  ]
  if (accessKeyId === '' || accessKeySecret === '') return undefined
  for (const secret of [accessKeyId, accessKeySecret, securityToken]) secrets.add(secret)
  return { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) }
}

function givenCredentials({
  AccessKeyId,
  AccessKeySecret,
  SecurityToken,
}: Connection): AlibabaCloudCredentials | undefined {
  if (AccessKeyId === undefined || AccessKeySecret === undefined) return undefined
  return {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    ...(SecurityToken === undefined ? {} : { securityToken: SecurityToken }),
  }
}

function noCredentials(): CloudError {
  return new CloudError(
    'denied',
    'There are no Alibaba Cloud credentials: give the function a role, AccessKeyId and AccessKeySecret in the properties, or ' +
      "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the function's environment",
  )
}

/** ActionTrail shows it, so it names the resource on whose behalf the call was made. */
function sessionNameOf({ rosStackName, logicalResourceId }: Owner): string {
  return `stackbridge-${rosStackName}-${logicalResourceId}`.replaceAll(/[^\w.@-]+/g, '-').slice(0, 64)
}
