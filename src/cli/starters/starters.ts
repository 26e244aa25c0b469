import { aliyunRosStarter } from './aliyun-ros.ts'
import { awsCloudFormationStarter } from './aws-cloudformation.ts'
import { heatStarter } from './heat.ts'
import { huaweiRfsStarter } from './huawei-rfs.ts'
import type { Starter } from './starter.ts'

/** One for each cloud. */
export const starters: readonly Starter[] = [
  awsCloudFormationStarter,
  heatStarter,
  huaweiRfsStarter,
  aliyunRosStarter,
]
