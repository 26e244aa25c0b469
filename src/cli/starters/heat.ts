import { TEMPLATE_HEAD, type Starter } from './starter.ts'

/** A resource of Heat itself, which needs no other service and no quota. */
export const heatStarter: Starter = {
  cloud: 'openstack',
  credentials: 'OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME',
  resource: 'HeatStack',
  template: `# A ROS template with a stack in OpenStack Heat, created by Stackbridge.
${TEMPLATE_HEAD}  Length:
    Type: Number
    Default: 12
Resources:
  HeatStack:
    Type: Custom::HeatStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # as above; ROS does not send it to the function
        # Credentials come from the function's environment (OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME).
        RegionName: RegionOne
        Stack:
          # Name: my-stack # optional; cannot be changed later
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
