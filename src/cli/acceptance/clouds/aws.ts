import { writeJson } from '../../../platform/json.ts'
import type { AcceptanceCloud, StackWish } from './acceptance-cloud.ts'
import { waitConditions } from './wait-conditions.ts'

export const aws: AcceptanceCloud = {
  name: 'aws',
  resourceType: 'Custom::AwsCloudFormationStack',
  holds: 'AWS::CloudFormation::WaitConditionHandle, and one AWS::CloudFormation::WaitCondition that fails',
  cost: 'nothing: neither stacks nor these resources are billed',
  credentials: 'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION',
  stack: (wish, tag) => {
    const { name, value, secret } = wish
    return {
      Name: name,
      // Text: in a map, ROS would evaluate the functions.
      Template: writeJson({
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: {
          Value: { Type: 'String' },
          ...(secret === undefined ? {} : { Secret: { Type: 'String', NoEcho: true } }),
        },
        ...(secret === undefined ? {} : { Mappings: { Known: { Nothing: { Value: 'none' } } } }),
        Resources: waitConditions('AWS::CloudFormation', wish),
        Outputs: { Value: { Value: { Ref: 'Value' } }, ...(secret === undefined ? {} : QUOTED) },
      }),
      Parameters: { Value: value, ...secretParameter(secret) },
      OnFailure: 'ROLLBACK',
      Tags: { 'stackbridge-acceptance': tag },
    }
  },
}

/** CloudFormation quotes a key that a mapping does not have. */
const QUOTED = { Quoted: { Value: { 'Fn::FindInMap': ['Known', { Ref: 'Secret' }, 'Value'] } } }

function secretParameter(secret: StackWish['secret']) {
  return secret === undefined ? {} : { Secret: secret }
}
