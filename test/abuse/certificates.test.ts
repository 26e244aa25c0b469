import { SANDBOX_PUSH_CERTIFICATE } from '../../src/sandbox/mns/certificate.ts'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse } from './harness.ts'

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
})
afterAll(() => here.close())

const PROJECT = 'ba2b9930c977f71edaeaa3a5e96a8ff1'

/** A Keystone whose catalogue has another host for Heat. */
async function keystone(heat: string) {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(201, { 'x-subject-token': 'a-token-of-the-environment' })
    const token = {
      issued_at: '2026-01-01T00:00:00.000000Z',
      expires_at: '2026-01-01T08:00:00.000000Z',
      project: { id: PROJECT },
      catalog: [{ type: 'orchestration', endpoints: [{ interface: 'public', region: 'R', url: heat }] }],
    }
    response.end(JSON.stringify({ token }))
  })
  return listen(server)
}

describe('certificates that the properties trust', () => {
  it.each([{ Insecure: true }, { CACert: SANDBOX_PUSH_CERTIFICATE }])(
    'do not apply to a host that only the catalogue names: %j',
    async (trust) => {
      const server = await keystone(here.trapUrl)
      try {
        const before = here.visits.length
        const served = await here.serve(
          here.event({
            ResourceType: 'Custom::HeatStack',
            ResourceProperties: { ...trust, Stack: { Template: {} } },
          }),
          {
            environment: {
              // The provider is loaded from its sources during this time.
              STACKBRIDGE_TIMEOUT_SECONDS: '30',
              STACKBRIDGE_ENDPOINT_HOSTS: new URL(server.url).host,
              OS_AUTH_URL: server.url,
              OS_USERNAME: 'u',
              OS_PASSWORD: 'password-of-the-environment',
            },
          },
        )
        expect(served).toMatchObject({
          verdict: {
            status: 'FAILED',
            reason: expect.stringContaining(
              `${Object.keys(trust).join()} must not be given where the credentials are the environment's`,
            ),
          },
        })
        expect(here.visits.slice(before)).toEqual([])
      } finally {
        await server.close()
      }
    },
  )
})
