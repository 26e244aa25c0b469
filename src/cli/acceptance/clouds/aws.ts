import { writeJson } from '../../../platform/json.ts'
import type { AcceptanceCloud, StackSpec } from './acceptance-cloud.ts'
import { waitConditions } from './wait-conditions.ts'

export const aws: AcceptanceCloud = {
  name: 'aws',
  resourceType: 'Custom::AwsCloudFormationStack',
  holds: 'AWS::CloudFormation::WaitConditionHandle, and one AWS::CloudFormation::WaitCondition that fails',
  cost: 'nothing: neither stacks nor these resources are billed',
  credentials: 'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION',
  stack(spec, tag) {
    const { secret } = spec
    return {
      Name: spec.name,
      // Text: in a map, ROS would evaluate the functions.
      Template: writeJson(secret === undefined ? template(spec) : refusedTemplate(spec)),
      Parameters: { Value: spec.value, ...(secret === undefined ? {} : { Secret: secret }) },
      OnFailure: 'ROLLBACK',
      Tags: { 'stackbridge-acceptance': tag },
    }
  },
}

function template(spec: StackSpec) {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Value: { Type: 'String' } },
    Resources: waitConditions('AWS::CloudFormation', spec),
    Outputs: { Value: { Value: { Ref: 'Value' } } },
  }
}

/** CloudFormation quotes a key that a mapping does not have: here the value of the hidden parameter. */
function refusedTemplate(spec: StackSpec) {
  const missing = { 'Fn::FindInMap': ['Known', { Ref: 'Secret' }, 'Seconds'] }
  return {
    ...template(spec),
    Parameters: { Value: { Type: 'String' }, Secret: { Type: 'String', NoEcho: true } },
    Mappings: { Known: { Nothing: { Seconds: '1' } } },
    Resources: waitConditions('AWS::CloudFormation', { ...spec, fails: true }, missing),
  }
}
