import { asText, isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { checkReferences } from './intrinsic-functions.ts'
import { QueryError, validationError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import { capabilityFor } from './resource-types.ts'
import type { Design, StackOptions } from './stack.ts'
import { parseTemplate, type ParameterDefinition, type Template } from './template.ts'

/**
 * The checks of CreateStack and UpdateStack on a request before they accept it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */

const LARGEST_BODY_BYTES = 51_200
const TOKEN = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/
const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

export function stackName(request: QueryRequest): string {
  const name = request.required('StackName')
  if (name.length > 128 || !NAME.test(name))
    throw violation(
      'stackName',
      name,
      'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
    )
  return name
}

export function token(request: QueryRequest): string | undefined {
  const given = request.text('ClientRequestToken')
  if (given === undefined) return undefined
  if (given.length > 128)
    throw violation('clientRequestToken', given, 'Member must have length less than or equal to 128')
  if (!TOKEN.test(given))
    throw violation(
      'clientRequestToken',
      given,
      `Member must satisfy regular expression pattern: ${TOKEN.source.slice(1, -1)}`,
    )
  return given
}

export function tagsOf(request: QueryRequest): Map<string, string> {
  const tags = request
    .structures('Tags')
    .map((tag) => [tag.get('Key') ?? '', tag.get('Value') ?? ''] as const)
  if (tags.length > 50) throw violation('tags', '', 'Member must have length less than or equal to 50')
  for (const [key, value] of tags) {
    if (key.startsWith('aws:'))
      throw validationError('aws: prefixed tag key names are not allowed for external use.')
    if (key === '' || key.length > 128 || !TAG_TEXT.test(key))
      throw violation('tags.member.key', key, 'not a tag key')
    if (value.length > 256 || !TAG_TEXT.test(value))
      throw violation('tags.member.value', value, 'not a tag value')
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw validationError('Duplicate tag keys found.')
  return new Map(tags)
}

/** An absent list keeps what the stack has; an empty one removes it. */
export function optionsOf(request: QueryRequest, before: StackOptions | undefined): StackOptions {
  const has = (name: string) => request.has(name)
  const triggers = request.structures('RollbackConfiguration.RollbackTriggers')
  return {
    notificationArns: has('NotificationARNs')
      ? request.texts('NotificationARNs')
      : (before?.notificationArns ?? []),
    capabilities: request.texts('Capabilities'),
    rollbackTriggers: has('RollbackConfiguration.RollbackTriggers')
      ? triggers.map((trigger) => ({ Arn: trigger.get('Arn') ?? '', Type: trigger.get('Type') ?? '' }))
      : (before?.rollbackTriggers ?? []),
    monitoringMinutes:
      request.number('RollbackConfiguration.MonitoringTimeInMinutes') ?? before?.monitoringMinutes,
    deploymentMode: request.text('DeploymentConfig.Mode') ?? before?.deploymentMode,
    keptBy: before === undefined ? keptBy(request) : before.keptBy,
  }
}

/** An EXPRESS operation is not rolled back unless it asks for that. */
export function disablesRollback(request: QueryRequest): boolean {
  return (
    request.flag('DisableRollback') ??
    request.flag('DeploymentConfig.DisableRollback') ??
    request.text('DeploymentConfig.Mode') === 'EXPRESS'
  )
}

function keptBy(request: QueryRequest): StackOptions['keptBy'] {
  if (request.text('OnFailure') === 'DO_NOTHING') return 'OnFailure'
  return disablesRollback(request) ? 'DisableRollback' : undefined
}

/** The checked template and parameters of a request. UsePreviousTemplate and UsePreviousValue refer to `before`. */
export function designOf(
  request: QueryRequest,
  templateAt: (url: string) => string | undefined,
  before: Design | undefined,
): Design {
  const body = templateBody(request, templateAt, before)
  const template = parseTemplate(body)
  checkReferences(template)
  checkResourceTypes(request, template)
  const parameters = parametersOf(request, template, before)
  checkCapabilities(request, template)
  return { body, template, parameters }
}

/** The text is AWS's: LocalStack's tests/aws/services/cloudformation/api/test_update_stack.snapshot.json. */
function checkResourceTypes(request: QueryRequest, { resources }: Template): void {
  const allowed = request.texts('ResourceTypes')
  if (allowed.length === 0) return
  const isAllowed = (type: string) =>
    allowed.some((one) => one === type || (one.endsWith('::*') && type.startsWith(one.slice(0, -1))))
  for (const { type } of resources.values())
    if (!isAllowed(type))
      throw validationError(
        `Resource type ${type} is not allowed by parameter ResourceTypes [${allowed.join(', ')}]`,
      )
}

/** The template and the parameters of a nested stack, from the properties of its resource. */
export function nestedDesign(
  properties: JsonObject,
  templateAt: (url: string) => string | undefined,
): Design {
  const body = templateAt(asText(properties['TemplateURL'] ?? ''))
  if (body === undefined) throw new Error('S3 error: The specified key does not exist.')
  const template = parseTemplate(body)
  const requested = properties['Parameters']
  const given = new Map(Object.entries(isJsonObject(requested) ? requested : {}))
  const parameters = [...template.parameters].map(([name, { defaultValue }]): [string, string] => [
    name,
    asText(given.get(name) ?? defaultValue ?? ''),
  ])
  return { body, template, parameters: new Map(parameters) }
}

export function templateBody(
  request: QueryRequest,
  templateAt: (url: string) => string | undefined,
  before: Design | undefined,
): string {
  const body = request.text('TemplateBody')
  const url = request.text('TemplateURL')
  if (request.flag('UsePreviousTemplate') === true && before !== undefined) return before.body
  if ((body === undefined) === (url === undefined))
    throw validationError('Either Template URL or Template Body must be specified.')
  if (url !== undefined) {
    const found = templateAt(url)
    if (found === undefined) throw validationError('S3 error: The specified key does not exist.')
    return found
  }
  if (body === undefined || body === '')
    throw violation('templateBody', '', 'Member must have length greater than or equal to 1')
  if (Buffer.byteLength(body) > LARGEST_BODY_BYTES)
    throw violation(
      'templateBody',
      '...',
      `Member must have length less than or equal to ${String(LARGEST_BODY_BYTES)}`,
    )
  return body
}

export function parametersOf(
  request: QueryRequest,
  template: Template,
  before: Design | undefined,
): ReadonlyMap<string, string> {
  const given = new Map(
    request.structures('Parameters').map((parameter) => [parameter.get('ParameterKey') ?? '', parameter]),
  )
  const unknown = [...given.keys()].filter((name) => !template.parameters.has(name))
  if (unknown.length > 0)
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`)
  const values = [...template.parameters].map(([name, definition]) => {
    const parameter = given.get(name)
    if (parameter?.get('UsePreviousValue') === 'true') {
      const previous = before?.parameters.get(name)
      if (previous === undefined)
        throw validationError(
          `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
        )
      return [name, previous] as const
    }
    return [name, parameter?.get('ParameterValue') ?? definition.defaultValue] as const
  })
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name)
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`)
  const complete = values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  for (const [name, value] of complete) checkValue(name, value, template.parameters.get(name))
  return new Map(complete)
}

function checkValue(name: string, value: string, definition: ParameterDefinition | undefined): void {
  if (definition?.allowedValues?.includes(value) === false)
    throw validationError(`Parameter '${name}' must be one of AllowedValues`)
  if (
    definition?.allowedPattern !== undefined &&
    !new RegExp(`^(?:${definition.allowedPattern})$`).test(value)
  )
    throw validationError(
      `Parameter ${name} failed to satisfy constraint: must match pattern ${definition.allowedPattern}`,
    )
  if (definition?.minLength !== undefined && value.length < definition.minLength)
    throw validationError(
      `Parameter '${name}' must contain at least ${String(definition.minLength)} characters`,
    )
  if (definition?.maxLength !== undefined && value.length > definition.maxLength)
    throw validationError(
      `Parameter '${name}' must contain at most ${String(definition.maxLength)} characters`,
    )
  if (definition?.type === 'Number' && (value === '' || Number.isNaN(Number(value))))
    throw validationError(`Parameter '${name}' must be a number.`)
}

/** The answer of ValidateTemplate. Throws the error that CreateStack throws for a fault in the template. */
export function validatedTemplate(
  request: QueryRequest,
  templateAt: (url: string) => string | undefined,
): XmlValue {
  const template = parseTemplate(templateBody(request, templateAt, undefined))
  checkReferences(template)
  return {
    Parameters: [...template.parameters].map(([ParameterKey, { defaultValue, noEcho }]) => ({
      ParameterKey,
      DefaultValue: defaultValue,
      NoEcho: noEcho,
    })),
    Capabilities: [...new Set(capabilitiesOf(template))],
  }
}

export function capabilitiesOf(template: Template) {
  return [...template.resources.values()].flatMap(
    ({ type, properties }) => capabilityFor(type, properties) ?? [],
  )
}

function checkCapabilities(request: QueryRequest, template: Template): void {
  const granted = request.texts('Capabilities')
  const requested = capabilitiesOf(template)
  const missing = requested.includes('CAPABILITY_NAMED_IAM')
    ? !granted.includes('CAPABILITY_NAMED_IAM') && 'CAPABILITY_NAMED_IAM'
    : requested.length > 0 && !granted.some((one) => one.endsWith('_IAM')) && 'CAPABILITY_IAM'
  if (missing !== false)
    throw new QueryError('InsufficientCapabilitiesException', `Requires capabilities : [${missing}]`)
}

function violation(member: string, value: string, constraint: string): QueryError {
  return validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  )
}
