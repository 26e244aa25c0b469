import type { Starter } from './starter.ts'

/** A resource of Heat itself: it needs no other service, and no quota. */
export const heatStarter: Starter = {
  cloud: 'openstack',
  credentials: 'OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME',
  resource: 'HeatStack',
  template: `# A ROS template that owns a stack in OpenStack Heat, through Stackbridge.
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  StackbridgeArn:
    Type: String
    Description: The function's ARN, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
  Length:
    Type: Number
    Default: 12
Resources:
  HeatStack:
    Type: Custom::HeatStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # again: ROS does not tell the function
        # Credentials come from the function's environment (OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME).
        RegionName: RegionOne
        Stack:
          # Name: my-stack # else one is derived; it cannot change
          DisableRollback: false
          Template:
            heat_template_version: 2018-08-31
            parameters:
              length: { type: number }
            resources:
              name:
                type: OS::Heat::RandomString
                properties: { length: { get_param: length } }
            outputs:
              name: { value: { get_attr: [name, value] } }
          Parameters:
            length: { Ref: Length }
Outputs:
  Name:
    Value: { Fn::GetAtt: [HeatStack, name] }
`,
}
