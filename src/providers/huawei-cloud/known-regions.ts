import type { KnownRegions } from '../identifiers/known-regions.ts'

/** https://developer.huaweicloud.com/intl/en-us/endpoint, 2026-11-29 */
export const HUAWEI_CLOUD_REGIONS: KnownRegions = {
  properties: [['Region'], ['DeploymentTargets', 'Regions']],
  names: [
    ...['cn-north-1', 'cn-north-2', 'cn-north-4', 'cn-north-7', 'cn-north-9', 'cn-north-11', 'cn-north-12'],
    ...['cn-east-2', 'cn-east-3', 'cn-east-4', 'cn-east-5', 'cn-south-1', 'cn-south-2'],
    ...['cn-southwest-2', 'cn-southwest-3', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3'],
    ...['ap-southeast-4', 'ap-southeast-5', 'my-kualalumpur-1', 'me-east-1', 'tr-west-1'],
    ...[
      'af-south-1',
      'af-north-1',
      'la-south-2',
      'la-north-2',
      'na-mexico-1',
      'sa-brazil-1',
      'eu-west-101',
      'ae-ad-1',
    ],
  ],
}
