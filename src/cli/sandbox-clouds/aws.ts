import type { EmbeddedCloud } from './embedded-cloud.ts'

export const aws = {
  name: 'aws',
  vendor: 'aws',
  async start({ resourceDelayMs, port, note }) {
    const { startSandboxCloudFormation } = await import('../../sandbox/aws/cloudformation/server.ts')
    const server = await startSandboxCloudFormation({ resourceDelayMs, port, note })
    const { url, region, key, clouds } = server
    return {
      url,
      properties: {
        AccessKeyId: key.accessKeyId,
        AccessKeySecret: key.secretAccessKey,
        RegionId: region,
        Endpoint: url,
      },
      keptProperties: ['RegionId'],
      environment: {
        AWS_ENDPOINT_URL: url,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      },
      stackCount: () =>
        [...clouds.values()]
          .flatMap(({ stacks }) => [...stacks.values()])
          .filter(({ status }) => status !== 'DELETE_COMPLETE').length,
      close: () => server.close(),
    }
  },
} as const satisfies EmbeddedCloud
