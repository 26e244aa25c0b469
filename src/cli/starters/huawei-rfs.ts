import { TEMPLATE_HEAD, type Starter } from './starter.ts'

/** A network, which costs nothing. */
export const huaweiRfsStarter: Starter = {
  cloud: 'huawei',
  credentials: 'HW_ACCESS_KEY, HW_SECRET_KEY and HW_REGION_NAME',
  resource: 'RfsStack',
  template: `# A ROS template with a stack in Huawei Cloud's Resource Formation Service (RFS), created by Stackbridge.
${TEMPLATE_HEAD}  Cidr:
    Type: String
    Default: 10.20.0.0/16
Resources:
  RfsStack:
    Type: Custom::HuaweiRfsStack
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 1800
      Parameters:
        Timeout: 1800 # as above; ROS does not send it to the function
        # Credentials come from the function's environment (HW_ACCESS_KEY, HW_SECRET_KEY).
        Region: cn-north-4
        Stack:
          # Name: my-stack # optional; cannot be changed later
          EnableAutoRollback: true
          Agencies:
            - ProviderName: huaweicloud
              AgencyName: rf_admin_trust # with it RFS creates the resources
          TemplateBody: |
            terraform {
              required_providers {
                huaweicloud = {
                  source  = "huawei.com/provider/huaweicloud"
                  version = ">= 1.70.1"
                }
              }
            }
            variable "cidr" {
              type = string
            }
            resource "huaweicloud_vpc" "vpc" {
              name = "vpc-by-ros"
              cidr = var.cidr
            }
            output "vpc_id" {
              value = huaweicloud_vpc.vpc.id
            }
          Parameters:
            cidr: { Ref: Cidr }
Outputs:
  VpcId:
    Value: { Fn::GetAtt: [RfsStack, vpc_id] }
`,
}
