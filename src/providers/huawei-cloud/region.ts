import type { RegionVariables } from '../identifiers/environment-region.ts'
import { vendorEndpoint } from '../http/vendor-endpoint.ts'
import { endpointVariable } from './endpoint-variables.ts'

/** https://developer.huaweicloud.com/intl/en-us/endpoint, such as cn-north-4, eu-west-101 and na-mexico-1 */
export const REGION = /^[a-z]{2,16}(?:-[a-z]{2,16}){1,2}(?:-[0-9]{1,4})?$/

export const ENVIRONMENT_REGION: RegionVariables = {
  variables: ['HW_REGION_NAME', 'HUAWEICLOUD_SDK_REGION_ID'],
  grammar: REGION,
  rule: 'the id of a region, for example cn-north-4',
}

/** https://developer.huaweicloud.com/intl/en-us/endpoint?IAM */
export function iamEndpoint(region: string): string {
  return vendorEndpoint(domainOf(region), 'iam', region)
}

/** Below which the hosts of a region's services are. */
export function domainOf(region: string): string {
  return isEuropean(region) ? 'myhuaweicloud.eu' : 'myhuaweicloud.com'
}

/** https://developer.huaweicloud.com/intl/en-us/endpoint?RFS */
export function rfsEndpoint(region: string): string {
  return isEuropean(region)
    ? vendorEndpoint('myhuaweicloud.eu', 'aos')
    : vendorEndpoint('myhuaweicloud.com', 'rfs', region)
}

/** How the address of a service is known where the properties do not name it. */
export interface ServiceEndpoint {
  /** Its name below a cloud's domain. */
  readonly service: 'aos' | 'rfs'
  vendors(region: string): string
  /** Absent: no variable of the vendor's tools names it. */
  variable?(region: string): string
}

export const RFS_ENDPOINT: ServiceEndpoint = {
  service: 'rfs',
  vendors: rfsEndpoint,
  variable: (region) => endpointVariable('AOS', region),
}

export const AOS_ENDPOINT: ServiceEndpoint = { service: 'aos', vendors: aosEndpoint }

export function aosEndpoint(region: string): string {
  return vendorEndpoint('myhuaweicloud.com', 'aos', region)
}

/** The one region that another company runs, under another domain. */
function isEuropean(region: string): boolean {
  return region === 'eu-west-101'
}
