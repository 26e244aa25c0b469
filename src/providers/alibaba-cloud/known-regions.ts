import type { KnownRegions } from '../identifiers/known-regions.ts'

/**
 * https://www.alibabacloud.com/help/en/ros/product-overview/supported-regions, and the map of endpoints in
 * @alicloud/ros20190910 3.7.0; 2026-11-29
 */
export const ALIBABA_CLOUD_REGIONS: KnownRegions = {
  properties: [['RegionId']],
  names: [
    ...['cn-qingdao', 'cn-beijing', 'cn-zhangjiakou', 'cn-huhehaote', 'cn-wulanchabu', 'cn-hangzhou'],
    ...['cn-shanghai', 'cn-nanjing', 'cn-fuzhou', 'cn-shenzhen', 'cn-heyuan', 'cn-guangzhou', 'cn-chengdu'],
    ...['cn-wuhan-lr', 'cn-zhengzhou-jva', 'cn-zhongwei', 'cn-hongkong', 'ap-northeast-1', 'ap-northeast-2'],
    ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-6'],
    ...['ap-southeast-7', 'ap-south-1', 'us-east-1', 'us-west-1', 'us-southeast-1', 'na-south-1'],
    ...['ap-southeast-8', 'sa-east-1', 'eu-west-1', 'eu-west-2', 'eu-central-1', 'me-east-1', 'me-central-1'],
    ...['cn-heyuan-acdr-1', 'cn-wulanchabu-gic-1'],
    ...['cn-hangzhou-finance', 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1', 'cn-beijing-finance-1'],
    ...['cn-north-2-gov-1'],
  ],
}
