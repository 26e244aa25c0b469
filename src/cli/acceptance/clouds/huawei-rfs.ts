import type { AcceptanceCloud } from './acceptance-cloud.ts'

/**
 * Stacks of outputs alone, which need no provider of Terraform. Only the failure names a resource: a VPC with an address range
 * that Terraform refuses before it calls the cloud.
 */
export const huaweiRfs: AcceptanceCloud = {
  name: 'huawei-rfs',
  resourceType: 'Custom::HuaweiRfsStack',
  holds: 'outputs alone, and one VPC whose address range Terraform refuses',
  cost: 'nothing: RFS is not billed, and no resource is made',
  credentials: 'HW_ACCESS_KEY, HW_SECRET_KEY and HW_REGION_NAME',
  stack: ({ name, value, fails = false, secret }, tag) => ({
    Name: name,
    Description: `stackbridge acceptance ${tag}`,
    TemplateBody: [
      'variable "value" {\n  type = string\n}',
      ...(secret === undefined ? [] : ['variable "secret" {\n  type = string\n  sensitive = true\n}']),
      ...(fails || secret !== undefined ? [failing(secret === undefined ? '"no range"' : 'var.secret')] : []),
      'output "Value" {\n  value = var.value\n}\n',
    ].join('\n'),
    Parameters: { value, ...(secret === undefined ? {} : { secret }) },
    EnableAutoRollback: true,
  }),
}

function failing(range: string): string {
  return `terraform {
  required_providers {
    huaweicloud = {
      source = "huawei.com/provider/huaweicloud"
      version = ">= 1.70.1"
    }
  }
}
resource "huaweicloud_vpc" "Gate" {
  name = "stackbridge-acceptance"
  cidr = ${range}
}`
}
