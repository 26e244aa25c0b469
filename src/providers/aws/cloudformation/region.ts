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

/** A partition's domains: of its usual endpoints, and of those for IPv4 and IPv6. */
interface Domains {
  readonly usual: string
  readonly dualStack: string
}

const AWS: Domains = { usual: 'amazonaws.com', dualStack: 'api.aws' }

/**
 * The partitions' domains, by the beginning of their regions; all other regions are in `aws` or `aws-us-gov`.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/packages/core/src/submodules/endpoints/partitions.json
 */
const DOMAINS: readonly (readonly [RegExp, Domains])[] = [
  [/^cn-/, { usual: 'amazonaws.com.cn', dualStack: 'api.amazonwebservices.com.cn' }],
  [/^us-iso-/, { usual: 'c2s.ic.gov', dualStack: 'api.aws.ic.gov' }],
  [/^us-isob-/, { usual: 'sc2s.sgov.gov', dualStack: 'api.aws.scloud' }],
  [/^eu-isoe-/, { usual: 'cloud.adc-e.uk', dualStack: 'api.cloud-aws.adc-e.uk' }],
  [/^us-isof-/, { usual: 'csp.hci.ic.gov', dualStack: 'api.aws.hci.ic.gov' }],
  [/^eusc-/, { usual: 'amazonaws.eu', dualStack: 'api.amazonwebservices.eu' }],
]

/** Which of AWS's endpoints. */
export interface EndpointVariant {
  readonly dualStack: boolean
  readonly fips: boolean
}

/** https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function awsEndpoint(
  service: 'cloudformation' | 'sts' | 's3' | 'lambda',
  region: string,
  { dualStack, fips }: EndpointVariant = { dualStack: false, fips: false },
): string {
  const [, domains = AWS] = DOMAINS.find(([beginning]) => beginning.test(region)) ?? []
  // The usual endpoints of GovCloud are FIPS ones.
  const isFips = fips && (dualStack || !region.startsWith('us-gov-'))
  const domain = dualStack ? domains.dualStack : domains.usual
  return vendorEndpoint(domain, isFips ? `${service}-fips` : service, region)
}
