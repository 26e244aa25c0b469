import { FOREIGN_TEMPLATE_LIMITS } from '../../platform/limits/foreign-templates.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import type { DestinationKind } from '../upload/destination.ts'

interface LengthLimit {
  readonly unit: 'bytes' | 'characters'
  readonly most: number
}

/** How the stacks of a service get a template that is not in their properties. */
export interface UploadRule {
  /** For messages. */
  readonly cloud: string
  /** The property that holds the address. */
  readonly property: 'TemplateURL' | 'TemplateUri'
  /** Where the cloud can read it from, the best first. */
  readonly takes: readonly [DestinationKind, ...DestinationKind[]]
  /** What its template may have in a request, and behind an address. */
  readonly inRequest: LengthLimit
  readonly atAddress: LengthLimit
  /** The end of the file's name. */
  extensionOf(text: string): string
}

const limits = FOREIGN_TEMPLATE_LIMITS

/**
 * By the service's folder. Which addresses a cloud takes:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (S3 by https),
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack (OSS, http, https),
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html (OBS),
 * https://docs.openstack.org/api-ref/orchestration/v1/#create-stack (what Heat can fetch).
 */
export const UPLOAD_RULES: Readonly<Record<string, UploadRule>> = {
  'aws/cloudformation': {
    cloud: 'AWS CloudFormation',
    property: 'TemplateURL',
    takes: ['s3'],
    inRequest: limits.awsInRequest,
    atAddress: limits.awsAtUrl,
    extensionOf: yamlOrJson,
  },
  'alibaba-cloud/ros': {
    cloud: 'ROS',
    property: 'TemplateURL',
    takes: ['oss', 'web'],
    inRequest: ROS_LIMITS.template,
    atAddress: ROS_LIMITS.template,
    extensionOf: yamlOrJson,
  },
  'openstack/heat': {
    cloud: 'Heat',
    property: 'TemplateURL',
    takes: ['web'],
    inRequest: limits.heat,
    atAddress: limits.heat,
    extensionOf: yamlOrJson,
  },
  'huawei-cloud/rfs-stack': {
    cloud: 'RFS',
    property: 'TemplateUri',
    takes: ['obs'],
    inRequest: limits.rfsInRequest,
    atAddress: limits.rfsAtUri,
    extensionOf: (text) => (isJson(text) ? '.tf.json' : '.tf'),
  },
}

/** Whether a template is longer than the limit, in the limit's unit. */
export function isLonger(text: string, { unit, most }: LengthLimit): boolean {
  return (unit === 'bytes' ? Buffer.byteLength(text) : text.length) > most
}

function yamlOrJson(text: string): string {
  return isJson(text) ? '.json' : '.yml'
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}
