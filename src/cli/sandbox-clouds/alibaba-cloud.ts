import type { EmbeddedCloud } from './embedded-cloud.ts'

export const alibabaCloud = {
  name: 'aliyun',
  vendor: 'alibaba-cloud',
  async start({ resourceDelayMs, port, note }) {
    const { startSandboxAliyunRos } = await import('../../sandbox/alibaba-cloud/ros/server.ts')
    const server = await startSandboxAliyunRos({ resourceDelayMs, port, note })
    const { url, region, key, cloud } = server
    return {
      url,
      properties: {
        AccessKeyId: key.accessKeyId,
        AccessKeySecret: key.accessKeySecret,
        RegionId: region,
        Endpoint: url,
        StsEndpoint: url,
      },
      keptProperties: ['RegionId'],
      environment: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.accessKeySecret,
      },
      stackCount: () =>
        [...cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE').length,
      close: () => server.close(),
    }
  },
} as const satisfies EmbeddedCloud
