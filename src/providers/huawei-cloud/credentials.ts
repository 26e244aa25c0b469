import type { JsonObject } from '../../platform/json.ts'
import type { HuaweiAuth, HuaweiConnection } from './connection.ts'
import type { HuaweiKeys } from './signature.ts'
import type { HuaweiScope } from './scope.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

/** By what a request to Huawei Cloud is known to come from whom it says. */
export type HuaweiCredentials =
  | { readonly by: 'keys'; readonly keys: HuaweiKeys }
  /** A user's token, that somebody else has got. */
  | { readonly by: 'token'; readonly token: string }
  /** An IAM user, for whom a token is asked for; `user` as IAM wants it, with the password. */
  | { readonly by: 'password'; readonly user: JsonObject }

export interface HuaweiIdentity {
  readonly credentials: HuaweiCredentials
  readonly region: string
  /** IAM's address, without the version. */
  readonly iamUrl: string
  /** Looked up by its name, or else the region's, where it is absent. */
  readonly projectId?: string
  readonly projectName?: string
  readonly domainId?: string
}

/** What the id of an existing stack tells. */
export interface KnownPlace {
  readonly region?: string
  readonly scope?: HuaweiScope
}

export type ReadIdentity =
  | { readonly ok: true; readonly identity: HuaweiIdentity }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/**
 * The given auth and region, each else the environment's. What is secret in it is in `secrets` afterwards.
 * `known`: what the id of an existing stack tells; that is where it is, whatever the properties say by now.
 */
export function readHuaweiIdentity(
  connection: HuaweiConnection,
  { environment, secrets }: Surroundings,
  known: KnownPlace = {},
): ReadIdentity {
  const given = connection.Auth
  const isGiven = given !== undefined && hasCredentials(given)
  const auth = isGiven ? given : { ...environmentAuth(environment), ...given }
  for (const secret of [auth.SecretKey, auth.SecurityToken, auth.Password, auth.Token])
    if (secret !== undefined) secrets.add(secret)
  const naming: Naming = (property) =>
    isGiven ? `Auth.${property}` : `Auth.${property} (or ${ENVIRONMENT_NAMES[property][0]})`
  const read = credentialsOf(auth, naming)
  const region = known.region ?? connection.Region ?? firstOf(environment, REGION_NAMES)
  // Keys only sign; a password or a token would be sent to whoever the properties name.
  const isMisled = !isGiven && given?.AuthUrl !== undefined && read.ok && read.credentials.by !== 'keys'
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(isMisled ? [MIXED] : []),
    ...(region === undefined
      ? [
          {
            path: 'Region',
            problem: `is missing, and the function's environment has no ${REGION_NAMES[0]}; it must be the id of a region, for example cn-north-4`,
          },
        ]
      : []),
  ]
  if (!read.ok || region === undefined || isMisled) return { ok: false, problems }
  const { scope } = known
  const projectId =
    scope === undefined ? auth.ProjectId : scope.of === 'project' ? scope.projectId : undefined
  const domainId = scope?.of === 'domain' ? scope.domainId : auth.DomainId
  return {
    ok: true,
    identity: {
      credentials: read.credentials,
      region,
      iamUrl: (auth.AuthUrl ?? iamUrlOf(region)).replace(/\/+$/, '').replace(/\/v3$/, ''),
      ...(projectId === undefined ? {} : { projectId }),
      ...(auth.ProjectName === undefined ? {} : { projectName: auth.ProjectName }),
      ...(domainId === undefined ? {} : { domainId }),
    },
  }
}

/** Which of the properties a problem is about, in words. */
type Naming = (property: keyof HuaweiAuth) => string

type Read =
  | { readonly ok: true; readonly credentials: HuaweiCredentials }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

function hasCredentials(auth: HuaweiAuth): boolean {
  return [auth.AccessKey, auth.SecretKey, auth.Token, auth.UserName, auth.UserId, auth.Password].some(
    (one) => one !== undefined,
  )
}

