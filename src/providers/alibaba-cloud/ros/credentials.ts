import type { AlibabaCloudCredentials } from '../../../platform/acs3-signature.ts'
import { CloudError, type Owner, type Surroundings } from '../../provider.ts'
import type { Connection } from './properties.ts'
import { accountOfRole } from './stack-id.ts'
import { StsClient, type RoleSession } from './sts.ts'

/** The identity with which a session calls, and its account. */
export interface Identity {
  credentials(): Promise<AlibabaCloudCredentials>
  /** The account's id. */
  account(): Promise<string>
}

/** A role's session is renewed when its remaining time is shorter. */
const RENEW_BEFORE_EXPIRY_MS = 60_000

/**
 * The properties' keys, else those of the function's role. Where the properties name a role, these keys assume it.
 * Makes no call yet.
 */
export function identityOf(connection: Connection, owner: Owner, surroundings: Surroundings): Identity {
  const base = givenCredentials(connection) ?? environmentCredentials(surroundings)
  const sts = new StsClient(connection.StsEndpoint, surroundings)
  const role = connection.AssumeRole
  return role === undefined
    ? fixedIdentity(base, sts)
    : roleIdentity(
        base,
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
  }
}

function roleIdentity(
  base: AlibabaCloudCredentials | undefined,
  role: NonNullable<Connection['AssumeRole']> & { readonly SessionName: string },
  sts: StsClient,
  { clock }: Surroundings,
): Identity {
  let session: RoleSession | undefined
  return {
    async credentials() {
      if (base === undefined) throw noCredentials()
      if (session === undefined || session.expiresAt - RENEW_BEFORE_EXPIRY_MS < clock.now())
        session = await sts.assumeRole(role, base)
      return session.credentials
    },
    account: () => Promise.resolve(accountOfRole(role.RoleArn) ?? ''),
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
    'There are no Alibaba Cloud credentials: give the function a role, or AccessKeyId and AccessKeySecret in the properties',
  )
}

/** ActionTrail shows it, so it names the resource on whose behalf the call was made. */
function sessionNameOf({ rosStackName, logicalResourceId }: Owner): string {
  return `stackbridge-${rosStackName}-${logicalResourceId}`.replaceAll(/[^\w.@-]+/g, '-').slice(0, 64)
}
