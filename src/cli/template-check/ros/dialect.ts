import { isJsonList, type JsonObject } from '../../../platform/json.ts'
import { ROS_SECTION_LIMITS } from '../../../platform/limits/template-sections.ts'
import { NOT_TRANSFORMED, TRANSFORMED, type Dialect, type Transformed } from '../dialect.ts'

export const ROS: Dialect = {
  cloud: 'ROS',
  // ROS ignores what it does not know.
  needsResources: true,
  isStrict: false,
  // https://www.alibabacloud.com/help/en/ros/user-guide/template-structure
  sections: [
    ...[
      'ROSTemplateFormatVersion',
      'Description',
      'Metadata',
      'Parameters',
      'Rules',
      'Mappings',
      'Conditions',
    ],
    ...['Locals', 'Transform', 'Workspace', 'Resources', 'Outputs'],
  ],
  sectionLimits: ROS_SECTION_LIMITS,
  named: ['Parameters', 'Resources', 'Locals'],
  pseudo: 'ALIYUN::',
  resourceFields: [
    ...[
      'Type',
      'Properties',
      'DependsOn',
      'Condition',
      'Metadata',
      'DeletionPolicy',
      'UpdatePolicy',
      'Count',
    ],
    ...['Version', 'Description'],
  ],
  // https://www.alibabacloud.com/help/en/ros/user-guide/parameters
  parameterFields: [
    ...['Type', 'Default', 'NoEcho', 'AllowedValues', 'AllowedPattern', 'MaxLength', 'MinLength', 'MaxValue'],
    ...['MinValue', 'Description', 'ConstraintDescription', 'Label', 'AssociationProperty', 'Placeholder'],
    ...['AssociationPropertyMetadata', 'Confirm', 'TextArea', 'Required', 'ReadOnly'],
  ],
  outputFields: ['Value', 'Description', 'Label', 'Condition', 'NoEcho'],
  // https://www.alibabacloud.com/help/en/ros/user-guide/function-overview, and those of ROS's own CDK
  functions: [
    ...['Ref', 'Fn::Add', 'Fn::And', 'Fn::Any', 'Fn::Avg', 'Fn::Base64Decode', 'Fn::Base64Encode'],
    ...['Fn::Calculate', 'Fn::Cidr', 'Fn::Contains', 'Fn::EachMemberIn', 'Fn::Equals', 'Fn::FindInMap'],
    ...['Fn::FormatTime', 'Fn::GetAZs', 'Fn::GetAtt', 'Fn::GetJsonValue', 'Fn::GetStackOutput', 'Fn::If'],
    ...[
      'Fn::Indent',
      'Fn::Index',
      'Fn::Join',
      'Fn::Jq',
      'Fn::Length',
      'Fn::ListMerge',
      'Fn::MarketplaceImage',
    ],
    ...['Fn::MatchPattern', 'Fn::Max', 'Fn::MergeMap', 'Fn::MergeMapToList', 'Fn::Min', 'Fn::Not', 'Fn::Or'],
    ...['Fn::Replace', 'Fn::Select', 'Fn::SelectMapList', 'Fn::Sort', 'Fn::Split', 'Fn::Str', 'Fn::Sub'],
    ...['Fn::TransformNamespace'],
  ],
  parameterTypes: ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean'],
  isParameterType: (type) =>
    ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean'].includes(type) || type.includes('::'),
  matchesWhole: false,
  logicalId: undefined,
  transformed,
}

/** A transform writes other sections; those of `Aliyun::Terraform-…` are in the files of `Workspace`. */
function transformed(document: JsonObject): Transformed {
  const { Transform: transform } = document
  const isNone = transform === undefined || (isJsonList(transform) && transform.length === 0)
  return isNone ? NOT_TRANSFORMED : TRANSFORMED
}
