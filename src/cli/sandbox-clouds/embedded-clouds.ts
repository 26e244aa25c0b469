import { alibabaCloud } from './alibaba-cloud.ts'
import { aws } from './aws.ts'
import { huaweiCloud } from './huawei-cloud.ts'
import { openstack } from './openstack.ts'

/** Each loads its server when it starts. */
export const EMBEDDED_CLOUDS = [aws, openstack, huaweiCloud, alibabaCloud] as const

export type SandboxCloudName = (typeof EMBEDDED_CLOUDS)[number]['name']
export const SANDBOX_CLOUDS: readonly SandboxCloudName[] = EMBEDDED_CLOUDS.map(({ name }) => name)
