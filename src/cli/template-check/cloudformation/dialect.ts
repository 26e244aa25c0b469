import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { CLOUDFORMATION_SECTION_LIMITS } from '../../../platform/limits/template-sections.ts'
import { entriesOf } from '../sections.ts'
import { NOT_TRANSFORMED, TRANSFORMED, type Dialect, type Transformed } from '../dialect.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const SECTIONS = [
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Transform', 'Resources', 'Outputs', 'Hooks'],
]

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const AWS_VALUES = [
  ...['AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id'],
  ...['AWS::EC2::KeyPair::KeyName', 'AWS::EC2::SecurityGroup::GroupName', 'AWS::EC2::SecurityGroup::Id'],
  ...['AWS::EC2::Subnet::Id', 'AWS::EC2::Volume::Id', 'AWS::EC2::VPC::Id', 'AWS::Route53::HostedZone::Id'],
]

export const CLOUDFORMATION: Dialect = {
  cloud: 'CloudFormation',
  needsResources: true,
  isStrict: true,
  sections: SECTIONS,
  sectionLimits: CLOUDFORMATION_SECTION_LIMITS,
  named: ['Parameters', 'Resources'],
  pseudo: 'AWS::',
  resourceFields: [
    ...['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'CreationPolicy', 'UpdatePolicy'],
    ...['DeletionPolicy', 'UpdateReplacePolicy'],
    // Of custom resources.
    'Version',
  ],
  parameterFields: [
    ...['Type', 'Default', 'NoEcho', 'AllowedValues', 'AllowedPattern', 'MaxLength', 'MinLength', 'MaxValue'],
    ...['MinValue', 'Description', 'ConstraintDescription'],
  ],
  outputFields: ['Value', 'Description', 'Export', 'Condition'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
  functions: [
    ...['Ref', 'Fn::Base64', 'Fn::Cidr', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::GetAZs', 'Fn::ImportValue'],
    ...['Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::Sub', 'Fn::Transform', 'Fn::If', 'Fn::And', 'Fn::Or'],
    ...['Fn::Not', 'Fn::Equals', 'Fn::ForEach', 'Fn::Length', 'Fn::ToJsonString', 'Fn::GetStackOutput'],
  ],
  parameterTypes: ['String', 'Number', 'List<Number>', 'CommaDelimitedList', ...AWS_VALUES],
  isParameterType: (type) =>
    ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'].includes(type) ||
    /^(?:List<)?AWS::/.test(type),
  matchesWhole: true,
  logicalId: {
    pattern: /^[A-Za-z0-9]{1,255}$/,
    rule: 'must have a name of letters and digits only, 255 at most',
  },
  transformed,
}

/** Those that change no names, parameters, outputs or sections. */
const HARMLESS = ['AWS::LanguageExtensions', 'AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-2020-07-23']

/**
 * A macro may change all of the template. SAM adds resources.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
function transformed(document: JsonObject): Transformed {
  const names = transformsOf(document)
  const others = names.filter((name) => !HARMLESS.includes(name) && !name.startsWith('AWS::SecretsManager-'))
  const included = hasKey(document['Resources'], /^Fn::Transform$/)
  if (others.some((name) => !name.startsWith('AWS::Serverless-')) || included) return TRANSFORMED
  if (others.length === 0)
    return { ...NOT_TRANSFORMED, names: hasLoop(document) || hasModule(document['Resources']) }
  return { names: true, parameters: false, outputs: false, sections: true }
}

/** The names of the template's macros; a macro that has parameters is a map. */
export function transformsOf(document: JsonObject): string[] {
  const { Transform: transform = [] } = document
  return (isJsonList(transform) ? transform : [transform]).map((one) => {
    const name = isJsonObject(one) ? one['Name'] : one
    return typeof name === 'string' ? name : ''
  })
}

/** The variable of a loop is a name. */
function hasLoop(document: JsonObject): boolean {
  return ['Conditions', 'Resources', 'Outputs'].some((section) => hasKey(document[section], LOOP))
}

const LOOP = /^Fn::ForEach::/

/** Resources of a module have names of their own. */
function hasModule(resources: JsonValue | undefined): boolean {
  return entriesOf(resources).some(([, definition]) => {
    const type = isJsonObject(definition) ? definition['Type'] : undefined
    return typeof type === 'string' && type.endsWith('::MODULE')
  })
}

function hasKey(value: JsonValue | undefined, pattern: RegExp): boolean {
  if (value === undefined) return false
  if (isJsonList(value)) return value.some((item) => hasKey(item, pattern))
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([name, item]) => pattern.test(name) || hasKey(item, pattern))
  )
}
