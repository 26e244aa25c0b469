import type { JsonObject } from '../../../platform/json.ts'
import { invalid, type RpcRequest } from './rpc.ts'

/** The sandbox has a few of the regions of ROS. */
const REGIONS = [
  ['cn-hangzhou', 'China (Hangzhou)'],
  ['cn-shanghai', 'China (Shanghai)'],
  ['ap-southeast-1', 'Singapore'],
  ['eu-central-1', 'Germany (Frankfurt)'],
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
