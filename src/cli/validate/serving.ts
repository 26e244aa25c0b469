import { isJsonObject, writeJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { nearest } from '../../platform/nearest-name.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import { error, warning, type Finding } from './finding.ts'

type Serving = 'served' | Finding | undefined

const TYPES = servedProviders.flatMap(({ resourceTypes }) => resourceTypes)

/**
 * Whether Stackbridge serves a resource; a `Finding` if it does not, but the type or Provider looks misspelt. `serviceTokens`:
 * those of the resources that it serves, as `serviceTokenOf` gives them.
 */
export function servingOf(
  type: string,
  properties: JsonValue | undefined,
  serviceTokens: ReadonlySet<string>,
): Serving {
  if (TYPES.includes(type)) return 'served'
  return type === GENERIC_TYPE ? byProvider(properties) : misspeltType(type, properties, serviceTokens)
}

/** The folder of the service that a resource means. */
export function folderOf(type: string, parameters: JsonObject): string | undefined {
  const provider = parameters['Provider']
  return servedProviders.find(({ name, resourceTypes }) =>
    type === GENERIC_TYPE ? name === provider : resourceTypes.includes(type),
  )?.folder
}

export function serviceTokenOf(properties: JsonValue | undefined): string | undefined {
  const token = properties !== undefined && isJsonObject(properties) ? properties['ServiceToken'] : undefined
  return token === undefined ? undefined : writeJson(token)
}

function misspeltType(
  type: string,
  properties: JsonValue | undefined,
  serviceTokens: ReadonlySet<string>,
): Finding | undefined {
  // Other types are those of ROS, or of its modules.
  if (type.includes('::') && !type.startsWith('Custom::')) return undefined
  const isOurs = hasStack(properties) || serviceTokens.has(serviceTokenOf(properties) ?? '')
  const meant = meantType(type)
  const hint = meant === undefined ? `its types are: ${TYPES.join(', ')}` : `did you mean ${meant}?`
  if (isOurs)
    return error(
      'Type',
      `is not a type that Stackbridge serves, although its function gets the resource; ${hint}`,
    )
  if (!type.includes('::'))
    return error(
      'Type',
      `is not a type of ROS, such as ALIYUN::ECS::VPC${meant === undefined ? '' : `; ${hint}`}`,
    )
  return meant === undefined
    ? undefined
    : warning('Type', `is not a type that Stackbridge serves, and was not checked; ${hint}`)
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

function byProvider(properties: JsonValue | undefined): Serving {
  const provider = parametersOf(properties)?.['Provider']
  const providers = servedProviders.map(({ name }) => name)
  if (typeof provider !== 'string') return undefined
  if (providers.includes(provider)) return 'served'
  const near = nearest(provider, providers)
  const path = 'Properties.Parameters.Provider'
  return near === undefined
    ? // A custom resource of another function may have a property of this name.
      warning(
        path,
        `is not a provider of Stackbridge, and the resource was not checked; the providers are: ${providers.join(', ')}`,
      )
    : error(path, `is not a provider of Stackbridge; did you mean ${near}?`)
}

function parametersOf(properties: JsonValue | undefined): JsonObject | undefined {
  const parameters =
    properties !== undefined && isJsonObject(properties) ? properties['Parameters'] : undefined
  return parameters !== undefined && isJsonObject(parameters) ? parameters : undefined
}
