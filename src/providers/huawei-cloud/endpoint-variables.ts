import { isDomain, vendorEndpoint } from '../http/vendor-endpoint.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

type Environment = Surroundings['environment']

export interface SetVariable {
  readonly name: string
  readonly value: string
}

/** The first of the variables that is set. */
export function firstSet(environment: Environment, names: readonly string[]): SetVariable | undefined {
  for (const name of names) {
    const value = environment[name]
    if (value !== undefined && value !== '') return { name, value }
  }
  return undefined
}

/**
 * The variable in which the vendor's SDKs read an endpoint; to them RFS is AOS.
 * https://github.com/huaweicloud/huaweicloud-sdk-python-v3#332-region-configuration-top
 */
export function endpointVariable(service: 'AOS' | 'IAM', region: string): string {
  return `HUAWEICLOUD_SDK_REGION_${service}_${region.toUpperCase().replaceAll('-', '_')}`
}

/**
 * The domain of another cloud of Huawei's technology, as Huawei's Terraform provider reads it.
 * https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/index.md
 */
const CLOUD = 'HW_CLOUD'

/** The URL of a service below the domain that `HW_CLOUD` names; `undefined` where it names none. */
export function endpointInCloud(
  service: 'aos' | 'iam' | 'rfs',
  region: string,
  environment: Environment,
): SetVariable | undefined {
  const domain = firstSet(environment, [CLOUD])?.value
  return domain === undefined || !isDomain(domain)
    ? undefined
    : { name: CLOUD, value: vendorEndpoint(domain, service, region) }
}

export function cloudProblems(environment: Environment): PropertyProblem[] {
  const domain = firstSet(environment, [CLOUD])?.value
  const problem = 'must be the domain of a cloud, such as myhuaweicloud.com'
  return domain === undefined || isDomain(domain) ? [] : [{ path: CLOUD, problem, isOfEnvironment: true }]
}
