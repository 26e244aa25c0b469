import type { RegionVariables } from '../../identifiers/environment-region.ts'
import { vendorEndpoint } from '../../http/vendor-endpoint.ts'

/** https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, and those of the other partitions. */
export const REGION = /^[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-[1-9][0-9]?$/

/**
 * With `Endpoint`, the region is only a part of the signature: OpenStack and emulators have region names of their own.
 */
export const SIGNING_REGION = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

export const ENVIRONMENT_REGION: RegionVariables = {
  variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  grammar: SIGNING_REGION,
  rule: 'a region, such as us-east-1',
}

/**
 * The partitions' domains, by the beginning of their regions; all other regions are in `aws`.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/packages/core/src/submodules/endpoints/partitions.json
 */
const DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
  [/^eusc-/, 'amazonaws.eu'],
]

/** https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function awsEndpoint(service: 'cloudformation' | 'sts', region: string): string {
  const [, domain] = DOMAINS.find(([beginning]) => beginning.test(region)) ?? []
  return vendorEndpoint(domain ?? 'amazonaws.com', service, region)
}
