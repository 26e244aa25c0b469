import type { RegionVariables } from '../../identifiers/environment-region.ts'

/** https://www.alibabacloud.com/help/en/ros/product-overview/supported-regions, such as cn-hangzhou and cn-shanghai-finance-1 */
export const REGION = /^[a-z]{2,4}(?:-[a-z0-9]{1,16}){1,4}$/

/** The function's own region is the default. */
export const ENVIRONMENT_REGION: RegionVariables = {
  variables: ['FC_REGION'],
  grammar: REGION,
  rule: 'a region, such as cn-hangzhou',
}
