import type { JsonObject } from '../../../platform/json.ts'
import { invalid, type RpcRequest } from './rpc.ts'

/** https://www.alibabacloud.com/help/en/ros/product-overview/supported-regions, 2026-11-29; without regions for finance and government. */
const REGIONS = [
  ['cn-qingdao', 'China (Qingdao)'],
  ['cn-beijing', 'China (Beijing)'],
  ['cn-zhangjiakou', 'China (Zhangjiakou)'],
  ['cn-huhehaote', 'China (Hohhot)'],
  ['cn-wulanchabu', 'China (Ulanqab)'],
  ['cn-hangzhou', 'China (Hangzhou)'],
  ['cn-shanghai', 'China (Shanghai)'],
  ['cn-nanjing', 'China (Nanjing - Local Region)'],
  ['cn-fuzhou', 'China (Fuzhou - Local Region)'],
  ['cn-shenzhen', 'China (Shenzhen)'],
  ['cn-heyuan', 'China (Heyuan)'],
  ['cn-guangzhou', 'China (Guangzhou)'],
  ['cn-chengdu', 'China (Chengdu)'],
  ['cn-wuhan-lr', 'China (Wuhan - Local Region)'],
  ['cn-hongkong', 'China (Hong Kong)'],
  ['ap-northeast-1', 'Japan (Tokyo)'],
  ['ap-northeast-2', 'South Korea (Seoul)'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-3', 'Malaysia (Kuala Lumpur)'],
  ['ap-southeast-5', 'Indonesia (Jakarta)'],
  ['ap-southeast-6', 'Philippines (Manila)'],
  ['ap-southeast-7', 'Thailand (Bangkok)'],
  ['us-east-1', 'US (Virginia)'],
  ['us-west-1', 'US (Silicon Valley)'],
  ['na-south-1', 'Mexico'],
  ['eu-west-1', 'UK (London)'],
  ['eu-central-1', 'Germany (Frankfurt)'],
  ['me-east-1', 'UAE (Dubai)'],
  ['me-central-1', 'SAU (Riyadh - Partner Region)'],
] as const

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-describeregions */
export function describeRegions(request: RpcRequest): JsonObject {
  request.oneOf('AcceptLanguage', ['zh-CN', 'en-US', 'ja'])
  return {
    Regions: REGIONS.map(([RegionId, LocalName]) => ({
      RegionId,
      LocalName,
      RegionEndpoint: 'ros.aliyuncs.com',
    })),
  }
}

export function requiredRegion(request: RpcRequest): string {
  const region = request.required('RegionId')
  if (!REGIONS.some(([id]) => id === region)) throw invalid('RegionId', region)
  return region
}
