import {
  asText,
  isJsonObject,
  isJsonValue,
  SourceNumber,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { CLOUDFORMATION_SECTION_LIMITS } from '../../../platform/limits/template-sections.ts'
import { settingProblem } from '../../resource-settings.ts'
import { readTaggedYaml } from '../../tagged-yaml.ts'
import { readDefinitions, type ResourceShape, type TemplateShape } from '../../template-shape.ts'
import { withoutForEach } from './for-each.ts'
import { validationError } from './query-protocol.ts'

/** The parts of a CloudFormation template that the sandbox supports. */
export interface Template extends TemplateShape<ParameterDefinition, ResourceDefinition, OutputDefinition> {
  readonly conditions: ReadonlyMap<string, JsonValue>
  readonly mappings: ReadonlyMap<string, JsonValue>
  readonly version: JsonValue | undefined
  readonly description: string | undefined
}

export interface ParameterDefinition {
  readonly type: string
  readonly defaultValue: string | undefined
  readonly noEcho: boolean
  readonly allowedValues: readonly string[] | undefined
  readonly allowedPattern: string | undefined
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
}

export interface ResourceDefinition extends ResourceShape {
  readonly condition: string | undefined
  readonly deletionPolicy: string
  readonly updateReplacePolicy: string
  readonly metadata: JsonObject
}

export interface OutputDefinition {
  readonly value: JsonValue
  readonly description: string | undefined
  readonly exportName: JsonValue | undefined
  readonly condition: string | undefined
}

/** Throws the ValidationError that AWS answers for an invalid template. */
export function parseTemplate(body: string): Template {
  const document = readDocument(body)
  refuseLongSections(document)
  const resources = section(document, 'Resources')
  if (resources.size === 0) throw formatError('At least one Resources member must be defined.')
  return {
    parameters: mapOf(section(document, 'Parameters'), parameterOf),
    resources: readDefinitions(resources, resourceOf, () =>
      formatError('Any Resources member must be an object.'),
    ),
    outputs: mapOf(section(document, 'Outputs'), outputOf),
    conditions: section(document, 'Conditions'),
    mappings: section(document, 'Mappings'),
    version: document['AWSTemplateFormatVersion'],
    description: typeof document['Description'] === 'string' ? document['Description'] : undefined,
  }
}

function readDocument(body: string): JsonObject {
  const read = readTaggedYaml(body)
  if (!read.ok) throw formatError(`YAML not well-formed. (${read.problem})`)
  const { value } = read
  if (!isJsonObject(value) || !isJsonValue(value)) throw formatError('unsupported structure.')
  return withoutForEach(value)
}

/**
 * The words are those of https://github.com/serverless/serverless/issues/2387, for resources; those for the other sections are
 * the same in form.
 */
function refuseLongSections(document: JsonObject): void {
  for (const [name, { most }] of Object.entries(CLOUDFORMATION_SECTION_LIMITS)) {
    const { size } = section(document, name)
    if (size > most)
      throw formatError(
        `Number of ${name.toLowerCase()}, ${String(size)}, is greater than maximum allowed, ${String(most)}`,
      )
  }
}

function section(document: JsonObject, name: string): Map<string, JsonValue> {
  const value = document[name]
  if (value === undefined) return new Map()
  if (!isJsonObject(value)) throw formatError(`Every ${name} object must be a map.`)
  return new Map(Object.entries(value))
}

function mapOf<Definition>(
  values: ReadonlyMap<string, JsonValue>,
  read: (value: JsonObject, name: string) => Definition,
): Map<string, Definition> {
  return readDefinitions(values, read, (name) => formatError(`[${name}] must be an object.`))
}

function parameterOf(definition: JsonObject, name: string): ParameterDefinition {
  const { Type, Default, NoEcho, AllowedValues, AllowedPattern, MinLength, MaxLength } = definition
  if (typeof Type !== 'string')
    throw formatError(`Every Parameters object must contain a Type member. [${name}]`)
  return {
    type: Type,
    defaultValue: Default === undefined ? undefined : asText(Default),
    noEcho: NoEcho === true || NoEcho === 'true',
    allowedValues: Array.isArray(AllowedValues) ? AllowedValues.map(asText) : undefined,
    allowedPattern: typeof AllowedPattern === 'string' ? AllowedPattern : undefined,
    minLength: MinLength === undefined ? undefined : Number(MinLength),
    maxLength: MaxLength === undefined ? undefined : Number(MaxLength),
  }
}

/** Those of CloudFormation alone; see `resource-types.ts`. */
const OWN_SETTINGS = ['Log', 'LogGroup', 'DeniedCall', 'Hook', 'HookMessage']

function resourceOf(definition: JsonObject, name: string): ResourceDefinition {
  const { Type, Properties, DependsOn, Condition, DeletionPolicy, UpdateReplacePolicy, Metadata } = definition
  if (typeof Type !== 'string')
    throw formatError(`[/Resources/${name}] Every Resources object must contain a Type member.`)
  const unknown = Object.keys(definition).find((key) => !RESOURCE_ATTRIBUTES.includes(key))
  if (unknown !== undefined) throw validationError(`Invalid template resource property '${unknown}'`)
  if (Properties !== undefined) refuseNull(Properties, `/Resources/${name}/Properties`)
  const depends = DependsOn === undefined ? [] : Array.isArray(DependsOn) ? DependsOn : [DependsOn]
  const properties = isJsonObject(Properties) ? Properties : {}
  const metadata = isJsonObject(Metadata) ? Metadata : {}
  const problem = settingProblem({ type: Type, metadata }, properties, OWN_SETTINGS)
  if (problem !== undefined) throw formatError(`[/Resources/${name}] ${problem}`)
  return {
    type: Type,
    properties,
    dependsOn: depends.map(asText),
    condition: typeof Condition === 'string' ? Condition : undefined,
    deletionPolicy: typeof DeletionPolicy === 'string' ? DeletionPolicy : 'Delete',
    updateReplacePolicy: typeof UpdateReplacePolicy === 'string' ? UpdateReplacePolicy : 'Delete',
    metadata,
  }
}

/** The texts are AWS's: LocalStack's tests/aws/services/cloudformation/api/test_validations.snapshot.json. */
function refuseNull(value: JsonValue, path: string): void {
  if (value === null) throw validationError(`[${path}] 'null' values are not allowed in templates`)
  if (typeof value !== 'object' || value instanceof SourceNumber) return
  for (const [key, inner] of Object.entries(value)) refuseNull(inner, `${path}/${key}`)
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html */
const RESOURCE_ATTRIBUTES = [
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata'],
  ...['CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy'],
]

function outputOf(definition: JsonObject, name: string): OutputDefinition {
  refuseNull(definition, `/Outputs/${name}`)
  const { Value, Description, Export, Condition } = definition
  if (Value === undefined) throw formatError(`Output ${name} must contain a Value member.`)
  return {
    value: Value,
    description: typeof Description === 'string' ? Description : undefined,
    exportName: isJsonObject(Export) ? Export['Name'] : undefined,
    condition: typeof Condition === 'string' ? Condition : undefined,
  }
}

export function formatError(message: string) {
  return validationError(`Template format error: ${message}`)
}
