import { expect, it } from 'vitest'
import { createReplyContext } from '../../src/bridge/reply-context.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { silentLog } from '../../src/platform/silent-log.ts'

it('masks the signature in a ResponseURL, and keeps the names in its query readable', () => {
  const { settings } = readSettings({})
  const secrets = new Secrets()
  const query =
    'stackname=orders-production-2&stackid=5e6f7a8b-stack-id&resource=Database-Stack-01&proof=0a1b2c3d4e5f6a7b'
  createReplyContext(
    {
      responseUrls: { public: `https://ros.example/waitcondition?${query}` },
      stackId: '5e6f7a8b-stack-id',
      requestId: 'request-1',
      logicalResourceId: 'Database-Stack-01',
    },
    secrets,
    {
      clock: systemClock,
      random: () => 0.5,
      environment: {},
      settings,
      misconfiguration: [],
      network: createNetwork(settings),
      registry: {
        resolve: () => ({ ok: false, problem: 'none' }),
        writersOf: () => [],
        isWritten: () => false,
      },
      log: () => silentLog,
    },
    { rosStackName: 'orders-production-2', resourceType: 'Custom::HeatStack' },
  )
  const names = 'orders-production-2 5e6f7a8b-stack-id Database-Stack-01 waitcondition'
  expect(secrets.mask(`${names} 0a1b2c3d4e5f6a7b`)).toBe(`${names} [secret]`)
})
