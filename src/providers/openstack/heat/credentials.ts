import type { JsonObject } from '../../../platform/json.ts'
import { environmentValues } from '../../properties/environment-values.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Surroundings } from '../../provider.ts'
import type { Auth, Connection } from './properties.ts'
import { withoutTrailingSlashes } from '../../../platform/trailing-slashes.ts'

/**
 * The credentials for a token, in the form of Keystone's `identity` and `scope`.
 * https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export interface Credentials {
  /** With the version, such as `https://cloud.example/v3`. */
  readonly authUrl: string
  readonly identity: JsonObject
  /** Absent for the user's default project, or that of the application credential. */
  readonly scope?: JsonObject
}

export type ReadCredentials =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

type Method = 'password' | 'token' | 'application_credential'

/** The source of the auth, for the texts of problems: the properties or the function's environment. */
type Naming = (property: keyof Auth) => string

/** The properties' auth, else the environment's. It adds their secrets to `secrets`. */
export function readCredentials(connection: Connection, surroundings: Surroundings): ReadCredentials {
  const { environment, secrets } = surroundings
  const given = connection.Auth
  const auth = given ?? environmentValues(environment, ENVIRONMENT_NAMES)
  for (const secret of [auth.Password, auth.Token, auth.ApplicationCredentialSecret])
    if (secret !== undefined) secrets.add(secret)
  if (given === undefined && auth.AuthUrl === undefined)
    return problem(
      'Auth',
      "is missing, and the function's environment has no OS_AUTH_URL; it must be the auth map of a cloud in clouds.yaml",
    )
  const naming: Naming =
    given === undefined ? (property) => ENVIRONMENT_NAMES[property][0] : (property) => `Auth.${property}`
  if (auth.AuthUrl === undefined) return missing(naming('AuthUrl'), 'the URL of Keystone')
  const method = methodOf(connection.AuthType, auth)
  const identity = identityOf(method, auth, naming)
  if (!identity.ok) return identity
  const scope = method === 'application_credential' ? undefined : scopeOf(auth)
  return {
    ok: true,
    credentials: {
      authUrl: versioned(auth.AuthUrl),
      identity: identity.identity,
      ...(scope === undefined ? {} : { scope }),
    },
  }
}

function methodOf(authType: Connection['AuthType'], auth: Auth): Method {
  switch (authType) {
    case 'password':
    case 'v3password':
      return 'password'
    case 'token':
    case 'v3token':
      return 'token'
    case 'v3applicationcredential':
      return 'application_credential'
    case undefined:
      if (auth.ApplicationCredentialId !== undefined || auth.ApplicationCredentialName !== undefined)
        return 'application_credential'
      return auth.Token === undefined ? 'password' : 'token'
  }
}

type Identity =
  | { readonly ok: true; readonly identity: JsonObject }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

function identityOf(method: Method, auth: Auth, naming: Naming): Identity {
  switch (method) {
    case 'password': {
      const user = userOf(auth)
      if (user === undefined) return missing(naming('Username'), 'a user name (or give UserId)')
      if (auth.Password === undefined) return missing(naming('Password'), "the user's password")
      return identified(method, { user: { ...user, password: auth.Password } })
    }
    case 'token':
      return auth.Token === undefined
        ? missing(naming('Token'), 'a token of Keystone')
        : identified(method, { id: auth.Token })
    case 'application_credential':
      return applicationCredentialOf(auth, naming)
  }
}

function applicationCredentialOf(auth: Auth, naming: Naming): Identity {
  const { ApplicationCredentialId: id, ApplicationCredentialName: name } = auth
  const secret = auth.ApplicationCredentialSecret
  if (secret === undefined)
    return missing(naming('ApplicationCredentialSecret'), "the application credential's secret")
  if (id !== undefined) return identified('application_credential', { id, secret })
  if (name === undefined)
    return missing(naming('ApplicationCredentialId'), 'the id of an application credential')
  const user = userOf(auth)
  return user === undefined
    ? missing(naming('UserId'), 'the user whose application credential the name means (or give Username)')
    : identified('application_credential', { name, secret, user })
}

function identified(method: Method, of: JsonObject): Identity {
  return { ok: true, identity: { methods: [method], [method]: of } }
}

function userOf(auth: Auth): JsonObject | undefined {
  if (auth.UserId !== undefined) return { id: auth.UserId }
  if (auth.Username === undefined) return undefined
  return { name: auth.Username, domain: domainOf(auth.UserDomainId, auth.UserDomainName) }
}

function scopeOf(auth: Auth): JsonObject | undefined {
  if (auth.ProjectId !== undefined) return { project: { id: auth.ProjectId } }
  if (auth.ProjectName === undefined) return undefined
  const domain = domainOf(auth.ProjectDomainId, auth.ProjectDomainName)
  return { project: { name: auth.ProjectName, domain } }
}

/** The domain with the id `default` is the one that Keystone's bootstrap creates and OpenStack's clients assume. */
function domainOf(id: string | undefined, name: string | undefined): JsonObject {
  if (id !== undefined) return { id }
  return name === undefined ? { id: 'default' } : { name }
}

function versioned(authUrl: string): string {
  const bare = withoutTrailingSlashes(authUrl).replace(/\/v2\.0$/, '')
  return bare.endsWith('/v3') ? bare : `${bare}/v3`
}

/** https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html#environment-variables */
const ENVIRONMENT_NAMES: Readonly<Record<keyof Auth, readonly [string, ...string[]]>> = {
  AuthUrl: ['OS_AUTH_URL'],
  Username: ['OS_USERNAME'],
  UserId: ['OS_USER_ID'],
  Password: ['OS_PASSWORD'],
  UserDomainName: ['OS_USER_DOMAIN_NAME'],
  UserDomainId: ['OS_USER_DOMAIN_ID'],
  ProjectName: ['OS_PROJECT_NAME', 'OS_TENANT_NAME'],
  ProjectId: ['OS_PROJECT_ID', 'OS_TENANT_ID'],
  ProjectDomainName: ['OS_PROJECT_DOMAIN_NAME'],
  ProjectDomainId: ['OS_PROJECT_DOMAIN_ID'],
  Token: ['OS_TOKEN'],
  ApplicationCredentialId: ['OS_APPLICATION_CREDENTIAL_ID'],
  ApplicationCredentialName: ['OS_APPLICATION_CREDENTIAL_NAME'],
  ApplicationCredentialSecret: ['OS_APPLICATION_CREDENTIAL_SECRET'],
}

function missing(path: string, right: string): Extract<ReadCredentials, { ok: false }> {
  return problem(path, `is missing; it must be ${right}`)
}

function problem(path: string, text: string): Extract<ReadCredentials, { ok: false }> {
  return { ok: false, problems: [{ path, problem: text }] }
}
