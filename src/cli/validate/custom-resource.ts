import { isJsonList, isJsonObject, type JsonObject, type JsonValue, writeJson } from '../../platform/json.ts'
import { nearest } from '../../platform/nearest-name.ts'
import { RESOURCE_PROPERTIES } from '../../ros/custom-resource.ts'
import type { RosEvent } from '../../ros/event.ts'
import { sizeFindings } from './event-size.ts'
import { below, error, pathTo, within, type Finding } from './finding.ts'
import { checkForeignStack, NO_STACK, type ForeignStack } from './foreign-stack.ts'
import { plainSecrets } from './plain-secrets.ts'
import type { PropertyCheck } from './property-check.ts'
import { regionFindings } from './region-findings.ts'
import { asRosFunction, isNoValue } from './ros-functions.ts'
import { serviceTokenFindings } from './service-token.ts'
import { folderOf, servingOf } from './serving.ts'
import { timeoutFindings } from './timeouts.ts'
import { checkWithUnknownValues } from './unknown-values.ts'
import { writtenNumberFindings, type WrittenValues } from './written-numbers.ts'
import { writtenWordFindings } from './written-words.ts'

export interface CheckedResource {
  /** Whether Stackbridge serves the resource; others are not checked. */
  readonly served: boolean
  readonly findings: readonly Finding[]
  /** How many values in its `Parameters` are not known before the template is deployed. */
  readonly unknown: number
  readonly stack: ForeignStack
}

const NOT_SERVED = { served: false, unknown: 0, findings: [], stack: NO_STACK } as const

export interface TemplateResource {
  readonly logicalId: string
  readonly type: string
  readonly resource: JsonObject
}

/** What is around a resource. */
export interface ResourceSurroundings {
  readonly template: JsonObject
  /** The names of the template's parameters and resources. */
  readonly outside: ReadonlySet<string>
  readonly written: WrittenValues
  /** The ServiceTokens of the resources that Stackbridge serves, as `serviceTokenOf` gives them. */
  readonly serviceTokens: ReadonlySet<string>
}

/**
 * Checks one resource of a ROS template by the rules of ROS, its `Parameters` by those of the bridge, and the template of its
 * stack by those of the other cloud.
 */
export async function checkResource(
  { logicalId, type, resource }: TemplateResource,
  { template, outside, written, serviceTokens }: ResourceSurroundings,
  check: PropertyCheck,
): Promise<CheckedResource> {
  const path = `Resources.${logicalId}`
  const properties = resource['Properties']
  const serving = servingOf(type, properties, serviceTokens)
  if (serving === undefined) return NOT_SERVED
  if (serving !== 'served') return { ...NOT_SERVED, findings: [below(path, serving)] }
  const at = pathTo(path, 'Properties')
  if (properties === undefined || !isJsonObject(properties)) {
    const problem = 'must be a map with ServiceToken, Timeout and Parameters'
    return { ...NOT_SERVED, served: true, findings: [error(at, problem)] }
  }
  const { Parameters: parameters, ServiceToken: token, Timeout: timeout } = properties
  const names = checkNames(properties)
  const isMissed = (name: string) => properties[name] !== undefined || !names.meant.has(name)
  const checked = isMissed('Parameters')
    ? await checkParameters(parameters, { logicalId, type }, check)
    : { findings: [], unknown: 0 }
  const given =
    parameters !== undefined && isJsonObject(parameters) && asRosFunction(parameters) === undefined
      ? parameters
      : {}
  const stack = await checkForeignStack(folderOf(type, given) ?? '', given, outside)
  const ofParameters = [...stack.findings, ...plainSecrets(given, template, stack.parameters)].map(
    (finding) => below('Parameters', finding),
  )
  const isTooLong = checked.findings.some(({ path: inner }) => /\.Template(?:Body)?$/.test(inner))
  return {
    served: true,
    unknown: checked.unknown,
    stack,
    findings: [
      ...names.findings,
      ...(isMissed('ServiceToken') ? serviceTokenFindings(token, template) : []),
      ...(isMissed('Timeout') ? timeoutFindings(timeout, parameters) : []),
      ...oneCause(checked.findings, timeout, given),
      ...ofParameters,
      // That the template is too long says it already.
      ...(isTooLong ? [] : sizeFindings(parameters, token)),
      ...writtenNumberFindings(parameters, 'Parameters', {
        isJson: written.isJson,
        numberAt: (inner) => written.numberAt(pathTo(at, inner)),
      }),
      ...writtenWordFindings(given, stack.parameters, (inner) => written.plainAt(pathTo(at, inner))),
    ].map((finding) => below(at, finding)),
  }
}

interface CheckedNames {
  readonly findings: readonly Finding[]
  /** The properties that others are misspellings of, or that must hold them. */
  readonly meant: ReadonlySet<string>
}

/** Finds properties that a custom resource does not have; those that belong in `Parameters` are one finding. */
function checkNames(properties: JsonObject): CheckedNames {
  const known: readonly string[] = RESOURCE_PROPERTIES
  const unknown = Object.keys(properties)
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, near: nearest(name, known) }))
  const misplaced = unknown.flatMap(({ name, near }) => (near === undefined ? [name] : []))
  const [first, ...others] = misplaced
  const nor = others.length === 0 ? '' : `, nor are ${others.join(', ')}`
  return {
    findings: [
      ...unknown.flatMap(({ name, near }) =>
        near === undefined
          ? []
          : [error(name, `is not a property of a custom resource; did you mean ${near}?`)],
      ),
      ...(first === undefined
        ? []
        : [
            error(
              first,
              `is not a property of a custom resource${nor}; properties of the stack belong in Parameters`,
            ),
          ]),
    ],
    meant: new Set([
      ...unknown.flatMap(({ near }) => near ?? []),
      ...(first === undefined ? [] : ['Parameters']),
    ]),
  }
}

/** What follows from another problem is left out. */
function oneCause(
  findings: readonly Finding[],
  timeout: JsonValue | undefined,
  parameters: JsonObject,
): readonly Finding[] {
  const repeated = parameters['Timeout']
  const isCopy = timeout !== undefined && repeated !== undefined && writeJson(timeout) === writeJson(repeated)
  const lists = ['Stack', 'StackSet'].filter((property) => {
    const stack = parameters[property]
    const values = stack !== undefined && isJsonObject(stack) ? stack['Parameters'] : undefined
    return values !== undefined && isJsonList(values)
  })
  const path = (property: string) => `Parameters.${property}.Parameters`
  return [
    ...findings
      .filter((finding) => !(isCopy && finding.path === 'Parameters.Timeout'))
      .filter((finding) => !lists.some((property) => finding.path.startsWith(path(property)))),
    ...lists.map((property) =>
      error(path(property), 'must be a map of parameter to value, such as {Name: value}, but is a list'),
    ),
  ]
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
