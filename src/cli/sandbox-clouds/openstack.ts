import type { EmbeddedCloud } from './embedded-cloud.ts'

export const openstack = {
  name: 'openstack',
  vendor: 'openstack',
  async start({ port, note }) {
    const { startSandboxOpenStack } = await import('../../sandbox/openstack/server.ts')
    const server = await startSandboxOpenStack({ port, note })
    const { authUrl, region, user, heat } = server
    const { applicationCredentialId, applicationCredentialSecret } = user
    return {
      url: authUrl,
      properties: {
        Auth: {
          AuthUrl: authUrl,
          ApplicationCredentialId: applicationCredentialId,
          ApplicationCredentialSecret: applicationCredentialSecret,
        },
        RegionName: region,
      },
      keptProperties: [],
      environment: {
        OS_AUTH_TYPE: 'v3applicationcredential',
        OS_AUTH_URL: authUrl,
        OS_REGION_NAME: region,
        OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
        OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
      },
      stackCount: () => [...heat.stacks.values()].filter(({ action }) => action !== 'DELETE').length,
      close: () => server.close(),
    }
  },
} as const satisfies EmbeddedCloud
