/** A group of regions with accounts of its own. */
export interface Partition {
  /** In ARNs. */
  readonly name: string
  /** Of host names. */
  readonly dnsSuffix: string
}

/** By how the names of the regions begin; the last one has all others. */
const PARTITIONS: readonly (readonly [regions: string, partition: Partition])[] = [
  ['cn-', { name: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' }],
  ['us-gov-', { name: 'aws-us-gov', dnsSuffix: 'amazonaws.com' }],
  ['us-iso-', { name: 'aws-iso', dnsSuffix: 'c2s.ic.gov' }],
  ['us-isob-', { name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' }],
  ['eu-isoe-', { name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' }],
  ['us-isof-', { name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' }],
  ['eusc-', { name: 'aws-eusc', dnsSuffix: 'amazonaws.eu' }],
]
const COMMERCIAL: Partition = { name: 'aws', dnsSuffix: 'amazonaws.com' }

/** https://github.com/aws/aws-sdk-js-v3/blob/main/packages/core/src/submodules/endpoints/partitions.json */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find(([regions]) => region.startsWith(regions))?.[1] ?? COMMERCIAL
}

/** The user whose keys the embedded cloud knows. */
export function sandboxUserArn({
  region,
  accountId,
}: {
  readonly region: string
  readonly accountId: string
}): string {
  return `arn:${partitionOf(region).name}:iam::${accountId}:user/sandbox`
}
