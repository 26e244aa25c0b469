import { isJsonObject, SourceNumber, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { nearest } from '../../providers/properties/property-schema.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import {
  isServiceToken,
  LONGEST_SERVICE_TOKEN,
  RESOURCE_PROPERTIES,
  TIMEOUT_SECONDS,
} from '../../ros/custom-resource.ts'
import type { RosEvent } from '../../ros/event.ts'
import { sizeFindings } from './event-size.ts'
import { error, pathTo, warning, within, type Finding } from './finding.ts'
import type { PropertyCheck } from './property-check.ts'
import { regionFindings } from './region-findings.ts'
import { asRosFunction, isNoValue, unknownReferences, type TemplateNames } from './ros-functions.ts'
import { checkWithUnknownValues } from './unknown-values.ts'
import { writtenNumberFindings, type WrittenNumbers } from './written-numbers.ts'

export interface CheckedResource {
  /** Whether Stackbridge serves the resource; others are not checked. */
  readonly served: boolean
  readonly findings: readonly Finding[]
  /** How many values in its `Parameters` are not known before the template is deployed. */
  readonly unknown: number
}

export interface TemplateResource {
  readonly logicalId: string
  readonly type: string
  readonly resource: JsonObject
}

/** Checks one resource of a ROS template by the rules of ROS, and its `Parameters` by those of the bridge. */
export async function checkResource(
  { logicalId, type, resource }: TemplateResource,
  { names, written }: { readonly names: TemplateNames; readonly written: WrittenNumbers },
  check: PropertyCheck,
): Promise<CheckedResource> {
  const path = `Resources.${logicalId}`
  const properties = resource['Properties']
  const serving = servingOf(type, properties)
  if (serving === undefined) return { served: false, unknown: 0, findings: [] }
  if (serving !== 'served')
    return { served: false, unknown: 0, findings: [{ ...serving, path: pathTo(path, serving.path) }] }
  const at = pathTo(path, 'Properties')
  if (properties === undefined || !isJsonObject(properties)) {
    const problem = 'must be a map with ServiceToken, Timeout and Parameters'
    return { served: true, unknown: 0, findings: [error(at, problem)] }
  }
  const { Parameters: parameters } = properties
  const checked = await checkParameters(parameters, { logicalId, type }, check)
  return {
    served: true,
    unknown: checked.unknown,
    findings: [
      ...unknownNames(properties),
      ...serviceTokenFindings(properties['ServiceToken']),
      ...timeoutFindings(properties['Timeout'], parameters),
      ...checked.findings,
      ...sizeFindings(parameters, properties['ServiceToken']),
      ...unknownReferences(properties, '', names),
      ...writtenNumberFindings(parameters, 'Parameters', {
        ...written,
        numberAt: (path) => written.numberAt(pathTo(at, path)),
      }),
    ].map((finding) => ({ ...finding, path: pathTo(at, finding.path) })),
  }
}

type Serving = 'served' | Finding | undefined

/** Whether Stackbridge serves a resource; a `Finding` if it does not, but the type or Provider looks misspelt. */
function servingOf(type: string, properties: JsonValue | undefined): Serving {
  const types = servedProviders.flatMap(({ resourceTypes }) => resourceTypes)
  if (types.includes(type)) return 'served'
  if (type !== GENERIC_TYPE) {
    const near = type.startsWith('Custom::') ? nearest(type, types) : undefined
    return near === undefined
      ? undefined
      : warning('Type', `is not a type that Stackbridge serves, and was not checked; did you mean ${near}?`)
  }
  const provider = providerIn(properties)
  const providers = servedProviders.map(({ name }) => name)
  if (provider === undefined) return undefined
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

function providerIn(properties: JsonValue | undefined): string | undefined {
  const parameters =
    properties !== undefined && isJsonObject(properties) ? properties['Parameters'] : undefined
  const provider = parameters !== undefined && isJsonObject(parameters) ? parameters['Provider'] : undefined
  return typeof provider === 'string' ? provider : undefined
}

function unknownNames(properties: JsonObject): Finding[] {
  const known: readonly string[] = RESOURCE_PROPERTIES
  return Object.keys(properties)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known)
      const hint =
        near === undefined ? 'properties of the stack belong in Parameters' : `did you mean ${near}?`
      return error(name, `is not a property of a custom resource; ${hint}`)
    })
}

