import { isJsonObject, writeJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { nearest } from '../../platform/nearest-name.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import type { Service } from '../../providers/service.ts'
import { error, warning, type Finding } from './finding.ts'
import { asRosFunction } from './ros-functions.ts'

type Serving = 'served' | Finding | undefined

/** The word in the names of each type and of each provider that says which service it means, such as `rfs`. */
const SERVICE_OF_TYPE = new Map(
  servedProviders.flatMap((service) =>
    service.resourceTypes.map((type) => [type, wordFor(service)] as const),
  ),
)
const SERVICE_OF_PROVIDER = new Map(servedProviders.map((service) => [service.name, wordFor(service)]))

const TYPES = [...SERVICE_OF_TYPE.keys()]
const PROVIDERS = [...SERVICE_OF_PROVIDER.keys()]

function wordFor({ folder }: Pick<Service, 'folder'>): string {
  return folder.split('/').at(-1)?.split('-')[0] ?? folder
}

/**
 * Whether Stackbridge serves a resource; a `Finding` if it does not, but the type or Provider looks misspelt: an error where
 * that is certain. `serviceTokens`: those of the resources that it serves, as `serviceTokenOf` gives them.
 */
export function servingOf(
  type: string,
  properties: JsonValue | undefined,
  serviceTokens: ReadonlySet<string>,
): Serving {
  if (TYPES.includes(type)) return 'served'
  const receiver = receiverOf(properties, serviceTokens)
  return type === GENERIC_TYPE ? byProvider(properties, receiver) : misspeltType(type, receiver)
}

/** The folder of the service that a resource means. */
export function folderOf(type: string, parameters: JsonObject): string | undefined {
  const provider = parameters['Provider']
  return servedProviders.find(({ name, resourceTypes }) =>
    type === GENERIC_TYPE ? name === provider : resourceTypes.includes(type),
  )?.folder
}

/** The ServiceToken as JSON text, to compare it with others; `undefined` where there is none. */
export function serviceTokenOf(properties: JsonValue | undefined): string | undefined {
  const token = properties !== undefined && isJsonObject(properties) ? properties['ServiceToken'] : undefined
  return token === undefined ? undefined : writeJson(token)
}

/** Whose function gets a resource: Stackbridge, as the ServiceToken or as the properties say; another one; or nobody can tell. */
type Receiver = 'stackbridge' | 'probably-stackbridge' | 'another' | 'unknown'

function receiverOf(properties: JsonValue | undefined, serviceTokens: ReadonlySet<string>): Receiver {
  const token = serviceTokenOf(properties)
  if (token !== undefined && serviceTokens.size > 0)
    return serviceTokens.has(token) ? 'stackbridge' : 'another'
  return hasStack(properties) ? 'probably-stackbridge' : 'unknown'
}

function misspeltType(type: string, receiver: Receiver): Finding | undefined {
  // Other types are those of ROS, or of its modules.
  if (type.includes('::') && !/^custom::/i.test(type)) return undefined
  const meant = meantType(type)
  const hint = meant === undefined ? `its types are: ${TYPES.join(', ')}` : `did you mean ${meant}?`
  if (receiver === 'stackbridge' || receiver === 'probably-stackbridge')
    return error(
      'Type',
      `is not a type that Stackbridge serves, although its function gets the resource; ${hint}`,
    )
  if (!type.includes('::'))
    return error(
      'Type',
      `is not a type of ROS, such as ALIYUN::ECS::VPC${meant === undefined ? '' : `; ${hint}`}`,
    )
  if (receiver === 'unknown' && isSurelyMisspelt(type, SERVICE_OF_TYPE))
    return error('Type', `is not a type that Stackbridge serves; ${hint}`)
  return meant === undefined
    ? undefined
    : warning('Type', `is not a type that Stackbridge serves, and was not checked; ${hint}`)
}

/** How many letters may be wrong, missing or too many in a name that is certainly a misspelling. */
const SURE_LETTERS = 2
/** Another service's short name is as near to one of ours as a misspelling: `Custom::OssStack`, `Custom::RosStack`. */
const SHORT_WORD = 4

/** `services`: the word for the service, by the names. */
function isSurelyMisspelt(name: string, services: ReadonlyMap<string, string>): boolean {
  const near = nearest(name, [...services.keys()], SURE_LETTERS)
  if (near === undefined) return false
  const [given, known, service] = [name.toLowerCase(), near.toLowerCase(), services.get(near) ?? '']
  // Another function's type may go on where ours ends: `Custom::RosStackV2`.
  if (given.startsWith(known)) return given === known
  return service.length > SHORT_WORD || given.includes(service)
}

/** Another function's custom resources do not have it. */
function hasStack(properties: JsonValue | undefined): boolean {
  const parameters = parametersOf(properties)
  return ['Stack', 'StackSet'].some((name) => {
    const stack = parameters?.[name]
    return (
      stack !== undefined &&
      isJsonObject(stack) &&
      Object.keys(stack).some((one) => one.startsWith('Template'))
    )
  })
}

/** The type that has the same letters, or else one that has the name's own part in it: `Aws`, `CloudFormation`. */
function meantType(type: string): string | undefined {
  const own = nameOf(type)
  return (
    TYPES.find((known) => nameOf(known) === own) ??
    TYPES.find((known) => own.length > 2 && nameOf(known).includes(own)) ??
    nearest(type.includes('::') ? type : `Custom::${type}`, TYPES)
  )
}

function nameOf(type: string): string {
  return type
    .replace(/^Custom::/i, '')
    .replace(/Stack$/i, '')
    .toLowerCase()
}

function byProvider(properties: JsonValue | undefined, receiver: Receiver): Serving {
  const provider = providerOf(properties)
  if (typeof provider === 'string' && PROVIDERS.includes(provider)) return 'served'
  // ROS computes it.
  if (typeof provider === 'object') return undefined
  const path = 'Properties.Parameters.Provider'
  const near = typeof provider === 'string' ? nearest(provider, PROVIDERS) : undefined
  const hint = near === undefined ? `the providers are: ${PROVIDERS.join(', ')}` : `did you mean ${near}?`
  const problem = provider === undefined ? 'is missing' : 'is not a provider of Stackbridge'
  const isSure = typeof provider === 'string' && isSurelyMisspelt(provider, SERVICE_OF_PROVIDER)
  if (receiver === 'stackbridge' || (isSure && receiver !== 'another'))
    return error(path, `${problem}; ${hint}`)
  // A custom resource of another function may have a property of this name.
  const mayBeOurs = receiver === 'probably-stackbridge' || (receiver === 'unknown' && near !== undefined)
  return mayBeOurs ? warning(path, `${problem}, and the resource was not checked; ${hint}`) : undefined
}

/** `undefined` where there is none, a map where ROS computes it. */
function providerOf(properties: JsonValue | undefined): JsonValue | undefined {
  const parameters = parametersOf(properties)
  if (parameters !== undefined && asRosFunction(parameters) !== undefined) return parameters
  return parameters?.['Provider']
}

function parametersOf(properties: JsonValue | undefined): JsonObject | undefined {
  const parameters =
    properties !== undefined && isJsonObject(properties) ? properties['Parameters'] : undefined
  return parameters !== undefined && isJsonObject(parameters) ? parameters : undefined
}
