import { createRequire } from 'node:module'
import type VendorClient from '@alicloud/ros20190910'
import type * as ros from '@alicloud/ros20190910'
import type { SandboxKey } from '../../../../src/sandbox/alibaba-cloud/ros/signature.ts'

/** Published as CommonJS, with the client as its `default` and the requests beside it. */
const vendor = createRequire(import.meta.url)('@alicloud/ros20190910') as typeof ros & {
  default: typeof VendorClient
}
const { $OpenApiUtil } = createRequire(import.meta.url)('@alicloud/openapi-core') as {
  $OpenApiUtil: {
    Config: new (map: Record<string, unknown>) => ConstructorParameters<typeof VendorClient>[0]
  }
}

export { vendor }

/** Alibaba Cloud's own SDK, pointed at a loopback server. */
export function vendorClient(url: string, key: SandboxKey): VendorClient {
  return new vendor.default(
    new $OpenApiUtil.Config({
      accessKeyId: key.accessKeyId,
      accessKeySecret: key.accessKeySecret,
      ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken }),
      endpoint: new URL(url).host,
      protocol: 'http',
      regionId: 'cn-hangzhou',
    }),
  )
}
