import type { JsonObject } from '../../platform/json.ts'
import { environmentRegion } from '../identifiers/environment-region.ts'
import type { CredentialOrigin, Destination } from '../http/credential-destinations.ts'
import { SESSION_SECONDS, type HuaweiAgency } from './agency.ts'
import type { HuaweiAuth, HuaweiConnection } from './connection.ts'
import { cloudProblems, endpointInCloud, endpointVariable, firstSet } from './endpoint-variables.ts'
import { ENVIRONMENT_REGION, iamEndpoint } from './region.ts'
import type { HuaweiKeys } from './signature.ts'
import type { HuaweiScope } from './scope.ts'
import { environmentValues } from '../properties/environment-values.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'
import { withoutTrailingSlashes } from '../../platform/trailing-slashes.ts'

/** How a request to Huawei Cloud is authenticated. */
export type HuaweiCredentials =
  | { readonly by: 'keys'; readonly keys: HuaweiKeys }
  /** A user's token that the properties or the environment give. */
  | { readonly by: 'token'; readonly token: string }
  /** An IAM user, for whom the bridge requests a token; `user` has IAM's form and contains the password. */
  | { readonly by: 'password'; readonly user: JsonObject }

export interface HuaweiIdentity {
  readonly credentials: HuaweiCredentials
  readonly region: string
  readonly origin: CredentialOrigin
  /** IAM's address, without the version. */
  readonly iam: Destination & { readonly url: string }
  /** Absent: the project is looked up by its name, or else by the region's. */
  readonly projectId?: string
  readonly projectName?: string
  readonly domainId?: string
  /** Absent: the credentials themselves call the service. */
  readonly agency?: HuaweiAgency
  /** The account of the credentials, in IAM's form; known where it is given. */
  readonly ownDomain?: JsonObject
}

/** The parts of the id of an existing stack. */
export interface KnownPlace {
  readonly region?: string
  readonly scope?: HuaweiScope
}

export type ReadIdentity =
  | { readonly ok: true; readonly identity: HuaweiIdentity }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

/**
 * The properties' auth and region, or else the environment's. It adds their secrets to `secrets`. `known`: the parts of
 * an existing stack's id, which the properties cannot change.
 */
export function readHuaweiIdentity(
  connection: HuaweiConnection,
  { environment, secrets }: Surroundings,
  known: KnownPlace = {},
): ReadIdentity {
  const given = connection.Auth
  const isGiven = given !== undefined && hasCredentials(given)
  const auth = isGiven ? given : { ...environmentValues(environment, ENVIRONMENT_NAMES), ...given }
  for (const secret of [auth.SecretKey, auth.SecurityToken, auth.Password, auth.Token])
    if (secret !== undefined) secrets.add(secret)
  const naming: Naming = (property) =>
    isGiven ? `Auth.${property}` : `Auth.${property} (or ${ENVIRONMENT_NAMES[property][0]})`
  const read = credentialsOf(auth, naming)
  const chosen = regionOf(known.region ?? connection.Region, { environment })
  const assumed = agencyOf(connection.AssumeRole, isGiven ? {} : environment)
  const ownDomain = domainOf(auth)
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(chosen.ok ? [] : [chosen.problem]),
    ...cloudProblems(environment),
    ...(assumed.ok ? [] : [assumed.problem]),
    ...(read.ok && assumed.ok && assumed.agency !== undefined ? problemsOfBase(read, ownDomain, naming) : []),
  ]
  if (!read.ok || !chosen.ok || !assumed.ok || problems.length > 0) return { ok: false, problems }
  const { agency } = assumed
  const { region } = chosen
  const { scope } = known
  const projectId =
    scope === undefined ? auth.ProjectId : scope.of === 'project' ? scope.projectId : undefined
  // With an agency the calls are those of the account that made it.
  const account = agency === undefined ? auth.DomainId : agency.domainId
  const domainId = scope?.of === 'domain' ? scope.domainId : account
  return {
    ok: true,
    identity: {
      credentials: read.credentials,
      region,
      origin: isGiven ? 'properties' : 'environment',
      iam: iamOf(given?.AuthUrl, isGiven ? [] : ['HW_AUTH_URL'], environment, region),
      ...(projectId === undefined ? {} : { projectId }),
      ...(auth.ProjectName === undefined ? {} : { projectName: auth.ProjectName }),
      ...(domainId === undefined ? {} : { domainId }),
      ...(agency === undefined ? {} : { agency: agency.agency }),
      ...(ownDomain === undefined ? {} : { ownDomain }),
    },
  }
}

