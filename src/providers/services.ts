/** The services that the bridge drives, one line each; everything else about them is derived from their `index.ts`. */
export { service as aliyunRos } from './alibaba-cloud/ros/index.ts'
export { service as awsCloudFormation } from './aws/cloudformation/index.ts'
export { service as heat } from './openstack/heat/index.ts'
export { service as huaweiAosStack } from './huawei-cloud/aos-stack/index.ts'
export { service as huaweiRfsStack } from './huawei-cloud/rfs-stack/index.ts'
export { service as huaweiRfsStackInstances } from './huawei-cloud/rfs-stack-instances/index.ts'
export { service as huaweiRfsStackSet } from './huawei-cloud/rfs-stack-set/index.ts'
