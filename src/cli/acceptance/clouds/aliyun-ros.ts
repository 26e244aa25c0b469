import { writeJson } from '../../../platform/json.ts'
import type { AcceptanceCloud } from './acceptance-cloud.ts'
import { waitConditions } from './wait-conditions.ts'

export const aliyunRos: AcceptanceCloud = {
  name: 'aliyun-ros',
  resourceType: 'Custom::RosStack',
  holds: 'ALIYUN::ROS::WaitConditionHandle, and one ALIYUN::ROS::WaitCondition that fails',
  cost: 'nothing: neither stacks nor these resources are billed',
  credentials: 'ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and FC_REGION',
  stack: (spec, tag) => {
    const { name, value, secret } = spec
    return {
      Name: name,
      Template: writeJson({
        ROSTemplateFormatVersion: '2015-09-01',
        Parameters: {
          Value: { Type: 'String' },
          // No number is given: ROS refuses the value.
          ...(secret === undefined ? {} : { Secret: { Type: 'Number', NoEcho: true } }),
        },
        Resources: waitConditions('ALIYUN::ROS', spec),
        Outputs: { Value: { Value: { Ref: 'Value' } } },
      }),
      Parameters: { Value: value, ...(secret === undefined ? {} : { Secret: secret }) },
      DisableRollback: false,
      Tags: { 'stackbridge-acceptance': tag },
    }
  },
}