type Assumed =
  | { readonly ok: false; readonly problem: PropertyProblem }
  | { readonly ok: true; readonly agency: undefined }
  | {
      readonly ok: true
      readonly agency: { readonly agency: HuaweiAgency; readonly domainId: string | undefined }
    }

/** The variables of Huawei's Terraform provider. */
const AGENCY_NAMES = {
  AgencyName: ['HW_ASSUME_ROLE_AGENCY_NAME'],
  DomainName: ['HW_ASSUME_ROLE_DOMAIN_NAME'],
  DomainId: ['HW_ASSUME_ROLE_DOMAIN_ID'],
} as const

/** The properties' agency, or else that of the environment, which applies to the environment's credentials only. */
function agencyOf(given: HuaweiConnection['AssumeRole'], environment: Surroundings['environment']): Assumed {
  const named = given ?? environmentAgency(environment)
  const { AgencyName, DomainName, DomainId, DurationSeconds = SESSION_SECONDS.least } = named
  if (AgencyName === undefined) return { ok: true, agency: undefined }
  if ((DomainName === undefined) === (DomainId === undefined))
    return {
      ok: false,
      problem: {
        path: 'AssumeRole',
        problem: 'must have either DomainName or DomainId, of the account that made the agency',
        ...(given === undefined ? { isOfEnvironment: true } : {}),
      },
    }
  const account = DomainName === undefined ? { domain_id: DomainId ?? '' } : { domain_name: DomainName }
  const assumeRole = { agency_name: AgencyName, ...account }
  return { ok: true, agency: { agency: { assumeRole, seconds: DurationSeconds }, domainId: DomainId } }
}

function environmentAgency(
  environment: Surroundings['environment'],
): Partial<NonNullable<HuaweiConnection['AssumeRole']>> {
  return environmentValues(environment, AGENCY_NAMES)
}

/** A user's token to take up an agency is one for the user's account, not for a project. */
function problemsOfBase(
  { credentials }: Extract<Read, { ok: true }>,
  ownDomain: JsonObject | undefined,
  naming: Naming,
): readonly PropertyProblem[] {
  if (credentials.by !== 'password' || ownDomain !== undefined) return []
  return missing(naming('DomainName'), "the name of the user's account, to take up the agency").problems
}

/** The words that name the source of a problem. */
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
    return missing(
      'Auth',
      'AccessKey and SecretKey, or UserName, Password and DomainName, or Token; ' +
        'in the environment, HW_ACCESS_KEY and HW_SECRET_KEY',
    )
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

type ChosenRegion =
  { readonly ok: true; readonly region: string } | { readonly ok: false; readonly problem: PropertyProblem }

function regionOf(known: string | undefined, surroundings: Pick<Surroundings, 'environment'>): ChosenRegion {
  if (known !== undefined) return { ok: true, region: known }
  const read = environmentRegion(ENVIRONMENT_REGION, surroundings)
  if (!read.ok) return read
  return read.region === undefined
    ? { ok: false, problem: MISSING_REGION }
    : { ok: true, region: read.region }
}

const MISSING_REGION: PropertyProblem = {
  path: 'Region',
  problem:
    "is missing, and the function's environment has no HW_REGION_NAME; it must be the id of a region, for example cn-north-4",
}

/** `withCredentials`: variables that count only beside the environment's credentials. */
function iamOf(
  given: string | undefined,
  withCredentials: readonly string[],
  environment: Surroundings['environment'],
  region: string,
): HuaweiIdentity['iam'] {
  if (given !== undefined) return { path: 'Auth.AuthUrl', url: withoutVersion(given), namedBy: 'properties' }
  const variables = [...withCredentials, 'HUAWEICLOUD_SDK_IAM_ENDPOINT', endpointVariable('IAM', region)]
  const named = firstSet(environment, variables) ?? endpointInCloud('iam', region, environment)
  return named === undefined
    ? { path: 'Region', url: iamEndpoint(region), namedBy: 'vendor' }
    : { path: named.name, url: withoutVersion(named.value), namedBy: 'environment' }
}

/** The variables of Huawei's Terraform provider and of its SDKs. */
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

function withoutVersion(authUrl: string): string {
  return withoutTrailingSlashes(authUrl).replace(/\/v3$/, '')
}

function missing(path: string, right: string): Extract<Read, { ok: false }> {
  return { ok: false, problems: [{ path, problem: `is missing; it must be ${right}` }] }
}
