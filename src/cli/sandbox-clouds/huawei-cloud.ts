import type { EmbeddedCloud } from './embedded-cloud.ts'

export const huaweiCloud = {
  name: 'huawei',
  vendor: 'huawei-cloud',
  async start({ port, note }) {
    const { startSandboxHuaweiCloud } = await import('../../sandbox/huawei-cloud/server.ts')
    const server = await startSandboxHuaweiCloud({ port, note })
    const { url, region, keys, user, rfs, aos, stackSets } = server
    return {
      url,
      properties: {
        Auth: { AuthUrl: url, AccessKey: keys.accessKey, SecretKey: keys.secretKey },
        Region: region,
        Endpoint: url,
      },
      keptProperties: [],
      environment: {
        HW_AUTH_URL: url,
        HW_REGION_NAME: region,
        HW_ACCESS_KEY: keys.accessKey,
        HW_SECRET_KEY: keys.secretKey,
        HW_PROJECT_ID: user.projectId,
      },
      stackCount() {
        const instances = [...stackSets.sets.values()].flatMap((set) => [...set.instances])
        return rfs.stacks.size + aos.stacks.size + stackSets.sets.size + instances.length
      },
      close: () => server.close(),
    }
  },
} as const satisfies EmbeddedCloud
