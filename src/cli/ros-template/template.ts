import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { RESERVED_NAMES } from '../../providers/properties/lossy-values.ts'
import { UsageError } from '../usage-error.ts'
import { pathTo } from '../validate/finding.ts'
import { referencesAt } from './references.ts'

/** A ROS template that cannot be run. The message starts with the place in the template. */
export class TemplateError extends UsageError {
  /** The place; `''` for the whole template. */
  readonly path: string

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'the template' : path} ${problem}`)
    this.path = path
  }
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/template-structure */
export interface RosTemplate {
  readonly parameters: ReadonlyMap<string, JsonObject>
  readonly rules: JsonObject
  readonly mappings: JsonObject
  readonly conditions: JsonObject
  readonly locals: JsonObject
  readonly resources: ReadonlyMap<string, ResourceDefinition>
  readonly outputs: ReadonlyMap<string, OutputDefinition>
}

export interface ResourceDefinition {
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  /** The name of a condition. */
  readonly condition: string | undefined
  /** How many there are, as it is written; `undefined`: one, under its own name. */
  readonly count: JsonValue | undefined
  /** Whether the resource stays when the stack no longer has it. */
  readonly retained: boolean
}

export interface OutputDefinition {
  readonly value: JsonValue
  readonly condition: string | undefined
  readonly noEcho: boolean
}

const VERSION = '2015-09-01'
/** In the properties of a resource with `Count`: which of the copies it is. */
export const INDEX = 'ALIYUN::Index'

/** They change what the template means; a local ROS that left them out would make another stack. */
const NOT_PLAYED = {
  Transform: 'has ROS run a macro or Terraform, which a local stack cannot',
  Workspace: 'holds files of Terraform, which a local stack cannot run',
} as const

/** Reads the sections of a ROS template, with functions as maps. Throws `TemplateError`. */
export function readTemplate(document: JsonValue): RosTemplate {
  if (!isJsonObject(document)) throw new TemplateError('', 'must be a map')
  checkContent(document)
  checkVersion(document)
  for (const [section, why] of Object.entries(NOT_PLAYED))
    if (document[section] !== undefined) throw new TemplateError(section, `${why}; remove it for a local try`)
  const template: RosTemplate = {
    parameters: definitions(document, 'Parameters', (value) => value),
    rules: section(document, 'Rules'),
    mappings: section(document, 'Mappings'),
    conditions: section(document, 'Conditions'),
    locals: section(document, 'Locals'),
    resources: definitions(document, 'Resources', resourceOf),
    outputs: definitions(document, 'Outputs', outputOf),
  }
  const reserved = [...template.resources.keys()].find((name) => RESERVED_NAMES.includes(name))
  if (reserved !== undefined)
    throw new TemplateError(
      pathTo('Resources', reserved),
      'has a name that is not supported locally; ROS may take it: choose another one for a local try',
    )
  if (template.resources.size === 0) throw new TemplateError('Resources', 'must have at least one resource')
  checkNames(template)
  return template
}

/** Throws `TemplateError`. */
export function checkVersion(document: JsonObject): void {
  if (document['ROSTemplateFormatVersion'] !== VERSION)
    throw new TemplateError('ROSTemplateFormatVersion', `must be '${VERSION}'`)
}

/** Throws `TemplateError` for a file that is something else, with what to do with it. */
export function checkContent(document: JsonObject): void {
  if (document['ROSTemplateFormatVersion'] !== undefined) return
  if (document['ResourceProperties'] !== undefined || document['RequestType'] !== undefined)
    throw new TemplateError('', 'is an event, and must be a ROS template; stackbridge invoke serves events')
  const foreign = ['AWSTemplateFormatVersion', 'heat_template_version'].find(
    (version) => document[version] !== undefined,
  )
  if (foreign !== undefined)
    throw new TemplateError(
      '',
      `is one of another cloud (with ${foreign}); give a ROS template with a custom resource whose Stack.Template it is`,
    )
}

function section(document: JsonObject, name: string): JsonObject {
  const value = document[name] ?? {}
  if (!isJsonObject(value)) throw new TemplateError(name, 'must be a map')
  return value
}

function definitions<Definition>(
  document: JsonObject,
  name: string,
  read: (value: JsonObject, path: string) => Definition,
): ReadonlyMap<string, Definition> {
  const entries = Object.entries(section(document, name)).map(([one, value]): [string, Definition] => {
    const path = pathTo(name, one)
    if (!isJsonObject(value)) throw new TemplateError(path, 'must be a map')
    return [one, read(value, path)]
  })
  return new Map(entries)
}

function resourceOf(value: JsonObject, path: string): ResourceDefinition {
  const { Type, Properties = {}, DependsOn = [], Condition, DeletionPolicy, Count } = value
  if (typeof Type !== 'string') throw new TemplateError(path, 'must have a Type, which is a string')
  if (Properties !== null && !isJsonObject(Properties))
    throw new TemplateError(pathTo(path, 'Properties'), 'must be a map')
  return {
    type: Type,
    properties: Properties ?? {},
    dependsOn: (isJsonList(DependsOn) ? DependsOn : [DependsOn]).map(asText),
    condition: conditionIn(Condition, path),
    count: Count,
    retained: DeletionPolicy === 'Retain',
  }
}

function outputOf(value: JsonObject, path: string): OutputDefinition {
  const { Value, Condition, NoEcho } = value
  if (Value === undefined) throw new TemplateError(path, 'must have a Value')
  return { value: Value, condition: conditionIn(Condition, path), noEcho: isTrue(NoEcho) }
}

function conditionIn(condition: JsonValue | undefined, path: string): string | undefined {
  if (condition === undefined || typeof condition === 'string') return condition
  throw new TemplateError(pathTo(path, 'Condition'), 'must be the name of a condition')
}

/** `true`, or the text in any letters: templates write Booleans in both ways. */
export function isTrue(value: JsonValue | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
}

/** ROS computes functions everywhere, also in a template for another cloud. */
function foreignHint(path: string): string {
  return /\bTemplate(?:Body)?\b/.test(path)
    ? '; ROS computes the functions in a template that is a map: give the template as a string'
    : ''
}

/** Names that nothing has are found before anything is created. */
function checkNames(template: RosTemplate): void {
  const { parameters, resources, locals, conditions } = template
  const isKnown = (name: string) =>
    parameters.has(name) ||
    isResource(name, resources) ||
    Object.hasOwn(locals, name) ||
    name.startsWith('ALIYUN::')
  const checkValue = (value: JsonValue, path: string, hasIndex = false): void => {
    const references = referencesAt(value, path)
    const missing = references.find(({ name }) => !isKnown(name))
    if (missing !== undefined)
      throw new TemplateError(
        missing.path,
        `refers to ${missing.name}, which is neither a parameter nor a resource of this template${foreignHint(missing.path)}`,
      )
    const index = hasIndex ? undefined : references.find(({ name }) => name === INDEX)
    if (index !== undefined)
      throw new TemplateError(
        index.path,
        `uses ${INDEX}, which only the properties of a resource with Count have`,
      )
  }
  const checkCondition = (condition: string | undefined, path: string): void => {
    if (condition !== undefined && !Object.hasOwn(conditions, condition))
      throw new TemplateError(pathTo(path, 'Condition'), `names ${condition}, which is not a condition`)
  }
  for (const [name, { properties, dependsOn, condition, count }] of resources) {
    const path = pathTo('Resources', name)
    checkValue(properties, pathTo(path, 'Properties'), count !== undefined)
    checkValue(count ?? null, pathTo(path, 'Count'))
    checkCondition(condition, path)
    const missing = dependsOn.find((one) => !isResource(one, resources))
    if (missing !== undefined)
      throw new TemplateError(pathTo(path, 'DependsOn'), `names ${missing}, which is not a resource`)
  }
  for (const [name, { value, condition }] of template.outputs) {
    checkValue(value, pathTo(pathTo('Outputs', name), 'Value'))
    checkCondition(condition, pathTo('Outputs', name))
  }
}

/** Also one of the copies that `Count` makes, such as `A[0]`. */
function isResource(name: string, resources: ReadonlyMap<string, ResourceDefinition>): boolean {
  const [, counted = ''] = /^(.+)\[\d+\]$/.exec(name) ?? []
  return resources.has(name) || resources.get(counted)?.count !== undefined
}
