import {
  asText,
  isJsonList,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { readTaggedYaml } from '../../tagged-yaml.ts'
import { settingProblem } from '../../resource-settings.ts'
import { readDefinitions, type ResourceShape, type TemplateShape } from '../../template-shape.ts'
import { referencesIn } from './references.ts'
import { RpcError } from './rpc.ts'

/**
 * The parts of a ROS template that the sandbox supports. Only the version is mandatory.
 * https://www.alibabacloud.com/help/en/ros/user-guide/template-syntax
 */
export interface Template extends TemplateShape<ParameterDefinition, ResourceDefinition, OutputDefinition> {
  readonly description: string | undefined
  readonly conditions: ReadonlyMap<string, JsonValue>
  readonly mappings: ReadonlyMap<string, JsonValue>
  /** By name, each with its `Value`. */
  readonly locals: ReadonlyMap<string, JsonValue>
}

export interface ParameterDefinition {
  readonly type: 'String' | 'Number' | 'Boolean' | 'CommaDelimitedList' | 'Json'
  readonly defaultValue: JsonValue | undefined
  readonly noEcho: boolean
  readonly allowedValues: readonly string[] | undefined
  readonly description: string | undefined
  readonly label: string | undefined
}

export interface ResourceDefinition extends ResourceShape {
  readonly retained: boolean
  readonly condition: string | undefined
  readonly metadata: JsonObject
}

export interface OutputDefinition {
  readonly value: JsonValue
  readonly description: string | undefined
  readonly condition: string | undefined
}

const VERSION = '2015-09-01'

/** Throws the error that ROS answers for an invalid template. */
export function parseTemplate(body: string): Template {
  const read = readTaggedYaml(body)
  if (!read.ok) throw invalidTemplate(read.problem)
  const { value } = read
  if (!isJsonObject(value) || !isJsonValue(value)) throw invalidTemplate('it is not a map')
  if (value['ROSTemplateFormatVersion'] !== VERSION)
    throw new RpcError(
      400,
      'InvalidTemplateVersion',
      `The template version is invalid: "ROSTemplateFormatVersion: ${asText(value['ROSTemplateFormatVersion'] ?? null)}". "ROSTemplateFormatVersion" should be: ${VERSION}`,
    )
  const description = value['Description']
  const template = {
    description: description === undefined ? undefined : asText(description),
    conditions: section(value, 'Conditions'),
    mappings: section(value, 'Mappings'),
    locals: new Map(
      [...section(value, 'Locals')].map(([name, local]) => [
        name,
        isJsonObject(local) ? (local['Value'] ?? null) : null,
      ]),
    ),
    parameters: mapOf(section(value, 'Parameters'), parameterOf),
    resources: mapOf(section(value, 'Resources'), resourceOf),
    outputs: mapOf(section(value, 'Outputs'), outputOf),
  }
  checkReferences(template)
  return template
}

function section(document: JsonObject, name: string): Map<string, JsonValue> {
  const value = document[name] ?? {}
  if (!isJsonObject(value)) throw invalidTemplate(`${name} must be a map`)
  return new Map(Object.entries(value))
}

function mapOf<Definition>(
  values: ReadonlyMap<string, JsonValue>,
  read: (value: JsonObject, name: string) => Definition,
): Map<string, Definition> {
  return readDefinitions(values, read, (name) => invalidTemplate(`${name} must be a map`))
}

const TYPES = ['String', 'Number', 'Boolean', 'CommaDelimitedList', 'Json'] as const

function parameterOf(
  { Type, Default, NoEcho, AllowedValues, Description, Label }: JsonObject,
  name: string,
): ParameterDefinition {
  const type = TYPES.find((one) => one === Type)
  if (type === undefined) throw invalidTemplate(`the type of the parameter ${name} is not known`)
  return {
    type,
    defaultValue: Default,
    noEcho: NoEcho === true || NoEcho === 'true',
    allowedValues:
      AllowedValues !== undefined && isJsonList(AllowedValues) ? AllowedValues.map(asText) : undefined,
    description: Description === undefined ? undefined : asText(Description),
    label: Label === undefined ? undefined : asText(Label),
  }
}

function resourceOf(
  { Type, Properties, DependsOn, DeletionPolicy, Condition, Metadata }: JsonObject,
  name: string,
): ResourceDefinition {
  if (typeof Type !== 'string') throw invalidTemplate(`the resource ${name} has no Type`)
  const depends = DependsOn === undefined ? [] : isJsonList(DependsOn) ? DependsOn : [DependsOn]
  const properties = isJsonObject(Properties) ? Properties : {}
  const metadata = isJsonObject(Metadata) ? Metadata : {}
  const problem = settingProblem({ type: Type, metadata }, properties, [])
  if (problem !== undefined) throw invalidTemplate(`the resource ${name}: ${problem}`)
  return {
    type: Type,
    properties,
    dependsOn: depends.map(asText),
    retained: DeletionPolicy === 'Retain',
    condition: typeof Condition === 'string' ? Condition : undefined,
    metadata,
  }
}

function outputOf({ Value, Description, Condition }: JsonObject, name: string): OutputDefinition {
  if (Value === undefined) throw invalidTemplate(`the output ${name} has no Value`)
  return {
    value: Value,
    description: Description === undefined ? undefined : asText(Description),
    condition: typeof Condition === 'string' ? Condition : undefined,
  }
}

function checkReferences({ parameters, resources, outputs, locals }: Template): void {
  const values = [
    ...[...resources.values()].map(({ properties }) => properties),
    ...[...outputs.values()].map(({ value }) => value),
    ...locals.values(),
  ]
  const names = [
    ...values.flatMap(referencesIn).map(({ name }) => name),
    ...[...resources.values()].flatMap(({ dependsOn }) => dependsOn),
  ]
  const missing = names.find(
    (name) =>
      !parameters.has(name) && !resources.has(name) && !locals.has(name) && !name.startsWith('ALIYUN::'),
  )
  if (missing !== undefined)
    throw new RpcError(
      400,
      'InvalidTemplateReference',
      `The specified reference "${missing}" (in unknown) is incorrect.`,
    )
}

function invalidTemplate(problem: string): RpcError {
  return new RpcError(400, 'InvalidTemplate', `The specified template is invalid: ${problem}.`)
}
