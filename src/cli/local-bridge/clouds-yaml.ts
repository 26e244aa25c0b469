import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { asText, isJsonObject, isJsonValue, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Environment } from '../../platform/settings.ts'
import { readYaml } from '../../platform/yaml.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The clouds that OpenStack's own tools know: `OS_CLOUD` names one in `clouds.yaml`, `OS_CLIENT_CONFIG_FILE` the file.
 * https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 */

export interface Folders {
  readonly current: string
  readonly home: string
  readonly system: string
}

const FOLDERS: Folders = { current: process.cwd(), home: homedir(), system: '/etc/openstack' }

const AUTH_VARIABLES = [
  ...['AUTH_URL', 'USERNAME', 'USER_ID', 'PASSWORD', 'USER_DOMAIN_NAME', 'USER_DOMAIN_ID', 'TOKEN'],
  ...['PROJECT_NAME', 'PROJECT_ID', 'TENANT_NAME', 'TENANT_ID', 'PROJECT_DOMAIN_NAME', 'PROJECT_DOMAIN_ID'],
  ...['APPLICATION_CREDENTIAL_ID', 'APPLICATION_CREDENTIAL_NAME', 'APPLICATION_CREDENTIAL_SECRET'],
]
const OTHER_VARIABLES = ['REGION_NAME', 'INTERFACE', 'ENDPOINT_TYPE', 'CACERT', 'INSECURE']
/** Bytes. */
const LARGEST_FILE = 1_048_576

/**
 * The environment with the variables of the cloud that `OS_CLOUD` names, in place of its own of that kind, also of those that
 * STACKBRIDGE_SECRETS keeps elsewhere: the two are never mixed. Unchanged where no cloud is named. Throws `UsageError` where
 * the cloud or its file cannot be used.
 */
export async function withNamedCloud(environment: Environment, folders = FOLDERS): Promise<Environment> {
  const name = environment['OS_CLOUD'] ?? ''
  const path = environment['OS_CLIENT_CONFIG_FILE'] ?? ''
  const isNamed = name !== '' || (path !== '' && !isSet('OS_AUTH_URL', environment))
  if (!isNamed) return environment
  const file = await firstOf(path === '' ? namesIn(folders, 'clouds') : [resolve(folders.current, path)])
  if (file === undefined && path !== '')
    throw new UsageError(`${path} cannot be read; OS_CLIENT_CONFIG_FILE must name a clouds.yaml`)
  // The command may be about another vendor's cloud.
  if (file === undefined) return environment
  const secret = environment['OS_CLIENT_SECURE_FILE'] ?? ''
  const secure = await firstOf(
    secret === '' ? namesIn(folders, 'secure') : [resolve(folders.current, secret)],
  )
  const chosen = cloudIn(file, name)
  const hidden = secure === undefined ? {} : mapOf(cloudsIn(secure)[chosen.name])
  const others = Object.entries(environment).filter(([variable]) => !VARIABLES.has(variable))
  return {
    ...Object.fromEntries(others),
    ...otherReferences(environment),
    ...variablesOf(chosen.cloud, hidden, folders),
  }
}

/** Whether the variable has a value, here or where STACKBRIDGE_SECRETS says. */
function isSet(variable: string, environment: Environment): boolean {
  return (environment[variable] ?? '') !== '' || referencesOf(environment).some((one) => isOf(one, variable))
}

/** STACKBRIDGE_SECRETS without what it keeps of another cloud of OpenStack. What is no reference stays, to be reported. */
function otherReferences(environment: Environment): Environment {
  const references = referencesOf(environment)
  const others = references.filter((one) => ![...VARIABLES].some((variable) => isOf(one, variable)))
  return others.length === references.length ? {} : { STACKBRIDGE_SECRETS: others.join(',') }
}

function referencesOf({ STACKBRIDGE_SECRETS: references = '' }: Environment): readonly string[] {
  return references.split(',')
}

function isOf(reference: string, variable: string): boolean {
  return reference.trim().startsWith(`${variable}=`)
}

const VARIABLES = new Set([...AUTH_VARIABLES, ...OTHER_VARIABLES].map((variable) => `OS_${variable}`))

interface CloudFile {
  readonly path: string
  readonly content: JsonObject
}

function namesIn({ current, home, system }: Folders, name: string): readonly string[] {
  return [current, join(home, '.config', 'openstack'), system].flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((ending) => join(folder, `${name}.${ending}`)),
  )
}

async function firstOf(paths: readonly string[]): Promise<CloudFile | undefined> {
  for (const path of paths) {
    const bytes = await contentOf(path)
    if (bytes === undefined) continue
    const read = bytes.length > LARGEST_FILE ? undefined : readYaml(bytes.toString(), { lenient: false })
    if (read?.ok !== true || !isJsonObject(read.value) || !isJsonValue(read.value))
      throw new UsageError(`${path} is not valid YAML; it must have a map of clouds`)
    return { path, content: read.value }
  }
  return undefined
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    // A file that is missing or forbidden is passed over, as OpenStack's tools do.
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

function cloudIn(file: CloudFile, selected: string): { readonly name: string; readonly cloud: JsonObject } {
  const clouds = cloudsIn(file)
  const names = Object.keys(clouds)
  const [only, ...others] = names
  const name = selected === '' && others.length === 0 ? (only ?? '') : selected
  const cloud = Object.hasOwn(clouds, name) ? clouds[name] : undefined
  if (cloud === undefined || !isJsonObject(cloud))
    throw new UsageError(
      `OS_CLOUD names no cloud in ${file.path}; it must be one of: ${names.length === 0 ? '(none)' : names.join(', ')}`,
    )
  return { name, cloud }
}

function cloudsIn({ content }: CloudFile): JsonObject {
  return mapOf(content['clouds'])
}

function variablesOf(cloud: JsonObject, hidden: JsonObject, folders: Folders): Record<string, string> {
  const auth = { ...mapOf(cloud['auth']), ...mapOf(hidden['auth']) }
  const variables: Record<string, string> = {}
  const set = (variable: string, value: JsonValue | undefined): void => {
    if (value !== undefined && value !== null && value !== '') variables[`OS_${variable}`] = asText(value)
  }
  for (const variable of AUTH_VARIABLES) set(variable, auth[variable.toLowerCase()])
  set('REGION_NAME', cloud['region_name'])
  set('INTERFACE', cloud['interface'] ?? cloud['endpoint_type'])
  const authority = cloud['cacert']
  if (typeof authority === 'string' && authority !== '') set('CACERT', absolute(authority, folders))
  if (cloud['verify'] === false || cloud['insecure'] === true) set('INSECURE', 'true')
  return variables
}

function absolute(path: string, { current, home }: Folders): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : resolve(current, path)
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}