function credentialsOf(auth: HuaweiAuth, naming: Naming): Read {
  const { AccessKey, SecretKey, SecurityToken, Token, UserName, UserId, Password } = auth
  if (AccessKey !== undefined || SecretKey !== undefined) {
    if (AccessKey === undefined) return missing(naming('AccessKey'), 'the access key (AK) of the secret key')
    if (SecretKey === undefined) return missing(naming('SecretKey'), 'the secret key (SK) of the access key')
    const keys = {
      accessKey: AccessKey,
      secretKey: SecretKey,
      ...(SecurityToken === undefined ? {} : { securityToken: SecurityToken }),
    }
    return { ok: true, credentials: { by: 'keys', keys } }
  }
  if (Token !== undefined) return { ok: true, credentials: { by: 'token', token: Token } }
  if (UserName === undefined && UserId === undefined)
    return missing('Auth', 'AccessKey and SecretKey, or UserName, Password and DomainName, or Token')
  if (Password === undefined) return missing(naming('Password'), "the user's password")
  if (UserId !== undefined)
    return { ok: true, credentials: { by: 'password', user: { id: UserId, password: Password } } }
  const domain = domainOf(auth)
  if (domain === undefined) return missing(naming('DomainName'), "the name of the user's account")
  return {
    ok: true,
    credentials: { by: 'password', user: { name: UserName ?? '', password: Password, domain } },
  }
}

function domainOf({ DomainName, DomainId }: HuaweiAuth): JsonObject | undefined {
  if (DomainName !== undefined) return { name: DomainName }
  return DomainId === undefined ? undefined : { id: DomainId }
}

/** https://developer.huaweicloud.com/intl/en-us/endpoint?IAM */
function iamUrlOf(region: string): string {
  return `https://iam.${region}.myhuaweicloud.${isEuropean(region) ? 'eu' : 'com'}`
}

/** The one region of another company's, under another domain. */
export function isEuropean(region: string): boolean {
  return region === 'eu-west-101'
}

/** Those of Huawei's Terraform provider, and of its SDKs. */
const ENVIRONMENT_NAMES: Readonly<Record<keyof HuaweiAuth, readonly [string, ...string[]]>> = {
  AccessKey: ['HW_ACCESS_KEY', 'HUAWEICLOUD_SDK_AK'],
  SecretKey: ['HW_SECRET_KEY', 'HUAWEICLOUD_SDK_SK'],
  SecurityToken: ['HW_SECURITY_TOKEN', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  UserName: ['HW_USER_NAME'],
  UserId: ['HW_USER_ID'],
  Password: ['HW_USER_PASSWORD'],
  Token: ['HW_AUTH_TOKEN'],
  DomainName: ['HW_DOMAIN_NAME'],
  DomainId: ['HW_DOMAIN_ID', 'HUAWEICLOUD_SDK_DOMAIN_ID'],
  ProjectName: ['HW_PROJECT_NAME'],
  ProjectId: ['HW_PROJECT_ID', 'HUAWEICLOUD_SDK_PROJECT_ID'],
  AuthUrl: ['HW_AUTH_URL'],
}

const MIXED: PropertyProblem = {
  path: 'Auth.AuthUrl',
  problem: `must not be given where user or token are the environment's: it would be sent them; give the credentials beside it, or set ${ENVIRONMENT_NAMES.AuthUrl[0]} in the environment`,
}

const REGION_NAMES = ['HW_REGION_NAME'] as const

function environmentAuth(environment: Surroundings['environment']): HuaweiAuth {
  return Object.fromEntries(
    Object.entries(ENVIRONMENT_NAMES).flatMap(([property, names]): [string, string][] => {
      const value = firstOf(environment, names)
      return value === undefined ? [] : [[property, value]]
    }),
  )
}

function firstOf(environment: Surroundings['environment'], names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
}

function missing(path: string, right: string): Extract<Read, { ok: false }> {
  return { ok: false, problems: [{ path, problem: `is missing; it must be ${right}` }] }
}
