import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/cli/upload/object-store.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { upload } from '../../../src/cli/upload/upload.ts'
import { createNetwork, type Network } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import { FakeClock } from '../../fake-clock.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server with a fixed answer to HEAD that accepts every PUT. */
async function startServer(head: { readonly status: number; readonly length?: number }) {
  const methods: string[] = []
  const server = createServer(({ method = '' }, response) => {
    methods.push(method)
    const length = head.length === undefined ? {} : { 'content-length': head.length }
    if (method === 'HEAD') response.writeHead(head.status, length).end()
    else response.writeHead(201).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { base: `http://127.0.0.1:${String(port)}/`, methods }
}

describe('an upload', () => {
  const bytes = Buffer.from('heat_template_version: 2018-08-31\n')
  const digest = createHash('sha256').update(bytes).digest('hex')
  const file = { name: `${digest}.yml`, bytes, digest }

  const network = (): Network => {
    const opened = createNetwork(readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' }).settings)
    closing.unshift(() => opened.close())
    return opened
  }
  const uploadTo = (base: string) => {
    const secrets = new Secrets()
    const surroundings = {
      ...{ environment: {}, clock: new FakeClock(0), secrets, headerVariable: undefined, endpointHosts: [] },
    }
    return upload(openStore({ kind: 'web', base }, surroundings), file, { network: network(), secrets })
  }

  it('is made unless the store has a file of the same length', async () => {
    const there = await startServer({ status: 200, length: bytes.length })
    expect(await uploadTo(there.base)).toBe('unchanged')
    expect(there.methods).toEqual(['HEAD'])
    for (const head of [{ status: 404 }, { status: 403 }, { status: 307 }, { status: 200 }]) {
      const server = await startServer(head)
      expect(await uploadTo(server.base)).toBe('uploaded')
      expect(server.methods).toEqual(['HEAD', 'PUT'])
    }
  })

  it('is refused if another file has the name', async () => {
    const other = await startServer({ status: 200, length: 1 })
    await expect(uploadTo(other.base)).rejects.toThrow(/has 1 bytes instead of 34: delete it/)
    expect(other.methods).toEqual(['HEAD'])
  })
})

describe('a header for a place without TLS', () => {
  const open = (base: string, allowed = '') =>
    openStore(
      { kind: 'web', base },
      {
        environment: { SWIFT: 'X-Auth-Token: t' },
        clock: new FakeClock(0),
        secrets: new Secrets(),
        headerVariable: 'SWIFT',
        endpointHosts: readSettings({ STACKBRIDGE_ENDPOINT_HOSTS: allowed }).settings.endpointHosts,
      },
    )

  it('is sent to this machine, over TLS, and to a host that the operator names with http://', () => {
    for (const base of [
      'http://127.0.0.1:8080/a/',
      'http://localhost/',
      'http://[::1]:1/',
      'https://swift.example/',
    ])
      expect(open(base).kind).toBe('web')
    expect(open('http://swift.example:8080/', 'http://swift.example:8080').kind).toBe('web')
  })

  it('is otherwise refused, since anyone on the network path could read it', () => {
    for (const allowed of ['', 'swift.example', 'http://other.example'])
      expect(() => open('http://swift.example/', allowed)).toThrow(UsageError)
    expect(() => open('http://127.0.0.1.example/')).toThrow('has no TLS')
  })
})
