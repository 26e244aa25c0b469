import { parse } from 'yaml'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { attributesOf, propertyProblems } from './resource-properties.ts'

/** Checks of a ROS template that need no account; ROS's ValidateTemplate needs one. */

export interface Problem {
  readonly path: string
  readonly problem: string
}

export interface RosTemplate {
  readonly Parameters: Readonly<Record<string, JsonObject>>
  readonly Conditions: JsonObject
  readonly Resources: Readonly<Record<string, JsonObject>>
  readonly Outputs: Readonly<Record<string, JsonObject>>
}

// https://www.alibabacloud.com/help/en/ros/user-guide/template-structure and the pages below it
const SECTIONS = [
  'ROSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
]
const PARAMETER_FIELDS = [
  'Type',
  'Default',
  'AllowedValues',
  'AllowedPattern',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
  'NoEcho',
  'Description',
  'ConstraintDescription',
  'Label',
  'AssociationProperty',
  'AssociationPropertyMetadata',
  'Confirm',
  'TextArea',
  'Required',
  'Placeholder',
]
const PARAMETER_TYPES = ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean']
const RESOURCE_FIELDS = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'Metadata',
  'Count',
  'Description',
]
const OUTPUT_FIELDS = ['Value', 'Description', 'Condition', 'NoEcho', 'Label']
const PSEUDO_PARAMETERS = [
  'ALIYUN::StackId',
  'ALIYUN::StackName',
  'ALIYUN::Region',
  'ALIYUN::AccountId',
  'ALIYUN::TenantId',
  'ALIYUN::NoValue',
]
const FUNCTIONS = [
  'Fn::Select',
  'Fn::GetAZs',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::If',
  'Fn::Add',
  'Fn::Equals',
  'Fn::Not',
  'Fn::And',
  'Fn::Or',
]

export function readTemplate(text: string): RosTemplate {
  const whole: unknown = parse(text)
  return parsed(whole)
}

function parsed(whole: unknown): RosTemplate {
  const template = asMap(whole)
  const section = (name: string) =>
    Object.fromEntries(Object.entries(asMap(template[name])).map(([key, value]) => [key, asMap(value)]))
  return {
    Parameters: section('Parameters'),
    Conditions: asMap(template['Conditions']),
    Resources: section('Resources'),
    Outputs: section('Outputs'),
  }
}

/** The mistakes in a template, each with its place. */
export function templateProblems(text: string): readonly Problem[] {
  const whole = asMap(parse(text))
  const template = parsed(whole)
  const version = whole['ROSTemplateFormatVersion']
  return [
    ...(version === '2015-09-01'
      ? []
      : [{ path: 'ROSTemplateFormatVersion', problem: "must be '2015-09-01'" }]),
    ...unknownKeys('', whole, SECTIONS),
    ...Object.entries(template.Parameters).flatMap(([name, parameter]) =>
      parameterProblems(`Parameters.${name}`, parameter),
    ),
    ...Object.entries(template.Resources).flatMap(([name, resource]) =>
      resourceProblems(`Resources.${name}`, resource),
    ),
    ...Object.entries(template.Outputs).flatMap(([name, output]) =>
      unknownKeys(`Outputs.${name}`, output, OUTPUT_FIELDS),
    ),
    ...unusedParameters(template),
    ...(['Conditions', 'Resources', 'Outputs'] as const).flatMap((name) =>
      referenceProblems(name, whole[name], template),
    ),
  ]
}

function parameterProblems(path: string, parameter: JsonObject): readonly Problem[] {
  const type = parameter['Type']
  return [
    ...unknownKeys(path, parameter, PARAMETER_FIELDS),
    ...(typeof type === 'string' && PARAMETER_TYPES.includes(type)
      ? []
      : [{ path: `${path}.Type`, problem: `must be one of ${PARAMETER_TYPES.join(', ')}` }]),
    ...(/(Secret|Password|(?<!Public)Key)$/.test(path) && parameter['NoEcho'] !== true
      ? [{ path, problem: 'is a secret, and must have NoEcho' }]
      : []),
  ]
}

