import {
  asText,
  isJsonList,
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { numberFrom } from '../../../platform/source-number.ts'
import { invalid, RpcError, type RpcRequest } from './rpc.ts'
import type { Design } from './stack.ts'
import { parseTemplate, type ParameterDefinition, type Template } from './template.ts'

/**
 * The checks of CreateStack and UpdateStack on a request before they accept it.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack
 */

const LARGEST_BODY_BYTES = 524_288
const NAME = /^[a-zA-Z][-_a-zA-Z0-9]{0,254}$/
const TOKEN = /^[-_a-zA-Z0-9]{1,64}$/
const MOST_TAGS = 20
const MOST_URLS = 5
const LONGEST_TAG_KEY = 64
const LONGEST_TAG_VALUE = 128

/** The templates that a request can name by URL or id. */
export interface TemplateStore {
  atUrl(url: string): string | undefined
  /** The newest version by default. */
  withId(id: string, version: string | undefined): string | undefined
}

export function stackName(request: RpcRequest): string {
  const name = request.required('StackName')
  if (!NAME.test(name)) throw invalid('StackName', name)
  return name
}

export function clientToken(request: RpcRequest): string | undefined {
  const token = request.text('ClientToken')
  if (token !== undefined && !TOKEN.test(token)) throw invalid('ClientToken', token)
  return token
}

export function tagsOf(request: RpcRequest, name: string): Map<string, string> {
  const tags = request.structures(name).map((tag) => [tag.get('Key') ?? '', tag.get('Value') ?? ''] as const)
  if (tags.length > MOST_TAGS) throw invalid(name, `more than ${String(MOST_TAGS)} tags`)
  for (const [key, value] of tags) {
    const isReserved = /^(aliyun|acs:)|https?:\/\//.test(key) || /https?:\/\//.test(value)
    if (isReserved || key === '' || key.length > LONGEST_TAG_KEY || value.length > LONGEST_TAG_VALUE)
      throw invalid(name, key)
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw invalid(name, 'duplicate keys')
  return new Map(tags)
}

/** Checks the parameters of CreateStack and UpdateStack that the sandbox stores and does not act on. */
export function settingsOf(request: RpcRequest): ReadonlyMap<string, string> {
  request.integer('Parallelism', 0, 1_000_000)
  request.oneOf('ReplacementOption', ['Enabled', 'Disabled'])
  if ((request.text('RamRoleName') ?? '').length > 64) throw invalid('RamRoleName', 'longer than 64 bytes')
  if (request.texts('NotificationURLs').length > MOST_URLS)
    throw invalid('NotificationURLs', `more than ${String(MOST_URLS)}`)
  for (const policy of ['StackPolicy', 'StackPolicyDuringUpdate'])
    if (request.has(`${policy}Body`) && request.has(`${policy}URL`))
      throw multiple(`${policy}Body, ${policy}URL`)
  return new Map(request.fields.filter(([name]) => KEPT.test(name)))
}

const KEPT =
  /^(RamRoleName|ResourceGroupId|StackPolicy\w+|Parallelism|NotificationURLs\.\d+|ReplacementOption)$/

/** The checked template and parameters of a request. UsePreviousParameters takes values from `before`. */
export function designOf(request: RpcRequest, store: TemplateStore, before: Design | undefined): Design {
  const body = templateBody(request, store)
  const template = parseTemplate(body)
  const given = new Map(
    request
      .structures('Parameters')
      .map((parameter) => [parameter.get('ParameterKey') ?? '', parameter.get('ParameterValue')] as const),
  )
  const previous =
    request.flag('UsePreviousParameters') === true
      ? (before?.parameters ?? new Map<string, JsonValue>())
      : undefined
  return { body, template, parameters: parametersOf(template, given, previous) }
}

/** The template and the parameters of a nested stack, from the properties of its resource. */
export function nestedDesign(
  { TemplateURL, TemplateBody, Parameters }: JsonObject,
  store: TemplateStore,
): Design {
  const body = TemplateURL === undefined ? asText(TemplateBody ?? '') : store.atUrl(asText(TemplateURL))
  if (body === undefined) throw new Error('The template of the nested stack cannot be read')
  const template = parseTemplate(body)
  const given = Object.entries(isJsonObject(Parameters) ? Parameters : {})
  const texts = new Map(given.map(([name, value]) => [name, asText(value)]))
  return { body, template, parameters: parametersOf(template, texts, undefined) }
}

/** The template of a request: by its text, its URL or its id. */
export function templateBody(request: RpcRequest, store: TemplateStore): string {
  const sources = ['TemplateBody', 'TemplateURL', 'TemplateId'].filter((name) => request.has(name))
  if (sources.length > 1) throw multiple(sources.join(', '))
  const [body, url, id] = [
    request.text('TemplateBody'),
    request.text('TemplateURL'),
    request.text('TemplateId'),
  ]
  if (body !== undefined) {
    if (body === '' || Buffer.byteLength(body) > LARGEST_BODY_BYTES)
      throw invalid('TemplateBody', `${String(Buffer.byteLength(body))} bytes`)
    return body
  }
  if (url !== undefined) {
    const found = store.atUrl(url)
    if (found === undefined) throw invalid('TemplateURL', url)
    return found
  }
  const desired = id ?? request.required('TemplateBody')
  const version = request.text('TemplateVersion')
  const found = store.withId(desired, version)
  if (found === undefined)
    throw new RpcError(404, 'TemplateNotFound', `The Template (${desired}) could not be found.`)
  return found
}

export function parametersOf(
  template: Template,
  given: ReadonlyMap<string, string | undefined>,
  previous: ReadonlyMap<string, JsonValue> | undefined,
): ReadonlyMap<string, JsonValue> {
  for (const name of given.keys())
    if (!template.parameters.has(name))
      throw new RpcError(400, 'UnknownUserParameter', `The Parameter (${name}) was not defined in template.`)
  return new Map(
    [...template.parameters].map(([name, definition]) => {
      const text = given.get(name)
      const value =
        text === undefined
          ? (previous?.get(name) ?? byDefault(name, definition))
          : typed(name, text, definition)
      if (value === undefined)
        throw new RpcError(400, 'UserParameterMissing', `The Parameter (${name}) was not provided.`)
      return [name, value]
    }),
  )
}

/** A text has the parameter's type, as a given value has. */
function byDefault(name: string, definition: ParameterDefinition): JsonValue | undefined {
  const { defaultValue } = definition
  return typeof defaultValue === 'string'
    ? typed(name, defaultValue, { ...definition, allowedValues: undefined })
    : defaultValue
}

function typed(name: string, text: string, { type, allowedValues }: ParameterDefinition): JsonValue {
  if (allowedValues?.includes(text) === false)
    throw failed(name, `"${text}" is not an allowed value [${allowedValues.join(', ')}]`)
  switch (type) {
    case 'String':
      return text
    case 'Number':
      if (text === '' || Number.isNaN(Number(text))) throw failed(name, 'it is not a number')
      return numberFrom(text)
    case 'Boolean':
      if (!/^(true|false)$/i.test(text)) throw failed(name, 'it is neither true nor false')
      return text.toLowerCase() === 'true'
    case 'Json':
    case 'CommaDelimitedList': {
      const parsed = parseJson(Buffer.from(text))
      if (type === 'CommaDelimitedList')
        return parsed.ok && isJsonList(parsed.value) ? parsed.value.map(asText) : text.split(',')
      if (!parsed.ok) throw failed(name, 'it is not JSON')
      return parsed.value
    }
  }
}

function failed(name: string, why: string): RpcError {
  return new RpcError(400, 'StackValidationFailed', `Parameter '${name}' is invalid: ${why}.`)
}

function multiple(names: string): RpcError {
  return new RpcError(
    400,
    'MultipleParameter',
    `Multiple parameters are specified where only one is allowed: ${names}.`,
  )
}
