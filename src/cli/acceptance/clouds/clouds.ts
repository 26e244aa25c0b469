import type { AcceptanceCloud } from './acceptance-cloud.ts'
import { aliyunRos } from './aliyun-ros.ts'
import { aws } from './aws.ts'
import { heat } from './heat.ts'
import { huaweiRfs } from './huawei-rfs.ts'

export const acceptanceClouds: readonly AcceptanceCloud[] = [aws, heat, huaweiRfs, aliyunRos]