function resourceProblems(path: string, resource: JsonObject): readonly Problem[] {
  const type = resource['Type']
  if (typeof type !== 'string') return [{ path: `${path}.Type`, problem: 'is missing' }]
  const problems = propertyProblems(type, asMap(resource['Properties']))
  return [
    ...unknownKeys(path, resource, RESOURCE_FIELDS),
    ...(problems ?? [{ path: '', problem: `${type} is no resource type` }]).map(
      ({ path: inner, problem }) => ({
        path: `${path}.Properties${inner === '' ? '' : `.${inner}`}`,
        problem,
      }),
    ),
  ]
}

function unusedParameters(template: RosTemplate): readonly Problem[] {
  const { Parameters, ...rest } = template
  const text = JSON.stringify(rest)
  return Object.keys(Parameters)
    .filter((name) => !text.includes(`{"Ref":"${name}"}`) && !text.includes(`\${${name}}`))
    .map((name) => ({ path: `Parameters.${name}`, problem: 'is used nowhere' }))
}

/** Each Ref, Fn::GetAtt, Fn::Sub and condition must name an existing object. */
function referenceProblems(
  path: string,
  value: JsonValue | undefined,
  template: RosTemplate,
): readonly Problem[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => referenceProblems(`${path}.${String(index)}`, item, template))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, argument]) => {
    const at = `${path}.${key}`
    // A field of Log Service's alert rules, and no condition of the template.
    const isOfAlert = at.endsWith('.EvalCondition.Condition')
    const problem = isOfAlert ? undefined : referenceProblem(key, argument, template)
    return [
      ...(problem === undefined ? [] : [{ path: at, problem }]),
      ...referenceProblems(at, argument, template),
    ]
  })
}

function referenceProblem(key: string, argument: JsonValue, template: RosTemplate): string | undefined {
  const isNamed = (name: string) =>
    name in template.Parameters || name in template.Resources || PSEUDO_PARAMETERS.includes(name)
  const isCondition = (name: JsonValue | undefined) => typeof name === 'string' && name in template.Conditions
  switch (key) {
    case 'Ref':
      return typeof argument === 'string' && isNamed(argument) ? undefined : 'names nothing in the template'
    case 'Condition':
      return isCondition(argument) || isJsonObject(argument) ? undefined : 'names no condition'
    case 'Fn::If':
      return Array.isArray(argument) && argument.length === 3 && isCondition(argument[0])
        ? undefined
        : 'must be a condition of the template and two values'
    case 'Fn::GetAtt':
      return attributeProblem(argument, template)
    case 'Fn::Sub':
      return substitutionProblem(argument, (name) => {
        const [resource = '', ...attribute] = name.split('.')
        const isOfResource = attributeProblem([resource, attribute.join('.')], template) === undefined
        return isNamed(name) || (attribute.length > 0 && isOfResource)
      })
    default:
      return key.startsWith('Fn::') && !FUNCTIONS.includes(key) ? 'is not used in these templates' : undefined
  }
}

function attributeProblem(argument: JsonValue, template: RosTemplate): string | undefined {
  const [name, attribute] = Array.isArray(argument) ? argument : []
  const type = typeof name === 'string' ? template.Resources[name]?.['Type'] : undefined
  if (typeof type !== 'string') return 'names no resource of the template'
  const attributes = attributesOf(type)
  return attributes === undefined || (typeof attribute === 'string' && attributes.includes(attribute))
    ? undefined
    : `must be one of ${attributes.join(', ')}`
}

function substitutionProblem(argument: JsonValue, isNamed: (name: string) => boolean): string | undefined {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
  if (typeof text !== 'string' || !isJsonObject(variables)) return 'must be a text, or a text and a map'
  const names = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name)
  const missing = names.filter((name) => !(name in variables) && !isNamed(name))
  const unused = Object.keys(variables).filter((name) => !names.includes(name))
  if (missing.length > 0) return `${missing.join(', ')}: names nothing in the template`
  return unused.length > 0 ? `${unused.join(', ')}: not in the text` : undefined
}

function unknownKeys(path: string, map: JsonObject, known: readonly string[]): readonly Problem[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: path === '' ? key : `${path}.${key}`, problem: 'is unknown to ROS' }))
}

export function asMap(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}