function serviceTokenFindings(token: JsonValue | undefined): Finding[] {
  const rule =
    "must be the ARN of Stackbridge's function, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge"
  if (token === undefined || isNoValue(token)) return [error('ServiceToken', `is missing; it ${rule}`)]
  if (asRosFunction(token) !== undefined) return []
  if (typeof token !== 'string') return [error('ServiceToken', `${rule}, but is not a string`)]
  if (token.length > LONGEST_SERVICE_TOKEN)
    return [error('ServiceToken', `must be at most ${String(LONGEST_SERVICE_TOKEN)} characters long`)]
  return isServiceToken(token) ? [] : [error('ServiceToken', rule)]
}

function timeoutFindings(given: JsonValue | undefined, parameters: JsonValue | undefined): Finding[] {
  const { min, max, byDefault } = TIMEOUT_SECONDS
  const timeout = given instanceof SourceNumber ? Number(given) : given
  const rule = `must be a whole number of seconds from ${String(min)} to ${String(max)}`
  if (timeout === undefined || isNoValue(timeout))
    return [error('Timeout', `is missing; it ${rule}. Without it ROS may wait only ${String(byDefault)} s`)]
  if (asRosFunction(timeout) !== undefined) return []
  if (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < min || timeout > max)
    return [error('Timeout', typeof timeout === 'number' ? rule : `${rule}, but is not a number`)]
  if (parameters === undefined || !isJsonObject(parameters) || asRosFunction(parameters) !== undefined)
    return []
  return [
    ...repeatedTimeoutFindings(timeout, parameters['Timeout']),
    ...temporaryKeyFindings(timeout, parameters),
  ]
}

/** Seconds that temporary keys last by default; a role's session that another role has assumed lasts no longer at all. */
const USUAL_KEY_SECONDS = 3600

/** Keys that are given with their token cannot be renewed in the middle of an operation. */
function temporaryKeyFindings(timeout: number, parameters: JsonObject): Finding[] {
  const auth = parameters['Auth']
  const places = [
    { path: 'Parameters.SecurityToken', value: parameters['SecurityToken'] },
    { path: 'Parameters.Auth.SecurityToken', value: isJsonObject(auth) ? auth['SecurityToken'] : undefined },
  ]
  return timeout <= USUAL_KEY_SECONDS
    ? []
    : places.flatMap(({ path, value }) =>
        value === undefined || isNoValue(value)
          ? []
          : [
              warning(
                path,
                `makes the keys temporary, and they may end before the Timeout (${String(timeout)} s): the bridge cannot renew ` +
                  'them, as it renews those of an assumed role',
              ),
            ],
      )
}

/** ROS does not send its Timeout: the bridge uses the copy in `Parameters`, or else a setting. */
function repeatedTimeoutFindings(timeout: number, repeated: JsonValue | undefined): Finding[] {
  const path = 'Parameters.Timeout'
  if (repeated === undefined)
    return [
      warning(
        path,
        `is missing; it should repeat the resource's Timeout (${String(timeout)}), which ROS does not send to the function. ` +
          "Without it the function's setting STACKBRIDGE_TIMEOUT_SECONDS applies",
      ),
    ]
  return asRosFunction(repeated) === undefined && Number(repeated) > timeout
    ? [
        error(
          path,
          `must be at most the resource's own Timeout (${String(timeout)}), after which ROS stops waiting`,
        ),
      ]
    : []
}

async function checkParameters(
  parameters: JsonValue | undefined,
  resource: Pick<TemplateResource, 'logicalId' | 'type'>,
  check: PropertyCheck,
): Promise<Pick<CheckedResource, 'findings' | 'unknown'>> {
  const path = 'Parameters'
  if (parameters === undefined || isNoValue(parameters))
    return { findings: [error(path, 'is missing; it must be a map')], unknown: 0 }
  if (asRosFunction(parameters) !== undefined) return { findings: [], unknown: 1 }
  if (!isJsonObject(parameters)) return { findings: [error(path, 'must be a map')], unknown: 0 }
  const { problems, unknown } = await checkWithUnknownValues(parameters, (properties) =>
    check.problemsOf(createEvent(resource, properties)),
  )
  const regions = regionFindings(resource.type, parameters, problems)
  return {
    findings: [
      ...problems.map((problem) => within(path, problem)),
      ...regions.map((found) => ({ ...found, path: pathTo(path, found.path) })),
    ],
    unknown,
  }
}

/** The event that ROS sends for a new resource. */
function createEvent(
  { logicalId, type }: Pick<TemplateResource, 'logicalId' | 'type'>,
  properties: JsonObject,
): RosEvent {
  return {
    requestType: 'Create',
    responseUrls: {},
    stackId: 'validate',
    stackName: 'validate',
    requestId: 'validate',
    logicalResourceId: logicalId,
    resourceType: type,
    resourceProperties: properties,
  }
}
