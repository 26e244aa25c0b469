import type { VendorLimits } from './vendor-limit.ts'

const AWS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html'

/** How many entries the sections of an AWS CloudFormation template may have, by section. */
export const CLOUDFORMATION_SECTION_LIMITS = {
  Resources: {
    what: 'AWS CloudFormation: resources of a template',
    unit: 'entries',
    most: 500,
    source: AWS,
    date: '2026-12-01',
  },
  Parameters: {
    what: 'AWS CloudFormation: parameters of a template',
    unit: 'entries',
    most: 200,
    source: AWS,
    date: '2026-12-01',
  },
  Mappings: {
    what: 'AWS CloudFormation: mappings of a template',
    unit: 'entries',
    most: 200,
    source: AWS,
    date: '2026-12-01',
  },
  Outputs: {
    what: 'AWS CloudFormation: outputs of a template',
    unit: 'entries',
    most: 200,
    source: AWS,
    date: '2026-12-01',
  },
} as const satisfies VendorLimits

/** The same of a ROS template. */
export const ROS_SECTION_LIMITS = {
  Resources: {
    what: 'ROS: resources of a stack',
    unit: 'entries',
    most: 300,
    source: 'https://www.alibabacloud.com/help/en/ros/use-cases/use-count-to-deploy-massive-resources',
    date: '2026-12-01',
    note: 'those of nested stacks do not count',
  },
} as const satisfies VendorLimits
