import { createServer } from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createNetwork, type Network } from '../../src/platform/network.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { SANDBOX_PUSH_CERTIFICATE, SANDBOX_PUSH_KEY } from '../../src/sandbox/mns/certificate.ts'

/** Reading all root certificates takes tens of milliseconds of CPU time, so it must not happen for each connection. */

let server: Awaited<ReturnType<typeof listen>>
let network: Network
const created = vi.spyOn(tls, 'createSecureContext')

beforeAll(async () => {
  syncBuiltinESMExports()
  server = await listen(
    createServer(
      { key: SANDBOX_PUSH_KEY, cert: SANDBOX_PUSH_CERTIFICATE, sigalgs: 'RSA+SHA256:RSA-PSS+SHA256' },
      (_, response) => response.setHeader('connection', 'close').end('here'),
    ),
  )
  network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
})
afterAll(async () => {
  created.mockRestore()
  syncBuiltinESMExports()
  await network.close()
  await server.close()
})

it.each([
  ['with an authority of the properties', { ca: SANDBOX_PUSH_CERTIFICATE, rejectUnauthorized: false }],
  ['without one', { rejectUnauthorized: false }],
])('a TLS context is created once for all connections, %s', async (_, options) => {
  created.mockClear()
  const url = new URL(server.url.replace('http:', 'https:'))
  for (let time = 0; time < 5; time += 1) {
    const response = await network.request(url, 'endpoint', { method: 'GET', headers: {}, tls: options })
    expect(await response.body.text()).toBe('here')
  }
  expect(created).toHaveBeenCalledTimes(1)
})

it("a certificate is still checked, with Node's authorities and with that of the properties", async () => {
  const url = new URL(server.url.replace('http:', 'https:'))
  const ask = (options: object) =>
    network
      .request(url, 'endpoint', { method: 'GET', headers: {}, tls: options })
      .catch((error: unknown) => error)
  expect(await ask({})).toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|DEPTH_ZERO/) })
  // Now trusted, but for another name.
  expect(await ask({ ca: SANDBOX_PUSH_CERTIFICATE })).toMatchObject({
    code: expect.stringMatching(/ALTNAME|SIGNATURE|MD_TOO_WEAK/),
  })
})
