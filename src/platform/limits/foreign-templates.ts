import type { VendorLimits } from './vendor-limit.ts'

const AWS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html'
const RFS = 'https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html'
const HEAT = 'https://docs.openstack.org/heat/latest/configuration/sample_config.html'

/** How long the templates of the foreign clouds may be, in a request and behind an address. ROS's are in `ros.ts`. */
export const FOREIGN_TEMPLATE_LIMITS = {
  awsInRequest: {
    what: 'AWS CloudFormation: template in the request',
    unit: 'bytes',
    most: 51_200,
    source: AWS,
    date: '2026-11-28',
  },
  awsAtUrl: {
    what: 'AWS CloudFormation: template behind TemplateURL',
    unit: 'bytes',
    most: 1_048_576,
    source: AWS,
    date: '2026-11-29',
    note: 'in S3, by an address that starts with https://',
  },
  rfsInRequest: {
    what: 'Huawei RFS: template in the request',
    unit: 'characters',
    most: 51_200,
    source: RFS,
    date: '2025-11-13',
  },
  rfsAtUri: {
    what: 'Huawei RFS: template behind template_uri',
    unit: 'bytes',
    most: 1_048_576,
    source: RFS,
    date: '2025-11-13',
    note: "in OBS, in RFS's region, by a name that ends with .tf, .tf.json or .zip",
  },
  heat: {
    what: 'Heat: template in the request, or behind template_url',
    unit: 'bytes',
    most: 524_288,
    source: HEAT,
    date: '2026-11-29',
    note: 'the default of max_template_size, which an operator may change',
  },
} as const satisfies VendorLimits
